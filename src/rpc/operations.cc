#include "rpc/operations.h"

#include "base/version.h"
#include "domain/authority.h"
#include "rpc/wire.h"
#include "store/disk.h"

namespace placet::rpc {

using domain::Rejection;
using domain::RejectionCode;

namespace {

constexpr std::int64_t kMoveMaxMicros = 62 * kMicrosPerDay;

/// Why the clock did not move; nothing when it did.
std::optional<Rejection> move_clock(DemoClock* clock, Timestamp to, bool tick) {
  if (clock == nullptr)
    return Rejection{RejectionCode::not_found,
                     "clock: runs by the machine; only that of a demo ledger, whose origin starts with 'demo.', moves"};
  const Timestamp now = clock->now();
  // Compared so that no `to` overflows.
  if (to.micros > now.micros + kMoveMaxMicros)
    return Rejection{RejectionCode::too_large, "to: more than 62 days ahead of " + now.to_string()};
  if (!clock->move(to, tick))
    return Rejection{RejectionCode::malformed, "to: lies before " + now.to_string() + "; time does not go back"};
  return std::nullopt;
}

schema::ProjectionStatus::State state_of(readside::ProjectionState state) {
  switch (state) {
    case readside::ProjectionState::live: return schema::ProjectionStatus::State::LIVE;
    case readside::ProjectionState::building: return schema::ProjectionStatus::State::BUILDING;
    case readside::ProjectionState::stopped: return schema::ProjectionStatus::State::STOPPED;
  }
  KJ_FAIL_REQUIRE("a projection in no known state");
}

void write_status(const readside::ProjectionStatus& from, schema::ProjectionStatus::Builder to) {
  to.setName(capnp::Text::Reader(from.name.data(), from.name.size()));
  to.setVersion(from.version);
  to.setState(state_of(from.state));
  to.setSize(from.size.value);
  if (from.rebuilt) to.setRebuilt(static_cast<std::int64_t>(from.rebuilt->value));
  if (from.stopped) write_stopped(*from.stopped, to.initStopped());
}

void write_status(TokenId token, const FollowerAt& from, LogSize log, schema::FollowerStatus::Builder to) {
  codec::write(from.account, to.initAccount());
  codec::write(token, to.initToken());
  to.setSize(from.size.value);
  to.setAsked(from.asked.micros);
  to.setBehind(log.value - from.size.value);
}

void write(std::uint32_t id, LogSize size, Timestamp at, schema::BackupAt::Builder to) {
  to.setId(id);
  to.setSize(size.value);
  to.setAt(at.micros);
}

void write_status(const Result<BackupStatus>& from, schema::BackupStatus::Builder to) {
  if (!from) return to.setFault(from.error().message);
  if (from->newest) write(from->newest->id, from->newest->size, from->newest->made, to.initNewest());
  if (from->restored) write(from->restored->id, from->restored->size, from->restored->at, to.initRestored());
}

}  // namespace

std::optional<Rejection> keeps_out(const Services& services, const access::SignIn& sign_in, std::uint16_t roles) {
  const auto caller = current_caller(services, sign_in);
  if (!caller) return not_signed_in();
  const Date today = services.zone.local_day(services.clock.now());
  if (domain::may(caller->grants, {}, roles, today)) return std::nullopt;
  return Rejection{RejectionCode::not_found, "no such thing, or not yours to see"};
}

kj::Promise<void> OperationsServer::status(StatusContext context) {
  auto result = context.getResults().initResult();
  if (const auto fault = keeps_out(services_, sign_in_, kMaySeeStatus)) {
    write_refusal(*fault, result.initRefused());
    return kj::READY_NOW;
  }
  auto ledger = result.initLedger();
  ledger.setVersion(kVersion.data());
  ledger.setOrigin(services_.origin);
  ledger.setZone(services_.zone.name());
  write_basis(services_.ledger, services_.log.size(), ledger.initBasis());
  ledger.setNow(services_.clock.now().micros);
  ledger.setDiskFreeBytes(store::free_bytes(services_.data).value_or(0));
  const auto all = services_.projections.status();
  auto projections = ledger.initProjections(static_cast<unsigned>(all.size()));
  for (unsigned i = 0; i < all.size(); ++i) write_status(all[i], projections[i]);
  auto followers = ledger.initFollowers(static_cast<unsigned>(services_.followers.size()));
  for (unsigned i = 0; const auto& [token, at] : services_.followers)
    write_status(token, at, services_.log.size(), followers[i++]);
  write_status(services_.backups.status(), ledger.initBackups());
  const auto kept = services_.projections.snapshots();
  auto snapshots = ledger.initSnapshots(static_cast<unsigned>(kept.size()));
  for (unsigned i = 0; i < kept.size(); ++i) snapshots.set(i, kept[i].value);
  return kj::READY_NOW;
}

kj::Promise<void> OperationsServer::rebuild(RebuildContext context) {
  auto result = context.getResults().initResult();
  auto fault = keeps_out(services_, sign_in_, schema::BY_OFFICE);
  if (!fault) {
    const auto begun = services_.projections.rebuild(context.getParams().getProjection().cStr());
    if (!begun)
      fault =
          Rejection{begun.error().code == ErrorCode::not_found ? RejectionCode::not_found : RejectionCode::overloaded,
                    begun.error().message};
  }
  fault ? write_refusal(*fault, result.initRefused()) : result.setDone();
  return kj::READY_NOW;
}

kj::Promise<void> OperationsServer::cancelRebuild(CancelRebuildContext context) {
  auto result = context.getResults().initResult();
  auto fault = keeps_out(services_, sign_in_, schema::BY_OFFICE);
  if (!fault && !services_.projections.cancel_rebuild(context.getParams().getProjection().cStr()))
    fault = Rejection{RejectionCode::not_found, "projection: it is not being rebuilt"};
  fault ? write_refusal(*fault, result.initRefused()) : result.setDone();
  return kj::READY_NOW;
}

kj::Promise<void> OperationsServer::moveClock(MoveClockContext context) {
  auto result = context.getResults().initResult();
  const auto asked = context.getParams();
  auto fault = keeps_out(services_, sign_in_, schema::BY_ADMINISTRATOR);
  if (!fault) fault = move_clock(services_.demo_clock, {asked.getTo()}, asked.getTick());
  fault ? write_refusal(*fault, result.initRefused()) : result.setDone();
  return kj::READY_NOW;
}

kj::Promise<void> OperationsServer::backup(BackupContext context) {
  if (const auto fault = keeps_out(services_, sign_in_, schema::BY_ADMINISTRATOR)) {
    write_refusal(*fault, context.getResults().initResult().initRefused());
    return kj::READY_NOW;
  }
  return services_.backups.make().then([context](Result<BackupMade> made) mutable {
    auto result = context.getResults().initResult();
    if (!made && made.error().code == ErrorCode::unavailable)
      return write_refusal({RejectionCode::overloaded, made.error().message}, result.initRefused());
    const BackupMade backup = require(std::move(made), "the back-up failed");
    auto to = result.initBackup();
    to.setId(backup.id);
    to.setStateId(backup.state_id);
    to.setSize(backup.size.value);
    to.setCheckpoint(backup.checkpoint);
    to.setFolder(backup.folder.string());
  });
}

}  // namespace placet::rpc
