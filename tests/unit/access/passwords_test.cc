#include "access/passwords.h"

#include <gtest/gtest.h>

#include "store/memory/row_store.h"

namespace placet::access {
namespace {

class PasswordsTest : public ::testing::Test {
 protected:
  store::MemoryRowStore state_{Passwords::tables()};
  ManualClock clock_{Timestamp{1'790'000'000'000'000}};
  SeededRandom random_{1};
  Passwords passwords_{state_, clock_, random_};
};

TEST_F(PasswordsTest, MatchUnderTheirKeyUntilTheyAreForgotten) {
  const TokenId key = passwords_.keep("correct horse battery").value();
  EXPECT_TRUE(passwords_.matches(key, "correct horse battery").value());
  EXPECT_FALSE(passwords_.matches(key, "correct horse batterz").value());
  ASSERT_TRUE(passwords_.forget(key));
  EXPECT_FALSE(passwords_.matches(key, "correct horse battery").value());
}

TEST_F(PasswordsTest, OfNobodyMatchNothing) {
  EXPECT_FALSE(passwords_.matches(TokenId(), "").value());
  EXPECT_FALSE(passwords_.matches(TokenId(), "anything at all").value());
}

TEST_F(PasswordsTest, CannotBeHadBackFromWhatIsKept) {
  ASSERT_TRUE(passwords_.keep("correct horse battery"));
  ASSERT_TRUE(state_.scan("passwords", {}, [](BytesView, BytesView row) {
    EXPECT_TRUE(row.starts_with("$argon2id$v=19$m=65536,t=3,p=1$")) << row;
    EXPECT_EQ(row.find("horse"), BytesView::npos);
    return true;
  }));
}

TEST(PasswordFault, IsOfLengthAndOfWhatIsEasilyGuessedAlone) {
  EXPECT_EQ(fault_of_password("7 signs", {}), PasswordFault::too_short);
  EXPECT_EQ(fault_of_password("€€€€€€€", {}), PasswordFault::too_short) << "seven characters, though 21 bytes";
  EXPECT_EQ(fault_of_password(std::string(257, 'x'), {}), PasswordFault::too_long);
  for (const char* const common : {"password", "12345678", "qwertyuiop", "password1", "aaaaaaaaaaaa", "placet123"})
    EXPECT_EQ(fault_of_password(common, {}), PasswordFault::easily_guessed) << common;
  for (const char* const good : {"correct horse battery", "Vr!4kqZ8#w", "tulpen uit amsterdam noord"})
    EXPECT_EQ(fault_of_password(good, {}), std::nullopt) << good;
}

TEST(PasswordFault, CountsWhatIsKnownAboutSomebody) {
  EXPECT_EQ(fault_of_password("sannejansen", {"Sanne Jansen", "sannejansen@example.nl", "sannejansen"}),
            PasswordFault::easily_guessed);
}

}  // namespace
}  // namespace placet::access
