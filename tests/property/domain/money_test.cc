#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <iostream>
#include <map>
#include <string>

#include "tests/property/domain/history.h"
#include "tests/property/domain/money_judge.h"
#include "tests/property/domain/random.h"

namespace placet::domain::testing {
namespace {

constexpr std::array kPromises = {"PaidOnceOrOpen",
                                  "InvoicedOnceOrOpen",
                                  "SettledHoursStand",
                                  "NumbersWithoutGap",
                                  "GrossIsNetPlusVat",
                                  "VatOfTheSum",
                                  "CreditFreesItsHours",
                                  "NeverAboveTheInvoice",
                                  "NetIsGrossLessDeductions",
                                  "NetIsNeverNegative",
                                  "DueIsPaidOnce",
                                  "AccrualsAreCumulative",
                                  "RunHoldsItsPayslips",
                                  "NothingAfterApproval",
                                  "NoMoneyByOnePerson",
                                  "NotByWhoChangedTheAccount",
                                  "ReleasedAsSeen",
                                  "PaidToTheAccountInForce",
                                  "NothingIntoAClosedPeriod",
                                  "LatestPublicationCounts"};

void keeps(const char* promise) {
  History history(*rc::gen::resize(rc::kNominalSize, rc::gen::arbitrary<std::uint64_t>()));
  history.run(600);
  MoneyJudge judge(history);
  RC_CLASSIFY(judge.tried(promise) > 0, "tried");
  if (!judge.broken(promise).empty()) RC_FAIL("seed " + std::to_string(history.seed()) + ": " + judge.broken(promise));
}

RC_GTEST_PROP(Timesheet, PaidOnceOrOpen, ()) { keeps("PaidOnceOrOpen"); }
RC_GTEST_PROP(Timesheet, InvoicedOnceOrOpen, ()) { keeps("InvoicedOnceOrOpen"); }
RC_GTEST_PROP(Timesheet, SettledHoursStand, ()) { keeps("SettledHoursStand"); }
RC_GTEST_PROP(Invoice, NumbersWithoutGap, ()) { keeps("NumbersWithoutGap"); }
RC_GTEST_PROP(Invoice, GrossIsNetPlusVat, ()) { keeps("GrossIsNetPlusVat"); }
RC_GTEST_PROP(Invoice, VatOfTheSum, ()) { keeps("VatOfTheSum"); }
RC_GTEST_PROP(Invoice, CreditFreesItsHours, ()) { keeps("CreditFreesItsHours"); }
RC_GTEST_PROP(Invoice, NeverAboveTheInvoice, ()) { keeps("NeverAboveTheInvoice"); }
RC_GTEST_PROP(PayAccount, NetIsGrossLessDeductions, ()) { keeps("NetIsGrossLessDeductions"); }
RC_GTEST_PROP(PayAccount, NetIsNeverNegative, ()) { keeps("NetIsNeverNegative"); }
RC_GTEST_PROP(PayAccount, DueIsPaidOnce, ()) { keeps("DueIsPaidOnce"); }
RC_GTEST_PROP(PayAccount, AccrualsAreCumulative, ()) { keeps("AccrualsAreCumulative"); }
RC_GTEST_PROP(PayrollRun, RunHoldsItsPayslips, ()) { keeps("RunHoldsItsPayslips"); }
RC_GTEST_PROP(PayrollRun, NothingAfterApproval, ()) { keeps("NothingAfterApproval"); }
RC_GTEST_PROP(PaymentBatch, NoMoneyByOnePerson, ()) { keeps("NoMoneyByOnePerson"); }
RC_GTEST_PROP(PaymentBatch, NotByWhoChangedTheAccount, ()) { keeps("NotByWhoChangedTheAccount"); }
RC_GTEST_PROP(PaymentBatch, ReleasedAsSeen, ()) { keeps("ReleasedAsSeen"); }
RC_GTEST_PROP(PaymentBatch, PaidToTheAccountInForce, ()) { keeps("PaidToTheAccountInForce"); }
RC_GTEST_PROP(Books, NothingIntoAClosedPeriod, ()) { keeps("NothingIntoAClosedPeriod"); }
RC_GTEST_PROP(Parameters, LatestPublicationCounts, ()) { keeps("LatestPublicationCounts"); }

TEST(Money, KeepsItsPromisesOverLongHistoriesThatTryThemAll) {
  constexpr std::uint64_t kFirstSeed = 8'210, kSeeds = 6;  // one alone may come to rest early
  std::map<std::string, std::size_t> tried;
  for (std::uint64_t seed = kFirstSeed; seed < kFirstSeed + kSeeds; ++seed) {
    History history(seed);
    history.run(20'000);
    MoneyJudge judge(history);
    for (const char* promise : kPromises) {
      EXPECT_EQ(judge.broken(promise), "") << promise << ", seed " << seed;
      tried[promise] += judge.tried(promise);
    }
  }
  std::cout << "seeds " << kFirstSeed << " to " << kFirstSeed + kSeeds - 1 << ":\n";
  for (const char* promise : kPromises) {
    std::cout << "  " << promise << " was tried " << tried[promise] << " times\n";
    EXPECT_GT(tried[promise], 0U) << promise;
  }
}

}  // namespace
}  // namespace placet::domain::testing
