#pragma once

#include <optional>

#include "domain/decision.h"

namespace placet::domain {

/// The ledger itself: what it is, and the runs of the service that wrote it. One stream per ledger.
struct System {
  LedgerId ledger;  // nil: not founded yet
  std::string origin;
  std::string zone;
  std::uint16_t highest_event_type = 0;  // ever written
  std::optional<LogPosition> producer;   // the last `systemStarted`
};

System evolve(System state, const LedgerFounded& event, const Meta& meta);
System evolve(System state, const SystemStarted& event, const Meta& meta);
System evolve(System state, const SystemStopped& event, const Meta& meta);
System evolve(System state, const ClockAccepted& event, const Meta& meta);
System evolve(System state, const WholeLedgerRead& event, const Meta& meta);

void needs(const FoundLedger& command, const Facts& facts, Needs& out);
void needs(const StartSystem& command, const Facts& facts, Needs& out);
void needs(const StopSystem& command, const Facts& facts, Needs& out);
void needs(const AcceptClock& command, const Facts& facts, Needs& out);
void needs(const ReadWholeLedger& command, const Facts& facts, Needs& out);

Decision decide(const States& states, const FoundLedger& command, const Facts& facts);
Decision decide(const States& states, const StartSystem& command, const Facts& facts);
Decision decide(const States& states, const StopSystem& command, const Facts& facts);
Decision decide(const States& states, const AcceptClock& command, const Facts& facts);
Decision decide(const States& states, const ReadWholeLedger& command, const Facts& facts);

}  // namespace placet::domain
