#pragma once

// Reads a log and says which promises about hours it breaks. It shares no state and no rule with the domain: phases,
// persons and appointments are told from the events alone. Of the commands it sees only those that were refused because
// of other hours or of whose hours they are, to say whether they were.

#include <map>
#include <set>
#include <string>
#include <vector>

#include "domain/timesheet/content.h"
#include "tests/property/domain/history.h"

namespace placet::domain::testing {

class HoursJudge {
 public:
  explicit HoursJudge(const History& history);

  /// What breaks the promise of that name; empty when it is kept.
  const std::string& broken(const std::string& promise) { return broken_[promise]; }
  /// How many facts the promise was tried on.
  std::size_t tried(const std::string& promise) { return tried_[promise]; }
  /// How many hours were refused that would have stood if nobody had been found to be somebody else too.
  std::size_t refused_for_joined() const { return refused_for_joined_; }
  /// And how many were taken beside hours of that day of such a person.
  std::size_t taken_beside_joined() const { return taken_beside_joined_; }
  /// How many approvals were refused to a delegate because his lender was found to be somebody else too.
  std::size_t refused_for_joined_lender() const { return refused_for_joined_lender_; }

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
    PersonId person;
    std::vector<Named> approvers, substitutes;
  };

  /// What hours meet, of a person's.
  struct Met {
    std::int64_t minutes_of_day = 0;  // without their own
    bool overlap = false;
    bool fits(const Worked& worked) const {
      return !overlap && minutes_of_day + worked.minutes.count() <= worked.day_minutes.count();
    }
  };
  /// Over the sheets of whom `is_his` says that he is him; without the line whose place the hours take.
  template <class IsHis>
  Met met(const Worked& worked, const Seen* own, IsHis is_his) const;

  void see(const Story::Recorded& record);
  void see_refused(const Attempt& attempt);
  template <class C>
  void refused(const C& command, const Attempt& attempt);
  void refused_approval(const ApproveHours& command, const Attempt& attempt);
  void see_sheet(const Story::Recorded& record, Sheet& sheet);
  void see_job(const Story::Recorded& record, Job& job);
  void entered(const Story::Recorded& record, const Sheet& sheet, const Seen& line);
  void approved(const Story::Recorded& record, const DaysApproved& event, Sheet& sheet);
  void move(Sheet& sheet, const std::vector<Date>& days, std::set<Stage> from, Stage to);
  bool same(PersonId a, PersonId b) const;
  bool told(const Story::Recorded& cause, NoticeKind kind, PersonId to) const;
  PersonId person_of(PlacementId placement) const;
  void expect(bool kept, const char* promise, const Story::Recorded& record);
  void expect(bool kept, const char* promise, LogPosition at, std::string_view what);

  const std::vector<Story::Recorded>& log_;
  std::map<StreamId, Sheet> sheets_;
  std::map<PlacementId, Job> jobs_;
  std::map<PersonId, std::set<PersonId>> joined_;
  std::map<std::string, std::string> broken_;
  std::map<std::string, std::size_t> tried_;
  std::size_t refused_for_joined_ = 0, taken_beside_joined_ = 0, refused_for_joined_lender_ = 0;
};

}  // namespace placet::domain::testing
