#pragma once

#include <boost/container/static_vector.hpp>
#include <vector>

#include "access/caller.h"
#include "base/time.h"
#include "codec/record.h"
#include "rpc/event_filter.h"

namespace placet::rpc {

/// What a follower is sent: what he asks for, of what he may see.
struct Interest {
  EventFilter filter;
  access::Caller caller;
  friend bool operator==(const Interest&, const Interest&) = default;

  bool shows(const codec::Header& header, Date today) const;
  /// Whether it depends on a record's parties if it is shown: not for staff who do not ask for some of them.
  bool is_by_party() const;
  /// Whether it may change what he may see.
  bool may_change_by(const codec::Header& header) const;
  /// Under at least one of these stands every record of which either is true, and few others.
  std::vector<Uuid> keys() const;
};

using RecordKeys = boost::container::static_vector<Uuid, 8>;
/// What a record is found under.
RecordKeys keys_of(const codec::Header& header);

}  // namespace placet::rpc
