#include "access/vault.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <set>

#include "crypto/box.h"
#include "tests/support/vaults.h"

namespace placet::access {
namespace {

using domain::RetentionClass;
using placet::testing::keys_of;
using placet::testing::kLedger;
using placet::testing::VaultInMemory;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr Uuid kAnna{7, 1};
constexpr Uuid kBert{7, 2};
const CommandId kCommand{Uuid{9, 1}};

BoxContext context_of(const Uuid& subject) { return {kLedger, subject, kCommand, "accountOpened", "email"}; }

class VaultTest : public ::testing::Test {
 protected:
  Box seal(std::string_view text, const Uuid& subject = kAnna, RetentionClass retention = RetentionClass::contact,
           int year = 2026) {
    return memory_.vault->seal(text, context_of(subject), retention, year).value();
  }
  Uuid key_of(const Box& box) const { return crypto::key_id_of(box.bytes()).value(); }
  void erase_row(std::string_view table, BytesView key) {
    store::RowBatch batch;
    batch.erase(table, key);
    ASSERT_TRUE(memory_.state.write(batch, store::Durability::synced));
  }

  VaultInMemory memory_;
};

TEST_F(VaultTest, OpensWhatItSealed) {
  const Box box = seal("anna@example.org");
  EXPECT_FALSE(box.is_plain());
  EXPECT_EQ(memory_.vault->open(box, context_of(kAnna)).value(), "anna@example.org");
}

TEST_F(VaultTest, OpensBoxesAfterARestart) {
  const Box box = seal("anna@example.org");
  memory_.reopen();
  EXPECT_EQ(memory_.vault->open(box, context_of(kAnna)).value(), "anna@example.org");
  EXPECT_EQ(key_of(seal("again")), key_of(box));
}

TEST_F(VaultTest, HasMadeAKeyDurableBeforeABoxLeavesIt) {
  const Box box = seal("anna@example.org");
  memory_.state.crash();
  memory_.reopen();
  EXPECT_EQ(memory_.vault->open(box, context_of(kAnna)).value(), "anna@example.org");
}

TEST_F(VaultTest, HasOneKeyPerSubjectClassAndYear) {
  const std::set<Uuid> keys{key_of(seal("x")), key_of(seal("x", kBert)),
                            key_of(seal("x", kAnna, RetentionClass::hours)),
                            key_of(seal("x", kAnna, RetentionClass::contact, 2025))};
  EXPECT_EQ(keys.size(), 4u);
  EXPECT_EQ(key_of(seal("y")), key_of(seal("z")));
  EXPECT_EQ(memory_.rows_in(kSubjectKeys), 4u);
}

TEST_F(VaultTest, SealsTheSameTextDifferentlyEachTime) { EXPECT_NE(seal("x").bytes(), seal("x").bytes()); }

TEST_F(VaultTest, StoresNeitherTextsNorKeysInTheClear) {
  seal("planted-word");
  const Bytes stored = memory_.everything_stored();
  EXPECT_THAT(stored, Not(HasSubstr("planted-word")));
  EXPECT_THAT(stored, Not(HasSubstr(std::string(memory_.keys.wrap_key().bytes()))));
}

TEST_F(VaultTest, RefusesABoxThatStandsElsewhereThanItWasSealedFor) {
  const Box box = seal("anna@example.org");
  const std::vector<std::function<void(BoxContext&)>> moves{
      [](BoxContext& c) { c.ledger = LedgerId{Uuid{1, 1}}; }, [](BoxContext& c) { c.subject = kBert; },
      [](BoxContext& c) { c.command = CommandId{Uuid{9, 2}}; }, [](BoxContext& c) { c.event = "personRegistered"; },
      [](BoxContext& c) { c.field = "name"; }};
  for (std::size_t i = 0; i < moves.size(); ++i) {
    BoxContext moved = context_of(kAnna);
    moves[i](moved);
    const auto opened = memory_.vault->open(box, moved);
    ASSERT_FALSE(opened) << "move " << i;
    EXPECT_EQ(opened.error().code, ErrorCode::corrupt);
  }
}

TEST_F(VaultTest, RefusesAnAlteredBox) {
  Bytes bytes = seal("anna@example.org").bytes();
  bytes.back() = static_cast<char>(bytes.back() ^ 1);
  EXPECT_EQ(memory_.vault->open(Box::sealed(bytes), context_of(kAnna)).error().code, ErrorCode::corrupt);
  EXPECT_EQ(memory_.vault->open(Box::sealed("no box"), context_of(kAnna)).error().code, ErrorCode::corrupt);
}

TEST_F(VaultTest, SaysErasedForEveryBoxOfAnErasedSubjectAndNoOther) {
  const Box anna = seal("a"), bert = seal("b", kBert);
  memory_.fence(kAnna);
  for (int restarts = 0; restarts < 2; ++restarts, memory_.reopen()) {
    EXPECT_EQ(memory_.vault->open(anna, context_of(kAnna)).error().code, ErrorCode::erased);
    EXPECT_EQ(memory_.vault->open(bert, context_of(kBert)).value(), "b");
  }
  erase_row(kSubjectKeys, KeyName{kAnna, RetentionClass::contact, 2026}.encode());
  memory_.reopen();
  EXPECT_EQ(memory_.vault->open(anna, context_of(kAnna)).error().code, ErrorCode::erased);
}

TEST_F(VaultTest, RefusesNewDataOfAnErasedSubjectAndMakesNoKeyForIt) {
  seal("known key");
  memory_.fence(kAnna);
  for (const int year : {2026, 2027}) {
    const auto sealed = memory_.vault->seal("new", context_of(kAnna), RetentionClass::contact, year);
    ASSERT_FALSE(sealed);
    EXPECT_EQ(sealed.error().code, ErrorCode::erased);
  }
  EXPECT_EQ(memory_.rows_in(kSubjectKeys), 1u);
}

TEST_F(VaultTest, SaysCorruptNotErasedForAKeyThatItNeverHad) {
  VaultInMemory other;
  const Box foreign = other.vault->seal("x", context_of(kAnna), RetentionClass::contact, 2026).value();
  const auto opened = memory_.vault->open(foreign, context_of(kAnna));
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::corrupt);
  EXPECT_THAT(opened.error().message, HasSubstr(key_of(foreign).to_string()));
}

TEST_F(VaultTest, SaysCorruptNotErasedForAKeyThatWasLost) {
  const Box box = seal("x");
  erase_row(kSubjectKeys, KeyName{kAnna, RetentionClass::contact, 2026}.encode());
  memory_.reopen();
  EXPECT_EQ(memory_.vault->open(box, context_of(kAnna)).error().code, ErrorCode::corrupt);
}

TEST_F(VaultTest, RefusesASubjectKeyThatWasMovedToAnotherSubject) {
  seal("a"), seal("b", kBert);
  const Bytes anna = KeyName{kAnna, RetentionClass::contact, 2026}.encode();
  const Bytes bert = KeyName{kBert, RetentionClass::contact, 2026}.encode();
  store::RowBatch batch;
  batch.put(kSubjectKeys, anna, memory_.state.get(kSubjectKeys, bert).value().value());
  ASSERT_TRUE(memory_.state.write(batch, store::Durability::synced));
  memory_.reopen();
  const auto sealed = memory_.vault->seal("c", context_of(kAnna), RetentionClass::contact, 2026);
  ASSERT_FALSE(sealed);
  EXPECT_EQ(sealed.error().code, ErrorCode::corrupt);
}

TEST_F(VaultTest, TakesYearsOfPeopleNowAliveOnly) {
  for (const int year : {1899, 2200, 70'000, -1}) {
    const auto sealed = memory_.vault->seal("x", context_of(kAnna), RetentionClass::contact, year);
    ASSERT_FALSE(sealed) << year;
    EXPECT_EQ(sealed.error().code, ErrorCode::invalid);
  }
  EXPECT_TRUE(memory_.vault->seal("x", context_of(kAnna), RetentionClass::contact, 1900));
  EXPECT_TRUE(memory_.vault->seal("x", context_of(kAnna), RetentionClass::contact, 2199));
}

TEST(VaultStart, WithAnotherRootKeyIsDeniedAndSaysWhy) {
  VaultInMemory memory;
  const auto loaded = Vault::load(memory.state, keys_of('x'), kLedger);
  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.error().code, ErrorCode::denied);
  EXPECT_THAT(loaded.error().message, HasSubstr("root key"));
}

TEST(VaultStart, WithTheKeysOfAnotherLedgerIsRefused) {
  VaultInMemory memory;
  const auto loaded = Vault::load(memory.state, memory.keys, LedgerId{Uuid{1, 1}});
  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.error().code, ErrorCode::corrupt);
}

TEST(VaultStart, WithoutALedgerKeyIsRefused) {
  store::MemoryRowStore state(Vault::tables());
  const auto loaded = Vault::load(state, keys_of('r'), kLedger);
  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.error().code, ErrorCode::corrupt);
}

TEST(VaultStart, NeverMakesASecondLedgerKey) {
  VaultInMemory memory;
  const auto again = Vault::create(memory.state, memory.keys, kLedger);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, ErrorCode::invalid);
  EXPECT_EQ(memory.rows_in(kLedgerKeys), 1u);
}

TEST(VaultStart, KeepsTheFirstLedgerKeyThroughAPowerCut) {
  VaultInMemory memory;
  memory.state.crash();
  EXPECT_TRUE(Vault::load(memory.state, memory.keys, kLedger));
}

TEST(BlindIndex, IsTheSameForOneTextAndAnotherForAnyOtherTextRootKeyOrLedger) {
  VaultInMemory memory;
  const auto email = domain::ReservationKind::account_email;
  const ReservationId index = memory.vault->blind_index(email, "anna@example.org");
  EXPECT_FALSE(index.is_nil());
  memory.reopen();
  EXPECT_EQ(memory.vault->blind_index(email, "anna@example.org"), index);
  EXPECT_NE(memory.vault->blind_index(email, "bert@example.org"), index);
  EXPECT_NE(memory.vault->blind_index(domain::ReservationKind::unspecified, "anna@example.org"), index);

  store::MemoryRowStore state(Vault::tables());
  const auto other_root = Vault::create(state, keys_of('x'), kLedger).value();
  EXPECT_NE(other_root->blind_index(email, "anna@example.org"), index);
  store::MemoryRowStore third(Vault::tables());
  const auto other_ledger = Vault::create(third, memory.keys, LedgerId{Uuid{1, 1}}).value();
  EXPECT_NE(other_ledger->blind_index(email, "anna@example.org"), index);
}

TEST(BlindIndex, KeepsItsValueForever) {
  // Computed with Python's hashlib.blake2b and hmac from the format in keys.h and vault.h.
  VaultInMemory memory;
  EXPECT_EQ(memory.vault->blind_index(domain::ReservationKind::account_email, "anna@example.org").to_string(),
            "49a86637-1830-e1e8-99ed-539a554b5cf5");
}

TEST(RequestHash, DependsOnTheContentAndTheRootKey) {
  VaultInMemory memory;
  const Digest hash = memory.vault->request_hash("command");
  EXPECT_EQ(memory.vault->request_hash("command"), hash);
  EXPECT_NE(memory.vault->request_hash("Command"), hash);
  store::MemoryRowStore state(Vault::tables());
  EXPECT_NE(Vault::create(state, keys_of('x'), kLedger).value()->request_hash("command"), hash);
}

TEST(BoxContext, IsEncodedAsItsGrammarSays) {
  const BoxContext context{LedgerId{Uuid{0, 1}}, Uuid{0, 2}, CommandId{Uuid{0, 3}}, "ab", "c"};
  const auto id = [](char last) { return Bytes(15, '\0') + last; };
  EXPECT_EQ(context.encode(), "placet-box-v1" + id(1) + id(2) + id(3) + "\x02" + "ab" + "\x01" + "c");
}

}  // namespace
}  // namespace placet::access
