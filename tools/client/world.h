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
std::vector<domain::Command> employ(const PlacedWorker& one, const std::string& name, Date first_day);
/// Starts a placement though its papers are missing: takes two persons.
domain::Command start_without_papers(PlacementId placement, Date first_day);

/// A client with one approver, and workers at work there since `first_day`: the shortest way to hours that may be
/// entered. The papers are overridden by two persons, as the gates allow; the demo agency does it properly.
class World {
 public:
  /// On a new ledger whose two administrators redeem these invites.
  World(const std::string& server, const std::string& first_invite, const std::string& second_invite, Date first_day);

  std::vector<PlacedWorker> place(unsigned workers);

  Desk& office() { return office_.desk(); }
  const std::string& office_token() const { return office_.token(); }
  /// A contact of the client who may approve the hours of every worker placed from now on.
  Desk& approver();

 private:
  Date first_day_;
  Office office_;
  std::unique_ptr<Desk> approver_;
  PersonId approver_person_;
  ClientId client_;
};

}  // namespace placet::client
