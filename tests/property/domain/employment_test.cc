#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/property/domain/random.h"
#include "tests/unit/domain/people.h"

namespace placet::domain::testing {
namespace {

Story random_employment() {
  Story story = people();
  std::uint8_t text = 1;
  const auto some_text = [&] { return digest(static_cast<std::uint8_t>(pick<int>(std::max(0, text - 1), text + 1))); };
  story.done(DrawUpContract{kEmployment, kWorker, digest(text), contract_terms()}, as(kOffice));
  for (int step = pick(1, 40); step > 0; --step) {
    switch (pick(0, 9)) {
      case 0: story.when(AmendContract{kEmployment, digest(++text), contract_terms()}, as(kOffice)); break;
      case 1:
      case 2: story.when(SendContract{kEmployment}, as(kOffice)); break;
      case 3:
      case 4: story.when(SignContract{kEmployment, ContractParty::worker, some_text()}, as(kWorkerPerson)); break;
      case 5:
      case 6: story.when(SignContract{kEmployment, ContractParty::employer, some_text()}, as(kOffice)); break;
      case 7: {
        ProposePlacement propose = propose_placement();
        propose.placement = id<PlacementId>(pick<std::uint64_t>(200, 210));
        propose.until = kToday.plus_days(pick(0, 10));
        story.when(propose, as(kOffice));
        break;
      }
      case 8:
        if (pick(0, 4) == 0) story.when(EndEmployment{kEmployment, kToday.plus_days(pick(0, 10))}, as(kOffice));
        break;
    }
  }
  return story;
}

RC_GTEST_PROP(Employment, SignedIsTheTextSent, ()) {
  Story story = random_employment();
  Digest sent{};
  bool is_sent = false, by_worker = false, by_employer = false;
  const auto new_text = [&] { is_sent = by_worker = by_employer = false; };
  for (const auto& [meta, event] : story.log()) {
    if (std::holds_alternative<ContractDrawnUp>(event) || std::holds_alternative<ContractAmended>(event)) new_text();
    if (const auto* sending = std::get_if<ContractSent>(&event)) {
      sent = sending->text_hash;
      is_sent = true;
    }
    if (const auto* signing = std::get_if<ContractSigned>(&event)) {
      RC_ASSERT(is_sent);
      RC_ASSERT(signing->text_hash == sent);
      (signing->party == ContractParty::worker ? by_worker : by_employer) = true;
    }
  }
  const bool both = by_worker && by_employer;
  RC_ASSERT(story.state_of<Employment>(stream_of(kEmployment)).contract_signed() == both);
  RC_CLASSIFY(both, "signed by both");
}

RC_GTEST_PROP(Employment, NothingAfterTheEnd, ()) {
  const Story story = random_employment();
  bool ended = false;
  for (const auto& [meta, event] : story.log()) {
    if (std::holds_alternative<ContractDrawnUp>(event)) ended = false;
    RC_ASSERT(!(ended && meta.stream == stream_of(kEmployment)));
    ended = ended || std::holds_alternative<EmploymentEnded>(event);
  }
  RC_CLASSIFY(ended, "ended");
}

}  // namespace
}  // namespace placet::domain::testing
