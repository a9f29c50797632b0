#include <gtest/gtest.h>

#include <optional>

#include "crypto/base64.h"
#include "merkle/hash.h"
#include "merkle/proof.h"
#include "merkle/proof_file.h"
#include "merkle/text.h"
#include "tests/conformance/merkle/vectors.h"

namespace placet::merkle {
namespace {

using nlohmann::json;

/// Nothing where one of the hashes is not of 32 bytes: such a proof cannot even be written down here.
std::optional<Proof> proof_in(const json& probe) {
  Proof proof;
  if (!probe.at("proof").is_array()) return proof;
  for (const json& text : probe.at("proof")) {
    const auto hash = parse_digest(text.get<std::string>());
    if (!hash) return std::nullopt;
    proof.push_back(*hash);
  }
  return proof;
}

bool included(const json& probe) {
  const auto root = parse_digest(probe.at("root").get<std::string>());
  const auto leaf = parse_digest(probe.at("leafHash").get<std::string>());
  const auto proof = proof_in(probe);
  if (!root || !leaf || !proof) return false;
  const LogPosition index{probe.at("leafIdx").get<std::uint64_t>()};
  const LogSize size{probe.at("treeSize").get<std::uint64_t>()};
  return verify_inclusion(index, size, *leaf, *proof, *root).has_value();
}

/// Some probes say that a root does not matter, by one that is none: a hash of its own stands for it.
Digest root_in(const json& probe, const char* name) {
  const auto text = probe.at(name).get<std::string>();
  const auto root = parse_digest(text);
  return root ? *root : leaf_hash(text);
}

bool consistent(const json& probe) {
  const auto proof = proof_in(probe);
  const LogSize old_size{probe.at("size1").get<std::uint64_t>()}, size{probe.at("size2").get<std::uint64_t>()};
  return proof && verify_consistency(old_size, size, root_in(probe, "root1"), root_in(probe, "root2"), *proof);
}

/// Every probe of a folder, whatever their number. Both kinds must be there: else nothing is judged.
void judge(const std::filesystem::path& folder, bool (*passes)(const json& probe)) {
  std::size_t good = 0, bad = 0;
  for (const auto& file : vectors::files_under(folder, ".json")) {
    const json probe = vectors::read_json(file);
    const bool want_error = probe.at("wantErr").get<bool>();
    ++(want_error ? bad : good);
    EXPECT_EQ(passes(probe), !want_error) << file;
  }
  EXPECT_GT(good, 0U) << folder;
  EXPECT_GT(bad, 0U) << folder;
}

TEST(ConformanceInclusion, EveryProbeIsJudgedAsPublished) {
  PLACET_NEEDS_VECTORS("inclusion");
  judge(vectors::folder() / "inclusion", &included);
}

TEST(ConformanceConsistency, EveryProbeIsJudgedAsPublished) {
  PLACET_NEEDS_VECTORS("consistency");
  judge(vectors::folder() / "consistency", &consistent);
}

TEST(ConformanceRfc6962, TheTreeOfEachSizeHasThePublishedRoot) {
  PLACET_NEEDS_VECTORS();
  const json vectors = vectors::read_json(vectors::folder() / "rfc6962" / "ct_cpp_merkle.json");
  const json& leaves = vectors.at("leaf_inputs_hex");
  const json& roots = vectors.at("roots_by_size_hex");
  ASSERT_EQ(leaves.size(), 8u);
  ASSERT_EQ(roots.size(), leaves.size() + 1);
  Tree tree;
  for (std::size_t size = 0; size < roots.size(); ++size) {
    EXPECT_EQ(to_hex(view_of(tree.root())), roots[size]) << size;
    if (size < leaves.size()) tree.append(leaf_hash(vectors::from_hex(leaves[size].get<std::string>())));
  }
}

TEST(ConformanceXmodTlog, LeafAndEmptyRootArePublished) {
  PLACET_NEEDS_VECTORS();
  const json vectors = vectors::read_json(vectors::folder() / "x-mod" / "tlog.json");
  EXPECT_EQ(crypto::to_base64(view_of(leaf_hash("hello world"))), vectors.at("record_hash_hello_world_b64"));
  EXPECT_EQ(to_hex(view_of(empty_root())), vectors.at("empty_tree_root_hex"));
}

TEST(ConformanceProofFile, EveryGoodFileIsWrittenAndReadAsPublished) {
  PLACET_NEEDS_VECTORS();
  const json vectors = vectors::read_json(vectors::folder() / "formats" / "tlog_proof.json");
  ASSERT_GE(vectors.at("marshal").size(), 3u);
  for (const json& example : vectors.at("marshal")) {
    ProofFile file;
    file.index = {example.at("index").get<std::uint64_t>()};
    if (example.contains("extra")) file.extra = crypto::from_base64(example.at("extra").get<std::string>()).value();
    for (const json& hash : example.at("hashes")) file.hashes.push_back(parse_digest(hash.get<std::string>()).value());
    file.checkpoint = example.at("checkpoint").get<std::string>();
    EXPECT_EQ(file.to_string(), example.at("want")) << example.at("name");
    const auto parsed = ProofFile::parse(example.at("want").get<std::string>());
    ASSERT_TRUE(parsed) << parsed.error().message;
    EXPECT_EQ(parsed->index, file.index);
    EXPECT_EQ(parsed->hashes, file.hashes);
    EXPECT_EQ(parsed->extra, file.extra);
    EXPECT_EQ(parsed->checkpoint, file.checkpoint);
  }
}

TEST(ConformanceProofFile, EveryMalformedFileIsRefused) {
  PLACET_NEEDS_VECTORS();
  const json vectors = vectors::read_json(vectors::folder() / "formats" / "tlog_proof.json");
  ASSERT_GE(vectors.at("unmarshal_errors").size(), 8u);
  for (const json& example : vectors.at("unmarshal_errors")) {
    const auto parsed = ProofFile::parse(example[1].get<std::string>());
    ASSERT_FALSE(parsed) << example[0];
    EXPECT_EQ(parsed.error().code, ErrorCode::invalid);
  }
}

}  // namespace
}  // namespace placet::merkle
