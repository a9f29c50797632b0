#include "access/second_factors.h"

#include <gtest/gtest.h>
#include <oath.h>

#include <array>
#include <cstdlib>

#include "store/memory/row_store.h"
#include "tests/support/vaults.h"

namespace placet::access {
namespace {

constexpr std::int64_t kStepMicros = 30'000'000;

class SecondFactorsTest : public ::testing::Test {
 protected:
  /// What an authenticator with that secret shows, by another function of the library than ours calls.
  std::string code(const std::string& base32, std::int64_t steps_from_now = 0) {
    char* secret = nullptr;
    std::size_t size = 0;
    EXPECT_EQ(oath_base32_decode(base32.data(), base32.size(), &secret, &size), OATH_OK);
    std::array<char, 7> shown{};
    const std::int64_t at = (clock_.now().micros + steps_from_now * kStepMicros) / 1'000'000;
    EXPECT_EQ(oath_hotp_generate(secret, size, static_cast<std::uint64_t>(at / 30), 6, false, -1, shown.data()),
              OATH_OK);
    std::free(secret);
    return shown.data();
  }

  store::MemoryRowStore state_{SecondFactors::tables()};
  KeyFolder keys_ = KeyFolder::in_memory(crypto::random_key(), crypto::random_key());
  ManualClock clock_{Timestamp{1'790'000'000'000'000}};
  SeededRandom random_{1};
  SecondFactors factors_{state_, keys_, clock_, random_};
  const std::string secret_ = SecondFactors::new_secret();
};

TEST_F(SecondFactorsTest, AreKeptForWhoShowsACodeOfTheSecret) {
  EXPECT_EQ(factors_.keep(secret_, "000000").value(), std::nullopt);
  EXPECT_EQ(factors_.keep("not base32!", "123456").value(), std::nullopt);
  EXPECT_NE(factors_.keep(secret_, code(secret_)).value(), std::nullopt);
}

TEST_F(SecondFactorsTest, TakeACodeOnce) {
  const TokenId key = factors_.keep(secret_, code(secret_)).value().value();
  EXPECT_FALSE(factors_.matches(key, code(secret_)).value()) << "it was used to set up";
  clock_.advance_micros(kStepMicros);
  EXPECT_TRUE(factors_.matches(key, code(secret_)).value());
  EXPECT_FALSE(factors_.matches(key, code(secret_)).value());
  EXPECT_FALSE(factors_.matches(key, code(secret_, -1)).value()) << "nor one from before it";
}

TEST_F(SecondFactorsTest, TakeOneOfTheStepBeforeAndAfterAndNoOther) {
  const TokenId key = factors_.keep(secret_, code(secret_)).value().value();
  clock_.advance_micros(10 * kStepMicros);
  EXPECT_FALSE(factors_.matches(key, code(secret_, -2)).value());
  EXPECT_FALSE(factors_.matches(key, code(secret_, 2)).value());
  EXPECT_TRUE(factors_.matches(key, code(secret_, -1)).value());
  EXPECT_TRUE(factors_.matches(key, code(secret_, 1)).value());
}

TEST_F(SecondFactorsTest, TakeNothingThatIsNoSixDigits) {
  const TokenId key = factors_.keep(secret_, code(secret_)).value().value();
  clock_.advance_micros(kStepMicros);
  for (const std::string& odd : {std::string(), code(secret_).substr(0, 5), code(secret_) + "0", std::string("abcdef")})
    EXPECT_FALSE(factors_.matches(key, odd).value()) << odd;
}

TEST_F(SecondFactorsTest, OfNobodyMatchNothing) { EXPECT_FALSE(factors_.matches(TokenId(), "123456").value()); }

TEST_F(SecondFactorsTest, CannotBeHadBackWithoutTheKeyFolder) {
  const TokenId key = factors_.keep(secret_, code(secret_)).value().value();
  const KeyFolder others = KeyFolder::in_memory(crypto::random_key(), crypto::random_key());
  SecondFactors elsewhere(state_, others, clock_, random_);
  clock_.advance_micros(kStepMicros);
  EXPECT_FALSE(elsewhere.matches(key, code(secret_)));
}

}  // namespace
}  // namespace placet::access
