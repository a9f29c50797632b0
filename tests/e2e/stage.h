#pragma once

#include <map>
#include <string>
#include <vector>

#include "tools/client/daemon.h"
#include "tools/client/scratch.h"
#include "tools/client/world.h"

namespace placet::e2e {

/// The first day of every placement. In the past, so that hours may be entered whatever the clock says.
inline constexpr Date kFirstMonday{10'959};  // 2000-01-03
constexpr domain::Period week(int n) { return {domain::PeriodKind::week, kFirstMonday.plus_days(7 * n)}; }

/// Somebody who can sign in.
struct Member {
  PersonId person;
  AccountId account;
  std::string token;
};

/// An agency with a client and a worker of its own, and who acts for each. The worker is at work at the client: his
/// hours of the first week are approved, those of the second submitted, those of the third entered, all eight on the
/// Monday; of the fourth, the last in the calendar, there are none.
struct Side {
  AgencyId agency;
  ClientId client;
  WorkerId worker;
  EmploymentId employment;
  PlacementId placement;
  EntryId entry;  // both of the first week
  SheetId sheet;
  PayslipId payslip;  // both once they are settled
  InvoiceId invoice;
  std::map<domain::Role, Member> members;  // one for each role that has a scope
};

/// Who calls, as he learns it from the ledger.
std::uint64_t log_size(client::Connection& connection);
/// The hash of what waits on a sheet, as an approver is shown it.
Digest content_hash(client::Connection& connection, PlacementId placement, domain::Period period);
/// Eight hours without start and end, on the Monday of a week.
domain::RecordEntry eight_hours(PlacementId placement, int week_number, EntryId entry);

/// A ledger of its own, served by a placetd of its own: two sides that have nothing to do with each other, and one
/// member of staff for each role that sees the whole ledger.
class Stage {
 public:
  Stage();
  ~Stage() noexcept = default;  // those of Cap'n Proto may throw; those of test fixtures must not

  std::string server() const { return daemon_.server(); }
  /// The data folder.
  std::filesystem::path data() const;
  client::World& world() { return world_; }
  const Side& ours() const { return ours_; }
  const Side& theirs() const { return theirs_; }
  const std::map<domain::Role, Member>& staff() const { return staff_; }

  Random& random() { return random_; }
  Uuid new_id();
  template <class Id>
  Id make() {
    return Id(new_id());
  }
  /// As the office, in order. Throws `Refused`.
  void act(const std::vector<domain::Command>& commands) { world_.office().act(commands, random_); }
  /// Rates of both sides, parameters, and where the workers are paid; the two administrators recorded that.
  void agree_terms();
  /// And their approved hours are paid and invoiced; the payments are prepared.
  void settle();
  BatchId batch() const { return batch_; }  // nil until then
  /// A new person with an account.
  Member admit(const std::string& name);

 private:
  Side make_side(const std::string& name);

  client::ScratchFolder scratch_;
  std::vector<std::string> invites_;
  client::Daemon daemon_;
  SeededRandom random_{20261123};
  client::World world_;
  Side ours_, theirs_;
  BatchId batch_;
  std::map<domain::Role, Member> staff_;
};

}  // namespace placet::e2e
