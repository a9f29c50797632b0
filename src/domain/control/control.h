#pragma once

#include "domain/decision.h"

namespace placet::domain {

/// What controls refused to one person: each attempt a fact, but not without end.
struct Control {
  Timestamp hour;             // start of the UTC hour being counted
  std::uint32_t in_hour = 0;  // facts in that hour
  bool summarised = false;    // the hour's summary is written: further refusals leave no fact
};

inline constexpr std::uint32_t kRefusalFactsPerHourMax = 100;

Control evolve(Control state, const RefusedByControl& event, const Meta& meta);
Control evolve(Control state, const RefusalsSummarised& event, const Meta& meta);

/// The fact of a refusal, the hour's summary in place of the 101st, or nothing from there on.
Events record_refusal(const Control& state, RejectionCode code, const Command& command, StreamId target,
                      const Facts& facts);

}  // namespace placet::domain
