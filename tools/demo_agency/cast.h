#pragma once

#include <array>

#include "schema/plain.h"

namespace placet::demo {

// Who is in the sample agency. All of them are made up.

struct AgencyPart {
  const char* name;
  const char* trade_register;
  const char* recruiter;
  int purchase_factor;  // pay rate x this / 10,000
};

struct ClientPart {
  const char* name;
  const char* trade_register;
  unsigned agency;
  const char* manager;  // signs, and approves hours
  const char* deputy;   // may stand in
};

struct WorkerPart {
  const char* name;
  unsigned client;
  domain::PeriodKind hours_by;
  int pay_cents;     // per hour
  int client_cents;  // per hour
};

extern const std::array<AgencyPart, 2> kAgencies;
extern const std::array<ClientPart, 6> kClients;
extern const std::array<WorkerPart, 40> kWorkers;

}  // namespace placet::demo
