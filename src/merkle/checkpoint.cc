#include "merkle/checkpoint.h"

#include <fmt/format.h>

#include <algorithm>

#include "crypto/base64.h"
#include "merkle/text.h"

namespace placet::merkle {

std::string Checkpoint::to_text() const {
  return fmt::format("{}\n{}\n{}\n", origin, size.value, crypto::to_base64(view_of(root)));
}

Result<Checkpoint> Checkpoint::parse(std::string_view text) {
  const auto refuse = [](std::string_view why) { return fail(ErrorCode::invalid, fmt::format("checkpoint: {}", why)); };
  const auto origin = take_line(text);
  const auto size = take_line(text);
  const auto root = take_line(text);
  if (!root) return refuse("it has three lines, each ended by a newline");
  if (!text.empty()) return refuse("text after the third line");
  if (origin->empty()) return refuse("the origin is empty");
  const auto records = parse_decimal(*size);
  if (!records) return refuse(fmt::format("\"{}\" is no size", *size));
  const auto digest = parse_digest(*root);
  if (!digest) return refuse("the root: " + digest.error().message);
  return Checkpoint{.origin = std::string(*origin), .size = {*records}, .root = *digest};
}

Result<std::string> sign_checkpoint(const Checkpoint& checkpoint, const NoteSigner& signer) {
  const std::string text = checkpoint.to_text();
  PLACET_TRY(Checkpoint::parse(text));  // an origin with a newline would sign something else
  return sign_note(text, signer);
}

Result<OpenedCheckpoint> open_checkpoint(std::string_view note, const LogIdentity& log,
                                         std::span<const VerifierKey> witnesses) {
  std::vector<VerifierKey> known(witnesses.begin(), witnesses.end());
  known.push_back(log.key);
  PLACET_ASSIGN(VerifiedNote verified, open_note(note, known));
  const auto by_log = [&log](const Attestation& attestation) { return attestation.key == log.key.name(); };
  if (std::erase_if(verified.attestations, by_log) == 0)
    return fail(ErrorCode::denied, fmt::format("checkpoint: not signed by {}", log.key.to_string()));
  PLACET_ASSIGN(Checkpoint checkpoint, Checkpoint::parse(verified.text));
  if (checkpoint.origin != log.origin)
    return fail(ErrorCode::denied, fmt::format("checkpoint: of \"{}\", not of \"{}\"", checkpoint.origin, log.origin));
  return OpenedCheckpoint{std::move(checkpoint), std::move(verified.attestations)};
}

}  // namespace placet::merkle
