#include "access/natural_key.h"

#include <gtest/gtest.h>

#include <utility>

#include "schema/plain_codec.h"

namespace placet::access {
namespace {

TEST(Email, LosesSpaceAroundItAndAsciiCapitals) {
  EXPECT_EQ(normal_email(" \tAnna.de-Vries+x@Example.ORG\n"), "anna.de-vries+x@example.org");
  EXPECT_EQ(normal_email("anna@example.org"), normal_email("ANNA@EXAMPLE.ORG"));
  EXPECT_EQ(normal_email("josé@exämple.org"), "josé@exämple.org");
}

TEST(Email, ThatCanBeSeenToBeNoneIsRefused) {
  for (const std::string& text :
       {std::string(), std::string("   "), std::string("anna"), std::string("anna@"), std::string("@example.org"),
        std::string("anna@example"), std::string("anna@.org"), std::string("anna@example.org."),
        std::string("anna@exa..mple.org"), std::string("an na@example.org"), std::string("anna@exam ple.org"),
        std::string("anna@bert@example.org"), std::string(".anna@example.org"), std::string("an..na@example.org"),
        std::string("Anna <anna@example.org>"), std::string("anna@example.org,bert@example.org"),
        std::string("anna@exam_ple.org"), std::string(65, 'a') + "@example.org", "a@" + std::string(250, 'b') + ".org"})
    EXPECT_FALSE(normal_email(text)) << text;
}

TEST(CitizenNumber, IsItsNineDigitsHoweverItIsTyped) {
  EXPECT_EQ(normal_citizen_number("111222333"), "111222333");
  EXPECT_EQ(normal_citizen_number(" 1112.22.333\n"), "111222333");
  EXPECT_EQ(normal_citizen_number("10000008"), normal_citizen_number("010000008"));
  EXPECT_EQ(normal_citizen_number("10000008"), "010000008");
}

TEST(CitizenNumber, ThatFailsTheElevenTestIsRefused) {
  for (const char* text :
       {"", "111222334", "211222333", "112122333", "000000000", "11122233", "1112223330", "1112223a3", "-11222333"})
    EXPECT_FALSE(normal_citizen_number(text)) << text;
}

TEST(Iban, IsItsSignsInCapitalsHoweverTheyAreGrouped) {
  EXPECT_EQ(normal_iban("NL91ABNA0417164300"), "NL91ABNA0417164300");
  EXPECT_EQ(normal_iban(" nl91 abna 0417 1643 00\n"), "NL91ABNA0417164300");
  EXPECT_EQ(normal_iban("BE68 5390 0754 7034"), "BE68539007547034");
  EXPECT_EQ(normal_iban("NO93 8601 1117 947"), "NO9386011117947") << "the shortest";
  EXPECT_EQ(normal_iban("MT84 MALT 0110 0001 2345 MTLC AST0 01S"), "MT84MALT011000012345MTLCAST001S");
}

TEST(Iban, ThatWasMistypedIsRefused) {
  for (const char* text :
       {"", "NL", "NL91ABNA0417164301", "NL91ABNA0417163400", "NL19ABNA0417164300", "417164300", "NL91ABNA041716430",
        "NL91-ABNA-0417-1643-00", "9191ABNA0417164300", "NLA1ABNA0417164300", "NL91ABNA04171643000000000000000000000"})
    EXPECT_FALSE(normal_iban(text)) << text;
}

template <std::size_t... Index>
int count_blind_indexes(std::index_sequence<Index...>) {
  int found = 0;
  const auto of_one = [&](auto command) {
    codec::for_each_secret(command, [&](const Box&, const codec::SealingOf& sealing, const Uuid&,
                                        const ReservationId* index) {
      found += index != nullptr;
      const NaturalKey* key = natural_key_of(sealing);
      const bool is_indexed = key != nullptr && key->kind != domain::ReservationKind::unspecified;
      EXPECT_EQ(is_indexed, index != nullptr) << sealing.event << "." << sealing.field << ": add it to natural_key.cc";
    });
  };
  (of_one(std::variant_alternative_t<Index, domain::Command::Alternatives>{}), ...);
  return found;
}

TEST(NaturalKey, IsKnownForEveryFieldOfTheSchemaWithABlindIndex) {
  EXPECT_GE(count_blind_indexes(std::make_index_sequence<std::variant_size_v<domain::Command::Alternatives>>{}), 1);
}

}  // namespace
}  // namespace placet::access
