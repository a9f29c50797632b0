#include "domain/control/control.h"

namespace placet::domain {

namespace {

constexpr std::int64_t kHourMicros = 3'600'000'000;

Timestamp hour_of(Timestamp instant) { return {instant.micros - instant.micros % kHourMicros}; }

}  // namespace

Control evolve(Control state, const RefusedByControl&, const Meta& meta) {
  const Timestamp hour = hour_of(meta.recorded_at);
  if (hour != state.hour) state = {.hour = hour};
  ++state.in_hour;
  return state;
}
Control evolve(Control state, const RefusalsSummarised& event, const Meta&) {
  state.hour = event.hour_start;
  state.summarised = true;
  return state;
}

Events record_refusal(const Control& state, RejectionCode code, const Command& command, StreamId target,
                      const Facts& facts) {
  const StreamId stream = control_stream_of(facts.actor.person);
  const Timestamp hour = hour_of(facts.now);
  if (state.hour != hour || state.in_hour < kRefusalFactsPerHourMax)
    return one(stream, RefusedByControl{code, static_cast<std::uint16_t>(command.index()), target.id}, facts.today);
  if (!state.summarised) return one(stream, RefusalsSummarised{hour}, facts.today);
  return {};
}

}  // namespace placet::domain
