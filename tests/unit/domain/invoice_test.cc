#include <gtest/gtest.h>

#include "tests/unit/domain/money.h"

namespace placet::domain::testing {
namespace {

constexpr ClientId kSecondClient = id<ClientId>(60);

std::uint16_t year_of(const Story& story) { return static_cast<std::uint16_t>(story.today().year()); }

// --- draft --------------------------------------------------------------------------------------------------------

TEST(DraftInvoice, IsForAClientAndWhosePlacementsItIsAbout) {
  Story story = people();
  story.when(draft_invoice(), as(kOffice)).then({InvoiceDrafted{InvoiceKind::invoice, kClient, kAgency, {}}});
  EXPECT_EQ(invoice_of(story).kind, InvoiceKind::invoice);
  EXPECT_FALSE(invoice_of(story).issued);
  people().done(DraftInvoice{kInvoice, kClient, {}}, as(kOffice));
}

TEST(DraftInvoice, IsRefusedUnderAnIdInUseAndForNobody) {
  Story story = people();
  story.when(DraftInvoice{kInvoice, kSecondClient, {}}, as(kOffice))
      .then_refused(RejectionCode::not_found, "client")
      .when(DraftInvoice{kInvoice, kClient, id<AgencyId>(90)}, as(kOffice))
      .then_refused(RejectionCode::not_found, "agency")
      .done(draft_invoice(), as(kOffice))
      .when(draft_invoice(), as(kOffice))
      .then_refused(RejectionCode::already_exists);
}

TEST(DraftInvoice, IsAnActOfTheBackOfficeAlone) {
  for (const PersonId person : {kWorkerPerson, kRecruiter, kSignatory, kStranger})
    people().when(draft_invoice(), as(person)).then_refused(RejectionCode::not_found);
  people().when(draft_invoice(), as(kAuditor)).then_refused(RejectionCode::not_allowed);
}

// --- lines --------------------------------------------------------------------------------------------------------

TEST(AddInvoiceLines, OfAWeekHaveTheNumbersOfTheDesign) {
  Story story = with_week();
  story.done(draft_invoice(), as(kOffice))
      .when(add_lines(), as(kOffice))
      .then({HoursInvoiced{kInvoice, {hours(30'23, 2'400, 1'209'20)}},
             MarginBooked{kInvoice, {{0, cents(1'004'40), cents(204'80)}}},
             InvoiceLinesAdded{0, {{kPlacement, kWeek, hours(30'23, 2'400, 1'209'20)}}, cents(1'209'20)}});
  EXPECT_EQ(invoice_of(story).net, cents(1'209'20));
  EXPECT_EQ(invoice_of(story).lines, 1U);
  for (const Entry& entry : sheet(story).entries) EXPECT_TRUE(entry.invoiced());
}

TEST(AddInvoiceLines, NumberTheLinesOverAllCommandsAndSheets) {
  Story story = with_draft();
  approve_week(story.on(kNextMonday), kNextMonday).done(add_lines(kInvoice, kNextWeek), as(kOffice));
  const auto added = last_event<InvoiceLinesAdded>(story);
  EXPECT_EQ(added.first, 1U);
  EXPECT_EQ(last_event<MarginBooked>(story).margins.front().line, 1U);
  EXPECT_EQ(invoice_of(story).lines, 2U);
  EXPECT_EQ(invoice_of(story).net, cents(2'418'40));
}

TEST(AddInvoiceLines, GiveTheDraftTheHashOfThemAll) {
  Story story = with_draft();
  approve_week(story.on(kNextMonday), kNextMonday).done(add_lines(kInvoice, kNextWeek), as(kOffice));
  Digest hash{};
  for (const Story::Recorded& record : story.log()) {
    if (const auto* added = std::get_if<InvoiceLinesAdded>(&record.event)) hash = invoice_hash(hash, added->lines);
  }
  EXPECT_EQ(invoice_of(story).hash, hash);
}

TEST(AddInvoiceLines, NeverInvoiceHoursTwice) {
  with_draft()
      .when(add_lines(), as(kOffice))
      .then_refused(RejectionCode::already_exists, "sheets[0].period: is on this draft already");
  with_invoice()
      .done(draft_invoice(kSecondInvoice), as(kOffice))
      .when(add_lines(kSecondInvoice), as(kOffice))
      .then_refused(RejectionCode::settled, "sheets[0].period: nothing on it is approved that is not on an invoice");
}

TEST(AddInvoiceLines, HoldNoHoursThatTheEmployerAloneAccepted) {
  Story story = with_terms();
  enter_week(story, kMonday);
  by_office(story, accept_for_pay(story))
      .done(draft_invoice(), as(kOffice))
      .when(add_lines(), as(kOffice))
      .then_refused(RejectionCode::settled);
}

TEST(AddInvoiceLines, OfAnAdditionHoldItAlone) {
  Story story = with_invoice();
  story.done(request_addition({kMonday}), as(kWorkerPerson))
      .done(record(kEntry, plain(kMonday, 60)), as(kWorkerPerson))
      .done(submit(), as(kWorkerPerson));
  approve_sheet(story, kWeek)
      .done(draft_invoice(kSecondInvoice), as(kOffice))
      .when(add_lines(kSecondInvoice), as(kOffice))
      .then({HoursInvoiced{kSecondInvoice, {hours(30'23, 60, 30'23)}},
             MarginBooked{kSecondInvoice, {{0, cents(25'11), cents(5'12)}}},
             InvoiceLinesAdded{0, {{kPlacement, kWeek, hours(30'23, 60, 30'23)}}, cents(30'23)}});
}

TEST(AddInvoiceLines, OfARaisedRateHoldTheDifferenceWhichIsAllMargin) {
  Story story = with_invoice();
  by_office(story, client_terms(cents(31'23)))
      .done(draft_invoice(kSecondInvoice), as(kOffice))
      .done(add_lines(kSecondInvoice), as(kOffice));
  EXPECT_EQ(last_event<InvoiceLinesAdded>(story).net, cents(40'00));
  EXPECT_EQ(last_event<HoursInvoiced>(story).lines,
            (PricedLines{hours(30'23, -2'400, -1'209'20), hours(31'23, 2'400, 1'249'20)}));
  EXPECT_EQ(last_event<MarginBooked>(story).margins,
            (std::vector<LineMargin>{{0, cents(0), cents(-1'209'20)}, {1, cents(0), cents(1'249'20)}}));
}

TEST(AddInvoiceLines, OfALoweredRateAskForACreditNote) {
  Story story = with_invoice();
  by_office(story, client_terms(cents(29'23)))
      .done(draft_invoice(kSecondInvoice), as(kOffice))
      .when(add_lines(kSecondInvoice), as(kOffice))
      .then_refused(RejectionCode::not_ready, "the rate was lowered");
}

TEST(AddInvoiceLines, OfReversedHoursAskForACreditNote) {
  Story story = with_invoice();
  by_office(story, reverse_hours({kTuesday}))
      .done(draft_invoice(kSecondInvoice), as(kOffice))
      .when(add_lines(kSecondInvoice), as(kOffice))
      .then_refused(RejectionCode::not_ready, "no longer approved; credit it first");
}

TEST(AddInvoiceLines, OfAPlacementWithoutAnAgencyHaveNoMargin) {
  Story story = started();
  by_office(story, client_terms(cents(30'23)));
  const PlacementId own = kOtherPlacement;
  story
      .given({{stream_of(own),
               PlacementProposed{kWorker, kWorkerPerson, kClient, {}, kEmployment, PeriodKind::week, kFirstDay, {}}},
              {stream_of(kEmployment), PlacementLinked{own, PeriodKind::week, kFirstDay, {}}},
              {stream_of(own), PlacementStarted{kFirstDay}},
              {stream_of(own), ClientTermsAgreed{{cents(30'23), {}, {}}, kFirstDay}},
              {stream_of(own), ApproverAppointed{kApprover, kFirstDay, {}}}})
      .done(record(kEntry, plain(kMonday, 60), own), as(kWorkerPerson))
      .done(SubmitSheet{own, kWeek}, as(kWorkerPerson));
  const Timesheet& now = sheet(story, kWeek, own);
  const Digest seen = content_hash(now, sheet_id(kWeek, own), waiting_lines(now, {}));
  story.done(ApproveHours{own, kWeek, {}, seen, {}}, as(kApprover))
      .done(DraftInvoice{kInvoice, kClient, {}}, as(kOffice))
      .when(AddInvoiceLines{kInvoice, {{own, kWeek, 0}}}, as(kOffice))
      .then({HoursInvoiced{kInvoice, {hours(30'23, 60, 30'23)}},
             InvoiceLinesAdded{0, {{own, kWeek, hours(30'23, 60, 30'23)}}, cents(30'23)}});
}

TEST(AddInvoiceLines, NeedClientTermsAndThoseOfThePurchase) {
  Story story = started();
  by_office(story, pay_terms(cents(15'50)));
  approve_week(story, kMonday)
      .done(draft_invoice(), as(kOffice))
      .when(add_lines(), as(kOffice))
      .then_refused(RejectionCode::no_terms, "sheets[0].client terms: none are in force on 2026-10-12");
  by_office(story, client_terms(cents(30'23)))
      .when(add_lines(), as(kOffice))
      .then_refused(RejectionCode::no_terms, "purchase terms");
}

TEST(AddInvoiceLines, AreRefusedForNoDraftNoSheetsAndAnIssuedInvoice) {
  with_week().when(add_lines(), as(kOffice)).then_refused(RejectionCode::not_found, "draft it first");
  with_draft().when(AddInvoiceLines{kInvoice, {}}, as(kOffice)).then_refused(RejectionCode::malformed, "sheets");
  with_invoice().when(add_lines(), as(kOffice)).then_refused(RejectionCode::settled, "draft another one");
}

TEST(AddInvoiceLines, AreRefusedForSheetsOfAnotherClientOrAgency) {
  Story story = with_week();
  story.given({{stream_of(kSecondClient), ClientRegistered{Company{"Other", "1", {}}, kAgency}}})
      .done(DraftInvoice{kInvoice, kSecondClient, kAgency}, as(kOffice))
      .when(add_lines(), as(kOffice))
      .then_refused(RejectionCode::malformed, "sheets[0].placement: is with another client or agency")
      .done(DraftInvoice{kSecondInvoice, kClient, {}}, as(kOffice))
      .when(add_lines(kSecondInvoice), as(kOffice))
      .then_refused(RejectionCode::malformed, "another client or agency");
}

TEST(AddInvoiceLines, AreRefusedWhenTheSheetMovedSinceItWasSeen) {
  Story story = with_week();
  story.done(draft_invoice(), as(kOffice))
      .when(AddInvoiceLines{kInvoice, {{kPlacement, kWeek, 1}}}, as(kOffice))
      .then_refused(RejectionCode::stale, "sheets[0].events");
}

TEST(AddInvoiceLines, NeedNoMoreStreamsThanACommandMayFor24Sheets) {
  EXPECT_LE(streams_needed(people(), AddInvoiceLines{kInvoice, most_sheets()}), kStatesMax);
}

TEST(AddInvoiceLines, AreRefusedForMoreThanAnInvoiceHolds) {
  Story story = with_week();
  story.done(draft_invoice(), as(kOffice));
  std::vector<InvoiceLine> lines(kInvoiceLinesMax);
  story.given({{stream_of(kInvoice), InvoiceLinesAdded{0, std::move(lines), {}}}})
      .when(add_lines(), as(kOffice))
      .then_refused(RejectionCode::too_large, "100,000 lines");
}

// --- issue --------------------------------------------------------------------------------------------------------

TEST(IssueInvoice, OfAWeekHasTheNumbersOfTheDesign) {
  Story story = with_draft();
  const Digest hash = invoice_of(story).hash;
  const VatLine vat{VatTreatment::standard, 2'100, cents(1'209'20), cents(253'93)};
  story.when(issue_invoice(story), as(kOffice))
      .then({NumberTaken{InvoiceKind::invoice, 2026, 1, kInvoice}, InvoiceIssued{InvoiceKind::invoice,
                                                                                 2026,
                                                                                 1,
                                                                                 kToday,
                                                                                 kToday.plus_days(30),
                                                                                 1,
                                                                                 cents(1'209'20),
                                                                                 {vat},
                                                                                 cents(1'463'13),
                                                                                 hash,
                                                                                 {}}});
  EXPECT_EQ(invoice_of(story).open, cents(1'463'13));
}

TEST(IssueInvoice, TakesTheNextNumberOfItsYear) {
  Story story = with_two_invoices();
  EXPECT_EQ(invoice_of(story).number, 1U);
  EXPECT_EQ(invoice_of(story, kSecondInvoice).number, 2U);
  const auto series = stream_of(series_of(kLedger, InvoiceKind::invoice, year_of(story)));
  EXPECT_EQ(story.state_of<NumberSeries>(series).last, 2U);
}

TEST(IssueInvoice, BeginsAtOneEachYear) {
  Story story = with_invoice();
  const Date monday = *Date::of(2027, 1, 4);
  approve_week(story.on(monday), monday)
      .done(draft_invoice(kSecondInvoice), as(kOffice))
      .done(add_lines(kSecondInvoice, {PeriodKind::week, monday}), as(kOffice))
      .done(issue_invoice(story, kSecondInvoice), as(kOffice));
  EXPECT_EQ(invoice_of(story, kSecondInvoice).year, 2027);
  EXPECT_EQ(invoice_of(story, kSecondInvoice).number, 1U);
}

TEST(IssueInvoice, CreditNotesHaveNumbersOfTheirOwn) {
  Story story = with_credit_note();
  EXPECT_EQ(invoice_of(story, kCreditNote).number, 1U);
}

TEST(IssueInvoice, HasTheDueDayThatWasAgreed) {
  Story story = with_draft();
  IssueInvoice today = issue_invoice(story), past = today;
  today.due_on = kToday;
  past.due_on = kToday.plus_days(-1);
  story.when(past, as(kOffice)).then_refused(RejectionCode::malformed, "dueOn").done(today, as(kOffice));
  EXPECT_EQ(last_event<InvoiceIssued>(story).due_on, kToday);
}

TEST(IssueInvoice, IsRefusedForNoDraftAnEmptyOneAndOneThatIsIssued) {
  Story none = with_week();
  none.when(issue_invoice(none), as(kOffice)).then_refused(RejectionCode::not_found, "no such invoice");
  none.done(draft_invoice(), as(kOffice))
      .when(issue_invoice(none), as(kOffice))
      .then_refused(RejectionCode::not_ready, "has no lines");
  Story done = with_invoice();
  done.when(issue_invoice(done), as(kOffice)).then_refused(RejectionCode::settled, "issued already");
}

TEST(IssueInvoice, IsRefusedForACreditNote) {
  Story story = with_credit_draft();
  story.when(issue_invoice(story, kCreditNote), as(kOffice)).then_refused(RejectionCode::not_found, "no such invoice");
}

TEST(IssueInvoice, IsRefusedForOtherLinesThanThoseSeen) {
  Story story = with_draft();
  const IssueInvoice seen = issue_invoice(story);
  approve_week(story.on(kNextMonday), kNextMonday)
      .done(add_lines(kInvoice, kNextWeek), as(kOffice))
      .when(seen, as(kOffice))
      .then_refused(RejectionCode::moved, "other lines");
}

TEST(IssueInvoice, IsRefusedForAnotherClient) {
  Story story = with_draft();
  IssueInvoice other = issue_invoice(story);
  other.client = kSecondClient;
  story.when(other, as(kOffice)).then_refused(RejectionCode::stale, "client");
}

TEST(IssueInvoice, IsReverseChargedOnlyToAClientWithAVatId) {
  Story story = with_draft();
  IssueInvoice reverse = issue_invoice(story);
  reverse.vat = VatTreatment::reverse_charged;
  story.when(reverse, as(kOffice)).then_refused(RejectionCode::vat_does_not_fit, "VAT id");
  story
      .given({{stream_of(kClient), ClientRegistered{Company{"Kade Logistics", "87654321", "NL123456782B01"}, kAgency}}})
      .done(reverse, as(kOffice));
  const auto issued = last_event<InvoiceIssued>(story);
  EXPECT_EQ(issued.vat, (std::vector<VatLine>{{VatTreatment::reverse_charged, 0, cents(1'209'20), cents(0)}}));
  EXPECT_EQ(issued.gross, cents(1'209'20));
}

TEST(IssueInvoice, NeedsTheRateOfTheDayPublished) {
  Story story = started();
  by_office(story, pay_terms(cents(15'50)));
  by_office(story, client_terms(cents(30'23)));
  by_office(story, AgreePurchaseTerms{kPlacement, {16'200, {}}, kFirstDay});
  approve_week(story, kMonday).done(draft_invoice(), as(kOffice)).done(add_lines(), as(kOffice));
  story.when(issue_invoice(story), as(kOffice))
      .then_refused(RejectionCode::no_terms, "no vat is published for 2026-10-12");
  by_office(story, PublishParameters{kToday, {{ParameterKind::vat, 9, 100}}, "Wet OB"})
      .done(issue_invoice(story), as(kOffice));
  EXPECT_EQ(last_event<InvoiceIssued>(story).vat.front().amount, cents(108'83));  // 108.828
}

TEST(Vat, IsRoundedHalfUpOnTheSum) {
  EXPECT_EQ(vat_of(cents(1'209'20), 2'100), cents(253'93));  // 253.932
  EXPECT_EQ(vat_of(cents(2'418'40), 2'100), cents(507'86));  // 507.864, and not twice 253.93
  EXPECT_EQ(vat_of(cents(50), 2'100), cents(11));            // 10.5
  EXPECT_EQ(vat_of(cents(-50), 2'100), cents(-11));
  EXPECT_EQ(vat_of(cents(2), 2'100), cents(0));
  EXPECT_EQ(vat_of(cents(100), 0), cents(0));
}

TEST(InvoiceHash, DependsOnEveryPartOfALine) {
  const InvoiceLine line{kPlacement, kWeek, hours(30'23, 2'400, 1'209'20)};
  const Digest hash = invoice_hash({}, {line});
  const auto other = [&](auto change) {
    InvoiceLine changed = line;
    change(changed);
    return invoice_hash({}, {changed});
  };
  EXPECT_NE(hash, invoice_hash(digest(1), {line}));
  EXPECT_NE(hash, invoice_hash({}, {line, line}));
  EXPECT_NE(hash, other([](InvoiceLine& one) { one.placement = kOtherPlacement; }));
  EXPECT_NE(hash, other([](InvoiceLine& one) { one.period = kNextWeek; }));
  EXPECT_NE(hash, other([](InvoiceLine& one) { one.period.kind = PeriodKind::month; }));
  EXPECT_NE(hash, other([](InvoiceLine& one) { one.hours.hour_type = HourType::travel; }));
  EXPECT_NE(hash, other([](InvoiceLine& one) { one.hours.per_hour = cents(30'24); }));
  EXPECT_NE(hash, other([](InvoiceLine& one) { one.hours.surcharge = 1; }));
  EXPECT_NE(hash, other([](InvoiceLine& one) { one.hours.minutes = Minutes::of(2'401); }));
  EXPECT_NE(hash, other([](InvoiceLine& one) { one.hours.amount = cents(1'209'21); }));
}

}  // namespace
}  // namespace placet::domain::testing
