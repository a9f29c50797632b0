#include "app/restore.h"

#include <fmt/format.h>

#include <unordered_set>
#include <utility>

#include "access/notary.h"
#include "access/stream_cache.h"
#include "access/vault.h"
#include "audit/chain.h"
#include "base/clock.h"
#include "codec/boxes.h"
#include "crypto/box.h"
#include "merkle/note_key.h"
#include "store/disk.h"
#include "store/log_tree.h"
#include "store/rocks/backups.h"
#include "store/rocks/event_log.h"
#include "store/rocks/log_tables.h"
#include "store/rocks/row_store.h"

namespace placet::app {

namespace fs = std::filesystem;

namespace {

/// A folder that vanishes unless it is wanted.
class Made {
 public:
  explicit Made(fs::path data) : folder_{.data = std::move(data), .keys = {}} { fs::remove_all(folder_.data); }
  ~Made() {
    std::error_code none;
    fs::remove_all(folder_.data, none);
  }
  Made(const Made&) = delete;
  Made& operator=(const Made&) = delete;
  const Folder& folder() const { return folder_; }
  Result<void> move_to(const fs::path& place) const {
    PLACET_TRY(store::sync_directory(folder_.data));
    std::error_code error;
    fs::rename(folder_.data, place, error);
    if (error) return fail(ErrorCode::io, place.string() + ": " + error.message());
    return store::sync_directory(fs::absolute(place).parent_path());
  }

 private:
  const Folder folder_;
};

Result<std::uint32_t> copy_back(const RestoreRequest& request, const Folder& made) {
  PLACET_ASSIGN(const auto states, store::backups_in(request.from.state()));
  if (states.empty())
    return fail(ErrorCode::not_found,
                request.from.state().string() + ": there is no back-up of state/ here, and so no key");
  std::error_code error;
  fs::create_directories(made.data, error);
  if (error) return fail(ErrorCode::io, made.data.string() + ": " + error.message());
  PLACET_TRY(store::restore_backup(request.from.log(), request.id, made.log()));
  PLACET_TRY(store::restore_backup(request.from.state(), states.back().id, made.state()));
  return states.back().id;
}

Result<LogSize> check_log(const RestoreRequest& request, const Folder& made, const store::Head& head,
                          merkle::LogIdentity identity) {
  PLACET_ASSIGN(const auto tables, store::open_log_tables(made.log()));
  PLACET_ASSIGN(const audit::ChainReport report, audit::check_chain({.tables = *tables,
                                                                     .identity = std::move(identity),
                                                                     .head = head,
                                                                     .since = {},
                                                                     .progress = request.progress}));
  if (report.faults.empty()) return report.signed_size;
  const audit::Fault& first = report.faults.front();
  const std::string place = first.first ? fmt::format(", from position {} on", first.first->value) : "";
  return fail(ErrorCode::corrupt, fmt::format("back-up {} is not right: {} faults{}: {}", request.id,
                                              report.faults.size(), place, first.what));
}

/// Every box in the log has its key in state/, or belongs to somebody who was erased.
Result<void> check_keys(const store::EventLog& log, const Folder& made, const access::KeyFolder& keys,
                        LedgerId ledger) {
  PLACET_ASSIGN(const auto state, store::open_row_store(made.state(), store::RowKind::kept, store::OpenMode::existing,
                                                        access::Vault::tables()));
  PLACET_ASSIGN(const auto vault, access::Vault::load(*state, keys, ledger));
  std::unordered_set<Uuid, UuidHash> known;
  Result<void> checked;
  PLACET_TRY(log.read({}, [&](LogPosition, BytesView record) {
    const auto seen = codec::each_box(record, [&](BytesView box) {
      if (!checked) return;
      const auto id = crypto::key_id_of(box);
      if (!id)
        checked = std::unexpected(id.error());
      else if (known.insert(*id).second)
        checked = vault->check_key(*id);
    });
    if (!seen) checked = seen;
    return checked.has_value();
  }));
  return checked;
}

Result<void> check_no_fork(store::EventLog& log, const store::Head& head, const std::string& origin,
                           const access::KeyFolder& keys) {
  PLACET_ASSIGN(store::HeadFile last_signed, access::open_last_signed(keys));
  SystemClock clock;
  PLACET_TRY(
      access::Notary::open({.log = log, .clock = clock, .origin = origin, .key = keys.signing_key(), .reached = head},
                           std::move(last_signed)));
  return {};
}

}  // namespace

Result<Restored> restore(const RestoreRequest& request) {
  if (!request.drill && fs::exists(request.to.data))
    return fail(ErrorCode::invalid, request.to.data.string() + " is there already; a restore writes over nothing");
  PLACET_ASSIGN(const access::KeyFolder keys, access::KeyFolder::open(request.to.keys));
  const Made made(request.to.data.string() + ".restoring");
  Restored restored;
  PLACET_ASSIGN(restored.state_id, copy_back(request, made.folder()));
  {
    PLACET_ASSIGN(const auto log, store::open_event_log(made.folder().log(), store::OpenMode::read_only));
    PLACET_ASSIGN(const domain::System founded, access::founded_in(*log));
    PLACET_ASSIGN(const merkle::Tree tree, store::tree_of(*log, log->size()));
    const store::Head head{tree.size(), tree.root()};
    PLACET_ASSIGN(const auto key, merkle::VerifierKey::of(founded.origin, merkle::SignatureType::ed25519,
                                                          keys.signing_key().public_key()));
    PLACET_ASSIGN(restored.signed_size, check_log(request, made.folder(), head, {founded.origin, key}));
    PLACET_TRY(check_keys(*log, made.folder(), keys, founded.ledger));
    if (!request.drill) PLACET_TRY(check_no_fork(*log, head, founded.origin, keys));
    PLACET_ASSIGN(store::HeadFile file, store::HeadFile::create(made.folder().head()));
    PLACET_TRY(file.write(head));
    restored.origin = founded.origin;
    restored.size = head.size;
  }
  if (!request.drill) PLACET_TRY(made.move_to(request.to.data));
  SystemClock clock;
  PLACET_TRY(write_restored(request.from, {request.id, restored.size, clock.now()}));
  return restored;
}

}  // namespace placet::app
