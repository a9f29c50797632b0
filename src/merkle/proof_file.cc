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
constexpr std::size_t kHashesMax = 64;  // the height of the highest tree

std::unexpected<Error> refuse(std::string_view why) {
  return fail(ErrorCode::invalid, fmt::format("proof file: {}", why));
}

}  // namespace

std::string ProofFile::to_string() const {
  std::string file = fmt::format("{}\n", kHeader);
  if (extra) file += fmt::format("{}{}\n", kExtra, crypto::to_base64(*extra));
  file += fmt::format("{}{}\n", kIndex, index.value);
  for (const Digest& hash : hashes) file += crypto::to_base64(view_of(hash)) + "\n";
  return file + "\n" + checkpoint;
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
  for (line = take_line(file); line && !line->empty(); line = take_line(file)) {
    if (parsed.hashes.size() == kHashesMax) return refuse(fmt::format("more than {} hashes", kHashesMax));
    const auto hash = parse_digest(*line);
    if (!hash) return refuse(fmt::format("hash {}: {}", parsed.hashes.size(), hash.error().message));
    parsed.hashes.push_back(*hash);
  }
  if (!line) return refuse("no blank line before the checkpoint");
  parsed.checkpoint = std::string(file);
  return parsed;
}

Result<OpenedCheckpoint> verify_proof_file(const ProofFile& file, BytesView record, const LogIdentity& log,
                                           std::span<const VerifierKey> witnesses) {
  PLACET_ASSIGN(OpenedCheckpoint opened, open_checkpoint(file.checkpoint, log, witnesses));
  PLACET_TRY(
      verify_inclusion(file.index, opened.checkpoint.size, leaf_hash(record), file.hashes, opened.checkpoint.root));
  return opened;
}

}  // namespace placet::merkle
