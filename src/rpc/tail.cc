#include "rpc/tail.h"

#include <kj/time.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "base/log.h"
#include "rpc/wire.h"

namespace placet::rpc {

namespace {

constexpr std::size_t kBytesMax = 4 << 20;
/// Nobody waits: so much is read for those who will, not more.
constexpr std::uint64_t kUnreadMax = 1'024;
constexpr unsigned kWokenAtOnce = 8;
constexpr unsigned kRestPerWork = 3;

}  // namespace

/// Somebody whose call is not answered yet. Owned by its promise, so that it goes with the call.
class Tail::Waiter {
 public:
  Waiter(kj::PromiseFulfiller<LogSize>& fulfiller, Tail& tail, LogSize from, std::shared_ptr<const Interest> interest,
         kj::TimePoint deadline)
      : fulfiller_(fulfiller),
        tail_(&tail),
        place_(from),
        interest_(std::move(interest)),
        keys_(interest_->keys()),
        in_list_(tail.waiting_.insert(tail.waiting_.end(), this)),
        time_is_up_(tail.timer_.atTime(deadline).then([this] { go_on(); }).eagerlyEvaluate(nullptr)) {
    for (const Uuid& key : keys_) tail.by_key_[key].push_back(this);
  }
  ~Waiter() { leave(); }
  Waiter(const Waiter&) = delete;
  Waiter& operator=(const Waiter&) = delete;

  void look_at(const codec::Header& header, Date today) {
    if (found_ || header.meta.position.value < place_.value || !interest_->touched_by(header, today)) return;
    found_ = true;
    place_ = {header.meta.position.value};
    tail_->found_.splice(tail_->found_.end(), tail_->waiting_, in_list_);
  }

  void go_on() {
    LogSize place = found_ ? place_ : std::max(place_, tail_->end_);
    leave();
    fulfiller_.fulfill(std::move(place));
  }

  void leave() {
    if (tail_ == nullptr) return;
    for (const Uuid& key : keys_) {
      const auto under = tail_->by_key_.find(key);
      std::erase(under->second, this);
      if (under->second.empty()) tail_->by_key_.erase(under);
    }
    (found_ ? tail_->found_ : tail_->waiting_).erase(in_list_);
    tail_ = nullptr;
  }

 private:
  kj::PromiseFulfiller<LogSize>& fulfiller_;
  Tail* tail_;  // null once it has left
  bool found_ = false;
  LogSize place_;  // nothing before it is for him
  const std::shared_ptr<const Interest> interest_;
  const std::vector<Uuid> keys_;
  const std::list<Waiter*>::iterator in_list_;
  kj::Promise<void> time_is_up_;
};

Tail::Tail(const store::EventLog& log, GrowthSignal& durable, const Zone& zone, Clock& clock, kj::Timer& timer)
    : log_(log), durable_(durable), zone_(zone), clock_(clock), timer_(timer), end_(log.size()) {}

// Calls that were cut off may outlive it by a turn of the loop.
Tail::~Tail() {
  while (!waiting_.empty()) waiting_.front()->leave();
  while (!found_.empty()) found_.front()->leave();
}

Result<void> Tail::read(LogPosition from, const Visit& visit) {
  PLACET_TRY(catch_up());
  if (from < first()) return read_log(from, visit);
  for (std::size_t i = from.value - first().value; i < records_.size(); ++i)
    if (!visit(records_[i].header, records_[i].bytes)) break;
  return {};
}

Result<Bytes> Tail::record(LogPosition position) const {
  if (position < first() || position.value >= end_.value) return log_.record(position);
  return records_[position.value - first().value].bytes;
}

Result<void> Tail::read_log(LogPosition from, const Visit& visit) const {
  Result<void> decoded;
  PLACET_TRY(log_.read(from, [&](LogPosition, BytesView record) {
    const auto header = codec::read_header(record);
    if (!header) decoded = std::unexpected(header.error());
    return header && visit(*header, record);
  }));
  return decoded;
}

Result<void> Tail::catch_up() {
  const LogSize size = log_.size();
  if (size == end_) return {};
  if (waiting_.empty() && size.value - end_.value > kUnreadMax) {
    records_.clear();
    bytes_ = 0;
    end_ = size;
    return {};
  }
  const Date today = zone_.local_day(clock_.now());
  return read_log({end_.value}, [&](const codec::Header& header, BytesView record) {
    keep(header, record);
    find_whom_it_touches(header, today);
    return true;
  });
}

void Tail::keep(const codec::Header& header, BytesView record) {
  records_.emplace_back(header, Bytes(record));
  bytes_ += sizeof(Record) + record.size();
  ++end_.value;
  for (; bytes_ > kBytesMax; records_.pop_front()) bytes_ -= sizeof(Record) + records_.front().bytes.size();
}

void Tail::find_whom_it_touches(const codec::Header& header, Date today) {
  if (waiting_.empty()) return;
  for (const Uuid& key : keys_of(header)) {
    const auto under = by_key_.find(key);
    if (under == by_key_.end()) continue;
    for (Waiter* waiter : under->second) waiter->look_at(header, today);
  }
}

kj::Promise<LogSize> Tail::beyond(LogSize from, std::shared_ptr<const Interest> interest, kj::TimePoint deadline) {
  if (end_ > from) return from;
  auto place = kj::newAdaptedPromise<LogSize, Waiter>(*this, from, std::move(interest), deadline);
  if (!std::exchange(tended_, true))
    tending_ = tend().eagerlyEvaluate([this](kj::Exception&& fault) {
      tended_ = false;
      log::error("rpc: followers are not woken: {}", fault.getDescription().cStr());
    });
  return place;
}

kj::Promise<void> Tail::tend() {
  if (waiting() == 0) {
    tended_ = false;
    return kj::READY_NOW;
  }
  kj::Promise<void> something = found_.empty() ? durable_.beyond(end_) : kj::READY_NOW;
  return something
      .then([this] {
        const auto& clock = kj::systemPreciseMonotonicClock();
        const kj::TimePoint start = clock.now();
        require(catch_up(), "the ledger could not read its log");
        for (unsigned i = 0; i < kWokenAtOnce && !found_.empty(); ++i) found_.front()->go_on();
        // Their answers come before what is last.
        return kj::evalLast([this, &clock, start] { return timer_.afterDelay(kRestPerWork * (clock.now() - start)); });
      })
      .then([this] { return tend(); });
}

}  // namespace placet::rpc
