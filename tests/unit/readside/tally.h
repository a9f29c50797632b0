#pragma once

#include <atomic>

#include "projections/projection.h"

namespace placet::testing {

/// How many events there were, in all and on each stream: a projection of which every row is known beforehand.
struct Totals {
  static constexpr std::string_view kName = "tally.totals";
  using Key = std::uint8_t;
  struct Row {
    std::uint64_t events = 0;
    template <class A>
    void serialize(A& archive) {
      archive(events);
    }
  };
};
struct Streams {
  static constexpr std::string_view kName = "tally.streams";
  using Key = StreamId;
  using Row = Totals::Row;
};

struct Tally {
  static constexpr std::string_view kName = "tally";
  static constexpr std::uint32_t kVersion = 1;
  using Tables = projections::Tables<Totals, Streams>;
  using Ignores = projections::Types<>;

  static constexpr std::uint64_t kNoPosition = UINT64_MAX;
  /// The event that it cannot take.
  static inline std::atomic<std::uint64_t> poisoned = kNoPosition;
  /// While set, it stands still at its next event.
  static inline std::atomic<bool> held = false;

  static void hold() { held = true; }
  static void release() {
    held = false;
    held.notify_all();
  }

  template <class Event>
  static void apply(Tables& rows, const Event&, const domain::Meta& meta) {
    held.wait(true);
    PLACET_CHECK(meta.position.value != poisoned, "poisoned by the test");
    ++rows.of<Totals>().edit_or_add(0).events;
    ++rows.of<Streams>().edit_or_add(meta.stream).events;
  }
};

/// A second one, so that there is somebody to ride on with.
struct Witnesses {
  static constexpr std::string_view kName = "witness.totals";
  using Key = std::uint8_t;
  using Row = Totals::Row;
};
struct Witness {
  static constexpr std::string_view kName = "witness";
  static constexpr std::uint32_t kVersion = 1;
  using Tables = projections::Tables<Witnesses>;
  using Ignores = projections::Types<>;
  template <class Event>
  static void apply(Tables& rows, const Event&, const domain::Meta&) {
    ++rows.of<Witnesses>().edit_or_add(0).events;
  }
};

}  // namespace placet::testing
