#include "rpc/events.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "codec/fields.h"
#include "codec/record.h"
#include "domain/authority.h"
#include "merkle/hash.h"
#include "rpc/wire.h"

namespace placet::rpc {

using domain::Rejection;
using domain::RejectionCode;

namespace {

constexpr std::uint32_t kEventsMax = 10'000;
constexpr std::uint32_t kBytesMax = 4 << 20;
constexpr std::uint32_t kWaitMsMax = 30'000;
constexpr const char* kUnreadable = "the ledger could not read its log";

}  // namespace

struct EventsServer::Page {
  std::vector<Bytes> records;
  LogSize next;
  LogSize log_size;
};

/// What the caller may see of the records from `from` on. Ends where a command ends, so a page can be over its limits
/// by the rest of one command.
Result<EventsServer::Page> EventsServer::read_page(LogSize from, const access::Caller& caller, std::uint32_t events_max,
                                                   std::uint32_t bytes_max) const {
  Page page{.records = {}, .next = from, .log_size = services_.log.size()};
  const Date today = services_.zone.local_day(services_.clock.now());
  std::size_t bytes = 0;
  std::size_t scanned = 0;
  Result<void> decoded;
  PLACET_TRY(services_.log.read({from.value}, [&](LogPosition position, BytesView record) {
    const auto meta = codec::read_meta(record);
    if (!meta) {
      decoded = std::unexpected(meta.error());
      return false;
    }
    if (domain::may(caller.grants, meta->parties, meta->audience, today)) {
      page.records.emplace_back(record);
      bytes += record.size();
    }
    const bool command_ends = meta->last_of_command() == position;
    if (command_ends) page.next = {position.value + 1};
    // What is skipped costs time too: a page looks at no more than ten times what it may hold.
    const bool full =
        page.records.size() >= events_max || bytes >= bytes_max || ++scanned >= std::size_t{10} * events_max;
    return !(full && command_ends);
  }));
  PLACET_TRY(std::move(decoded));
  return page;
}

Result<std::uint64_t> EventsServer::mark_at(LogSize size) const {
  if (size.value == 0) return 0;
  PLACET_ASSIGN(const Bytes record, services_.log.record({size.value - 1}));
  return Uuid::from_bytes(view_of(merkle::leaf_hash(record)).substr(0, 16)).hi;
}

/// Whether the cursor was taken from this very history.
Result<bool> EventsServer::continues(schema::Cursor::Reader cursor) const {
  if (LedgerId(codec::read_id(cursor.getLedger())) != services_.ledger || cursor.getSize() > services_.log.size().value)
    return false;
  if (cursor.getMark() == 0) return true;
  PLACET_ASSIGN(const std::uint64_t mark, mark_at({cursor.getSize()}));
  return mark == cursor.getMark();
}

kj::Promise<void> EventsServer::next(NextContext context) {
  const auto params = context.getParams();
  auto caller = current_caller(services_, sign_in_);
  const auto refuse = [&](const Rejection& rejection) -> kj::Promise<void> {
    write_refusal(rejection, context.getResults().initPage().initRefused());
    return kj::READY_NOW;
  };
  if (!caller) return refuse(not_signed_in());
  if (!require(continues(params.getCursor()), kUnreadable))
    return refuse({RejectionCode::stale,
                   "cursor: is not from this ledger's history; it was restored or is another one. Start from size 0"});
  const auto wait = std::min(params.getWaitMs(), kWaitMsMax) * kj::MILLISECONDS;
  return answer(context, std::move(*caller), timer_.now() + wait);
}

kj::Promise<void> EventsServer::answer(NextContext context, access::Caller caller, kj::TimePoint deadline) {
  const auto params = context.getParams();
  const LogSize from{params.getCursor().getSize()};
  const auto events_max = std::clamp(params.getMaxEvents(), 1u, kEventsMax);
  const auto bytes_max = std::clamp(params.getMaxBytes(), 1u, kBytesMax);
  const Page page = require(read_page(from, caller, events_max, bytes_max), kUnreadable);
  const kj::TimePoint now = timer_.now();
  if (page.next == from && now < deadline) {
    return services_.durable.beyond(page.log_size)
        .exclusiveJoin(timer_.atTime(deadline))
        .then([this, context, caller = std::move(caller), deadline]() mutable {
          return answer(context, std::move(caller), deadline);
        });
  }
  const std::uint64_t mark = require(mark_at(page.next), kUnreadable);
  auto events = context.getResults().initPage().initEvents();
  auto records = events.initRecords(static_cast<unsigned>(page.records.size()));
  for (unsigned i = 0; i < page.records.size(); ++i) records.set(i, codec::bytes_of<capnp::Data>(page.records[i]));
  auto next = events.initNext();
  codec::write(services_.ledger, next.initLedger());
  next.setSize(page.next.value);
  next.setMark(mark);
  events.setCaughtUp(page.next >= page.log_size);
  write_basis(services_.ledger, page.log_size, events.initBasis());
  return kj::READY_NOW;
}

}  // namespace placet::rpc
