#pragma once

#include <compare>
#include <cstdint>

#include "base/id.h"

namespace placet {

/// One stream of events: an aggregate's. `category` is the schema's Category, kept a number here so that the store
/// needs to know no business.
struct StreamId {
  std::uint8_t category = 0;
  Uuid id;
  friend constexpr auto operator<=>(const StreamId&, const StreamId&) = default;
};

struct StreamIdHash {
  std::size_t operator()(const StreamId& stream) const { return UuidHash{}(stream.id) + stream.category; }
};

}  // namespace placet
