#pragma once

#include <cstdint>
#include <vector>

#include "base/id.h"
#include "codec/record.h"
#include "schema/ledger.capnp.h"

namespace placet::rpc {

/// Which events a follower wants, of those that he may see.
class EventFilter {
 public:
  static constexpr std::size_t kItemsMax = 1'000;

  explicit EventFilter(schema::EventFilter::Reader from);

  std::size_t items() const { return categories_.size() + types_.size() + streams_.size() + parties_.size(); }
  bool fits(const codec::Header& header) const;

  const std::vector<std::uint8_t>& categories() const { return categories_; }
  const std::vector<std::uint16_t>& types() const { return types_; }
  const std::vector<Uuid>& streams() const { return streams_; }
  const std::vector<Uuid>& parties() const { return parties_; }
  friend bool operator==(const EventFilter&, const EventFilter&) = default;

 private:
  // Sorted; an empty one fits everything.
  std::vector<std::uint8_t> categories_;
  std::vector<std::uint16_t> types_;
  std::vector<Uuid> streams_;
  std::vector<Uuid> parties_;
};

}  // namespace placet::rpc
