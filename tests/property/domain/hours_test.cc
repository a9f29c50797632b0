#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>
#include <iostream>
#include <map>
#include <string>

#include "tests/property/domain/history.h"
#include "tests/property/domain/hours_judge.h"
#include "tests/property/domain/random.h"

namespace placet::domain::testing {
namespace {

History random_history() {
  History history(*rc::gen::resize(rc::kNominalSize, rc::gen::arbitrary<std::uint64_t>()));
  history.run(400);
  return history;
}

constexpr std::array kPromises = {"FrozenOnceApproved",           "ApprovalBoundToContent",
                                  "ApprovedMinutesEqualEntries",  "NobodyApprovesOwnHours",
                                  "NobodyApprovesHoursHeEntered", "MachineNeverApproves",
                                  "NobodyApprovesWithoutRight",   "DayLengthRespected",
                                  "NoOverlapPerPerson",           "RefusedForHoursThatAreThere",
                                  "RefusedForHoursOfHisOwn",      "DayOnOneSheet",
                                  "NoticeWithItsCause",           "EmptyHasNoHours"};

void keeps(const char* promise) {
  const History history = random_history();
  HoursJudge judge(history);
  RC_CLASSIFY(judge.tried(promise) > 0, "tried");
  if (!judge.broken(promise).empty()) RC_FAIL("seed " + std::to_string(history.seed()) + ": " + judge.broken(promise));
}

RC_GTEST_PROP(Timesheet, FrozenOnceApproved, ()) { keeps("FrozenOnceApproved"); }
RC_GTEST_PROP(Timesheet, ApprovalBoundToContent, ()) { keeps("ApprovalBoundToContent"); }
RC_GTEST_PROP(Timesheet, ApprovedMinutesEqualEntries, ()) { keeps("ApprovedMinutesEqualEntries"); }
RC_GTEST_PROP(Timesheet, NobodyApprovesOwnHours, ()) { keeps("NobodyApprovesOwnHours"); }
RC_GTEST_PROP(Timesheet, NobodyApprovesHoursHeEntered, ()) { keeps("NobodyApprovesHoursHeEntered"); }
RC_GTEST_PROP(Timesheet, MachineNeverApproves, ()) { keeps("MachineNeverApproves"); }
RC_GTEST_PROP(Timesheet, NobodyApprovesWithoutRight, ()) { keeps("NobodyApprovesWithoutRight"); }
RC_GTEST_PROP(Timesheet, DayLengthRespected, ()) { keeps("DayLengthRespected"); }
RC_GTEST_PROP(Timesheet, NoOverlapPerPerson, ()) { keeps("NoOverlapPerPerson"); }
RC_GTEST_PROP(Timesheet, RefusedForHoursThatAreThere, ()) { keeps("RefusedForHoursThatAreThere"); }
RC_GTEST_PROP(Timesheet, RefusedForHoursOfHisOwn, ()) { keeps("RefusedForHoursOfHisOwn"); }
RC_GTEST_PROP(Timesheet, DayOnOneSheet, ()) { keeps("DayOnOneSheet"); }
RC_GTEST_PROP(Timesheet, NoticeWithItsCause, ()) { keeps("NoticeWithItsCause"); }

TEST(Timesheet, KeepsItsPromisesOverLongHistoriesThatTryThemAll) {
  constexpr std::uint64_t kFirstSeed = 5'645, kSeeds = 8;  // one alone may come to rest early
  std::map<std::string, std::size_t> tried;
  std::size_t beside_joined = 0, for_joined = 0, for_joined_lender = 0;
  for (std::uint64_t seed = kFirstSeed; seed < kFirstSeed + kSeeds; ++seed) {
    History history(seed);
    history.run(30'000);
    HoursJudge judge(history);
    beside_joined += judge.taken_beside_joined();
    for_joined += judge.refused_for_joined();
    for_joined_lender += judge.refused_for_joined_lender();
    for (const char* promise : kPromises) {
      EXPECT_EQ(judge.broken(promise), "") << promise << ", seed " << seed;
      tried[promise] += judge.tried(promise);
    }
  }
  std::cout << "seeds " << kFirstSeed << " to " << kFirstSeed + kSeeds - 1 << ": " << tried["NoOverlapPerPerson"]
            << " hours taken, " << beside_joined << " of them beside those of a joined person; " << for_joined
            << " refused because of such; " << for_joined_lender
            << " approvals refused to delegates of a joined person\n";
  EXPECT_GT(beside_joined, 0U);
  EXPECT_GT(for_joined, 0U);
  EXPECT_GT(for_joined_lender, 0U);
  for (const char* promise : kPromises) EXPECT_GT(tried[promise], 0U) << promise;
}

/// Calls use(before, event, after) for every approval of the history, with the folded sheet around it.
template <class Use>
void for_each_approval(const History& history, Use use) {
  std::map<StreamId, StreamState> streams;
  for (const auto& [meta, event] : history.log()) {
    StreamState& stream = streams[meta.stream];
    const StreamState before = stream;
    fold(stream, event, meta);
    if (const auto* approved = std::get_if<DaysApproved>(&event))
      use(std::get<Timesheet>(before.state), *approved, std::get<Timesheet>(stream.state));
  }
}

RC_GTEST_PROP(Timesheet, PartApprovalLeavesOthersSubmitted, ()) {
  bool part = false;
  for_each_approval(random_history(), [&](const Timesheet& before, const DaysApproved& event, const Timesheet& after) {
    for (const Entry& entry : before.entries) {
      if (std::find(event.days.begin(), event.days.end(), entry.worked.day) != event.days.end()) continue;
      part = part || entry.submitted();
      RC_ASSERT(after.find(entry.id)->phase == entry.phase);
    }
  });
  RC_CLASSIFY(part, "a part was approved");
}

RC_GTEST_PROP(Timesheet, AdditionNeedsOnlyItsLines, ()) {
  bool addition = false;
  for_each_approval(random_history(), [&](const Timesheet& before, const DaysApproved& event, const Timesheet& after) {
    for (const Entry& entry : before.entries) {
      if (!entry.approved()) continue;
      addition = addition || std::find(event.days.begin(), event.days.end(), entry.worked.day) != event.days.end();
      RC_ASSERT(after.find(entry.id)->phase == entry.phase);
    }
  });
  RC_CLASSIFY(addition, "an addition was approved");
}

RC_GTEST_PROP(Timesheet, EvolveIsTotal, ()) {
  // The facts of all sheets, shuffled, on one: no order of them is impossible to fold.
  const History history = random_history();
  std::vector<Story::Recorded> facts;
  for (const Story::Recorded& record : history.log()) {
    if (static_cast<Category>(record.meta.stream.category) == Category::timesheet) facts.push_back(record);
  }
  for (std::size_t i = facts.size(); i > 1; --i) std::swap(facts[i - 1], facts[pick<std::size_t>(0, i)]);
  StreamState stream;
  std::size_t recorded = 0;
  for (Story::Recorded& fact : facts) {
    fact.meta.version = {stream.events};
    recorded += std::holds_alternative<EntryRecorded>(fact.event) ? 1 : 0;
    fold(stream, fact.event, fact.meta);
  }
  RC_ASSERT(stream.events == facts.size());
  if (const auto* sheet = std::get_if<Timesheet>(&stream.state)) RC_ASSERT(sheet->entries.size() <= recorded);
}

RC_GTEST_PROP(History, ARefusalLeavesNothing, ()) {
  const History history = random_history();
  for (const Attempt& attempt : history.attempts())
    RC_ASSERT((attempt.before == attempt.after) == attempt.refused.has_value());
}

RC_GTEST_PROP(Employment, OneEmploymentPerWorker, ()) {
  const History history = random_history();
  std::map<WorkerId, StreamId> employment;
  for (const auto& [meta, event] : history.log()) {
    const auto* drawn_up = std::get_if<ContractDrawnUp>(&event);
    if (drawn_up != nullptr) RC_ASSERT(employment.insert({drawn_up->worker, meta.stream}).first->second == meta.stream);
  }
}

// --- calendar -----------------------------------------------------------------------------------------------------

RC_GTEST_PROP(Calendar, PeriodsAdjoin, ()) {
  const History history = random_history();
  for (const auto& [meta, event] : history.log()) {
    const auto* published = std::get_if<CalendarPublished>(&event);
    for (std::size_t i = 1; published != nullptr && i < published->periods.size(); ++i)
      RC_ASSERT(published->periods[i].first == published->periods[i - 1].last.plus_days(1));
  }
}

RC_GTEST_PROP(Calendar, BordersStand, ()) {
  const History history = random_history();
  std::map<std::pair<PeriodKind, Date>, Date> last_of;
  for (const auto& [meta, event] : history.log()) {
    const auto* published = std::get_if<CalendarPublished>(&event);
    if (published == nullptr) continue;
    for (const CalendarPeriod& period : published->periods) {
      const auto [known, is_new] = last_of.insert({{published->kind, period.first}, period.last});
      RC_ASSERT(is_new || known->second == period.last);
    }
  }
}

}  // namespace
}  // namespace placet::domain::testing
