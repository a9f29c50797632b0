// Authority can be replayed (P13): a judge who sees the log alone, none of the commands and no rule of the domain's,
// says of each act whether it was allowed to that person on that day. His table states by event what the schema states
// by command.

#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "tests/property/domain/history.h"

namespace placet::domain::testing {
namespace {

using Log = std::vector<Story::Recorded>;

/// Who may cause an event: h himself, W worker, C client contact, A agency, B back office, O compliance, U auditor,
/// S client system, D administrator; in the order of the roles' numbers.
constexpr std::string_view kLetters = "hWCABOUSD";
const std::map<std::string_view, std::string_view> kMayCause = {
    // people
    {"personRegistered", "BD"},
    {"personVerified", "BD"},
    {"personsJoined", "BOD"},
    {"roleGranted", "BD"},
    {"roleRevoked", "BD"},
    {"roleDelegated", "h"},
    {"delegationEnded", "hBD"},
    {"accountOpened", "BD"},
    {"inviteIssued", "BD"},
    {"tokenIssued", "hBD"},
    {"tokenRevoked", "hBD"},
    {"accountLocked", "D"},
    {"accountUnlocked", "D"},
    {"keyRemoved", "D"},
    {"clockAccepted", "D"},
    {"wholeLedgerRead", "U"},
    {"actProposed", "BOD"},
    {"actAgreed", "BOD"},
    // parties
    {"workerRegistered", "AB"},
    {"workerDetailsChanged", "WB"},
    {"citizenNumberRecorded", "B"},
    {"identityVerified", "B"},
    {"documentExpired", "B"},
    {"workerBankAccountChanged", "B"},
    {"wageTaxDeclared", "WB"},
    {"workerFileCompleted", "B"},
    {"clientRegistered", "AB"},
    {"contactAdded", "CB"},
    {"contactRemoved", "CB"},
    {"creditCheckAsked", "AB"},
    {"creditCheckAnswered", "B"},
    {"creditCheckWithdrawn", "B"},
    {"conditionsAccepted", "C"},
    {"clientFileCompleted", "B"},
    {"billingChanged", "CB"},
    {"agencyRegistered", "BD"},
    {"cooperationSigned", "B"},
    {"agencyBankAccountChanged", "B"},
    {"admissionRecorded", "B"},
    // work
    {"contractDrawnUp", "B"},
    {"contractSent", "B"},
    {"contractSigned", "WB"},
    {"contractAmended", "B"},
    {"contractRenewed", "B"},
    {"employmentEndAnnounced", "WB"},
    {"employmentEnded", "B"},
    {"placementProposed", "AB"},
    {"payTermsAgreed", "B"},
    {"clientTermsAgreed", "B"},
    {"purchaseTermsAgreed", "B"},
    {"agreementSent", "B"},
    {"agreementAccepted", "C"},
    {"assignmentConfirmed", "B"},
    {"placementStarted", "B"},
    {"approverAppointed", "CB"},
    {"approverEnded", "CB"},
    {"substituteNamed", "CB"},
    {"placementExtended", "AB"},
    {"placementEnded", "AB"},
    {"periodKindChanged", "B"},
    {"calendarPublished", "B"},
    // hours: never approved by a machine, and objected to by the worker alone
    {"entryRecorded", "WCABS"},
    {"entryChanged", "WCABS"},
    {"entryRemoved", "WCABS"},
    {"sheetSubmitted", "WCABS"},
    {"sheetSubmittedEmpty", "WCABS"},
    {"additionRequested", "WCABS"},
    {"daysApproved", "C"},
    {"daysRefused", "C"},
    {"hoursObjected", "W"},
    {"sheetWithdrawn", "WAB"},
    {"sheetReopened", "CB"},
    {"approvalTakenBack", "CB"},
    {"daysAcceptedForPay", "B"},
    // money: the back office alone
    {"hoursReversed", "B"},
    {"parametersPublished", "B"},
    {"periodClosed", "B"},
    {"runOpened", "B"},
    {"hoursPaid", "B"},
    {"payslipCalculated", "B"},
    {"payslipAdded", "B"},
    {"runApproved", "B"},
    {"runClosed", "B"},
    {"advanceGranted", "B"},
    {"paymentPrepared", "B"},
    {"paymentsAdded", "B"},
    {"paymentWithdrawn", "B"},
    {"paymentTakenOut", "B"},
    {"paymentsReleased", "B"},
    {"paymentsSettled", "B"},
    {"paymentReturned", "B"},
    {"bankAccountClosed", "B"},
    {"invoiceDrafted", "B"},
    {"hoursInvoiced", "B"},
    {"hoursCredited", "B"},
    {"marginBooked", "B"},
    {"invoiceLinesAdded", "B"},
    {"numberTaken", "B"},
    {"invoiceIssued", "B"},
    {"invoiceCredited", "B"},
    {"invoicePaid", "B"},
    {"creditSetOff", "B"},
};

/// Consequences of another event of the same command; what a control refused, which is no act; and the redeeming of an
/// invite, for which the invite is the right.
const std::set<std::string_view> kNoActs = {"reserved",        "refusedByControl", "refusalsSummarised",
                                            "inviteRedeemed",  "noticeQueued",     "delegationReceived",
                                            "placementLinked", "gatesOverridden",  "placementSpanChanged"};

std::string_view name_of(const Event& event) { return kEventNames[event.index()]; }

/// What somebody did himself, for which he needs a right.
bool is_act(const Story::Recorded& record) {
  return record.meta.actor.strength != Strength::system && !kNoActs.contains(name_of(record.event));
}

class AuthorityJudge {
 public:
  /// The positions whose act was not allowed to whom the envelope names.
  std::vector<LogPosition> list(const Log& log) {
    std::vector<LogPosition> listed;
    for (const Story::Recorded& record : log) {
      if (is_act(record) && !allowed(record.meta, record.event)) listed.push_back(record.meta.position);
      learn(record.meta, record.event);
    }
    return listed;
  }

 private:
  struct Days {
    Date from;
    std::optional<Date> until;
  };
  using Right = std::tuple<PersonId, Role, PartyId>;  // who gave it, nil: the office; as what; over whom

  bool allowed(const Meta& meta, const Event& event) const {
    const auto row = kMayCause.find(name_of(event));
    if (row == kMayCause.end()) return false;
    const auto may = [&](char letter) { return row->second.find(letter) != std::string_view::npos; };
    const PersonId by = meta.actor.person;
    if (may(kLetters[0]) && subject_of(meta, event) == by) return true;
    const auto rights = rights_.find(by);
    if (rights == rights_.end()) return false;
    const Date day{static_cast<std::int32_t>(meta.recorded_at.micros / kMicrosPerDay)};
    return std::any_of(rights->second.begin(), rights->second.end(), [&](const auto& entry) {
      const auto& [right, days] = entry;
      const auto& [giver, role, scope] = right;
      const bool everywhere = scope.is_nil();
      return may(kLetters[static_cast<std::size_t>(role)]) && days.from <= day && (!days.until || day <= *days.until) &&
             (everywhere || std::find(meta.parties.begin(), meta.parties.end(), scope) != meta.parties.end());
    });
  }

  /// The person whose stream, account or delegation it is.
  PersonId subject_of(const Meta& meta, const Event& event) const {
    if (const auto* ended = std::get_if<DelegationEnded>(&event)) return ended->giver;
    const auto owner = owners_.find(meta.stream.id);
    return owner != owners_.end() ? owner->second : PersonId(meta.stream.id);
  }

  void learn(const Meta& meta, const Event& event) {
    const PersonId person(meta.stream.id);
    if (const auto* opened = std::get_if<AccountOpened>(&event)) owners_[meta.stream.id] = opened->person;
    if (const auto* granted = std::get_if<RoleGranted>(&event))
      rights_[person][{{}, granted->role, granted->scope}] = {granted->from, granted->until};
    if (const auto* revoked = std::get_if<RoleRevoked>(&event))
      rights_[person].erase({{}, revoked->role, revoked->scope});
    if (const auto* lent = std::get_if<RoleDelegated>(&event))
      rights_[lent->to][{person, lent->role, lent->scope}] = {lent->from, lent->until};
    if (const auto* ended = std::get_if<DelegationEnded>(&event))
      rights_[ended->to].erase({ended->giver, ended->role, ended->scope});
  }

  std::map<PersonId, std::map<Right, Days>> rights_;
  std::map<Uuid, PersonId> owners_;  // of accounts
};

class AuthorityReplay : public ::testing::Test {
 protected:
  AuthorityReplay() : history_(20'261'012) { history_.run(40'000); }
  std::vector<LogPosition> listed(const Log& log) { return AuthorityJudge().list(log); }
  History history_;
};

TEST_F(AuthorityReplay, EveryActOfARandomHistoryWasAllowed) {
  std::set<std::string_view> judged;
  for (const Story::Recorded& record : history_.log()) {
    if (is_act(record)) judged.insert(name_of(record.event));
  }
  std::cout << "seed " << history_.seed() << ": " << history_.log().size() << " events, " << judged.size()
            << " kinds of acts\n";
  for (const LogPosition position : listed(history_.log()))
    ADD_FAILURE() << "not allowed: " << name_of(history_.log()[position.value].event) << " at " << position.value;
  for (const auto& [name, roles] : kMayCause) EXPECT_TRUE(judged.contains(name)) << "never judged: " << name;
}

TEST_F(AuthorityReplay, AnActUnderTheNameOfSomebodyWithoutARoleIsListed) {
  Log log = history_.log();
  std::vector<LogPosition> forged;
  for (std::size_t i = 0; i < log.size(); i += 97) {
    if (!is_act(log[i])) continue;
    log[i].meta.actor.person = id<PersonId>(9'999);
    forged.push_back(log[i].meta.position);
  }
  ASSERT_FALSE(forged.empty());
  EXPECT_EQ(listed(log), forged);
}

TEST_F(AuthorityReplay, AnActWhoseGrantIsNotInTheLogIsListed) {
  Log log = history_.log();
  const auto granted = std::find_if(log.begin(), log.end(), [](const Story::Recorded& record) {
    const auto* grant = std::get_if<RoleGranted>(&record.event);
    return grant != nullptr && grant->role == Role::back_office;
  });
  ASSERT_NE(granted, log.end());
  const PersonId office(granted->meta.stream.id);
  log.erase(granted);
  const auto found = listed(log);
  EXPECT_FALSE(found.empty());
  for (const LogPosition position : found)
    EXPECT_EQ(history_.log()[position.value].meta.actor.person, office) << "at " << position.value;
}

}  // namespace
}  // namespace placet::domain::testing
