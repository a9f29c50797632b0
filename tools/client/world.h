#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/time.h"
#include "tools/client/office.h"

namespace placet::client {

struct PlacedWorker {
  PersonId person;
  WorkerId worker;
  EmploymentId employment;
  PlacementId placement;
};

/// What makes a person a worker who may be placed from that day on; the papers are for two persons to override.
std::vector<domain::Command> employ(const PlacedWorker& one, const std::string& name, Date first_day,
                                    AgencyId agency = {});
/// Starts a placement though its papers are missing: takes two persons.
domain::Command start_without_papers(PlacementId placement, Date first_day);

/// Where workers are placed, and who approves their hours.
struct Workplace {
  AgencyId agency;  // nil: the employer placed them himself
  ClientId client;
  PersonId approver;
};

/// A client with one approver, and workers at work there since `first_day`: the shortest way to hours that may be
/// entered. The papers are overridden by two persons, as the gates allow; the demo agency does it properly.
class World {
 public:
  /// On a new ledger whose two administrators redeem these invites.
  World(const std::string& server, const std::string& first_invite, const std::string& second_invite, Date first_day);

  /// At the world's own client, or elsewhere; their hours are kept by that kind of period.
  std::vector<PlacedWorker> place(unsigned workers, domain::PeriodKind kind = domain::PeriodKind::week) {
    return place(workers, home_, kind);
  }
  std::vector<PlacedWorker> place(unsigned workers, const Workplace& at,
                                  domain::PeriodKind kind = domain::PeriodKind::week);
  /// Proposes them as one administrator and agrees to them as the other.
  void act_by_two(const std::vector<domain::Command>& commands) { office_.act_by_two(commands); }
  /// An account for that person; answers a token of it.
  std::string open_account(AccountId account, PersonId person, const std::string& email) {
    return office_.open_account(account, person, email);
  }

  const Workplace& home() const { return home_; }
  Desk& office() { return office_.desk(); }
  /// Both administrators.
  Office& whole_office() { return office_; }
  const std::string& office_token() const { return office_.token(); }
  /// A contact of the client who may approve the hours of every worker placed from now on.
  Desk& approver();

 private:
  Date first_day_;
  Office office_;
  std::unique_ptr<Desk> approver_;
  Workplace home_;
};

}  // namespace placet::client
