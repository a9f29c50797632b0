#pragma once

#include <capnp/message.h>

#include <cstdint>
#include <functional>

#include "base/bytes.h"
#include "tools/client/connection.h"

namespace placet::client {

/// Where a reader of the log stands, from its first event on or a later one. Goes on over another connection to the
/// same ledger.
class Follower {
 public:
  explicit Follower(std::uint64_t from = 0) : from_(from) {}
  /// What is asked for beside the place; everything by default.
  schema::EventFilter::Builder filter() { return filter_.getRoot<schema::EventFilter>(); }
  /// Begins there instead. Throws `Refused`.
  void begin(Connection& connection, const std::function<void(schema::Place::Builder)>& at);

  /// Is shown the stored bytes of one event, valid during the call only.
  using Visit = std::function<void(BytesView record)>;

  /// Shows the next page, after waiting at most `wait_ms` for one. True at the end of the log. Throws `Refused`,
  /// std::runtime_error when it begins beyond the end.
  bool read_page(Connection& connection, std::uint32_t wait_ms, const Visit& visit);
  /// Shows everything up to the end of the log.
  void read_on(Connection& connection, const Visit& visit);

  /// What it was shown lies before this.
  std::uint64_t size() { return started_ ? cursor_.getRoot<schema::Cursor>().getSize() : from_; }

 private:
  capnp::MallocMessageBuilder cursor_;
  capnp::MallocMessageBuilder filter_;
  std::uint64_t from_;
  bool started_ = false;
};

}  // namespace placet::client
