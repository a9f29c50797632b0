#include <gtest/gtest.h>

#include "tests/unit/domain/money.h"

namespace placet::domain::testing {
namespace {

PricedLine line(HourType type, std::int64_t per_hour, std::int32_t surcharge, std::int64_t minutes,
                std::int64_t amount) {
  return {type, cents(per_hour), surcharge, Minutes::of(minutes), cents(amount)};
}

/// Entries of a sheet, kept alive for the lines that point at them.
class Sheet {
 public:
  Sheet& with(Date day, std::int64_t minutes, HourType type = HourType::normal) {
    sheet_.entries.push_back({{kEntry, type, plain(day, minutes), {}}, {}, Approved{}});
    return *this;
  }
  Lines lines() const {
    Lines lines;
    for (const Entry& entry : sheet_.entries) lines.push_back(&entry);
    return lines;
  }

 private:
  Timesheet sheet_;
};

Placement placement_at(std::int64_t per_hour, std::vector<Surcharge> surcharges = {}) {
  Placement placement;
  placement.pay = {{kMonday, {cents(per_hour), {}, std::move(surcharges)}}};
  return placement;
}

// --- what minutes are worth ---------------------------------------------------------------------------------------

TEST(Worth, OfAWeekIsThatOfTheDesign) {
  EXPECT_EQ(worth(Minutes::of(2'400), cents(15'50), 0), cents(620'00));
  EXPECT_EQ(worth(Minutes::of(2'400), cents(30'23), 0), cents(1'209'20));
  EXPECT_EQ(worth(Minutes::of(2'400), cents(25'11), 0), cents(1'004'40));
}

TEST(Worth, IsRoundedHalfUp) {
  EXPECT_EQ(worth(Minutes::of(1), cents(29), 0), cents(0));
  EXPECT_EQ(worth(Minutes::of(1), cents(30), 0), cents(1));
  EXPECT_EQ(worth(Minutes::of(1), cents(89), 0), cents(1));
  EXPECT_EQ(worth(Minutes::of(1), cents(90), 0), cents(2));
}

TEST(Worth, OfNegativeMinutesIsThatOfThePositiveOnesBelowNought) {
  for (const std::int64_t per_hour : {29, 30, 89, 90, 1'550, 3'023}) {
    for (const std::int64_t minutes : {1, 7, 15, 59, 2'400})
      EXPECT_EQ(worth(Minutes::of(-minutes), cents(per_hour), 2'500).count(),
                -worth(Minutes::of(minutes), cents(per_hour), 2'500).count())
          << minutes << " minutes at " << per_hour;
  }
}

TEST(Worth, HasItsSurchargeInBasisPoints) {
  EXPECT_EQ(worth(Minutes::of(60), cents(15'50), 2'500), cents(19'38));  // 19.375
  EXPECT_EQ(worth(Minutes::of(60), cents(15'50), 100'000), cents(170'50));
}

TEST(Worth, OfTheMostHoursOfASheetAtTheHighestPriceDoesNotOverflow) {
  const std::int64_t minutes = static_cast<std::int64_t>(kEntriesPerSheetMax) * 1'500;
  EXPECT_EQ(worth(Minutes::of(minutes), kRateMax, 100'000), cents(minutes / 60 * kRateMax.count() * 11));
}

// --- terms in force -----------------------------------------------------------------------------------------------

TEST(TermsInForce, AreTheLatestThatBeganByThen) {
  const std::vector<Dated<int>> terms = {{kMonday, 1}, {kWednesday, 2}};
  EXPECT_EQ(in_force<int>(terms, kMonday.plus_days(-1)), nullptr);
  EXPECT_EQ(*in_force<int>(terms, kMonday), 1);
  EXPECT_EQ(*in_force<int>(terms, kTuesday), 1);
  EXPECT_EQ(*in_force<int>(terms, kWednesday), 2);
}

TEST(TermsInForce, OfOneDayAreThoseAgreedLast) {
  const std::vector<Dated<int>> terms = {{kMonday, 1}, {kTuesday, 2}, {kMonday, 3}};
  EXPECT_EQ(*in_force<int>(terms, kMonday), 3);
  EXPECT_EQ(*in_force<int>(terms, kTuesday), 2);
}

// --- lines of a sheet ---------------------------------------------------------------------------------------------

TEST(PricedLines, AreOnePerHourTypeAndPriceInThatOrder) {
  Placement placement = placement_at(15'50, {{HourType::overtime, 5'000}});
  placement.pay.push_back({kWednesday, {cents(16'00), {}, {}}});
  Sheet sheet;
  sheet.with(kWednesday, 60, HourType::overtime).with(kTuesday, 60).with(kMonday, 60, HourType::overtime);
  sheet.with(kMonday, 60).with(kWednesday, 60);
  EXPECT_EQ(
      price_pay(sheet.lines(), placement),
      (PricedLines{line(HourType::normal, 15'50, 0, 120, 31'00), line(HourType::normal, 16'00, 0, 60, 16'00),
                   line(HourType::overtime, 15'50, 5'000, 60, 23'25), line(HourType::overtime, 16'00, 0, 60, 16'00)}));
}

TEST(PricedLines, ArePricedOnTheSumOfTheirMinutesNeverPerEntry) {
  Sheet sheet;
  for (int i = 0; i < 3; ++i) sheet.with(kMonday.plus_days(i), 1);
  // 0.258 each, which would round to 0.26 three times.
  EXPECT_EQ(price_pay(sheet.lines(), placement_at(15'50)), (PricedLines{line(HourType::normal, 15'50, 0, 3, 78)}));
}

TEST(PricedLines, AreRefusedForADayBeforeTheFirstTerms) {
  Sheet sheet;
  sheet.with(kMonday, 60).with(kMonday.plus_days(-1), 60);
  const auto priced = price_pay(sheet.lines(), placement_at(15'50));
  ASSERT_FALSE(priced.has_value());
  EXPECT_EQ(priced.error().code, RejectionCode::no_terms);
  EXPECT_NE(priced.error().message.find("2026-10-11"), std::string::npos) << priced.error().message;
}

TEST(PricedLines, OfAnInvoiceHaveTheClientsTerms) {
  Placement placement = placement_at(15'50);
  Sheet sheet;
  sheet.with(kMonday, 2'400);
  EXPECT_EQ(price_invoice(sheet.lines(), placement).error().code, RejectionCode::no_terms);
  placement.client_terms = {{kMonday, {cents(30'23), {}, {}}}};
  EXPECT_EQ(price_invoice(sheet.lines(), placement), (PricedLines{line(HourType::normal, 30'23, 0, 2'400, 1'209'20)}));
}

TEST(PricedLines, OfAPurchaseAreAtThePayRateTimesTheFactorPlusTheFee) {
  Placement placement = placement_at(15'50, {{HourType::overtime, 5'000}});
  Sheet sheet;
  sheet.with(kMonday, 2'400);
  EXPECT_EQ(price_purchase(sheet.lines(), placement).error().code, RejectionCode::no_terms);
  placement.purchase = {{kMonday, {16'200, {}}}};
  EXPECT_EQ(price_purchase(sheet.lines(), placement), (PricedLines{line(HourType::normal, 25'11, 0, 2'400, 1'004'40)}));
  placement.purchase = {{kMonday, {16'200, cents(50)}}};
  EXPECT_EQ(price_purchase(sheet.lines(), placement), (PricedLines{line(HourType::normal, 25'61, 0, 2'400, 1'024'40)}));
  Sheet overtime;
  overtime.with(kMonday, 60, HourType::overtime);
  EXPECT_EQ(price_purchase(overtime.lines(), placement),
            (PricedLines{line(HourType::overtime, 25'61, 5'000, 60, 38'42)}));
}

TEST(PricedLines, OfAPurchaseWithoutPayTermsAreRefused) {
  Placement placement;
  placement.purchase = {{kMonday, {16'200, {}}}};
  Sheet sheet;
  sheet.with(kMonday, 60);
  EXPECT_EQ(price_purchase(sheet.lines(), placement).error().code, RejectionCode::no_terms);
}

TEST(PricedLines, OfNoHoursAreNone) { EXPECT_EQ(price_pay({}, Placement{}), PricedLines{}); }

// --- together and less --------------------------------------------------------------------------------------------

TEST(PricedLines, TogetherAreAddedPriceByPrice) {
  const PricedLines week = {line(HourType::normal, 15'50, 0, 60, 15'50)};
  const PricedLines more = {line(HourType::normal, 15'50, 0, 30, 7'75), line(HourType::normal, 16'00, 0, 60, 16'00)};
  EXPECT_EQ(plus(week, more),
            (PricedLines{line(HourType::normal, 15'50, 0, 90, 23'25), line(HourType::normal, 16'00, 0, 60, 16'00)}));
  EXPECT_EQ(plus(week, {}), week);
  EXPECT_EQ(plus({}, week), week);
}

TEST(PricedLines, LessWhatTheyAreLeaveNothing) {
  const PricedLines week = {line(HourType::normal, 15'50, 0, 60, 15'50), line(HourType::travel, 1'00, 0, 60, 1'00)};
  EXPECT_EQ(minus(week, week), PricedLines{});
  EXPECT_EQ(minus({}, {week.front()}), (PricedLines{line(HourType::normal, 15'50, 0, -60, -15'50)}));
}

TEST(PricedLines, OfARaisedRateTakeBackTheOldAndGiveTheNew) {
  const PricedLines old_rate = {line(HourType::normal, 15'50, 0, 60, 15'50)};
  const PricedLines new_rate = {line(HourType::normal, 16'00, 0, 60, 16'00)};
  const PricedLines difference = minus(new_rate, old_rate);
  EXPECT_EQ(difference,
            (PricedLines{line(HourType::normal, 15'50, 0, -60, -15'50), line(HourType::normal, 16'00, 0, 60, 16'00)}));
  EXPECT_EQ(sum_of(difference), cents(50));
  EXPECT_EQ(minutes_of(difference), Minutes::of(0));
}

// --- terms that may be agreed -------------------------------------------------------------------------------------

TEST(Terms, AreRefusedBeforeThePlacement) {
  Story story = proposed();
  const Date before = kFirstDay.plus_days(-1);
  story.proposed(pay_terms(cents(15'50), before), as(kOffice))
      .then_refused(RejectionCode::malformed, "the placement begins on 2026-10-12")
      .proposed(client_terms(cents(30'23), before), as(kOffice))
      .then_refused(RejectionCode::malformed, "the placement begins on 2026-10-12")
      .proposed(AgreePurchaseTerms{kPlacement, {16'200, {}}, before}, as(kOffice))
      .then_refused(RejectionCode::malformed, "the placement begins on 2026-10-12");
}

TEST(Terms, AreRefusedAboveWhatASheetCanBear) {
  Story story = proposed();
  const Money above = cents(kRateMax.count() + 1);
  story.proposed(pay_terms(above), as(kOffice))
      .then_refused(RejectionCode::malformed, "terms.perHour")
      .proposed(client_terms(above), as(kOffice))
      .then_refused(RejectionCode::malformed, "terms.perHour")
      .proposed(AgreePurchaseTerms{kPlacement, {16'200, above}, kFirstDay}, as(kOffice))
      .then_refused(RejectionCode::malformed, "terms.feePerHour")
      .proposed(AgreePurchaseTerms{kPlacement, {1'000'001, {}}, kFirstDay}, as(kOffice))
      .then_refused(RejectionCode::malformed, "terms.factor");
  by_office(story, pay_terms(kRateMax));
  by_office(story, AgreePurchaseTerms{kPlacement, {1'000'000, kRateMax}, kFirstDay});
}

}  // namespace
}  // namespace placet::domain::testing
