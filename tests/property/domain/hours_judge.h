#pragma once

// Reads a log and says which promises about hours it breaks. It shares no state and no rule with the domain: phases,
// persons and appointments are told from the events alone.

#include <map>
#include <set>
#include <string>
#include <vector>

#include "domain/timesheet/content.h"
#include "tests/unit/domain/harness.h"

namespace placet::domain::testing {

class HoursJudge {
 public:
  explicit HoursJudge(const std::vector<Story::Recorded>& log);

  /// What breaks the promise of that name; empty when it is kept.
  const std::string& broken(const std::string& promise) { return broken_[promise]; }
  /// How many facts the promise was tried on.
  std::size_t tried(const std::string& promise) { return tried_[promise]; }

 private:
  enum class Stage { open, submitted, accepted, approved };
  struct Seen : Line {
    std::set<PersonId> enterers;
    Stage stage = Stage::open;
    bool was_accepted = false;
  };
  struct Sheet {
    PlacementId placement;
    Period period;
    std::map<EntryId, Seen> lines;
  };
  struct Named {
    PersonId person, for_whom;  // for_whom is nil for an approver
    Date from;
    std::optional<Date> until;
    bool in_force(Date day) const { return from <= day && (!until || day <= *until); }
  };
  struct Job {
    WorkerId worker;
    PersonId person;
    std::vector<Named> approvers, substitutes;
  };

  void see(const Story::Recorded& record);
  void see_sheet(const Story::Recorded& record, Sheet& sheet);
  void see_job(const Story::Recorded& record, Job& job);
  void entered(const Story::Recorded& record, const Sheet& sheet, const Seen& line);
  void approved(const Story::Recorded& record, const DaysApproved& event, Sheet& sheet);
  void move(Sheet& sheet, const std::vector<Date>& days, std::set<Stage> from, Stage to);
  bool same(PersonId a, PersonId b) const;
  bool told(const Story::Recorded& cause, NoticeKind kind, PersonId to) const;
  void expect(bool kept, const char* promise, const Story::Recorded& record);

  const std::vector<Story::Recorded>& log_;
  std::map<StreamId, Sheet> sheets_;
  std::map<PlacementId, Job> jobs_;
  std::map<PersonId, std::set<PersonId>> joined_;
  std::map<std::string, std::string> broken_;
  std::map<std::string, std::size_t> tried_;
};

}  // namespace placet::domain::testing
