#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>

#include "base/id.h"

namespace placet {

/// Which stream: the kind of aggregate and its id. What a category number means stands with the aggregates.
struct StreamId {
  std::uint8_t category = 0;
  Uuid id;
  friend constexpr auto operator<=>(const StreamId&, const StreamId&) = default;
};

struct StreamIdHash {
  std::size_t operator()(const StreamId& stream) const {
    return UuidHash{}(stream.id) ^ (stream.category * 0x9e3779b97f4a7c15ULL);
  }
};

}  // namespace placet
