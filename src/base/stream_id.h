#pragma once

#include <compare>
<<<<<<< HEAD
=======
#include <cstddef>
>>>>>>> store
#include <cstdint>

#include "base/id.h"

namespace placet {

<<<<<<< HEAD
/// One stream of events: an aggregate's. `category` is the schema's Category, kept a number here so that the store
/// needs to know no business.
=======
/// Which stream: the kind of aggregate and its id. What a category number means stands with the aggregates.
>>>>>>> store
struct StreamId {
  std::uint8_t category = 0;
  Uuid id;
  friend constexpr auto operator<=>(const StreamId&, const StreamId&) = default;
};

struct StreamIdHash {
<<<<<<< HEAD
  std::size_t operator()(const StreamId& stream) const { return UuidHash{}(stream.id) + stream.category; }
=======
  std::size_t operator()(const StreamId& stream) const {
    return UuidHash{}(stream.id) ^ (stream.category * 0x9e3779b97f4a7c15ULL);
  }
>>>>>>> store
};

}  // namespace placet
