#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/zone.h"
#include "tools/client/office.h"
#include "tools/demo_agency/cast.h"

namespace placet::demo {

inline constexpr Date kFirstMonday{20'738};  // 2026-10-12

struct Person {
  std::string name;
  PersonId id;
  std::unique_ptr<client::Desk> desk;  // signed in with a token of his own
};

struct ClientCompany {
  const ClientPart* part;
  ClientId id;
  Person manager;
  Person deputy;
};

struct PlacementAt {
  PlacementId id;
  ClientCompany* client;
};

struct Worker {
  const WorkerPart* part;
  Person person;
  WorkerId id;
  EmploymentId employment;
  std::vector<PlacementAt> placements;
};

/// Of somebody in the cast.
std::string email_of(std::string name);

/// The sample agency: everybody of the cast signed in with a token of his own, every paper in place, nothing
/// overridden.
class Agency {
 public:
  /// On a new ledger whose two administrators redeem these invites. All of it happens on the first Monday, at 6.
  Agency(const std::string& server, const std::string& first_invite, const std::string& second_invite);

  client::Office& office() { return office_; }
  Random& random() { return office_.random(); }
  LedgerId ledger() const { return ledger_; }
  std::vector<Worker>& workers() { return workers_; }
  std::vector<ClientCompany>& clients() { return clients_; }
  const std::vector<Person>& recruiters() const { return recruiters_; }
  Worker& worker(const std::string& name);
  ClientCompany& client(const std::string& name);

  /// One more placement: proposed by the agency, terms agreed by two, signed by the client, confirmed and started.
  void place(const std::vector<Worker*>& workers, ClientCompany& client, Date first_day);
  /// What records that account for a worker, for two persons.
  static domain::Command bank_account(const Worker& worker, int number);
  /// Moves the demo clock to that local time.
  void set_clock(Date day, int hour, int minute, bool tick = false);

 private:
  Person introduce(const std::string& name, domain::Role role, PartyId scope);
  void sign_in(Person& person);
  void publish_calendars();
  void publish_parameters();
  void record_bank_accounts();
  void open_agencies();
  void open_clients();
  void employ_workers();

  client::Office office_;
  Zone zone_;
  LedgerId ledger_;
  std::vector<AgencyId> agencies_;
  std::vector<Person> recruiters_;  // one of each agency
  std::vector<ClientCompany> clients_;
  std::vector<Worker> workers_;
};

}  // namespace placet::demo
