#include "domain/system/system.h"

#include "domain/states.h"

namespace placet::domain {

System evolve(System state, const LedgerFounded& event, const Meta&) {
  state.ledger = event.ledger;
  state.origin = event.origin;
  state.zone = event.zone;
  return state;
}
System evolve(System state, const SystemStarted& event, const Meta& meta) {
  state.highest_event_type = std::max(state.highest_event_type, event.highest_event_type);
  state.producer = meta.position;
  return state;
}
System evolve(System state, const SystemStopped&, const Meta&) { return state; }
System evolve(System state, const ClockAccepted&, const Meta&) { return state; }
System evolve(System state, const WholeLedgerRead&, const Meta&) { return state; }

void needs(const FoundLedger&, const Facts&, Needs& out) { out.states.push_back(system_stream()); }
void needs(const StartSystem&, const Facts&, Needs& out) { out.states.push_back(system_stream()); }
void needs(const StopSystem&, const Facts&, Needs& out) { out.states.push_back(system_stream()); }
void needs(const AcceptClock&, const Facts&, Needs& out) { out.states.push_back(system_stream()); }
void needs(const ReadWholeLedger&, const Facts&, Needs& out) { out.states.push_back(system_stream()); }

Decision decide(const States& states, const FoundLedger& command, const Facts& facts) {
  if (!states.system().ledger.is_nil())
    return refuse(RejectionCode::already_exists, "this folder holds a ledger already");
  return one(system_stream(), LedgerFounded{command.ledger, command.origin, command.zone, kRecordFormat}, facts.today);
}

Decision decide(const States& states, const StartSystem& command, const Facts& facts) {
  if (states.system().ledger.is_nil())
    return refuse(RejectionCode::not_found, "the ledger is not founded; run 'placet init'");
  constexpr auto kHighest = static_cast<std::uint16_t>(std::variant_size_v<Event::Alternatives> - 1);
  return one(system_stream(), SystemStarted{command.version, command.settings_hash, kHighest}, facts.today);
}

Decision decide(const States&, const StopSystem&, const Facts& facts) {
  return one(system_stream(), SystemStopped{}, facts.today);
}

Decision decide(const States&, const AcceptClock& command, const Facts& facts) {
  return one(system_stream(), ClockAccepted{command.now}, facts.today);
}

Decision decide(const States&, const ReadWholeLedger&, const Facts& facts) {
  return one(system_stream(), WholeLedgerRead{}, facts.today);
}

}  // namespace placet::domain
