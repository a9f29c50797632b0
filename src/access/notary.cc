#include "access/notary.h"

#include <fmt/format.h>

#include <utility>

#include "store/log_tree.h"

namespace placet::access {

namespace {

constexpr const char* kProcedure =
    "; nothing is signed on it: keep folder and keys as they are (README, 'When it does not start')";

}  // namespace

Result<store::HeadFile> open_last_signed(const KeyFolder& keys) {
  auto file = store::HeadFile::open(keys.last_signed());
  if (file || file.error().code != ErrorCode::not_found) return file;
  return fail(ErrorCode::not_found, keys.last_signed().string() +
                                        " is missing: without it another history could be signed under the same name; "
                                        "put it back (README, 'When it does not start')");
}

Notary::Notary(Surroundings surroundings, merkle::NoteSigner signer, store::HeadFile last_signed)
    : around_(std::move(surroundings)),
      signer_(std::move(signer)),
      identity_{around_.origin, signer_.verifier()},
      last_signed_(std::move(last_signed)),
      reached_(around_.reached) {}

Result<std::unique_ptr<Notary>> Notary::open(Surroundings surroundings, store::HeadFile last_signed) {
  PLACET_ASSIGN(merkle::NoteSigner signer, merkle::NoteSigner::of(surroundings.origin, surroundings.key));
  std::unique_ptr<Notary> notary(new Notary(std::move(surroundings), std::move(signer), std::move(last_signed)));
  PLACET_ASSIGN(const auto before, notary->last_signed_.read());
  if (before) PLACET_TRY(notary->check_extends(*before));
  // Also that: the file may be one that somebody put back.
  PLACET_ASSIGN(const auto kept, notary->newest_kept());
  if (kept && kept != before) PLACET_TRY(notary->check_extends(*kept));
  // A crash came between the file and the note, or the note was lost with the end of the write-ahead log.
  if (before && before->size.value > 0 && (!kept || kept->size < before->size)) PLACET_TRY(notary->keep(*before));
  return notary;
}

Result<void> Notary::check_extends(const store::Head& signed_before) const {
  if (around_.reached.size < signed_before.size)
    return fail(ErrorCode::corrupt, fmt::format("the log holds {} records, but a checkpoint of {} was signed{}",
                                                around_.reached.size.value, signed_before.size.value, kProcedure));
  if (signed_before == around_.reached) return {};  // as after every stop in order
  PLACET_ASSIGN(const merkle::Tree tree, store::tree_of(around_.log, signed_before.size));
  if (tree.root() != signed_before.root)
    return fail(ErrorCode::corrupt,
                fmt::format("the first {} records are not those of the checkpoint that was signed: the root differs{}",
                            signed_before.size.value, kProcedure));
  return {};
}

Result<std::optional<store::Head>> Notary::newest_kept() const {
  PLACET_ASSIGN(const auto kept, around_.log.latest_checkpoint());
  if (!kept) return std::nullopt;
  const auto opened = merkle::open_checkpoint(kept->note, identity_);
  if (!opened)
    return fail(opened.error().code, fmt::format("{}; the key folder is of another ledger, or the note was changed{}",
                                                 opened.error().message, kProcedure));
  return store::Head{opened->checkpoint.size, opened->checkpoint.root};
}

void Notary::reached(const store::Head& head) {
  const std::lock_guard lock(reaching_);
  reached_ = head;
}

Result<std::optional<store::Checkpoint>> Notary::over(LogSize size) {
  const std::lock_guard lock(signing_);
  if (newest_ && newest_->size >= size) return newest_;
  const std::int64_t now = around_.clock.since_boot_micros();
  if (signed_at_ && now - *signed_at_ < kPauseMicros) return std::nullopt;
  const store::Head head = reached();
  if (head.size < size) return std::nullopt;  // it is durable, and we hear of it in a moment
  PLACET_TRY(sign(head));
  return newest_;
}

Result<void> Notary::keep_newest() {
  const std::lock_guard lock(signing_);
  const store::Head head = reached();
  if (newest_ && newest_->size == head.size) return {};
  return sign(head);
}

store::Head Notary::reached() {
  const std::lock_guard lock(reaching_);
  return reached_;
}

/// The order matters: what a crash leaves in the file without a note of it is made good at the next start, a note that
/// the file does not know could be followed by another history.
Result<void> Notary::sign(const store::Head& head) {
  PLACET_TRY(last_signed_.write(head));
  PLACET_TRY(keep(head));
  signed_at_ = around_.clock.since_boot_micros();
  return {};
}

/// The same bytes whenever it is made: so are Ed25519 signatures (RFC 8032, 5.1.6).
Result<void> Notary::keep(const store::Head& signed_head) {
  PLACET_ASSIGN(std::string note,
                merkle::sign_checkpoint({identity_.origin, signed_head.size, signed_head.root}, signer_));
  PLACET_TRY(around_.log.put_checkpoint(signed_head.size, note));
  newest_ = store::Checkpoint{signed_head.size, std::move(note)};
  return {};
}

}  // namespace placet::access
