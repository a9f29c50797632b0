// What the back office types to get approved hours paid and invoiced.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <regex>

#include "tests/e2e/stage.h"
#include "tests/verbs/run.h"

namespace placet {
namespace {

using ::testing::HasSubstr;

constexpr int kNo = 1;

/// Two clerks who did not record the workers' bank accounts.
class MoneyVerbs : public ::testing::Test {
 protected:
  MoneyVerbs() {
    stage_.agree_terms();
    const e2e::Member other = stage_.admit("Second Clerk");
    stage_.world().act_by_two({domain::GrantRole{other.person, domain::Role::back_office, {}, {}, {}}});
    std::ofstream(scratch_.path() / "first") << stage_.staff().at(domain::Role::back_office).token << "\n";
    std::ofstream(scratch_.path() / "second") << other.token << "\n";
  }
  ~MoneyVerbs() noexcept override = default;  // those of Cap'n Proto may throw; those of fixtures must not

  Ran placet(const char* who, std::vector<std::string> arguments) {
    const std::vector<std::string> as = {"--server", stage_.server(), "--token-file", scratch_.path() / who};
    arguments.insert(arguments.begin(), as.begin(), as.end());
    return run_placet(scratch_.path(), std::move(arguments));
  }
  /// What the pattern's group finds in what was printed.
  static std::string found(const Ran& ran, const char* pattern) {
    std::smatch match;
    EXPECT_TRUE(std::regex_search(ran.out, match, std::regex(pattern))) << ran.out << ran.errors;
    return match.size() > 1 ? match[1].str() : "";
  }
  /// The second clerk agrees to what the first one's call proposed.
  Ran agree(const Ran& proposed) { return placet("second", {"agree", found(proposed, "placet agree ([0-9]+)")}); }

  client::ScratchFolder scratch_;
  e2e::Stage stage_;
};

TEST_F(MoneyVerbs, LeadFromApprovedHoursToPaymentsAndInvoices) {
  const Ran calculated = placet(
      "first", {"payroll", "run", "--first", "2000-01-03", "--booked-on", "2000-01-11", "--pay-on", "2000-01-13"});
  ASSERT_EQ(calculated.status, 0) << calculated.errors;
  EXPECT_THAT(calculated.out, HasSubstr("2 payslips, gross 248.00, net 248.00"));
  const std::string run = found(calculated, "Run ([-0-9a-f]+)");

  const Ran approval = placet("first", {"payroll", "approve", run});
  EXPECT_EQ(placet("first", {"agree", found(approval, "placet agree ([0-9]+)")}).status, kNo) << "the same person";
  const Ran approved = agree(approval);
  EXPECT_EQ(approved.status, 0) << approved.errors;

  const Ran held_back = placet("first", {"payroll", "pay", run});
  EXPECT_THAT(held_back.out, HasSubstr("Nothing is due that can be paid now")) << "the accounts are new";
  const Ran payments = placet("first", {"payroll", "pay", run, "--held"});
  EXPECT_THAT(payments.out, HasSubstr("2 payments of 248.00"));
  const Ran released = agree(payments);
  EXPECT_EQ(released.status, 0) << released.errors;
  const Ran settled = placet("first", {"payroll", "settle", found(payments, "Batch ([-0-9a-f]+)")});
  EXPECT_THAT(settled.out, HasSubstr("The bank has paid 2 payments of 248.00."));

  EXPECT_THAT(placet("first", {"invoice"}).out, HasSubstr("2 invoices issued"));
  EXPECT_THAT(placet("first", {"invoices"}).out, HasSubstr("292.63")) << "241.84 and 21% of it";
  EXPECT_EQ(placet("first", {"reconcile", "hours"}).status, 0);
  EXPECT_EQ(placet("first", {"reconcile", "debtors"}).status, 0);
  EXPECT_THAT(placet("first",
                     {"payroll", "run", "--first", "2000-01-03", "--booked-on", "2000-01-11", "--pay-on", "2000-01-13"})
                  .out,
              HasSubstr("Nothing waits to be paid."));
}

TEST_F(MoneyVerbs, SayWhatWasLeftOutAndWhy) {
  stage_.world().act_by_two({domain::ClosePeriod{*Date::of(2000, 1, 31)}});
  const Ran closed = placet(
      "first", {"payroll", "run", "--first", "2000-01-03", "--booked-on", "2000-01-11", "--pay-on", "2000-01-13"});
  EXPECT_EQ(closed.status, kNo);
  EXPECT_THAT(closed.errors, HasSubstr("periodClosed: bookedOn: the books are closed through 2000-01-31"));
}

}  // namespace
}  // namespace placet
