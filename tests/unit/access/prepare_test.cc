#include "access/prepare.h"

#include <capnp/message.h>
#include <capnp/serialize.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crypto/box.h"
#include "schema/plain_codec.h"
#include "tests/support/vaults.h"

namespace placet::access {
namespace {

using domain::RejectionCode;
using placet::testing::kLedger;
using placet::testing::VaultInMemory;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::string_view kPlanted = "planted-word";
const CommandId kCommand{Uuid{9, 1}};
const PersonId kPerson{Uuid{7, 1}};
const WorkerId kWorker{Uuid{8, 1}};

domain::OpenAccount open_account(std::string email) {
  domain::OpenAccount command;
  command.account = AccountId(Uuid{5, 1});
  command.person = kPerson;
  command.email = Box::plain(std::move(email));
  return command;
}

domain::RecordEntry record_entry(Date day) {
  domain::RecordEntry command;
  command.entry = EntryId(Uuid{6, 1});
  command.placement = PlacementId(Uuid{6, 2});
  command.worker = kWorker;
  command.worked.day = day;
  command.worked.minutes = Minutes::of(480);
  return command;
}

Bytes bytes_of(const domain::Command& command) {
  capnp::MallocMessageBuilder message;
  codec::write(command, message.initRoot<schema::Command>());
  const auto words = capnp::messageToFlatArray(message);
  const auto bytes = words.asBytes();
  return {reinterpret_cast<const char*>(bytes.begin()), bytes.size()};
}

class Prepare : public ::testing::Test {
 protected:
  std::expected<void, domain::Rejection> run(domain::Command& command) { return prepare(command, kCommand, env_); }
  template <class T>
  T prepared(T from) {
    domain::Command command = std::move(from);
    const auto outcome = run(command);
    EXPECT_TRUE(outcome) << outcome.error().message;
    return std::get<T>(command);
  }
  void refused(domain::Command command, RejectionCode code, const std::string& message) {
    const auto outcome = run(command);
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().code, code) << outcome.error().message;
    EXPECT_THAT(outcome.error().message, HasSubstr(message));
  }

  VaultInMemory memory_;
  const Zone zone_ = Zone::find("Europe/Amsterdam").value();
  Preparation env_{*memory_.vault, zone_, kLedger, *Date::of(2026, 10, 12)};
};

TEST_F(Prepare, LeavesNoPlainPersonalTextInACommandOrInAnyStoredRow) {
  domain::RegisterPerson person;
  person.person = kPerson;
  person.name = Box::plain("Anna " + std::string(kPlanted));
  auto entry = record_entry(*Date::of(2026, 10, 12));
  entry.note = Box::plain(std::string(kPlanted));
  for (domain::Command command :
       {domain::Command(person), domain::Command(open_account(std::string(kPlanted) + "@example.org")),
        domain::Command(entry)}) {
    ASSERT_TRUE(run(command));
    EXPECT_THAT(bytes_of(command), Not(HasSubstr(std::string(kPlanted))));
  }
  EXPECT_EQ(memory_.rows_in(kSubjectKeys), 2u);
  EXPECT_THAT(memory_.everything_stored(), Not(HasSubstr(std::string(kPlanted))));
}

TEST_F(Prepare, SealsForSubjectCommandEventAndField) {
  const auto command = prepared(open_account("Anna@example.org"));
  const BoxContext context{kLedger, kPerson.value, kCommand, "accountOpened", "email"};
  EXPECT_EQ(memory_.vault->open(command.email, context).value(), "Anna@example.org");
  BoxContext moved = context;
  moved.subject = kWorker.value;
  EXPECT_FALSE(memory_.vault->open(command.email, moved));
}

TEST_F(Prepare, TakesTheKeyOfTheYearInWhichTheCommandBears) {
  auto entry = record_entry(*Date::of(2025, 12, 31));
  entry.note = Box::plain("late");
  prepared(entry);
  prepared(open_account("anna@example.org"));
  const auto has_key = [&](const Uuid& subject, domain::RetentionClass retention, std::uint16_t year) {
    return memory_.state.get(kSubjectKeys, KeyName{subject, retention, year}.encode()).value().has_value();
  };
  EXPECT_TRUE(has_key(kWorker.value, domain::RetentionClass::hours, 2025));
  EXPECT_FALSE(has_key(kWorker.value, domain::RetentionClass::hours, 2026));
  EXPECT_TRUE(has_key(kPerson.value, domain::RetentionClass::contact, 2026));
}

TEST_F(Prepare, IndexesAnAddressUnderItsNormalForm) {
  const auto one = prepared(open_account("Anna@Example.org "));
  const auto same = prepared(open_account("anna@example.org"));
  const auto other = prepared(open_account("bert@example.org"));
  EXPECT_FALSE(one.email_key.is_nil());
  EXPECT_EQ(one.email_key, same.email_key);
  EXPECT_NE(one.email_key, other.email_key);
}

TEST_F(Prepare, DropsWhatAClientPutsIntoFieldsOfTheServer) {
  auto account = open_account("");
  account.email = {};
  account.email_key = ReservationId(Uuid{1, 1});
  EXPECT_TRUE(prepared(account).email_key.is_nil());
  EXPECT_TRUE(prepared(domain::IssueInvite{AccountId(Uuid{5, 1}), TokenId(Uuid{1, 1})}).token.is_nil());
  EXPECT_EQ(prepared(domain::AcceptClock{Timestamp{1}}).now, Timestamp{});
  auto entry = record_entry(*Date::of(2026, 10, 12));
  entry.worked.start_at = Timestamp{1};
  entry.worked.end_at = Timestamp{2};
  entry.worked.day_minutes = Minutes::of(10'000);
  const auto worked = prepared(entry).worked;
  EXPECT_FALSE(worked.start_at);
  EXPECT_FALSE(worked.end_at);
  EXPECT_EQ(worked.day_minutes.count(), 1'440);
}

TEST_F(Prepare, KeepsIdsThatTheClientMustName) {
  const TokenId token{Uuid{1, 1}};
  EXPECT_EQ(prepared(domain::RevokeToken{AccountId(Uuid{5, 1}), token}).token, token);
}

TEST_F(Prepare, LetsItsCallerFillInWhatOnlyTheCallerKnows) {
  const TokenId born{Uuid{4, 4}};
  env_.fill_server_fields = [&](domain::Command& command) -> Result<void> {
    std::get<domain::IssueInvite>(command).token = born;
    return {};
  };
  EXPECT_EQ(prepared(domain::IssueInvite{AccountId(Uuid{5, 1}), TokenId(Uuid{1, 1})}).token, born);
}

TEST_F(Prepare, DoesNotAskItsCallerForACommandThatIsRefused) {
  env_.fill_server_fields = [](domain::Command&) -> Result<void> {
    ADD_FAILURE() << "asked";
    return {};
  };
  refused(open_account("no address"), RejectionCode::malformed, "openAccount.email");
}

TEST_F(Prepare, ResolvesTypedHours) {
  auto entry = record_entry(*Date::of(2026, 10, 25));
  entry.worked.minutes = {};
  entry.worked.start_local = 0;
  entry.worked.end_local = 5 * 60;
  const auto worked = prepared(entry).worked;
  EXPECT_EQ(worked.minutes.count(), 360);
  EXPECT_EQ(worked.day_minutes.count(), 1'500);
  entry.worked.start_local = 2 * 60 + 30;
  refused(entry, RejectionCode::ambiguous_time, "recordEntry.worked.startLocal");
}

TEST_F(Prepare, RefusesMalformedTextsWithTheirPath) {
  refused(open_account("anna"), RejectionCode::malformed, "openAccount.email: is not an e-mail address");
  auto entry = record_entry(*Date::of(2026, 10, 12));
  entry.note = Box::plain("bell\a");
  refused(entry, RejectionCode::malformed, "recordEntry.note: has the control character U+0007");
  domain::RegisterPerson person{kPerson, Box::plain("\xff")};
  refused(person, RejectionCode::malformed, "registerPerson.name: is not UTF-8");
  refused(domain::FoundLedger{kLedger, "a\nb\x01", "\xc0"}, RejectionCode::malformed, "foundLedger.zone: is not UTF-8");
}

TEST_F(Prepare, StoresNothingForAMalformedCommand) {
  auto entry = record_entry(*Date::of(2026, 10, 12));
  entry.note = Box::plain("fine");
  entry.worked.start_local = 60;
  refused(entry, RejectionCode::malformed, "endLocal");
  EXPECT_EQ(memory_.rows_in(kSubjectKeys), 0u);
}

TEST_F(Prepare, RefusesASealedBoxFromAClient) {
  auto account = open_account("anna@example.org");
  account.email = prepared(account).email;
  refused(account, RejectionCode::malformed, "openAccount.email: must be the text itself");
}

TEST_F(Prepare, RefusesAPersonalTextOfNobody) {
  auto account = open_account("anna@example.org");
  account.person = {};
  refused(account, RejectionCode::malformed, "openAccount.email: belongs to nobody");
}

TEST_F(Prepare, RefusesDaysOutsideTheCalendarItKnows) {
  for (const std::int32_t days :
       {INT32_MIN, Date::of(1900, 1, 1)->days - 1, Date::of(2199, 12, 31)->days + 1, INT32_MAX})
    refused(record_entry(Date{days}), RejectionCode::malformed, "recordEntry.worked.day: must lie between");
}

TEST_F(Prepare, RefusesNewPersonalDataOfAnErasedSubject) {
  memory_.fence(kPerson.value);
  refused(open_account("anna@example.org"), RejectionCode::erased, "openAccount");
}

TEST_F(Prepare, AnswersOverloadedWhenKeysCannotBeKept) {
  ASSERT_TRUE(memory_.state.drop_table(kKeyIndex));
  refused(open_account("anna@example.org"), RejectionCode::overloaded, "try again with the same command id");
}

TEST_F(Prepare, RefusesACommandOfNoKind) {
  refused(domain::Command{}, RejectionCode::malformed, "unknown or unspecified kind");
}

}  // namespace
}  // namespace placet::access
