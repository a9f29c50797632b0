// What an answer says, of which moment, and to whom.

#include <capnp/dynamic.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "codec/ids.h"
#include "schema/plain_codec.h"
#include "tests/e2e/stage.h"

namespace placet::e2e {
namespace {

using domain::Role;

constexpr std::uint32_t kWaitMs = 10'000;
constexpr unsigned kPersonsPerCall = 4'000;  // more than rows follow in one round trip

template <class List>
std::vector<std::string> texts(List rows) {
  std::vector<std::string> all;
  for (const auto row : rows) all.emplace_back(kj::str(row).cStr());
  return all;
}

class Query : public testing::Test {
 protected:
  static schema::Queries::Client queries(client::Desk& desk) {
    return desk.connection().session().queriesRequest().send().getQueries();
  }
  /// Asks for rows that are as new as the log.
  template <class Request>
  static auto ask(client::Desk& desk, Request request) {
    auto asked = request.getAsked();
    if (asked.getAtLeast() == 0) asked.setAtLeast(log_size(desk.connection()));
    asked.setWaitMs(kWaitMs);
    return request.send().wait(desk.connection().wait_scope());
  }
  client::Desk desk_of(Role role) { return {stage_.server(), stage_.ours().members.at(role).token}; }

  /// Registers persons in one call; answers the size that the rows then stand on.
  std::uint64_t register_persons(unsigned count) {
    auto request = office_.connection().commands().submitRequest();
    auto submissions = request.initSubmissions(count);
    for (auto submission : submissions) {
      codec::write(stage_.new_id(), submission.initId());
      codec::write(domain::Command(domain::RegisterPerson{stage_.make<PersonId>(), Box::plain("Somebody")}),
                   submission.initCommand());
    }
    return request.send().wait(office_.connection().wait_scope()).getBasis().getSize();
  }

  Stage stage_;
  client::Desk& office_ = stage_.world().office();
};

TEST_F(Query, WhoWroteSeesItWhenHeAsksForTheBasisOfHisAnswer) {
  for (int i = 0; i < 20; ++i) {
    const std::uint64_t size = register_persons(1);
    auto request = queries(office_).personsRequest();
    request.getAsked().setAtLeast(size);
    request.getAsked().setLimit(1'000);
    const auto response = ask(office_, std::move(request));
    ASSERT_TRUE(response.getAnswer().isRows());
    EXPECT_GE(response.getAnswer().getRows().getBasis().getSize(), size);
    const auto names = texts(response.getRows());
    EXPECT_EQ(std::ranges::count_if(names, [](const auto& row) { return row.contains("Somebody"); }), i + 1);
  }
}

TEST_F(Query, WhoDoesNotWaitHearsHowFarTheRowsAre) {
  bool behind = false;
  for (int i = 0; i < 20 && !behind; ++i) {
    const std::uint64_t size = register_persons(kPersonsPerCall);
    auto request = queries(office_).personsRequest();
    request.getAsked().setAtLeast(size);
    request.getAsked().setWaitMs(0);
    request.getAsked().setLimit(1);
    const auto response = request.send().wait(office_.connection().wait_scope());
    const auto answer = response.getAnswer();
    behind = answer.isBehind();
    if (!behind) continue;
    EXPECT_LT(answer.getBehind().getSize(), size);
    EXPECT_EQ(codec::read_id(answer.getBehind().getLedger()), office_.connection().ledger().value);
    EXPECT_EQ(response.getRows().size(), 0U);
  }
  EXPECT_TRUE(behind) << "the rows were never behind thousands of registrations";
}

TEST_F(Query, ASizeThatTheLedgerDoesNotHaveIsUnknownAtOnce) {
  const std::uint64_t size = log_size(office_.connection());
  for (const bool past : {false, true}) {
    auto request = queries(office_).personsRequest();
    if (past)
      request.getAsked().setAsOfSize(static_cast<std::int64_t>(size) + 1);
    else
      request.getAsked().setAtLeast(size + 1);
    const auto response = ask(office_, std::move(request));
    ASSERT_TRUE(response.getAnswer().isUnknownPosition());
    EXPECT_EQ(response.getAnswer().getUnknownPosition(), size);
  }
}

TEST_F(Query, AsOfASizeRowsAreWhatTheyWereThen) {
  const auto sheets = [&](std::int64_t as_of) {
    auto request = queries(office_).timesheetsRequest();
    request.getAsked().setAsOfSize(as_of);
    const auto response = ask(office_, std::move(request));
    EXPECT_TRUE(response.getAnswer().isRows());
    return std::pair(texts(response.getRows()), response.getAnswer().getRows().getBasis().getSize());
  };
  const auto [then, size] = sheets(-1);
  stage_.act({eight_hours(stage_.ours().placement, 3, stage_.make<EntryId>()),
              domain::SubmitSheet{stage_.ours().placement, week(2)}});
  const auto [now, grown] = sheets(-1);
  EXPECT_NE(now, then);
  EXPECT_EQ(sheets(static_cast<std::int64_t>(size)), std::pair(then, size));
  EXPECT_EQ(sheets(static_cast<std::int64_t>(grown)), std::pair(now, grown));
}

TEST_F(Query, AsOfBothSidesOfASnapshotRowsAreWhatTheyWereThen) {
  const auto sheets_of_worker = [&](std::int64_t as_of) {
    auto request = queries(office_).timesheetsRequest();
    codec::write(stage_.ours().worker, request.initFilter().initWorker());
    request.getAsked().setAsOfSize(as_of);
    return texts(ask(office_, std::move(request)).getRows());
  };
  const auto open_of_all = [&](std::int64_t as_of) {
    auto request = queries(office_).openRequest();
    request.getAsked().setAsOfSize(as_of);
    return texts(ask(office_, std::move(request)).getRows());
  };
  using Seen = std::pair<std::vector<std::string>, std::vector<std::string>>;
  std::vector<std::pair<std::uint64_t, Seen>> seen;
  const auto look = [&] {
    seen.emplace_back(log_size(office_.connection()), Seen(sheets_of_worker(-1), open_of_all(-1)));
  };
  look();
  stage_.world().act_by_two({domain::ClosePeriod{kFirstMonday.plus_days(-1)}});
  const std::uint64_t closed_at = log_size(office_.connection());
  for (int week_number = 2; week_number < 5; ++week_number) {
    stage_.act({eight_hours(stage_.ours().placement, week_number, stage_.make<EntryId>())});
    look();
  }
  const auto snapshot = stage_.data() / "snapshots" / std::to_string(closed_at);
  for (int i = 0; i < 1'000 && !std::filesystem::exists(snapshot); ++i) open_of_all(-1);
  EXPECT_TRUE(std::filesystem::exists(snapshot));
  const auto status = office_.connection().operations().statusRequest().send().wait(office_.connection().wait_scope());
  const auto kept = status.getResult().getLedger().getSnapshots();
  ASSERT_EQ(kept.size(), 1U);
  EXPECT_EQ(kept[0], closed_at);
  const auto without_ages = [](std::vector<std::string> rows) {
    for (std::string& row : rows) row.erase(std::min(row.find("ageDays"), row.size()));
    return rows;
  };
  for (const auto& [size, then] : seen) {
    EXPECT_EQ(sheets_of_worker(static_cast<std::int64_t>(size)), then.first) << "as of " << size;
    EXPECT_EQ(without_ages(open_of_all(static_cast<std::int64_t>(size))), without_ages(then.second))
        << "as of " << size;
  }
}

TEST_F(Query, AsOfTheMiddleOfACommandIsTheEndOfTheOneBeforeAndSaysSo) {
  const PersonId person = stage_.make<PersonId>();
  stage_.act({domain::RegisterPerson{person, Box::plain("New Worker")}});
  const std::uint64_t before = log_size(office_.connection());
  stage_.act({domain::RegisterWorker{stage_.make<WorkerId>(), person, {}}});  // two events
  ASSERT_EQ(log_size(office_.connection()), before + 2);
  for (std::uint64_t size = before; size <= before + 2; ++size) {
    auto request = queries(office_).workersRequest();
    request.getAsked().setAsOfSize(static_cast<std::int64_t>(size));
    const auto response = ask(office_, std::move(request));
    ASSERT_TRUE(response.getAnswer().isRows());
    const auto head = response.getAnswer().getRows();
    EXPECT_EQ(head.getBasis().getSize(), size == before + 1 ? before : size);
    EXPECT_EQ(head.getRoundedDown(), size == before + 1);
    EXPECT_EQ(response.getRows().size(), size == before + 2 ? 3U : 2U);
  }
}

TEST_F(Query, NothingThatIsMissingOfOnePlacementIsCut) {
  constexpr int kWeeks = 100;  // the first two are submitted
  auto worker = desk_of(Role::worker);
  auto request = queries(worker).missingRequest();
  request.getAsked().setEffective(kFirstMonday.plus_days(7 * kWeeks).days);
  request.getAsked().setLimit(10);
  const auto response = ask(worker, std::move(request));
  ASSERT_TRUE(response.getAnswer().isRows());
  EXPECT_EQ(response.getRows().size(), unsigned{kWeeks - 2});
}

TEST_F(Query, TheDayAskedForPicksTheTermsAndEachSeesThoseMeantForHim) {
  const PlacementId placement = stage_.ours().placement;
  const Date raise = kFirstMonday.plus_days(14);
  stage_.world().act_by_two({domain::AgreePayTerms{placement, {Money::of(1'500), {}, {}}, kFirstMonday},
                             domain::AgreePayTerms{placement, {Money::of(1'600), {}, {}}, raise},
                             domain::AgreeClientTerms{placement, {Money::of(3'000), {}, {}}, kFirstMonday}});
  const auto terms = [&](client::Desk& desk, Date day) {
    auto request = queries(desk).placementsRequest();
    codec::write(stage_.ours().client, request.initFilter().initClient());
    request.getAsked().setEffective(day.days);
    const auto response = ask(desk, std::move(request));
    EXPECT_EQ(response.getRows().size(), 1U);
    return std::pair(response.getRows()[0].getPayPerHour(), response.getRows()[0].getClientPerHour());
  };
  client::Desk worker = desk_of(Role::worker), contact = desk_of(Role::client_contact);
  EXPECT_EQ(terms(office_, kFirstMonday.plus_days(-1)), std::pair(std::int64_t{-1}, std::int64_t{-1}));
  EXPECT_EQ(terms(office_, raise.plus_days(-1)), std::pair(std::int64_t{1'500}, std::int64_t{3'000}));
  EXPECT_EQ(terms(office_, raise), std::pair(std::int64_t{1'600}, std::int64_t{3'000}));
  EXPECT_EQ(terms(worker, raise), std::pair(std::int64_t{1'600}, std::int64_t{-1}));
  EXPECT_EQ(terms(contact, raise), std::pair(std::int64_t{-1}, std::int64_t{3'000}));
}

TEST_F(Query, PageByPageEveryRowComesOnce) {
  stage_.settle();
  // What an agency has no row of.
  const std::set<std::string_view> for_others = {"balances",     "payslips",       "runs",
                                                 "payments",     "paymentBatches", "journal",
                                                 "trialBalance", "reconcileHours", "reconcileDebtors"};
  // One who is party to the same placement in two ways, and one who sees everything.
  const Member& recruiter = stage_.ours().members.at(Role::agency);
  stage_.act({domain::GrantRole{recruiter.person, Role::client_contact, PartyId(stage_.ours().client.value), {}, {}}});
  for (const std::string& token : {recruiter.token, stage_.world().office_token()}) {
    client::Desk desk(stage_.server(), token);
    const std::uint64_t size = log_size(desk.connection());
    capnp::DynamicCapability::Client capability(queries(desk));
    const auto rows_of = [&](capnp::InterfaceSchema::Method method, std::uint32_t limit) {
      std::vector<std::string> rows;
      std::vector<kj::byte> after;
      do {
        auto request = capability.newRequest(method);
        auto asked = request.get("asked").as<capnp::DynamicStruct>().as<schema::Asked>();
        asked.setAtLeast(size);
        asked.setWaitMs(kWaitMs);
        asked.setLimit(limit);
        asked.setAfter({after.data(), after.size()});
        if (method.getParamType().findFieldByName("sheet") != nullptr)
          codec::write(stage_.ours().sheet, request.init("sheet").as<capnp::DynamicStruct>().as<schema::Id>());
        if (method.getParamType().findFieldByName("entity") != nullptr)
          codec::write(stage_.ours().placement, request.init("entity").as<capnp::DynamicStruct>().as<schema::Id>());
        for (const char* invoice : {"invoice", "document"})
          if (method.getParamType().findFieldByName(invoice) != nullptr)
            codec::write(stage_.ours().invoice, request.init(invoice).as<capnp::DynamicStruct>().as<schema::Id>());
        const auto response = request.send().wait(desk.connection().wait_scope());
        const auto answer = response.get("answer").as<schema::Answer>();
        if (!answer.isRows()) return rows;
        for (const auto row : response.get("rows").as<capnp::DynamicList>()) rows.emplace_back(kj::str(row).cStr());
        const auto next = answer.getRows().getNext();
        after.assign(next.begin(), next.end());
      } while (!after.empty());
      return rows;
    };
    for (const auto method : capnp::Schema::from<schema::Queries>().getMethods()) {
      const char* name = method.getProto().getName().cStr();
      const auto whole = rows_of(method, 1'000);
      EXPECT_EQ(rows_of(method, 1), whole) << name;
      EXPECT_EQ(std::set(whole.begin(), whole.end()).size(), whole.size()) << name;
      const bool none =
          std::string_view(name) == "proposals" || (token == recruiter.token && for_others.contains(name));
      EXPECT_EQ(whole.empty(), none) << name;
    }
  }
}

TEST_F(Query, HoursAcceptedForPayStillWaitForTheClient) {
  const PlacementId placement = stage_.ours().placement;
  const Digest seen = content_hash(office_.connection(), placement, week(1));
  stage_.world().act_by_two(
      {domain::AcceptForPay{placement, week(1), {}, {}, seen, Box::plain("the client does not answer")}});
  const auto accepted_as_seen_by = [&](client::Desk& desk) {
    auto request = queries(desk).timesheetsRequest();
    request.initFilter().setFrom(week(1).first.days);
    request.getFilter().setUntil(week(1).first.days);
    codec::write(placement, request.getFilter().initPlacement());
    const auto response = ask(desk, std::move(request));
    EXPECT_EQ(response.getRows().size(), 1U);
    return std::pair(response.getRows()[0].getStatus(), response.getRows()[0].getAccepted());
  };
  const auto acceptances = [&](client::Desk& desk) {
    const auto approvals = ask(desk, queries(desk).approvalsRequest());
    const auto open = ask(desk, queries(desk).openRequest());
    const auto rows = approvals.getRows();
    const auto items = open.getRows();
    return std::ranges::count_if(texts(rows), [](const auto& row) { return row.contains("kind = forPay"); }) +
           std::ranges::count_if(texts(items), [](const auto& row) { return row.contains("kind = notBillable"); });
  };
  client::Desk worker = desk_of(Role::worker), contact = desk_of(Role::client_contact);
  EXPECT_EQ(accepted_as_seen_by(worker), std::pair(schema::SheetStatus::SETTLED_FOR_PAY, std::int32_t{480}));
  EXPECT_EQ(accepted_as_seen_by(contact), std::pair(schema::SheetStatus::SUBMITTED, std::int32_t{0}));
  EXPECT_EQ(acceptances(worker), 2);
  EXPECT_EQ(acceptances(contact), 0);
}

TEST_F(Query, AnApprovalByDelegationSaysForWhomAndEndsWhereTheLenderTurnsOutToBeTheWorker) {
  using namespace domain;
  const Side& ours = stage_.ours();
  const Member contact = ours.members.at(Role::client_contact), delegate = stage_.admit("Dina Delegate");
  const auto approve = [&](client::Desk& desk, int n) {
    return desk
        .ask({ApproveHours{
                 ours.placement, week(n), {}, content_hash(office_.connection(), ours.placement, week(n)), {}}},
             stage_.random())
        .front();
  };
  client::Desk lender(stage_.server(), contact.token), borrower(stage_.server(), delegate.token);
  lender.act({DelegateRole{delegate.person, Role::client_contact, PartyId(ours.client.value), {}, Date{70'000}}},
             stage_.random());
  const auto approved = approve(borrower, 1);
  ASSERT_TRUE(approved) << approved.error().message;

  const auto response = ask(office_, queries(office_).approvalsRequest());
  std::size_t found = 0;
  for (const auto row : response.getRows()) {
    if (row.getPosition() != approved->value) continue;
    ++found;
    EXPECT_EQ(row.getRight(), schema::Right::DELEGATION);
    EXPECT_STREQ(row.getApproverName().cStr(), "Dina Delegate");
    EXPECT_STREQ(row.getHolderName().cStr(), "North Contact");
  }
  EXPECT_EQ(found, 1U);

  stage_.world().act_by_two({JoinPersons{contact.person, ours.members.at(Role::worker).person, {}}});
  stage_.act({SubmitSheet{ours.placement, week(2)}});
  const auto refused = approve(borrower, 2);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, RejectionCode::own_hours);
}

TEST_F(Query, RowsNamePeopleAndCompanies) {
  client::Desk worker = desk_of(Role::worker);
  const auto sheets = ask(worker, queries(worker).timesheetsRequest());
  ASSERT_EQ(sheets.getRows().size(), 3U);
  const auto parties = sheets.getRows()[0].getParties();
  EXPECT_STREQ(parties.getWorkerName().cStr(), "Worker 1");
  EXPECT_STREQ(parties.getClientName().cStr(), "North Client");
  EXPECT_STREQ(parties.getAgencyName().cStr(), "North Agency");
  const auto approvals = ask(worker, queries(worker).approvalsRequest());
  ASSERT_EQ(approvals.getRows().size(), 1U);
  EXPECT_STREQ(approvals.getRows()[0].getApproverName().cStr(), "North Contact");
  const auto accounts = ask(worker, queries(worker).accountsRequest());
  ASSERT_EQ(accounts.getRows().size(), 1U);
  EXPECT_TRUE(std::string_view(accounts.getRows()[0].getEmail().cStr()).ends_with("@stage.example"));
}

}  // namespace
}  // namespace placet::e2e
