#include "rpc/tail.h"

#include <time.h>

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
/// So many are noted for one who waits, and the rest of a command; what comes after them he asks for.
constexpr std::size_t kFoundMax = 1'000;
constexpr unsigned kWokenAtOnce = 8;
/// So followers get an eighth of the thread when others want it.
constexpr unsigned kRestPerWork = 7;

kj::Duration processor_time_of_this_thread() {
  timespec time{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return time.tv_sec * kj::SECONDS + time.tv_nsec * kj::NANOSECONDS;
}

}  // namespace

/// Somebody whose call is not answered yet. Owned by its promise, so that it goes with the call.
class Tail::Waiter {
 public:
  Waiter(kj::PromiseFulfiller<Found>& fulfiller, Tail& tail, LogSize from, std::shared_ptr<const Interest> interest,
         kj::TimePoint deadline)
      : fulfiller_(fulfiller),
        tail_(&tail),
        from_(from),
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
    const LogSize command_begin = header.command_begin();
    if (until_ || command_begin < from_) return;
    if (!positions_.empty() && positions_.back() == header.position) return;  // it stands under several of his keys
    if (interest_->may_change_by(header)) {
      // From there on, what was looked at as he was says nothing.
      std::erase_if(positions_, [&](LogPosition position) { return position.value >= command_begin.value; });
      end_at(command_begin);
    } else if (interest_->shows(header, today)) {
      if (positions_.size() >= kFoundMax && command_begin >= found_end_) return end_at(found_end_);
      positions_.push_back(header.position);
      found_end_ = header.command_end();
      come_forward();
    }
  }

  void go_on() {
    const LogSize until = until_.value_or(std::max(from_, tail_->end_));
    leave();
    fulfiller_.fulfill(Found{std::move(positions_), until});
  }

  void leave() {
    if (tail_ == nullptr) return;
    for (const Uuid& key : keys_) {
      const auto under = tail_->by_key_.find(key);
      std::erase(under->second, this);
      if (under->second.empty()) tail_->by_key_.erase(under);
    }
    (is_found_ ? tail_->found_ : tail_->waiting_).erase(in_list_);
    tail_ = nullptr;
  }

 private:
  void end_at(LogSize until) {
    until_ = until;
    come_forward();
  }
  void come_forward() {
    if (!std::exchange(is_found_, true)) tail_->found_.splice(tail_->found_.end(), tail_->waiting_, in_list_);
  }

  kj::PromiseFulfiller<Found>& fulfiller_;
  Tail* tail_;  // null once it has left
  const LogSize from_;
  const std::shared_ptr<const Interest> interest_;
  const std::vector<Uuid> keys_;
  const std::list<Waiter*>::iterator in_list_;
  bool is_found_ = false;  // in which list
  std::vector<LogPosition> positions_;
  LogSize found_end_;             // the end of the command of the last of them
  std::optional<LogSize> until_;  // nothing after it is looked at for him
  kj::Promise<void> time_is_up_;
};

Tail::Tail(const store::EventLog& log, GrowthSignal& durable, const Zone& zone, Clock& clock, kj::Timer& timer)
    : log_(log), durable_(durable), zone_(zone), clock_(clock), timer_(timer), end_(log.size()) {}

// Calls that were cut off may outlive it by a turn of the loop.
Tail::~Tail() {
  while (!waiting_.empty()) waiting_.front()->leave();
  while (!found_.empty()) found_.front()->leave();
}

Result<bool> Tail::read(LogSize from, const HeadedVisit& visit) {
  PLACET_TRY(catch_up());
  if (from.value < first().value) return false;
  for (std::size_t i = from.value - first().value; i < records_.size(); ++i)
    if (!visit(records_[i].header, records_[i].bytes)) break;
  return true;
}

Result<void> Tail::read(const std::vector<LogPosition>& positions, const HeadedVisit& visit) const {
  for (const LogPosition position : positions) {
    if (const Record* record = in_memory(position)) {
      if (!visit(record->header, record->bytes)) break;
    } else {
      PLACET_ASSIGN(const Bytes bytes, log_.record(position));
      PLACET_ASSIGN(const codec::Header header, codec::read_header(bytes));
      if (!visit(header, bytes)) break;
    }
  }
  return {};
}

Result<Bytes> Tail::record(LogPosition position) const {
  const Record* record = in_memory(position);
  return record != nullptr ? record->bytes : log_.record(position);
}

const Tail::Record* Tail::in_memory(LogPosition position) const {
  const bool is_there = position >= first() && position.value < end_.value;
  return is_there ? &records_[position.value - first().value] : nullptr;
}

Result<void> Tail::catch_up() {
  const LogSize size = log_.size();
  if (size == end_) return {};
  if (waiting() == 0 && size.value - end_.value > kUnreadMax) {
    records_.clear();
    bytes_ = 0;
    end_ = size;
    return {};
  }
  const Date today = zone_.local_day(clock_.now());
  return scan(log_, {end_.value}, true, [&](const codec::Header& header, BytesView record) {
    keep(header, record);
    show_to_waiters(header, today);
    return true;
  });
}

void Tail::keep(const codec::Header& header, BytesView record) {
  records_.emplace_back(header, Bytes(record));
  bytes_ += sizeof(Record) + record.size();
  ++end_.value;
  for (; bytes_ > kBytesMax; records_.pop_front()) bytes_ -= sizeof(Record) + records_.front().bytes.size();
}

void Tail::show_to_waiters(const codec::Header& header, Date today) {
  if (by_key_.empty()) return;
  for (const Uuid& key : keys_of(header)) {
    const auto under = by_key_.find(key);
    if (under == by_key_.end()) continue;
    for (Waiter* waiter : under->second) waiter->look_at(header, today);
  }
}

kj::Promise<Found> Tail::beyond(LogSize from, std::shared_ptr<const Interest> interest, kj::TimePoint deadline) {
  if (end_ > from) return Found{{}, from};
  auto found = kj::newAdaptedPromise<Found, Waiter>(*this, from, std::move(interest), deadline);
  if (!std::exchange(tended_, true))
    tending_ = tend().eagerlyEvaluate([this](kj::Exception&& fault) {
      tended_ = false;
      log::error("rpc: followers are not woken: {}", fault.getDescription().cStr());
    });
  return found;
}

kj::Promise<void> Tail::tend() {
  if (waiting() == 0) {
    tended_ = false;
    return kj::READY_NOW;
  }
  kj::Promise<void> something = found_.empty() ? durable_.beyond(end_) : kj::READY_NOW;
  return something
      .then([this] {
        const kj::Duration start = processor_time_of_this_thread();
        require(catch_up(), "the ledger could not read its log");
        for (unsigned i = 0; i < kWokenAtOnce && !found_.empty(); ++i) found_.front()->go_on();
        return kj::evalLast([this, start] {  // their answers come before what is last
          return timer_.afterDelay(kRestPerWork * (processor_time_of_this_thread() - start));
        });
      })
      .then([this] { return tend(); });
}

}  // namespace placet::rpc
