#include "access/credentials.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <utility>

#include "store/memory/row_store.h"

namespace placet::access {
namespace {

using domain::TokenKind;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;

const AccountId kAccount{Uuid{5, 1}};

class CredentialsTest : public ::testing::Test {
 protected:
  NewToken issue(TokenKind kind = TokenKind::personal) { return credentials_.issue(kAccount, kind).value(); }
  std::optional<SignIn> look_up(std::string_view text) { return credentials_.look_up(text).value(); }

  store::MemoryRowStore state_{Credentials::tables()};
  ManualClock clock_{Timestamp{1'790'000'000'000'000}};
  SeededRandom random_{1};
  Credentials credentials_{state_, clock_, random_};
};

TEST_F(CredentialsTest, ATokenNamesItsKindAndHolds32RandomBytes) {
  const std::pair<TokenKind, std::string> kinds[] = {{TokenKind::unspecified, "invite"},
                                                     {TokenKind::personal, "personal"},
                                                     {TokenKind::delegated, "delegated"},
                                                     {TokenKind::system, "system"},
                                                     {TokenKind::session, "session"}};
  static_assert(std::size(kinds) == domain::kTokenKindCount);
  std::set<std::string> secrets;
  for (const auto& [kind, name] : kinds) {
    const std::string text = issue(kind).text;
    ASSERT_TRUE(text.starts_with("placet_" + name + "_")) << text;
    const std::string secret = text.substr(8 + name.size());
    EXPECT_EQ(secret.size(), 43u);
    EXPECT_EQ(secret.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
              std::string::npos);
    secrets.insert(secret);
    EXPECT_TRUE(look_up(text));
  }
  EXPECT_EQ(secrets.size(), std::size(kinds));
}

TEST_F(CredentialsTest, AnIssuedTokenLeadsToItsAccountAndId) {
  const NewToken token = issue();
  const auto found = look_up(token.text);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->account, kAccount);
  EXPECT_EQ(found->token, token.id);
  EXPECT_NE(issue().id, token.id);
}

TEST_F(CredentialsTest, ATokenIsKnownThroughAPowerCut) {
  const NewToken token = issue();
  state_.crash();
  EXPECT_TRUE(look_up(token.text));
}

TEST_F(CredentialsTest, AForgottenTokenStaysForgottenThroughAPowerCut) {
  const NewToken token = issue(), other = issue();
  ASSERT_TRUE(credentials_.forget(token.id));
  state_.crash();
  EXPECT_FALSE(look_up(token.text));
  EXPECT_TRUE(look_up(other.text));
  EXPECT_TRUE(credentials_.forget(token.id));
}

TEST_F(CredentialsTest, ATextThatWasNeverIssuedIsUnknown) {
  std::string text = issue(TokenKind::personal).text;
  std::string other_kind = text;
  other_kind.replace(text.find("personal"), 8, "system");
  EXPECT_FALSE(look_up(other_kind));
  text[20] = text[20] == 'A' ? 'B' : 'A';
  EXPECT_FALSE(look_up(text));
}

TEST_F(CredentialsTest, AMalformedTextIsUnknownWithoutARead) {
  const std::string text = issue().text;
  ASSERT_TRUE(state_.drop_table("tokens"));
  ASSERT_FALSE(credentials_.look_up(text)) << "a well-formed text is looked up";
  for (const std::string& malformed :
       {std::string(), std::string("placet"), std::string("placet_"), std::string("placet_personal"),
        std::string("placet_personal_"), text + "A", text.substr(0, text.size() - 1), " " + text, "P" + text.substr(1),
        "placet_admin_" + text.substr(16), "placet__" + text.substr(16), text.substr(0, text.size() - 1) + "=",
        text.substr(0, text.size() - 1) + "B", std::string(100'000, 'a')}) {
    const auto found = credentials_.look_up(malformed);
    ASSERT_TRUE(found) << malformed << ": " << found.error().message;
    EXPECT_FALSE(*found) << malformed;
  }
}

TEST_F(CredentialsTest, NoStoredByteLeadsBackToAToken) {
  const std::string text = issue().text;
  Bytes stored;
  for (const std::string& table : state_.tables()) {
    ASSERT_TRUE(state_.scan(table, {}, [&](BytesView key, BytesView row) {
      stored.append(key).append(row);
      return true;
    }));
  }
  EXPECT_FALSE(stored.empty());
  EXPECT_THAT(stored, Not(HasSubstr(text.substr(16))));
}

}  // namespace
}  // namespace placet::access
