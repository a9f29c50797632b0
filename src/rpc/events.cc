#include "rpc/events.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "codec/fields.h"
#include "merkle/hash.h"
#include "readside/as_of.h"
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

/// What fits of the records from there on. Ends where a command ends, so a page can be over its limits by the rest of
/// one command.
Result<EventsServer::Page> EventsServer::read_page(const Asked& asked) const {
  Page page{.records = {}, .next = asked.from, .log_size = services_.log.size()};
  const Date today = services_.zone.local_day(services_.clock.now());
  std::size_t bytes = 0;
  std::size_t scanned = 0;
  bool all = true;
  const Tail::Visit look = [&](const codec::Header& header, BytesView record) {
    if (header.meta.position.value >= page.next.value) {  // another command
      // What is skipped costs time too: a page looks at no more than ten times what it may hold.
      all = page.records.size() < asked.events_max && bytes < asked.bytes_max &&
            scanned < std::size_t{10} * asked.events_max;
      if (!all) return false;
      page.next = {header.meta.last_of_command().value + 1};
    }
    ++scanned;
    if (!asked.interest->shows(header, today)) return true;
    page.records.emplace_back(record);
    bytes += record.size();
    return true;
  };
  if (asked.found) {
    PLACET_TRY(services_.tail->read(asked.found->positions, look));
    if (all) page.next = asked.found->until;
  } else {
    PLACET_TRY(services_.tail->read(LogPosition{asked.from.value}, look));
  }
  return page;
}

Result<std::uint64_t> EventsServer::mark_at(LogSize size) const {
  if (size.value == 0) return 0;
  PLACET_ASSIGN(const Bytes record, services_.tail->record({size.value - 1}));
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

kj::Promise<void> EventsServer::refuse(NextContext context, const Rejection& why) {
  write_refusal(why, context.getResults().initPage().initRefused());
  return kj::READY_NOW;
}

kj::Promise<void> EventsServer::next(NextContext context) {
  context.allowCancellation();  // nobody waits for whoever is gone
  const auto params = context.getParams();
  auto caller = current_caller(services_, sign_in_);
  if (!caller) return refuse(context, not_signed_in());
  if (!require(continues(params.getCursor()), kUnreadable))
    return refuse(context,
                  {RejectionCode::stale,
                   "cursor: is not from this ledger's history; it was restored or is another one. Start from size 0"});
  EventFilter filter(params.getFilter());
  if (filter.items() > EventFilter::kItemsMax)
    return refuse(context, {RejectionCode::too_large,
                            "filter: names more than 1,000 things; follow all, or by several followers"});
  services_.followers[sign_in_.token] = {sign_in_.account, {params.getCursor().getSize()}, services_.clock.now()};
  const auto wait = std::min(params.getWaitMs(), kWaitMsMax) * kj::MILLISECONDS;
  return answer(context, {.from = {params.getCursor().getSize()},
                          .found = {},
                          .interest = std::make_shared<Interest>(std::move(filter), *std::move(caller)),
                          .events_max = std::clamp(params.getMaxEvents(), 1u, kEventsMax),
                          .bytes_max = std::clamp(params.getMaxBytes(), 1u, kBytesMax),
                          .deadline = timer_.now() + wait});
}

kj::Promise<void> EventsServer::answer(NextContext context, Asked asked) {
  const Page page = require(read_page(asked), kUnreadable);
  if (page.records.empty() && asked.found) {
    asked.from = page.next;
    asked.found.reset();
    return answer(context, std::move(asked));
  }
  if (page.records.empty() && page.next >= page.log_size && timer_.now() < asked.deadline) {
    return services_.tail->beyond(page.next, asked.interest, asked.deadline)
        .then([this, context, asked = std::move(asked)](Found found) mutable -> kj::Promise<void> {
          auto caller = current_caller(services_, sign_in_);  // again: it may have changed
          if (!caller) return refuse(context, not_signed_in());
          asked.interest->caller = *std::move(caller);
          asked.found = std::move(found);
          return answer(context, std::move(asked));
        });
  }
  auto events = context.getResults().initPage().initEvents();
  auto records = events.initRecords(static_cast<unsigned>(page.records.size()));
  for (unsigned i = 0; i < page.records.size(); ++i) records.set(i, codec::bytes_of<capnp::Data>(page.records[i]));
  write_cursor(page.next, events.initNext());
  events.setCaughtUp(page.next >= page.log_size);
  write_basis(services_.ledger, page.log_size, events.initBasis());
  return kj::READY_NOW;
}

void EventsServer::write_cursor(LogSize size, schema::Cursor::Builder to) const {
  codec::write(services_.ledger, to.initLedger());
  to.setSize(size.value);
  to.setMark(require(mark_at(size), kUnreadable));
}

/// Always the end of a command.
Result<LogSize> EventsServer::size_of(schema::Place::Reader place) const {
  switch (place.which()) {
    case schema::Place::SINCE: return readside::size_at(services_.log, {place.getSince() - 1});
    case schema::Place::SIZE: {
      PLACET_ASSIGN(const readside::CommandEnd end, readside::command_end_at(services_.log, {place.getSize()}));
      return end.size;
    }
    case schema::Place::NOW: break;
  }
  return services_.log.size();
}

kj::Promise<void> EventsServer::begin(BeginContext context) {
  auto result = context.getResults().initCursor();
  if (!current_caller(services_, sign_in_)) {
    write_refusal(not_signed_in(), result.initRefused());
    return kj::READY_NOW;
  }
  const auto size = size_of(context.getParams().getAt());
  if (!size && size.error().code == ErrorCode::not_found)
    write_refusal({RejectionCode::not_found, "at.size: " + size.error().message}, result.initRefused());
  else
    write_cursor(require(size, kUnreadable), result.initCursor());
  return kj::READY_NOW;
}

}  // namespace placet::rpc
