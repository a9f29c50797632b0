// Who sees and does what, for every role and every method. Calls and commands come from the schema, so that a new one
// without a line here fails.

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <string>

#include "codec/data.h"
#include "codec/ids.h"
#include "codec/record.h"
#include "domain/streams.h"
#include "schema/plain_codec.h"
#include "store/log_format.h"
#include "tests/e2e/reflect.h"
#include "tests/e2e/stage.h"
#include "tools/client/follower.h"

namespace placet::e2e {
namespace {

using domain::RejectionCode;
using domain::Role;

/// What a method owes to a caller who may see one side only.
enum class Owes {
  own_rows,    // a list of his own; an id that is not his is not found
  a_thing,     // an id that is not his is not found, and without one there is no answer
  to_all,      // the same for everybody: nobody's rows
  staff_rows,  // a list for staff; others are not allowed
  staff_sums,  // the same; its rows name no side
  staff_only,  // does not exist for others
  elsewhere,   // has a test of its own below
};

const std::map<std::string, Owes> kMethods = {
    {"Bootstrap.authenticate", Owes::elsewhere},
    {"Bootstrap.redeem", Owes::elsewhere},
    {"Session.whoAmI", Owes::own_rows},
    {"Session.commands", Owes::to_all},
    {"Session.events", Owes::to_all},
    {"Session.accounts", Owes::to_all},
    {"Session.queries", Owes::to_all},
    {"Session.operations", Owes::staff_only},
    {"Session.proofs", Owes::to_all},
    {"Accounts.invite", Owes::a_thing},
    {"Accounts.issueToken", Owes::a_thing},
    {"Commands.submit", Owes::elsewhere},
    {"Events.next", Owes::own_rows},
    {"Events.begin", Owes::to_all},
    {"Queries.timesheets", Owes::own_rows},
    {"Queries.entries", Owes::a_thing},
    {"Queries.approvals", Owes::own_rows},
    {"Queries.open", Owes::own_rows},
    {"Queries.missing", Owes::own_rows},
    {"Queries.proposals", Owes::staff_rows},
    {"Queries.placements", Owes::own_rows},
    {"Queries.workers", Owes::own_rows},
    {"Queries.clients", Owes::own_rows},
    {"Queries.agencies", Owes::own_rows},
    {"Queries.persons", Owes::own_rows},
    {"Queries.accounts", Owes::own_rows},
    {"Queries.calendar", Owes::to_all},
    {"Queries.history", Owes::a_thing},
    {"Queries.balances", Owes::own_rows},
    {"Queries.payslips", Owes::own_rows},
    {"Queries.runs", Owes::staff_sums},
    {"Queries.payments", Owes::own_rows},
    {"Queries.paymentBatches", Owes::staff_sums},
    {"Queries.invoices", Owes::own_rows},
    {"Queries.invoiceLines", Owes::a_thing},
    {"Queries.journal", Owes::staff_rows},
    {"Queries.trialBalance", Owes::staff_sums},
    {"Queries.reconcileHours", Owes::staff_rows},
    {"Queries.reconcileDebtors", Owes::staff_rows},
    {"Queries.explain", Owes::a_thing},
    {"Proofs.checkpoint", Owes::to_all},
    {"Proofs.prove", Owes::elsewhere},
    {"Proofs.consistency", Owes::to_all},
    {"Proofs.pin", Owes::elsewhere},
    {"PinnedLedger.rows", Owes::elsewhere},
    {"Operations.status", Owes::staff_only},
    {"Operations.rebuild", Owes::staff_only},
    {"Operations.cancelRebuild", Owes::staff_only},
    {"Operations.moveClock", Owes::staff_only},
    {"Operations.backup", Owes::staff_only},
};

std::string name_of(capnp::InterfaceSchema::Method method) {
  return std::string(method.getContainingInterface().getShortDisplayName().cStr()) + "." +
         method.getProto().getName().cStr();
}

void for_each_method(const std::function<void(capnp::InterfaceSchema::Method, const std::string& name)>& use) {
  for (const auto interface : interfaces_from(capnp::Schema::from<schema::Bootstrap>()))
    for (const auto method : interface.getMethods()) use(method, name_of(method));
}

/// The ids of a side by the kind of field that takes them.
std::map<std::string, Uuid> ids_by_kind(const Side& side) {
  const Member& contact = side.members.at(Role::client_contact);
  return {{"AgencyId", side.agency.value},       {"ClientId", side.client.value},
          {"WorkerId", side.worker.value},       {"EmploymentId", side.employment.value},
          {"PlacementId", side.placement.value}, {"SheetId", side.sheet.value},
          {"EntryId", side.entry.value},         {"PersonId", contact.person.value},
          {"AccountId", contact.account.value},  {"PartyId", side.client.value},
          {"EntityId", side.placement.value},    {"StreamId", side.worker.value},
          {"InvoiceId", side.invoice.value},     {"PayslipId", side.payslip.value},
          {"DocumentId", side.invoice.value}};
}

std::string role_name(Role role) {
  const auto names = capnp::Schema::from<schema::Role>().getEnumerants();
  return names[static_cast<unsigned>(role)].getProto().getName().cStr();
}

/// Everything that has an id on a side.
std::set<Uuid> ids_on(const Side& side) {
  std::set<Uuid> ids;
  for (const auto& [kind, id] : ids_by_kind(side)) ids.insert(id);
  for (const auto& [role, member] : side.members) ids.insert({member.person.value, member.account.value});
  return ids;
}

/// Somebody signed in, with the capability of each interface that he gets.
class Caller {
 public:
  Caller(Stage& stage, const Member& member)
      : connection_(stage.server()), size_(log_size(stage.world().office().connection())) {
    connection_.sign_in(member.token);
    auto& session = connection_.session();
    capabilities_.emplace("Session", schema::Session::Client(session));
    capabilities_.emplace("Commands", schema::Commands::Client(connection_.commands()));
    capabilities_.emplace("Events", schema::Events::Client(connection_.events()));
    capabilities_.emplace("Accounts", session.accountsRequest().send().getAccounts());
    capabilities_.emplace("Queries", session.queriesRequest().send().getQueries());
    capabilities_.emplace("Proofs", session.proofsRequest().send().getProofs());
    const auto staff = session.operationsRequest().send().wait(connection_.wait_scope());
    if (staff.getResult().isOperations()) capabilities_.emplace("Operations", staff.getResult().getOperations());
    ledger_ = connection_.ledger();
  }

  bool has(capnp::InterfaceSchema interface) const {
    return capabilities_.contains(interface.getShortDisplayName().cStr());
  }
  /// Calls a method about one id, or about none.
  Answered call(capnp::InterfaceSchema::Method method, const IdField& field = {}, const Uuid& id = {}) {
    auto& capability = capabilities_.at(method.getContainingInterface().getShortDisplayName().cStr());
    auto request = capability.newRequest(method);
    const auto schema = method.getParamType();
    KJ_IF_MAYBE (asked, schema.findFieldByName("asked")) {
      auto whole = request.init(*asked).as<capnp::DynamicStruct>();
      whole.set("atLeast", size_);
      whole.set("effective", kFirstMonday.plus_days(7 * 6).days);  // or one placement would miss a page of weeks
    }
    KJ_IF_MAYBE (cursor, schema.findFieldByName("cursor"))
      codec::write(ledger_, request.init(*cursor).as<capnp::DynamicStruct>().init("ledger").as<schema::Id>());
    KJ_IF_MAYBE (kind, schema.findFieldByName("kind"))
      request.set(*kind, capnp::DynamicEnum(kind->getType().asEnum(), 1));
    if (!field.path.empty()) field.set(request, id);
    const auto response = request.send().wait(connection_.wait_scope());
    return answered(response);
  }
  client::Connection& connection() { return connection_; }

 private:
  client::Connection connection_;
  std::uint64_t size_;
  LedgerId ledger_;
  std::map<std::string, capnp::DynamicCapability::Client> capabilities_;
};

class Access : public testing::Test {
 protected:
  Access() {
    stage_.settle();
    their_ids_ = ids_by_kind(stage_.theirs());
  }

  /// Every way to ask for one thing: `use(method, its name, the id's field, an id of the other side)`.
  template <class Use>
  void for_each_id(const Use& use) {
    for_each_method([&](auto method, const std::string& name) {
      if (kMethods.at(name) != Owes::own_rows && kMethods.at(name) != Owes::a_thing) return;
      for (const IdField& field : ids_of(method.getParamType()))
        if (name != "Events.next") use(method, name, field);  // a cursor names the ledger, a filter finds or does not
    });
  }

  /// Something that waits for a second person; answers its position.
  LogPosition propose_bank_account(const Side& side) {
    const domain::ChangeWorkerBankAccount change{side.worker, Box::plain("NL91ABNA0417164300")};
    return stage_.world().office().act({change}, stage_.random(), true).front();
  }

  /// What was answered to somebody's submissions.
  std::vector<Answered> submit(Caller& caller, unsigned count,
                               const std::function<void(unsigned, schema::Submission::Builder)>& write) {
    auto request = caller.connection().commands().submitRequest();
    auto submissions = request.initSubmissions(count);
    for (unsigned i = 0; i < count; ++i) {
      codec::write(stage_.new_id(), submissions[i].initId());
      write(i, submissions[i]);
    }
    const auto response = request.send().wait(caller.connection().wait_scope());
    std::vector<Answered> answers;
    for (const auto outcome : response.getOutcomes()) {
      Answered& answer = answers.emplace_back();
      if (!outcome.isRefused()) continue;
      answer.refused = static_cast<RejectionCode>(outcome.getRefused().getCode());
      answer.why = outcome.getRefused().getMessage().cStr();
    }
    return answers;
  }

  /// How many events stand on the streams of a side.
  std::map<Uuid, unsigned> events_of(const Side& side) {
    const std::set<Uuid> ids = ids_on(side);
    std::map<Uuid, unsigned> events;
    client::Follower().read_on(stage_.world().office().connection(), [&](BytesView record) {
      const Uuid stream = codec::read_meta(record).value().stream.id;
      if (ids.contains(stream)) ++events[stream];
    });
    return events;
  }

  Stage stage_;
  std::map<std::string, Uuid> their_ids_;
};

TEST(Schema, EveryMethodSaysWhatItOwesToACaller) {
  std::set<std::string> found;
  for_each_method([&](auto, const std::string& name) {
    EXPECT_TRUE(kMethods.contains(name)) << name << " is in the schema and not in kMethods";
    found.insert(name);
  });
  for (const auto& [name, owes] : kMethods) EXPECT_TRUE(found.contains(name)) << name << " is not in the schema";
}

TEST_F(Access, AnIdOfTheOtherSideIsNotFoundWhateverTheRoleAndTheMethod) {
  for (const auto& [role, member] : stage_.ours().members) {
    Caller caller(stage_, member);
    for_each_id([&](auto method, const std::string& name, const IdField& field) {
      const Answered answer = caller.call(method, field, their_ids_.at(field.kind));
      EXPECT_EQ(answer.refused, RejectionCode::not_found) << role_name(role) << ", " << name << ", " << field.name();
    });
  }
}

TEST_F(Access, AnUnknownIdIsNotFoundByStaff) {
  for (const auto& [role, member] : stage_.staff()) {
    Caller caller(stage_, member);
    for_each_id([&](auto method, const std::string& name, const IdField& field) {
      const Answered answer = caller.call(method, field, stage_.new_id());
      // Who may not do it at all learns no more of an id that exists.
      const bool acts = name.starts_with("Accounts.") && answer.refused == RejectionCode::not_allowed;
      EXPECT_TRUE(acts || answer.refused == RejectionCode::not_found)
          << role_name(role) << ", " << name << ", " << field.name() << ": " << answer.why;
    });
  }
}

TEST_F(Access, WhatIsNotFoundByOneSideIsThereForTheBackOffice) {
  Caller caller(stage_, stage_.staff().at(Role::back_office));
  for_each_id([&](auto method, const std::string& name, const IdField& field) {
    if (name.starts_with("Accounts.")) return;  // acts: below
    const Answered answer = caller.call(method, field, their_ids_.at(field.kind));
    EXPECT_EQ(answer.refused, std::nullopt) << name << ", " << field.name() << ": " << answer.why;
  });
}

TEST_F(Access, AListShowsNothingOfTheOtherSideWhateverTheRole) {
  const std::set<Uuid> theirs = ids_on(stage_.theirs());
  for (const auto& [role, member] : stage_.ours().members) {
    Caller caller(stage_, member);
    for_each_method([&](auto method, const std::string& name) {
      if (!caller.has(method.getContainingInterface())) return;
      const Owes owes = kMethods.at(name);
      if (owes == Owes::elsewhere) return;
      const Answered answer = caller.call(method);
      EXPECT_FALSE(answer.shows_one_of(theirs)) << role_name(role) << ", " << name;
      const bool for_staff = owes == Owes::staff_rows || owes == Owes::staff_sums;
      const auto expected = for_staff ? std::optional(RejectionCode::not_allowed)
                            : owes == Owes::a_thing || owes == Owes::staff_only
                                ? std::optional(RejectionCode::not_found)
                                : std::nullopt;
      EXPECT_EQ(answer.refused, expected) << role_name(role) << ", " << name << ": " << answer.why;
    });
  }
}

TEST_F(Access, AListShowsBothSidesToStaff) {
  const std::set<Uuid> ours = ids_on(stage_.ours()), theirs = ids_on(stage_.theirs());
  propose_bank_account(stage_.ours());
  propose_bank_account(stage_.theirs());
  for (const auto& [role, member] : stage_.staff()) {
    Caller caller(stage_, member);
    for_each_method([&](auto method, const std::string& name) {
      const Owes owes = kMethods.at(name);
      const bool lists = (owes == Owes::own_rows && name != "Session.whoAmI") || owes == Owes::staff_rows;
      if (!lists) return;
      const Answered answer = caller.call(method);
      EXPECT_TRUE(answer.shows_one_of(ours)) << role_name(role) << ", " << name << ": " << answer.why;
      EXPECT_TRUE(answer.shows_one_of(theirs)) << role_name(role) << ", " << name << ": " << answer.why;
    });
  }
}

TEST_F(Access, ARecordIsProvenToWhoMaySeeIt) {
  std::vector<std::pair<std::string, Member>> everybody;
  for (const auto& [role, member] : stage_.ours().members) everybody.emplace_back("our " + role_name(role), member);
  for (const auto& [role, member] : stage_.staff()) everybody.emplace_back(role_name(role), member);
  const std::uint64_t size = log_size(stage_.world().office().connection());
  for (const auto& [name, member] : everybody) {
    Caller caller(stage_, member);
    std::map<std::uint64_t, Bytes> visible;
    client::Follower().read_on(caller.connection(), [&](BytesView record) {
      visible[codec::read_meta(record).value().position.value] = record;
    });
    auto proofs = caller.connection().session().proofsRequest().send().getProofs();
    for (std::uint64_t position = 0; position <= size; ++position) {
      auto request = proofs.proveRequest();
      request.setPosition(position);
      const auto response = request.send().wait(caller.connection().wait_scope());
      const auto result = response.getResult();
      ASSERT_EQ(result.isProven(), visible.contains(position)) << name << ", " << position;
      if (result.isProven()) {
        const auto record = result.getProven().getRecord();
        EXPECT_EQ(codec::view_of(record), visible.at(position));
      } else {
        EXPECT_EQ(static_cast<RejectionCode>(result.getRefused().getCode()), RejectionCode::not_found);
      }
    }
  }
}

TEST_F(Access, OperationsAreForStaffRebuildsAndBackUpsForThoseWhoRunTheService) {
  for (const auto& [role, member] : stage_.ours().members)
    EXPECT_FALSE(Caller(stage_, member).has(capnp::Schema::from<schema::Operations>())) << role_name(role);
  for (const auto& [role, member] : stage_.staff()) {
    Caller caller(stage_, member);
    const auto handed = caller.connection().session().operationsRequest().send().wait(caller.connection().wait_scope());
    auto operations = handed.getResult().getOperations();
    const auto status = operations.statusRequest().send().wait(caller.connection().wait_scope());
    EXPECT_TRUE(status.getResult().isLedger()) << role_name(role);
    const bool may = role == Role::back_office || role == Role::administrator;
    auto rebuild = operations.rebuildRequest();
    rebuild.setProjection(role == Role::administrator ? "approvals" : "timesheets");
    const auto begun = rebuild.send().wait(caller.connection().wait_scope());
    EXPECT_EQ(begun.getResult().isDone(), may) << role_name(role);
    const auto backed_up = operations.backupRequest().send().wait(caller.connection().wait_scope());
    EXPECT_EQ(backed_up.getResult().isBackup(), role == Role::administrator) << role_name(role);
  }
}

TEST_F(Access, TheWholeLedgerIsForAuditorsAndThatOneTookItIsAFact) {
  const auto pin = [](Caller& caller) {
    return caller.connection().proofs().pinRequest().send().wait(caller.connection().wait_scope());
  };
  const auto expect_out = [&](const Member& member) {
    Caller caller(stage_, member);
    EXPECT_TRUE(pin(caller).getResult().isRefused());
  };
  for (const auto& [role, member] : stage_.ours().members) expect_out(member);
  for (const auto& [role, member] : stage_.staff())
    if (role != Role::auditor) expect_out(member);

  const Member& auditor = stage_.staff().at(Role::auditor);
  Caller caller(stage_, auditor);
  auto pinned = pin(caller);
  auto ledger = pinned.getResult().getPinned();
  const auto rows_of = [&](const char* table) {
    auto request = ledger.rowsRequest();
    request.setTable(table);
    return request.send().wait(caller.connection().wait_scope());
  };
  std::vector<domain::Meta> records;
  const auto chunks = rows_of("log/records");
  for (const auto row : chunks.getResult().getPage().getRows()) {
    BytesView chunk = codec::view_of(row.getRow());
    while (const auto record = store::take_framed(chunk)) records.push_back(codec::read_meta(*record).value());
  }
  ASSERT_FALSE(chunks.getResult().getPage().getMore());
  EXPECT_EQ(records.back().stream, domain::system_stream()) << "it is in what he gets";
  EXPECT_EQ(records.back().actor.person, auditor.person);
  EXPECT_TRUE(rows_of("log/nothing").getResult().isRefused());
  EXPECT_TRUE(rows_of("state/tokens").getResult().isRefused());
  EXPECT_GT(rows_of("views/cursors").getResult().getPage().getRows().size(), 0U);

  auto proofs = caller.connection().proofs();
  std::vector<capnp::RemotePromise<schema::Proofs::PinResults>> calls;
  for (int i = 0; i < 6; ++i) calls.push_back(proofs.pinRequest().send());
  std::vector<capnp::Response<schema::Proofs::PinResults>> answers;
  for (auto& call : calls) answers.push_back(call.wait(caller.connection().wait_scope()));
  EXPECT_EQ(std::ranges::count_if(answers, [](auto& one) { return one.getResult().isPinned(); }), 3)
      << "four at a time, and he has one";

  client::Desk administrator(stage_.server(), stage_.staff().at(Role::administrator).token);
  administrator.act({domain::LockAccount{auditor.account}}, stage_.random());
  EXPECT_TRUE(rows_of("log/records").getResult().isRefused());
}

TEST_F(Access, ATokenThatCountsNoLongerOpensNothingThatItOpenedBefore) {
  const Member& contact = stage_.ours().members.at(Role::client_contact);
  Caller caller(stage_, contact);
  client::Desk administrator(stage_.server(), stage_.staff().at(Role::administrator).token);
  administrator.act({domain::LockAccount{contact.account}}, stage_.random());
  for_each_method([&](auto method, const std::string& name) {
    if (!caller.has(method.getContainingInterface()) || kMethods.at(name) == Owes::elsewhere) return;
    const Answered answer = caller.call(method);
    const bool refused = answer.refused == RejectionCode::not_found;
    const bool empty = kMethods.at(name) == Owes::to_all || !answer.shows_one_of(ids_on(stage_.ours()));
    EXPECT_TRUE(refused || (name.starts_with("Session.") && empty)) << name;
  });
}

TEST_F(Access, ACommandAboutTheOtherSideIsRefusedAsIfThatDidNotExist) {
  // Handed out by a method of its own, never submitted.
  const std::set<std::string> kOfTheAccounts = {"issueInvite", "redeemInvite", "issueToken"};
  // About whoever sends it: what is malformed in it he is told.
  const std::string kOfTheSender = "delegateRole";
  const auto before = events_of(stage_.theirs());
  auto members = stage_.ours().members;
  members[Role::auditor] = stage_.staff().at(Role::auditor);
  for (const auto& [role, member] : members) {
    Caller caller(stage_, member);
    for (const auto kind : capnp::Schema::from<schema::Command>().getUnionFields()) {
      const std::string name = kind.getProto().getName().cStr();
      if (!kind.getType().isStruct()) continue;
      if (role == Role::auditor && name == "readWholeLedger") continue;  // about no side: he may
      // As an act and as a proposal, and with a version that tells whether the stream is there.
      const auto answers = submit(caller, 6, [&](unsigned i, schema::Submission::Builder submission) {
        const bool exists = i % 2 == 0;
        submission.setPropose(i / 2 == 1);
        if (i / 2 == 2) submission.setExpectedVersion(1'000);
        fill(capnp::DynamicStruct::Builder(submission.initCommand()).init(kind).as<capnp::DynamicStruct>(),
             [&](const std::string& id) {
               const auto found = their_ids_.find(id);
               return exists && found != their_ids_.end() ? found->second : stage_.new_id();
             });
      });
      for (unsigned i = 0; i < answers.size(); ++i) {
        const bool refused = answers[i].refused == RejectionCode::not_found ||
                             answers[i].refused == RejectionCode::not_allowed ||
                             (answers[i].refused == RejectionCode::malformed && kOfTheAccounts.contains(name)) ||
                             (answers[i].refused && name == kOfTheSender);
        EXPECT_TRUE(refused) << role_name(role) << ", " << name << " " << i << ": " << answers[i].why;
        EXPECT_EQ(answers[i].refused, answers[i ^ 1U].refused) << role_name(role) << ", " << name << " " << i;
        EXPECT_EQ(answers[i].why, answers[i ^ 1U].why) << role_name(role) << ", " << name << " " << i;
      }
    }
  }
  EXPECT_EQ(events_of(stage_.theirs()), before);
}

TEST_F(Access, ACommandAboutBothSidesLeavesNothingOnTheOther) {
  // Anybody may be named to act for one; it stands on his stream, too.
  const std::set<std::string> kMayNameOthers = {"delegateRole.to"};
  const auto before = events_of(stage_.theirs());
  const auto our_ids = ids_by_kind(stage_.ours());
  for (const auto& [role, member] : stage_.ours().members) {
    Caller caller(stage_, member);
    for (const auto kind : capnp::Schema::from<schema::Command>().getUnionFields()) {
      if (!kind.getType().isStruct()) continue;
      for (const IdField& field : ids_of(kind.getType().asStruct())) {
        const std::string name = std::string(kind.getProto().getName().cStr()) + "." + field.name();
        const auto theirs = their_ids_.find(field.kind);
        if (kMayNameOthers.contains(name) || theirs == their_ids_.end()) continue;
        submit(caller, 1, [&](unsigned, schema::Submission::Builder submission) {
          const auto command =
              capnp::DynamicStruct::Builder(submission.initCommand()).init(kind).as<capnp::DynamicStruct>();
          fill(command, [&](const std::string& id) {
            const auto found = our_ids.find(id);
            return found != our_ids.end() ? found->second : stage_.new_id();
          });
          field.set(command, theirs->second);
        });
      }
    }
  }
  EXPECT_EQ(events_of(stage_.theirs()), before);
}

TEST_F(Access, WhatWaitsForASecondPersonOnTheOtherSideIsNotThereToAgreeTo) {
  const LogPosition proposal = propose_bank_account(stage_.theirs());
  for (const auto& [role, member] : stage_.ours().members) {
    Caller caller(stage_, member);
    const auto answers = submit(caller, 2, [&](unsigned i, schema::Submission::Builder submission) {
      const LogPosition position{i == 0 ? proposal.value : 0};
      codec::write(domain::Command(domain::AgreeToAct{
                       domain::Category::worker, stage_.theirs().worker.value, position, Digest{}, {}}),
                   submission.initCommand());
    });
    for (const Answered& answer : answers) EXPECT_EQ(answer.refused, RejectionCode::not_found) << role_name(role);
    EXPECT_EQ(answers[0].why, answers[1].why) << role_name(role);
  }
}

}  // namespace
}  // namespace placet::e2e
