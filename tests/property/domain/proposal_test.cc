#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/property/domain/random.h"
#include "tests/unit/domain/people.h"

namespace placet::domain::testing {
namespace {

bool takes_two(const Event& event) {
  if (const auto* granted = std::get_if<RoleGranted>(&event)) return is_staff(granted->role);
  return std::holds_alternative<PersonsJoined>(event) || std::holds_alternative<PayTermsAgreed>(event) ||
         std::holds_alternative<ClientTermsAgreed>(event) || std::holds_alternative<GatesOverridden>(event) ||
         std::holds_alternative<WorkerBankAccountChanged>(event) || std::holds_alternative<AdvanceGranted>(event) ||
         std::holds_alternative<ParametersPublished>(event) || std::holds_alternative<PeriodClosed>(event);
}

Command random_act() {
  StartPlacement start = start_placement();
  start.override_ = {true, true, true, true, true};
  start.reason = sealed("urgent");
  return *rc::gen::element<Command>(
      AgreePayTerms{kPlacement, {Money::of(1'550), {}, {}}, kFirstDay},
      AgreeClientTerms{kPlacement, {Money::of(3'023), {}, {}}, kFirstDay},
      ChangeWorkerBankAccount{kWorker, sealed("NL91"), kEmployment, {}}, start,
      GrantAdvance{kEmployment, kWorker, Money::of(100), sealed("rent")},
      PublishParameters{kFirstDay, {{ParameterKind::vat, 21, 100}}, "law"}, ClosePeriod{kFirstDay.plus_days(-1)},
      GrantRole{kStranger, Role::auditor, {}, {}, {}}, JoinPersons{kOffice, kSecondOffice, {}});
}

RC_GTEST_PROP(Proposal, NothingByOnePerson, ()) {
  Story story = proposed();
  const std::size_t from = story.log().size();
  Date today = kToday;
  bool any_proposed = false;
  for (int step = pick(1, 40); step > 0; --step) {
    const Actor actor = as(*rc::gen::element(kOffice, kSecondOffice, kAdministrator, kSecondAdministrator, kAuditor,
                                             kRecruiter, kStranger, kMachine));
    switch (pick(0, 4)) {
      case 0: story.when(random_act(), actor); break;
      case 1: any_proposed = story.proposed(random_act(), actor).last().has_value() || any_proposed; break;
      case 2:
        if (any_proposed) story.agreed_by(actor);
        break;
      case 3: story.on(today = today.plus_days(pick(0, 5))); break;
    }
  }
  const ActAgreed* agreed = nullptr;
  CommandId of_command;
  int acts = 0;
  for (std::size_t i = from; i < story.log().size(); ++i) {
    const auto& [meta, event] = story.log()[i];
    if (const auto* agreeing = std::get_if<ActAgreed>(&event)) {
      agreed = agreeing;
      of_command = meta.command;
    }
    if (!takes_two(event)) continue;
    ++acts;
    RC_ASSERT(agreed != nullptr && of_command == meta.command);
    RC_ASSERT(agreed->proposer != meta.actor.person);
    const auto& proposal = story.log()[agreed->proposal.value];
    RC_ASSERT(proposal.meta.actor.person == agreed->proposer);
    RC_ASSERT(meta.recorded_at.micros - proposal.meta.recorded_at.micros <= 7 * std::int64_t{86'400'000'000});
  }
  RC_CLASSIFY(acts > 0, "acted");
}

}  // namespace
}  // namespace placet::domain::testing
