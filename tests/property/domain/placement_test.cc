#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/property/domain/random.h"
#include "tests/unit/domain/people.h"

namespace placet::domain::testing {
namespace {

Gates random_gates() { return {coin(), coin(), coin(), coin(), coin()}; }

bool covers(const Gates& agreed, const Gates& missing) {
  return agreed.contract >= missing.contract && agreed.agreement >= missing.agreement &&
         agreed.assignment >= missing.assignment && agreed.worker_file >= missing.worker_file &&
         agreed.client_file >= missing.client_file;
}

Command random_step() {
  switch (pick(0, 8)) {
    case 0: return SendContract{kEmployment};
    case 1: return AmendContract{kEmployment, digest(1), contract_terms()};
    case 2: return SendAgreement{kPlacement, kClient, digest(2), {kApprover}};
    case 3: return ConfirmAssignment{kPlacement, digest(3)};
    case 4: return CompleteWorkerFile{kWorker};
    case 5: return CompleteClientFile{kClient};
    case 6: return SignContract{kEmployment, ContractParty::employer, digest(1)};
    default:
      return VerifyIdentity{kWorker,
                            VerificationMethod::in_person,
                            DocumentKind::passport,
                            sealed("NX1"),
                            kToday.plus_days(pick(0, 10)),
                            RightToWork::unrestricted,
                            {}};
  }
}

/// A placement on its random way to a start, which is tried after each step, by one person or by two.
Story random_start() {
  Story story = people();
  story.done(DrawUpContract{kEmployment, kWorker, digest(1), contract_terms()}, as(kOffice))
      .done(propose_placement(), as(kRecruiter));
  for (int step = pick(1, 50); step > 0; --step) {
    story.when(random_step(), as(kOffice));
    story.when(SignContract{kEmployment, ContractParty::worker, digest(1)}, as(kWorkerPerson));
    if (coin()) story.when(AcceptAgreement{kPlacement, kClient, digest(2)}, as(kSignatory));
    StartPlacement start = start_placement();
    start.first_day = kToday.plus_days(pick(0, 12));
    story.when(start, as(kOffice));
    if (pick(0, 6) != 0) continue;
    start.override_ = random_gates();
    if (coin()) start.reason = sealed("urgent");
    if (!story.proposed(start, as(kOffice)).last() || !story.agreed_by(as(kSecondOffice)).last()) continue;
    for (const NewEvent& event : *story.last()) {
      if (const auto* overridden = std::get_if<GatesOverridden>(&event.event))
        RC_ASSERT(covers(start.override_, overridden->missing));
    }
  }
  return story;
}

RC_GTEST_PROP(Placement, NoStartWithoutIdentity, ()) {
  const Story story = random_start();
  std::optional<Date> valid_until;
  for (const auto& [meta, event] : story.log()) {
    if (const auto* verified = std::get_if<IdentityVerified>(&event)) valid_until = verified->valid_until;
    if (const auto* started = std::get_if<PlacementStarted>(&event))
      RC_ASSERT((valid_until && started->first_day <= *valid_until));
  }
}

RC_GTEST_PROP(Placement, NoStartPastAClosedGate, ()) {
  const Story story = random_start();
  Gates closed{true, true, true, true, true};
  bool by_worker = false, by_employer = false;
  std::optional<GatesOverridden> overridden;
  for (const auto& [meta, event] : story.log()) {
    if (const auto* signing = std::get_if<ContractSigned>(&event))
      (signing->party == ContractParty::worker ? by_worker : by_employer) = true;
    if (std::holds_alternative<ContractAmended>(event)) by_worker = by_employer = false;
    closed.contract = !(by_worker && by_employer);
    if (std::holds_alternative<AgreementSent>(event)) closed.agreement = true;
    if (std::holds_alternative<AgreementAccepted>(event)) closed.agreement = false;
    if (std::holds_alternative<AssignmentConfirmed>(event)) closed.assignment = false;
    if (std::holds_alternative<WorkerFileCompleted>(event)) closed.worker_file = false;
    if (std::holds_alternative<ClientFileCompleted>(event)) closed.client_file = false;
    if (const auto* found = std::get_if<GatesOverridden>(&event)) overridden = *found;
    if (!std::holds_alternative<PlacementStarted>(event)) continue;
    RC_CLASSIFY(overridden.has_value(), "overridden");
    const bool accepted = overridden && overridden->missing == closed && !overridden->reason.empty();
    RC_ASSERT(accepted || (!overridden && closed == Gates{}));
  }
}

/// The period of that kind which holds the day: its first and last day.
std::pair<Date, Date> period_around(PeriodKind kind, Date day) {
  switch (kind) {
    case PeriodKind::week: return {day.monday_of_week(), day.monday_of_week().plus_days(6)};
    case PeriodKind::month: return {day.first_of_month(), day.last_of_month()};
    default: break;
  }
  const Date first = kToday.plus_days((day.days - kToday.days) / 28 * 28);
  return {first, first.plus_days(27)};
}

RC_GTEST_PROP(Placement, DayOnOneSheet, ()) {
  constexpr int kDays = 1'400;
  Story story = started();
  CalendarPublished calendar{PeriodKind::four_weeks, 2026, {}};
  for (Date first = kToday; first < kToday.plus_days(kDays); first = first.plus_days(28))
    calendar.periods.push_back({first, first.plus_days(27), {}, {}, {}, {}, {}});
  story.given({{stream_of(calendar_of(kLedger, PeriodKind::four_weeks, 2026)), calendar}});
  int changes = 0;
  for (int step = pick(1, 60); step > 0; --step) {
    const Date any = kToday.plus_days(pick(0, kDays));
    const Date from = *rc::gen::element(any, any.monday_of_week(), any.first_of_month(), *Date::of(2027, 2, 1),
                                        *Date::of(2027, 11, 1), *Date::of(2028, 5, 1));
    const auto kind = *rc::gen::element(PeriodKind::week, PeriodKind::four_weeks, PeriodKind::month);
    story.when(ChangePeriodKind{kPlacement, kEmployment, kind, from, 2026}, as(kOffice));
    changes += story.last() ? 1 : 0;
  }
  const auto& placement = story.state_of<Placement>(stream_of(kPlacement));
  for (Date day = kFirstDay; day < kFirstDay.plus_days(kDays); day = day.plus_days(1)) {
    const auto [first, last] = period_around(placement.kind_on(day), day);
    for (Date other = std::max(first, kFirstDay); other <= last; other = other.plus_days(1))
      RC_ASSERT(placement.kind_on(other) == placement.kind_on(day));
  }
  RC_CLASSIFY(changes > 0, "changed");
}

}  // namespace
}  // namespace placet::domain::testing
