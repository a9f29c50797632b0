#include <gtest/gtest.h>

#include "tests/unit/domain/money.h"

namespace placet::domain::testing {
namespace {

const PublishParameters kVat{kToday, {{ParameterKind::vat, 21, 100}}, "Wet OB 1968 art. 9"};

PublishParameters publish(Date from, Parameter value) { return {from, {value}, "Wet OB 1968 art. 9"}; }
const Parameters& parameters(Story& story) { return story.state_of<Parameters>(parameters_stream()); }
std::int64_t vat_on(Story& story, Date day) {
  const PublishedParameter* found = parameters(story).on(ParameterKind::vat, day);
  return found == nullptr ? -1 : found->value.numerator;
}

// --- parameters ---------------------------------------------------------------------------------------------------

TEST(PublishParameters, TakesTwoPersonsAndHoldsFromItsDay) {
  Story story = people();
  story.when(kVat, as(kOffice)).then_refused(RejectionCode::needs_second_person);
  by_office(story, kVat);
  EXPECT_EQ(last_event<ParametersPublished>(story),
            (ParametersPublished{kToday, {{ParameterKind::vat, 21, 100}}, "Wet OB 1968 art. 9"}));
  EXPECT_EQ(vat_on(story, kToday.plus_days(-1)), -1);
  EXPECT_EQ(vat_on(story, kToday), 21);
  EXPECT_EQ(vat_on(story, kToday.plus_days(10'000)), 21);
}

TEST(PublishParameters, OfALaterDayHoldsFromThere) {
  Story story = people();
  by_office(story, publish(kToday.plus_days(10), {ParameterKind::vat, 22, 100}));
  by_office(story, kVat);
  EXPECT_EQ(vat_on(story, kToday.plus_days(9)), 21);
  EXPECT_EQ(vat_on(story, kToday.plus_days(10)), 22);
}

TEST(PublishParameters, OfTheSameDayCountsAsLearntLast) {
  Story story = people();
  by_office(story, kVat);
  by_office(story, publish(kToday, {ParameterKind::vat, 19, 100}));
  EXPECT_EQ(vat_on(story, kToday), 19);
  EXPECT_EQ(parameters(story).all.size(), 2U);
}

TEST(PublishParameters, KeepsTheKindsApart) {
  Story story = people();
  by_office(story, kVat);
  EXPECT_EQ(parameters(story).on(ParameterKind::leave, kToday), nullptr);
  EXPECT_EQ(parameter_on(parameters(story), ParameterKind::leave, kToday).error().code, RejectionCode::no_terms);
}

TEST(PublishParameters, NamesWhereItWasLearnt) {
  Story story = people();
  by_office(story, kVat);
  const auto learnt = parameters(story).on(ParameterKind::vat, kToday)->learnt;
  EXPECT_TRUE(std::holds_alternative<ParametersPublished>(story.log()[learnt.value].event));
}

TEST(PublishParameters, IsRefusedForWhatIsNoFraction) {
  Story story = people();
  const auto refused = [&](Parameter value, const char* words) {
    story.proposed(publish(kToday, value), as(kOffice)).then_refused(RejectionCode::malformed, words);
  };
  refused({ParameterKind::leave, 1, 0}, "denominator");
  refused({ParameterKind::leave, 1, -1}, "denominator");
  refused({ParameterKind::leave, 1, 1'000'001}, "denominator");
  refused({ParameterKind::leave, -1, 52}, "numerator");
  refused({ParameterKind::leave, 53, 52}, "numerator");
  refused({ParameterKind::vat, 1, 3}, "must divide 10,000");
  by_office(story, publish(kToday, {ParameterKind::leave, 1'000'000, 1'000'000}));
  by_office(story, publish(kToday, {ParameterKind::vat, 0, 10'000}));
}

TEST(PublishParameters, IsRefusedWithoutValuesSourceOrADay) {
  PublishParameters empty = kVat, unfounded = kVat, never = kVat;
  empty.values.clear();
  unfounded.source.clear();
  never.from = Date{-1};
  people()
      .proposed(empty, as(kOffice))
      .then_refused(RejectionCode::malformed, "values: are missing")
      .proposed(unfounded, as(kOffice))
      .then_refused(RejectionCode::malformed, "source")
      .proposed(never, as(kOffice))
      .then_refused(RejectionCode::malformed, "from");
}

TEST(PublishParameters, IsRefusedBeyondWhatIsRemembered) {
  Story story = people();
  ParametersPublished many{kToday, {}, "x"};
  many.values.resize(kParametersMax, {ParameterKind::leave, 4, 52});
  story.given({{parameters_stream(), many}})
      .proposed(kVat, as(kOffice))
      .then_refused(RejectionCode::too_large, "4,096 parameters");
}

// --- books --------------------------------------------------------------------------------------------------------

TEST(ClosePeriod, TakesTwoPersonsAndClosesAllDaysUpToIt) {
  Story story = people();
  story.on(kSunday.plus_days(1));
  story.when(ClosePeriod{kSunday}, as(kOffice)).then_refused(RejectionCode::needs_second_person);
  by_office(story, ClosePeriod{kSunday});
  EXPECT_EQ(last_event<PeriodClosed>(story), PeriodClosed{kSunday});
  const Books& books = story.state_of<Books>(books_stream());
  EXPECT_TRUE(books.closed_on(kSunday));
  EXPECT_TRUE(books.closed_on(kSunday.plus_days(-1'000)));
  EXPECT_FALSE(books.closed_on(kSunday.plus_days(1)));
  EXPECT_EQ(check_open_on(books, kSunday).error().code, RejectionCode::period_closed);
  EXPECT_TRUE(check_open_on(books, kSunday.plus_days(1)).has_value());
}

TEST(ClosePeriod, IsRefusedForADayThatIsNotOver) {
  people()
      .proposed(ClosePeriod{kToday}, as(kOffice))
      .then_refused(RejectionCode::not_ready, "days that are over")
      .proposed(ClosePeriod{kToday.plus_days(-1)}, as(kOffice))
      .then_accepted();
}

TEST(ClosePeriod, IsRefusedForWhatIsClosedAlready) {
  Story story = people();
  story.on(kSunday.plus_days(2));
  by_office(story, ClosePeriod{kSunday})
      .proposed(ClosePeriod{kSunday}, as(kOffice))
      .then_refused(RejectionCode::already_exists, "closed through 2026-10-18 already")
      .proposed(ClosePeriod{kSunday.plus_days(-7)}, as(kOffice))
      .then_refused(RejectionCode::already_exists);
  by_office(story, ClosePeriod{kSunday.plus_days(1)});
}

TEST(ClosePeriod, IsRefusedOutOfReach) {
  people()
      .proposed(ClosePeriod{Date{-1}}, as(kOffice))
      .then_refused(RejectionCode::malformed, "through")
      .proposed(ClosePeriod{Date{83'641}}, as(kOffice))
      .then_refused(RejectionCode::malformed, "through");
}

TEST(Books, AreOpenUntilSomethingIsClosed) { EXPECT_FALSE(Books{}.closed_on(Date{0})); }

TEST(Books, TakeWhatBelongsToAClosedPeriodOnALaterDay) {
  Story story = with_week();
  by_office(story.on(kNextMonday), ClosePeriod{kSunday})
      .when(OpenRun{kRun, kWeek, kSunday, kSunday, 0}, as(kOffice))
      .then_refused(RejectionCode::period_closed, "book it on a later day")
      .done(OpenRun{kRun, kWeek, kNextMonday, kNextMonday, 0}, as(kOffice))
      .done(calculate_payslip(), as(kOffice));
  EXPECT_EQ(last_event<PayslipCalculated>(story).booked_on, kNextMonday);
}

}  // namespace
}  // namespace placet::domain::testing
