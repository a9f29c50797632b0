#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "tools/demo_agency/agency.h"
#include "tools/demo_agency/books.h"

namespace placet::demo {

/// Three weeks of the sample agency, Monday 12 October to Monday 2 November 2026, 08:55. Every step is taken over RPC
/// by the person who takes it, and every outcome is checked: one that is not as told throws.
class Story {
 public:
  /// `tell` gets each sentence when what it says has happened.
  using Tell = std::function<void(const std::string& sentence)>;
  Story(Agency& agency, Tell tell) : agency_(agency), tell_(std::move(tell)) {}

  void run();
  /// What the story itself has counted.
  const Books& books() const { return books_; }

 private:
  /// Hours of one placement in one period.
  struct Sheet {
    Worker* worker;
    const PlacementAt* at;
    domain::Period period;
    SheetId id;
  };
  struct Hours {
    int weekday;  // 0: Monday
    int minutes;
  };

  // The steps, in order.
  void a_plain_week();
  void a_refusal_corrected();
  void three_of_five_days();
  void entries_that_moved();
  void an_empty_week();
  void two_placements_in_one_week();
  void the_day_of_25_hours();
  void own_hours_through_a_second_account();
  void a_second_week();
  void an_approval_taken_back();
  void a_late_approval();
  void a_substitute();
  void monthly_sheets();
  void hours_accepted_for_pay();

  Sheet week_of(const std::string& name, int week, std::size_t placement = 0);
  Sheet sheet_of(Worker& worker, std::size_t placement, domain::PeriodKind kind, Date day);
  /// A new entry of those hours.
  domain::RecordEntry entry_of(const Sheet& sheet, const domain::Worked& worked);
  /// The worker enters plain minutes on days of that week; answers the entries' ids.
  std::vector<EntryId> enter(const Sheet& sheet, int week, const std::vector<Hours>& hours);
  void change(const Sheet& sheet, EntryId entry, Date day, int minutes);
  void submit(const Sheet& sheet);
  /// Reads the sheet, which must hold so many minutes on those days, and approves them by what was read.
  void approve(client::Desk& approver, const Sheet& sheet, std::uint64_t minutes, const std::vector<Date>& days = {});
  /// A whole week of everybody who keeps hours by week and is in no step of his own; monthly hours are only entered.
  void work_a_week(int week);
  void approve_a_week(int week);
  client::Desk& manager_of(const Sheet& sheet) { return *sheet.at->client->manager.desk; }
  void act(client::Desk& desk, const domain::Command& command) { desk.act({command}, agency_.random()); }
  void refused(client::Desk& desk, const domain::Command& command, domain::RejectionCode code);

  Agency& agency_;
  Tell tell_;
  Books books_;
};

}  // namespace placet::demo
