#include "access/hints.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "domain/timesheet/hours.h"
#include "store/memory/event_log.h"
#include "tests/unit/readside/ledger_writer.h"

namespace placet::access {
namespace {

using namespace domain;
using placet::testing::Fact;
using placet::testing::LedgerWriter;

const LedgerId kLedger{Uuid{1, 1}};
const ClientId kClient{Uuid{2, 1}};
constexpr Date kMonday{20'738};  // 12 October 2026
constexpr Period kWeek{PeriodKind::week, kMonday};

/// Number n of a person, his worker, employment and placement.
PersonId person(std::uint64_t n) { return PersonId(Uuid{3, n}); }
WorkerId worker(std::uint64_t n) { return WorkerId(Uuid{4, n}); }
EmploymentId employment(std::uint64_t n) { return EmploymentId(Uuid{5, n}); }
PlacementId placement(std::uint64_t n) { return PlacementId(Uuid{6, n}); }
SheetId sheet(std::uint64_t n) { return sheet_of(kLedger, placement(n), kWeek); }

class HintsTest : public ::testing::Test {
 protected:
  void registered(std::uint64_t n) { ledger_.write(stream_of(person(n)), PersonRegistered{Box::sealed("x")}); }

  void a_worker(std::uint64_t n) {
    registered(n);
    ledger_.write(
        {{stream_of(worker(n)), WorkerRegistered{person(n), {}}},
         {stream_of(worker_of(kLedger, person(n))), Reserved{ReservationKind::worker_of_person, worker(n).value}}});
  }

  void at_work(std::uint64_t n) {
    a_worker(n);
    ledger_.write({{stream_of(employment(n)), ContractDrawnUp{worker(n), person(n), Digest{1}, terms()}},
                   {stream_of(employment_of(kLedger, worker(n))),
                    Reserved{ReservationKind::employment_of_worker, employment(n).value}}});
    ledger_.write({{stream_of(placement(n)),
                    PlacementProposed{worker(n), person(n), kClient, {}, employment(n), PeriodKind::week, kMonday, {}}},
                   {stream_of(employment(n)), PlacementLinked{placement(n), PeriodKind::week, kMonday, {}}}});
  }

  void joined(const std::vector<PersonId>& all) {
    std::vector<Fact> facts;
    for (const PersonId one : all) facts.push_back({stream_of(one), PersonsJoined{all}});
    ledger_.write(facts);
  }

  static ContractTerms terms() {
    return {ContractRegime::agency_work, ContractPhase::a, ContractHours::on_call, Minutes::of(0), kMonday, {}};
  }

  static RecordEntry eight_hours(std::uint64_t n) {
    RecordEntry command;
    command.entry = EntryId(Uuid{7, n});
    command.placement = placement(n);
    command.period = kWeek;
    command.worked.day = kMonday;
    command.worked.minutes = Minutes::of(480);
    return command;
  }

  template <class C>
  C filled(C from, PersonId by = person(1), Date today = kMonday) {
    Command command = std::move(from);
    Hints hints(log_, streams_, kLedger);
    EXPECT_TRUE(hints.fill_optional(command));
    EXPECT_TRUE(hints.fill_server(command, by, today));
    return std::get<C>(command);
  }

  store::MemoryEventLog log_;
  LedgerWriter ledger_{log_};
  StreamCache streams_{log_, 64 << 10};
};

TEST_F(HintsTest, SayWhoseHoursTheyAreAndNobodyElse) {
  at_work(1);
  at_work(2);
  const RecordEntry entry = filled(eight_hours(1));
  EXPECT_EQ(entry.worker, worker(1));
  EXPECT_EQ(entry.employment, employment(1));
  EXPECT_EQ(entry.person, person(1));
  EXPECT_TRUE(entry.joined.empty());
  EXPECT_TRUE(entry.other_sheets.empty());
}

TEST_F(HintsTest, SayWhoElseTheWorkerIsAndWhereThoseWork) {
  at_work(1);
  at_work(2);
  a_worker(3);
  registered(4);
  joined({person(1), person(2), person(3), person(4)});
  const RecordEntry entry = filled(eight_hours(1));
  EXPECT_EQ(entry.person, person(1));
  EXPECT_EQ(entry.joined, (std::vector<JoinedPerson>{
                              {person(2), worker(2), employment(2)}, {person(3), worker(3), {}}, {person(4), {}, {}}}));
  EXPECT_EQ(entry.other_sheets, std::vector{sheet(2)});
}

TEST_F(HintsTest, FollowAJoinThatCameAfterTheLastCommand) {
  at_work(1);
  at_work(2);
  EXPECT_TRUE(filled(eight_hours(1)).joined.empty());
  joined({person(1), person(2)});
  EXPECT_EQ(filled(eight_hours(1)).joined.size(), 1U);
}

TEST_F(HintsTest, AreFilledInForChangesAndForEachEntryOfAnImport) {
  at_work(1);
  at_work(2);
  joined({person(1), person(2)});
  ChangeEntry change;
  change.placement = placement(2);
  change.period = kWeek;
  change.worked.day = kMonday;
  change = filled(change);
  EXPECT_EQ(change.person, person(2));
  EXPECT_EQ(change.joined, (std::vector<JoinedPerson>{{person(1), worker(1), employment(1)}}));
  EXPECT_EQ(change.other_sheets, std::vector{sheet(1)});
  const ImportHours import = filled(ImportHours{{eight_hours(1), eight_hours(2)}});
  EXPECT_EQ(import.entries[0].other_sheets, std::vector{sheet(2)});
  EXPECT_EQ(import.entries[1].other_sheets, std::vector{sheet(1)});
}

TEST_F(HintsTest, SayWhoIsPaidAndWhichPaymentIsForgottenForIt) {
  const StreamId pay = pay_account_stream_of(employment(1));
  const auto batch = [](std::uint64_t n) { return BatchId(Uuid{8, n}); };
  const PreparePayments prepare{batch(99), {}, {{employment(1), {}, {}}}, false};
  at_work(1);
  for (std::uint64_t n = 0; n < kPaymentsRemembered; ++n) {
    EXPECT_EQ(filled(prepare).payees.front().forgets, BatchId());
    ledger_.write(pay, AdvanceGranted{worker(1), Money::of(100), kMonday, Box::sealed("x")});
    ledger_.write(pay, PaymentPrepared{PaymentId(Uuid{9, n}), batch(n), worker(1), Money::of(100), {}, {}});
  }
  EXPECT_EQ(filled(prepare).payees.front().worker, worker(1));
  EXPECT_EQ(filled(prepare).payees.front().forgets, batch(0));
}

TEST_F(HintsTest, SayByWhoseDelegationSomebodyApprovesOnThatDay) {
  const PersonId approver = person(5), delegate = person(6), contact = person(7);
  const Date last = kMonday.plus_days(3);
  at_work(1);
  for (const std::uint64_t n : {5, 6, 7}) registered(n);
  ledger_.write({{stream_of(placement(1)), ApproverAppointed{approver, kMonday, {}}},
                 {stream_of(approver), RoleGranted{Role::client_contact, PartyId(kClient.value), {}, {}}},
                 {stream_of(contact), RoleGranted{Role::client_contact, PartyId(kClient.value), {}, {}}}});
  for (const PersonId giver : {approver, contact}) {
    ledger_.write({{stream_of(delegate),
                    DelegationReceived{giver, Role::client_contact, PartyId(kClient.value), kMonday, last}}});
  }
  const ApproveHours approve{placement(1), kWeek, {}, {}, {}};
  EXPECT_EQ(filled(approve, delegate).lender, approver);
  EXPECT_EQ(filled(approve, delegate, last.plus_days(1)).lender, PersonId());
  EXPECT_EQ(filled(approve, approver).lender, PersonId());
  EXPECT_EQ(filled(approve, contact).lender, PersonId());
  ledger_.write({{stream_of(placement(1)), ApproverAppointed{delegate, kMonday, {}}},
                 {stream_of(delegate), RoleGranted{Role::client_contact, PartyId(kClient.value), {}, {}}}});
  EXPECT_EQ(filled(approve, delegate).lender, PersonId());
}

}  // namespace
}  // namespace placet::access
