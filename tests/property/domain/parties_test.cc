#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/property/domain/random.h"
#include "tests/unit/domain/people.h"

namespace placet::domain::testing {
namespace {

RC_GTEST_PROP(Worker, NoWorkWithoutIdentity, ()) {
  Story story = people();
  std::optional<Date> last_day;  // what the accepted commands allow: the model
  for (int step = pick(1, 15); step > 0; --step) {
    VerifyIdentity verify{kWorker,
                          VerificationMethod::in_person,
                          DocumentKind::passport,
                          sealed("NX1"),
                          kToday.plus_days(pick(-3, 20)),
                          RightToWork::unrestricted,
                          {}};
    if (coin()) {
      verify.right_to_work = RightToWork::permit;
      verify.right_to_work_until = kToday.plus_days(pick(-3, 20));
    }
    story.when(verify, as(kOffice));
    if (story.last()) last_day = std::min(verify.valid_until, verify.right_to_work_until.value_or(verify.valid_until));
    const auto& worker = story.state_of<Worker>(stream_of(kWorker));
    for (Date day = kToday.plus_days(-5); day < kToday.plus_days(25); day = day.plus_days(1))
      RC_ASSERT(worker.may_work_on(day) == (last_day && day <= *last_day));
  }
}

RC_GTEST_PROP(Client, OneAnswerPerQuestion, ()) {
  Story story = people();
  for (int step = pick(1, 30); step > 0; --step) {
    switch (pick(0, 3)) {
      case 0: story.when(AskCreditCheck{kClient}, as(kRecruiter)); break;
      case 1: story.when(AnswerCreditCheck{kClient, false, {}, {}}, as(kOffice)); break;
      case 2: story.when(WithdrawCreditCheck{kClient}, as(kOffice)); break;
    }
  }
  int open = 0;
  for (const auto& [meta, event] : story.log()) {
    if (std::holds_alternative<CreditCheckAsked>(event)) ++open;
    if (std::holds_alternative<CreditCheckAnswered>(event)) --open;
    RC_ASSERT(open == 0 || open == 1);
  }
}

}  // namespace
}  // namespace placet::domain::testing
