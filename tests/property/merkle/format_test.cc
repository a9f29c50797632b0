#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "crypto/sha256.h"
#include "merkle/checkpoint.h"
#include "merkle/proof_file.h"
#include "merkle/tile.h"

namespace placet::merkle {
namespace {

RC_GTEST_PROP(FormatProperty, TilePathsComeBack, ()) {
  TilePath path;
  if (*rc::gen::arbitrary<bool>()) path.level = *rc::gen::inRange<std::uint8_t>(0, 64);
  path.index = *rc::gen::arbitrary<std::uint64_t>() >> *rc::gen::inRange(0, 64);
  path.width = *rc::gen::inRange(1u, kTileHashes + 1);
  RC_ASSERT(TilePath::parse(path.to_string()).value() == path);
}

RC_GTEST_PROP(FormatProperty, BundlesComeBackAndNoOtherWidthFits, (const std::vector<std::string>& entries)) {
  Bytes bundle;
  for (const std::string& entry : entries) append_entry(bundle, entry);
  const auto width = static_cast<unsigned>(entries.size());

  const auto decoded = decode_bundle(bundle, width);

  RC_ASSERT(decoded.has_value());
  RC_ASSERT(std::vector<std::string>(decoded->begin(), decoded->end()) == entries);
  RC_ASSERT(!decode_bundle(bundle, width + 1));
  if (width > 0) RC_ASSERT(!decode_bundle(bundle, width - 1));
  RC_ASSERT(!decode_bundle(bundle + "x", width));
  if (!bundle.empty()) RC_ASSERT(!decode_bundle(BytesView(bundle).substr(1, bundle.size() - 1), width));
}

// Whatever comes in, what is accepted is exactly what would be written.
RC_GTEST_PROP(FormatProperty, AnAcceptedProofFileHasOneSpelling, ()) {
  ProofFile file;
  if (*rc::gen::arbitrary<bool>()) file.extra = *rc::gen::arbitrary<std::string>();
  file.index = {*rc::gen::arbitrary<std::uint64_t>()};
  for (int i = *rc::gen::inRange(0, 65); i > 0; --i) file.hashes.push_back(crypto::sha256(std::to_string(i)));
  file.checkpoint = *rc::gen::arbitrary<std::string>();
  std::string text = file.to_string();
  RC_ASSERT(ProofFile::parse(text).value().to_string() == text);

  const auto at = *rc::gen::inRange<std::size_t>(0, text.size());
  text[at] = *rc::gen::arbitrary<char>();
  if (const auto parsed = ProofFile::parse(text)) RC_ASSERT(parsed->to_string() == text);
}

RC_GTEST_PROP(FormatProperty, AnAlteredCheckpointIsRefused, ()) {
  const auto key = crypto::SigningKey::from_seed(*crypto::SecretKey::from_bytes(Bytes(32, 's')));
  const NoteSigner signer = *NoteSigner::of("placet.example/log", key);
  const LogIdentity log{"placet.example/log", signer.verifier()};
  const Checkpoint checkpoint{log.origin, {*rc::gen::arbitrary<std::uint64_t>()}, crypto::sha256("root")};
  std::string note = *sign_checkpoint(checkpoint, signer);
  RC_ASSERT(open_checkpoint(note, log).value().checkpoint == checkpoint);

  const auto at = *rc::gen::inRange<std::size_t>(0, note.size());
  const auto flip = static_cast<char>(*rc::gen::inRange(1, 256));
  note[at] = static_cast<char>(note[at] ^ flip);
  RC_ASSERT(!open_checkpoint(note, log));
}

}  // namespace
}  // namespace placet::merkle
