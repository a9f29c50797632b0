#include "rpc/events.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "codec/fields.h"
#include "merkle/hash.h"
#include "readside/as_of.h"
#include "rpc/page_reader.h"
#include "rpc/tail.h"
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
  return answer(context,
                {.question = {.from = {params.getCursor().getSize()},
                              .interest = std::make_shared<const Interest>(std::move(filter), *std::move(caller)),
                              .today = services_.zone.local_day(services_.clock.now()),
                              .events_max = std::clamp(params.getMaxEvents(), 1u, kEventsMax),
                              .bytes_max = std::clamp(params.getMaxBytes(), 1u, kBytesMax)},
                 .found = {},
                 .deadline = timer_.now() + wait});
}

kj::Promise<void> EventsServer::answer(NextContext context, Asked asked) {
  if (const auto page = page_in_memory(asked)) return answer_with(*page, context, std::move(asked));
  auto reading = services_.pages->read(asked.question);
  return reading.then([this, context, asked = std::move(asked)](Result<Page> read) mutable -> kj::Promise<void> {
    const Page page = require(std::move(read), kUnreadable);
    const auto asked_as = asked.question.interest;
    if (!ask_as_now(asked.question)) return refuse(context, not_signed_in());
    if (*asked.question.interest != *asked_as) return answer(context, std::move(asked));
    return answer_with(page, context, std::move(asked));
  });
}

/// With that page, or as soon as there is something to show.
kj::Promise<void> EventsServer::answer_with(const Page& page, NextContext context, Asked asked) {
  if (!page.sizes.empty() || page.next < services_.log.size() || timer_.now() >= asked.deadline) {
    write_page(page, context);
    return kj::READY_NOW;
  }
  asked.question.from = page.next;
  auto waiting = services_.tail->beyond(page.next, asked.question.interest, asked.deadline);
  return waiting.then([this, context, asked = std::move(asked)](Found found) mutable -> kj::Promise<void> {
    if (!ask_as_now(asked.question)) return refuse(context, not_signed_in());
    asked.found = std::move(found);
    return answer(context, std::move(asked));
  });
}

/// After a time in which who asks, or the day, may have changed. False: his token does not count any longer.
bool EventsServer::ask_as_now(PageQuestion& question) const {
  auto caller = current_caller(services_, sign_in_);
  if (!caller) return false;
  question.interest = std::make_shared<const Interest>(question.interest->filter, *std::move(caller));
  question.today = services_.zone.local_day(services_.clock.now());
  return true;
}

/// Of what came while he waited; if nothing of that is for him, of what comes after it. Nothing where memory does not
/// reach back that far.
std::optional<Page> EventsServer::page_in_memory(Asked& asked) const {
  PageQuestion& question = asked.question;
  if (const auto found = std::exchange(asked.found, std::nullopt)) {
    PageWriter writer(question);
    require(services_.tail->read(found->positions, std::ref(writer)), kUnreadable);
    Page page = writer.take();
    if (!page.is_full) page.next = found->until;
    if (!page.sizes.empty()) return page;
    question.from = page.next;
  }
  PageWriter writer(question);
  if (!require(services_.tail->read(question.from, std::ref(writer)), kUnreadable)) return std::nullopt;
  return writer.take();
}

void EventsServer::write_page(const Page& page, NextContext& context) const {
  const LogSize size = services_.log.size();
  constexpr std::size_t kWordsBeside = 64, kWordsPerRecord = 2;  // a pointer, and what rounds it up to words
  const std::size_t words =
      kWordsBeside + page.sizes.size() * kWordsPerRecord + page.records.size() / sizeof(capnp::word);
  auto events = context.getResults(capnp::MessageSize{words, 0}).initPage().initEvents();
  auto records = events.initRecords(static_cast<unsigned>(page.sizes.size()));
  BytesView rest = page.records;
  for (unsigned i = 0; i < page.sizes.size(); ++i) {
    records.set(i, codec::bytes_of<capnp::Data>(rest.substr(0, page.sizes[i])));
    rest.remove_prefix(page.sizes[i]);
  }
  write_cursor(page.next, events.initNext());
  events.setCaughtUp(page.next >= size);
  write_basis(services_.ledger, size, events.initBasis());
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
