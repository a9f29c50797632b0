#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "tests/conformance/timesheets/tasks.h"
#include "tools/client/world.h"

namespace placet::timesheets {

/// Rows without an authoriser have this one.
inline constexpr const char* kNotRecorded = "NA";
/// Approves where the authoriser is the worker himself.
inline constexpr const char* kSubstitute = "own-hours-substitute";

/// A ledger in which everybody of the timesheets works: each developer a worker, each project a client, each job a
/// placement with its authoriser as approver.
class Agency {
 public:
  Agency(const std::string& server, const std::vector<std::string>& invites, const Tasks& tasks, Date first_day);

  client::Office& office() { return office_; }
  client::Office& paymasters() { return *paymasters_; }
  client::Desk& desk_of(const std::string& person) { return *desks_.at(person); }
  PersonId person(const std::string& name) const { return persons_.at(name); }
  PlacementId placement(const Job& job) const { return placements_.at(job); }
  const std::map<Job, PlacementId>& placements() const { return placements_; }
  std::size_t worker_count() const { return workers_.size(); }
  std::size_t client_count() const { return clients_.size(); }
  const std::map<std::string, client::PlacedWorker>& workers() const { return workers_; }
  const std::map<std::string, ClientId>& clients() const { return clients_; }

 private:
  void register_persons(const std::set<std::string>& developers, const std::set<std::string>& authorisers,
                        Date first_day);
  void register_clients(const Tasks& tasks);
  void place(const Tasks& tasks, Date first_day);
  /// The rates of expected.py, of each year in which something was worked.
  void agree_rates(const Tasks& tasks, Date first_day);
  void record_bank_accounts();

  client::Office office_;
  std::unique_ptr<client::Office> paymasters_;
  std::map<std::string, PersonId> persons_;
  std::map<std::string, client::PlacedWorker> workers_;
  std::map<std::string, ClientId> clients_;
  std::map<Job, PlacementId> placements_;
  std::map<std::string, std::unique_ptr<client::Desk>> desks_;  // of whoever approves
};

}  // namespace placet::timesheets
