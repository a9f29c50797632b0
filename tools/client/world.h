#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/random.h"
#include "base/time.h"
#include "schema/plain.h"
#include "tools/client/connection.h"
#include "tools/client/follower.h"

namespace placet::client {

/// Somebody signed in, with plain commands. Throws `Refused` when one is refused.
class Desk {
 public:
  Desk(const std::string& server, const std::string& token) : connection_(server) { connection_.sign_in(token); }

  /// Sends them in one call, in order, as acts or as proposals; answers where each one's events begin.
  std::vector<LogPosition> act(const std::vector<domain::Command>& commands, Random& random, bool propose = false);
  std::string invite(AccountId account);
  Connection& connection() { return connection_; }

 private:
  Connection connection_;
};

struct PlacedWorker {
  PersonId person;
  WorkerId worker;
  EmploymentId employment;
  PlacementId placement;
};

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

  /// At the world's own client, or elsewhere.
  std::vector<PlacedWorker> place(unsigned workers) { return place(workers, home_); }
  std::vector<PlacedWorker> place(unsigned workers, const Workplace& at);
  /// Proposes them as one administrator and agrees to them as the other.
  void act_by_two(const std::vector<domain::Command>& commands);
  /// An account for that person; answers a token of it.
  std::string open_account(AccountId account, PersonId person, const std::string& email);

  Desk& office() { return *office_; }
  const std::string& office_token() const { return office_token_; }
  /// A contact of the client who may approve the hours of every worker placed from now on.
  Desk& approver();

 private:
  std::vector<domain::Command> agreements_to(const std::vector<LogPosition>& proposals);

  std::string server_;
  Date first_day_;
  SeededRandom random_{20261012};
  std::string office_token_;
  std::unique_ptr<Desk> office_;
  std::unique_ptr<Desk> second_;
  std::unique_ptr<Desk> approver_;
  Workplace home_;
  Follower follower_;  // of the second person, who reads what is proposed
};

}  // namespace placet::client
