#include "merkle/proof_file.h"

#include <fmt/format.h>

#include "crypto/base64.h"
#include "merkle/hash.h"
#include "merkle/text.h"

namespace placet::merkle {

namespace {

constexpr std::string_view kHeader = "c2sp.org/tlog-proof@v1";
constexpr std::string_view kExtra = "extra ";
constexpr std::string_view kIndex = "index ";
constexpr std::string_view kOld = "old ";
constexpr std::size_t kHashesMax = 64;  // the height of the highest tree

std::unexpected<Error> refuse(std::string_view why) {
  return fail(ErrorCode::invalid, fmt::format("proof file: {}", why));
}

/// Cuts the hashes and the blank line after them off `file`.
Result<Proof> take_hashes(std::string_view& file) {
  Proof hashes;
  auto line = take_line(file);
  for (; line && !line->empty(); line = take_line(file)) {
    if (hashes.size() == kHashesMax) return refuse(fmt::format("more than {} hashes", kHashesMax));
    const auto hash = parse_digest(*line);
    if (!hash) return refuse(fmt::format("hash {}: {}", hashes.size(), hash.error().message));
    hashes.push_back(*hash);
  }
  if (!line) return refuse("no blank line before the checkpoint");
  return hashes;
}

std::string hashes_and_note(const Proof& hashes, const std::string& note) {
  std::string text;
  for (const Digest& hash : hashes) text += crypto::to_base64(view_of(hash)) + "\n";
  return text + "\n" + note;
}

}  // namespace

std::string ProofFile::to_string() const {
  std::string file = fmt::format("{}\n", kHeader);
  if (extra) file += fmt::format("{}{}\n", kExtra, crypto::to_base64(*extra));
  return file + fmt::format("{}{}\n", kIndex, index.value) + hashes_and_note(hashes, checkpoint);
}

Result<ProofFile> ProofFile::parse(std::string_view file) {
  if (file.size() > 2 * kNoteBytesMax) return refuse("too long");
  if (take_line(file) != kHeader) return refuse(fmt::format("the first line is not {}", kHeader));
  ProofFile parsed;
  auto line = take_line(file);
  if (line && line->starts_with(kExtra)) {
    auto extra = crypto::from_base64(line->substr(kExtra.size()));
    if (!extra) return refuse("extra: " + extra.error().message);
    parsed.extra = std::move(*extra);
    line = take_line(file);
  }
  if (!line || !line->starts_with(kIndex)) return refuse("the index is missing");
  const auto index = parse_decimal(line->substr(kIndex.size()));
  if (!index) return refuse(fmt::format("\"{}\" gives no index", *line));
  parsed.index = {*index};
  PLACET_ASSIGN(parsed.hashes, take_hashes(file));
  parsed.checkpoint = std::string(file);
  return parsed;
}

std::string GrowthFile::to_string() const {
  return fmt::format("{}{}\n", kOld, old_size.value) + hashes_and_note(hashes, checkpoint);
}

Result<GrowthFile> GrowthFile::parse(std::string_view file) {
  if (file.size() > 2 * kNoteBytesMax) return refuse("too long");
  const auto line = take_line(file);
  const auto old_size = line && line->starts_with(kOld) ? parse_decimal(line->substr(kOld.size())) : std::nullopt;
  if (!old_size) return refuse("the first line gives no old size");
  GrowthFile parsed{{*old_size}, {}, {}};
  PLACET_ASSIGN(parsed.hashes, take_hashes(file));
  parsed.checkpoint = std::string(file);
  return parsed;
}

Result<OpenedCheckpoint> verify_growth_file(const GrowthFile& file, const Checkpoint& old, const LogIdentity& log,
                                            std::span<const VerifierKey> witnesses) {
  if (old.size != file.old_size)
    return refuse(
        fmt::format("is from {} records on, the older checkpoint is over {}", file.old_size.value, old.size.value));
  PLACET_ASSIGN(OpenedCheckpoint opened, open_checkpoint(file.checkpoint, log, witnesses));
  const Checkpoint& newer = opened.checkpoint;
  PLACET_TRY(verify_consistency(old.size, newer.size, old.root, newer.root, file.hashes));
  return opened;
}

Result<OpenedCheckpoint> verify_proof_file(const ProofFile& file, BytesView record, const LogIdentity& log,
                                           std::span<const VerifierKey> witnesses) {
  PLACET_ASSIGN(OpenedCheckpoint opened, open_checkpoint(file.checkpoint, log, witnesses));
  PLACET_TRY(
      verify_inclusion(file.index, opened.checkpoint.size, leaf_hash(record), file.hashes, opened.checkpoint.root));
  return opened;
}

}  // namespace placet::merkle
