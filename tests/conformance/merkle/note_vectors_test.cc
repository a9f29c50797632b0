#include <gtest/gtest.h>

#include "crypto/base64.h"
#include "merkle/checkpoint.h"
#include "merkle/note.h"
#include "tests/conformance/merkle/vectors.h"

namespace placet::merkle {
namespace {

using nlohmann::json;

std::vector<VerifierKey> keys_of(const json& texts) {
  std::vector<VerifierKey> keys;
  for (const json& text : texts) keys.push_back(VerifierKey::parse(text.get<std::string>()).value());
  return keys;
}

std::vector<std::string> names_of(const json& texts) { return texts.get<std::vector<std::string>>(); }

/// "PRIVATE+KEY+name+id+base64(01 || seed)", the form of Go's tools.
NoteSigner signer_of(const std::string& private_key) {
  const std::size_t name = std::string_view("PRIVATE+KEY+").size();
  const std::size_t id = private_key.find('+', name);
  const Bytes typed_seed = crypto::from_base64(private_key.substr(private_key.find('+', id + 1) + 1)).value();
  const auto seed = crypto::SecretKey::from_bytes(typed_seed.substr(1)).value();
  return NoteSigner::of(private_key.substr(name, id - name), crypto::SigningKey::from_seed(seed)).value();
}

class ConformanceXmodNote : public ::testing::Test {
 protected:
  void SetUp() override {
    PLACET_NEEDS_VECTORS();
    vectors = vectors::read_json(vectors::folder() / "x-mod" / "note.json");
  }
  json vectors;
};

TEST_F(ConformanceXmodNote, SigningReproducesThePublishedNote) {
  const NoteSigner peter = signer_of(vectors.at("skey_peter_TEST_ONLY").get<std::string>());
  EXPECT_EQ(peter.verifier().to_string(), vectors.at("vkeys").at("peter"));
  EXPECT_EQ(sign_note(vectors.at("text").get<std::string>(), peter).value(), vectors.at("signed"));
}

TEST_F(ConformanceXmodNote, GoodNotesOpenWithThePublishedNames) {
  ASSERT_GE(vectors.at("open_ok").size(), 2u);
  for (const json& example : vectors.at("open_ok")) {
    const auto opened = open_note(example.at("msg").get<std::string>(), keys_of(example.at("verifiers")));
    ASSERT_TRUE(opened) << opened.error().message;
    std::vector<std::string> verified;
    for (const Attestation& attestation : opened->attestations) verified.push_back(attestation.key.name);
    std::vector<std::string> unverified;
    for (const NoteSignature& signature : opened->unknown) unverified.push_back(signature.key.name);
    EXPECT_EQ(verified, names_of(example.at("verified")));
    EXPECT_EQ(unverified, names_of(example.at("unverified")));
    EXPECT_EQ(opened->text, vectors.at("text"));
  }
}

TEST_F(ConformanceXmodNote, BadNotesDoNotOpen) {
  ASSERT_GE(vectors.at("open_err").size(), 4u);
  for (const json& example : vectors.at("open_err"))
    EXPECT_FALSE(open_note(example.at("msg").get<std::string>(), keys_of(example.at("verifiers"))))
        << example.at("why");
}

TEST_F(ConformanceXmodNote, MalformedNotesAreInvalid) {
  ASSERT_GE(vectors.at("malformed").size(), 7u);
  for (const json& example : vectors.at("malformed")) {
    const std::string note =
        example.is_string() ? example.get<std::string>() : vectors::from_hex(example.at("hex").get<std::string>());
    const auto parsed = Note::parse(note);
    ASSERT_FALSE(parsed) << note;
    EXPECT_EQ(parsed.error().code, ErrorCode::invalid);
  }
}

TEST_F(ConformanceXmodNote, BadVerifierKeysAreRefused) {
  ASSERT_GE(vectors.at("bad_vkeys").size(), 2u);
  for (const json& key : vectors.at("bad_vkeys")) EXPECT_FALSE(VerifierKey::parse(key.get<std::string>())) << key;
  ASSERT_GE(vectors.at("vkeys").size(), 2u);
  for (const auto& [who, key] : vectors.at("vkeys").items()) {
    const std::string good = key.get<std::string>();
    EXPECT_EQ(VerifierKey::parse(good).value().to_string(), good);
    for (std::size_t begin = 0; begin < good.size(); ++begin)
      for (std::size_t length = 0; length <= good.size() - begin; ++length) {
        if (length == good.size()) continue;
        EXPECT_FALSE(VerifierKey::parse(std::string_view(good).substr(begin, length))) << who << begin << "," << length;
      }
    for (std::size_t i = 0; i < good.size(); ++i) {
      std::string changed = good;
      ++changed[i];
      EXPECT_FALSE(VerifierKey::parse(changed)) << changed;
    }
  }
}

TEST(ConformanceC2sp, TheSpecificationsNoteOpens) {
  PLACET_NEEDS_VECTORS();
  const json vectors = vectors::read_json(vectors::folder() / "c2sp" / "examples.json");
  const json& example = vectors.at("signed_note");
  const auto opened = open_note(example.at("note").get<std::string>(), keys_of({example.at("vkey")}));
  ASSERT_TRUE(opened) << opened.error().message;
  EXPECT_EQ(opened->text, "This is an example message.\n");
}

TEST(ConformanceC2sp, ARealCheckpointOpensThoughItsOriginIsNotItsKeysName) {
  PLACET_NEEDS_VECTORS();
  const json example = vectors::read_json(vectors::folder() / "c2sp" / "examples.json").at("real_sum_golang_org");
  const LogIdentity log{example.at("origin").get<std::string>(),
                        VerifierKey::parse(example.at("vkey").get<std::string>()).value()};
  const auto opened = open_checkpoint(example.at("note").get<std::string>(), log);
  ASSERT_TRUE(opened) << opened.error().message;
  EXPECT_EQ(opened->checkpoint.size.value, example.at("size").get<std::uint64_t>());
}

TEST(ConformanceC2sp, CheckpointsWithoutAKeyAreWellFormed) {
  PLACET_NEEDS_VECTORS();
  const json vectors = vectors::read_json(vectors::folder() / "c2sp" / "examples.json");
  ASSERT_GE(vectors.at("syntax_only_no_key").size(), 1u);
  for (const json& example : vectors.at("syntax_only_no_key")) {
    const std::string text = example.get<std::string>();
    const auto note = Note::parse(text);
    ASSERT_TRUE(note) << note.error().message;
    EXPECT_EQ(note->to_string(), text);
    EXPECT_EQ(note->signatures.size(), 2u);
    EXPECT_EQ(Checkpoint::parse(note->text).value().to_text(), note->text);
  }
}

TEST(ConformanceXmodTlog, CheckpointTextIsAsPublished) {
  PLACET_NEEDS_VECTORS();
  const json vectors = vectors::read_json(vectors::folder() / "x-mod" / "tlog.json");
  const json& format = vectors.at("format_tree");
  const std::string golden = format.at("golden").get<std::string>();
  const auto parsed = Checkpoint::parse(golden);
  ASSERT_TRUE(parsed) << parsed.error().message;
  EXPECT_EQ(parsed->origin, format.at("origin_line"));
  EXPECT_EQ(parsed->size.value, format.at("n").get<std::uint64_t>());
  EXPECT_EQ(crypto::to_base64(view_of(parsed->root)), vectors.at("record_hash_hello_world_b64"));
  EXPECT_EQ(parsed->to_text(), golden);

  ASSERT_GE(vectors.at("bad_trees").size(), 3u);
  for (const json& bad : vectors.at("bad_trees")) {
    const auto tree = Checkpoint::parse(bad.get<std::string>());  // Go's parser knows one origin, so that counts as bad
    EXPECT_FALSE(tree && tree->origin == parsed->origin) << bad;
  }
}

}  // namespace
}  // namespace placet::merkle
