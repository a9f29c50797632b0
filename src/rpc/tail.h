#pragma once

#include <kj/timer.h>

#include <deque>
#include <list>
#include <memory>
#include <unordered_map>
#include <vector>

#include "base/clock.h"
#include "base/zone.h"
#include "codec/record.h"
#include "rpc/growth_signal.h"
#include "rpc/interest.h"
#include "rpc/scan.h"
#include "store/event_log.h"

namespace placet::rpc {

/// What came for somebody while he waited: everything before `until` that he may have to be shown. That is the end of a
/// command.
struct Found {
  std::vector<LogPosition> positions;
  LogSize until;
  friend bool operator==(const Found&, const Found&) = default;
};

/// The newest end of the log, for all who follow it: what was appended is read and decoded once, and looked at for
/// those alone under whose keys it stands. Lives on the RPC thread.
///
/// Whoever follows yields to whoever appends: followers are woken a few at a time, and then this rests for a multiple
/// of what that took. What gathers meanwhile comes to them in one page.
class Tail {
 public:
  /// `durable` tells that the log has grown.
  Tail(const store::EventLog& log, GrowthSignal& durable, const Zone& zone, Clock& clock, kj::Timer& timer);
  ~Tail();
  Tail(const Tail&) = delete;
  Tail& operator=(const Tail&) = delete;

  /// Every record from `from` on, in order, to the end of the log; or false when not all of them are in memory.
  Result<bool> read(LogSize from, const HeadedVisit& visit);
  /// Those records.
  Result<void> read(const std::vector<LogPosition>& positions, const HeadedVisit& visit) const;
  /// `not_found` at or above the size of the log.
  Result<Bytes> record(LogPosition position) const;
  /// What comes for him after `from`, the end of a command, when there is something; at the deadline, how far there is
  /// nothing. He leaves by dropping the promise.
  kj::Promise<Found> beyond(LogSize from, std::shared_ptr<const Interest> interest, kj::TimePoint deadline);
  std::size_t waiting() const { return waiting_.size() + found_.size(); }

 private:
  class Waiter;
  struct Record {
    codec::Header header;
    Bytes bytes;
  };

  LogPosition first() const { return {end_.value - records_.size()}; }
  const Record* in_memory(LogPosition position) const;
  Result<void> catch_up();
  void keep(const codec::Header& header, BytesView record);
  void show_to_waiters(const codec::Header& header, Date today);
  kj::Promise<void> tend();

  const store::EventLog& log_;
  GrowthSignal& durable_;
  const Zone& zone_;
  Clock& clock_;
  kj::Timer& timer_;
  std::deque<Record> records_;  // the last ones before end_
  std::size_t bytes_ = 0;       // of them
  LogSize end_;                 // everything before it was looked at for everyone who waits

  std::unordered_map<Uuid, std::vector<Waiter*>, UuidHash> by_key_;
  std::list<Waiter*> waiting_;
  std::list<Waiter*> found_;  // for whom there is something, first come, first served
  bool tended_ = false;       // as long as somebody waits
  kj::Promise<void> tending_ = nullptr;
};

}  // namespace placet::rpc
