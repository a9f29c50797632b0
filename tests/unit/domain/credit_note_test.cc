#include <gtest/gtest.h>

#include "tests/unit/domain/money.h"

namespace placet::domain::testing {
namespace {

constexpr ClientId kSecondClient = id<ClientId>(60);

/// kCreditNote took all of kInvoice back after it was paid: 1,463.13 are left of it, and kSecondInvoice is open.
Story with_credit_left() {
  Story story = with_two_invoices();
  story.done(ReceivePayment{kInvoice, invoice_of(story).open}, as(kOffice))
      .done(DraftCreditNote{kCreditNote, kInvoice}, as(kOffice))
      .done(add_lines(kCreditNote), as(kOffice));
  return by_office(story, issue_credit_note(story));
}

/// An invoice with two weeks: of the second only, a credit note is issued.
Story with_part_credited() {
  Story story = with_week();
  approve_week(story.on(kNextMonday), kNextMonday);
  story.done(draft_invoice(), as(kOffice))
      .done(AddInvoiceLines{kInvoice, {{kPlacement, kWeek, 0}, {kPlacement, kNextWeek, 0}}}, as(kOffice));
  story.done(issue_invoice(story), as(kOffice))
      .done(DraftCreditNote{kCreditNote, kInvoice}, as(kOffice))
      .done(add_lines(kCreditNote, kNextWeek), as(kOffice));
  return by_office(story, issue_credit_note(story));
}

// --- credit -------------------------------------------------------------------------------------------------------

TEST(DraftCreditNote, IsOfAnIssuedInvoice) {
  with_invoice()
      .when(DraftCreditNote{kCreditNote, kInvoice}, as(kOffice))
      .then({InvoiceDrafted{InvoiceKind::credit_note, kClient, kAgency, kInvoice}});
  with_draft()
      .when(DraftCreditNote{kCreditNote, kInvoice}, as(kOffice))
      .then_refused(RejectionCode::not_ready, "draft");
}

TEST(DraftCreditNote, IsRefusedUnderAnIdInUseAndOfWhatIsNoInvoice) {
  Story story = with_credit_draft();
  story.when(DraftCreditNote{kCreditNote, kInvoice}, as(kOffice))
      .then_refused(RejectionCode::already_exists)
      .when(DraftCreditNote{kInvoice, kInvoice}, as(kOffice))
      .then_refused(RejectionCode::already_exists)
      .when(DraftCreditNote{kSecondCreditNote, kSecondInvoice}, as(kOffice))
      .then_refused(RejectionCode::not_found)
      .when(DraftCreditNote{kSecondCreditNote, kCreditNote}, as(kOffice))
      .then_refused(RejectionCode::not_found);
}

TEST(CreditNote, TakesBackWhatItsInvoiceHasOfTheSheet) {
  Story story = with_invoice();
  story.done(DraftCreditNote{kCreditNote, kInvoice}, as(kOffice))
      .when(add_lines(kCreditNote), as(kOffice))
      .then({HoursCredited{kInvoice, kCreditNote}, MarginBooked{kCreditNote, {{0, cents(-1'004'40), cents(-204'80)}}},
             InvoiceLinesAdded{0, {{kPlacement, kWeek, hours(30'23, -2'400, -1'209'20)}}, cents(-1'209'20)}});
  EXPECT_TRUE(sheet(story).invoices.empty());
  for (const Entry& entry : sheet(story).entries) EXPECT_FALSE(entry.invoiced());
}

TEST(CreditNote, FreesTheHoursToBeInvoicedOnceMore) {
  Story story = with_credit_note();
  by_office(story, client_terms(cents(29'23)))
      .done(draft_invoice(kSecondInvoice), as(kOffice))
      .when(add_lines(kSecondInvoice), as(kOffice))
      .then_refused(RejectionCode::stale, "creditNote")
      .done(AddInvoiceLines{kSecondInvoice, {{kPlacement, kWeek, 0, kCreditNote}}}, as(kOffice));
  EXPECT_EQ(last_event<HoursInvoiced>(story).lines, (PricedLines{hours(29'23, 2'400, 1'169'20)}));
}

TEST(CreditNote, LetsNobodyInvoiceItsHoursAgainWhileItIsADraft) {
  Story story = with_credit_draft();
  story.done(draft_invoice(kSecondInvoice), as(kOffice))
      .when(AddInvoiceLines{kSecondInvoice, {{kPlacement, kWeek, 0, kCreditNote}}}, as(kOffice))
      .then_refused(RejectionCode::not_ready, "two persons issue it first");
}

TEST(DropInvoiceLines, TakesHoursOffADraftToGoOnAnotherOne) {
  Story story = with_draft();
  story.when(DropInvoiceLines{kInvoice, {{kPlacement, kWeek, 0}}}, as(kOffice))
      .then({HoursCredited{kInvoice, {}}, MarginBooked{kInvoice, {{1, cents(-1'004'40), cents(-204'80)}}},
             InvoiceLinesAdded{1, {{kPlacement, kWeek, hours(30'23, -2'400, -1'209'20)}}, cents(-1'209'20)}});
  EXPECT_EQ(invoice_of(story).net, cents(0));
  story.when(issue_invoice(story), as(kOffice))
      .then_refused(RejectionCode::not_ready, "nothing is left")
      .done(draft_invoice(kSecondInvoice), as(kOffice))
      .done(add_lines(kSecondInvoice), as(kOffice));
}

TEST(DropInvoiceLines, IsRefusedForWhatIsIssuedACreditNoteOrNotOnIt) {
  with_invoice()
      .when(DropInvoiceLines{kInvoice, {{kPlacement, kWeek, 0}}}, as(kOffice))
      .then_refused(RejectionCode::settled);
  with_credit_draft()
      .when(DropInvoiceLines{kCreditNote, {{kPlacement, kWeek, 0}}}, as(kOffice))
      .then_refused(RejectionCode::malformed, "credit note");
  Story story = with_week();
  story.done(draft_invoice(), as(kOffice))
      .when(DropInvoiceLines{kInvoice, {{kPlacement, kWeek, 0}}}, as(kOffice))
      .then_refused(RejectionCode::not_settled);
}

TEST(CreditNote, TakesBackAtThePriceThatWasInvoicedWhateverHoldsNow) {
  Story story = with_invoice();
  by_office(story, client_terms(cents(29'23)))
      .done(DraftCreditNote{kCreditNote, kInvoice}, as(kOffice))
      .done(add_lines(kCreditNote), as(kOffice));
  EXPECT_EQ(invoice_of(story, kCreditNote).net, cents(-1'209'20));
}

TEST(CreditNote, IsRefusedForHoursThatAreNotOnThatInvoice) {
  Story story = with_two_invoices();
  story.done(DraftCreditNote{kCreditNote, kInvoice}, as(kOffice))
      .when(add_lines(kCreditNote, kNextWeek), as(kOffice))
      .then_refused(RejectionCode::not_settled, "sheets[0].period: the invoice has nothing of this sheet")
      .done(add_lines(kCreditNote), as(kOffice))
      .when(add_lines(kCreditNote), as(kOffice))
      .then_refused(RejectionCode::not_settled, "or no more");
}

TEST(CreditNote, IsOfTheLastInvoiceOfASheetFirst) {
  Story story = with_invoice();
  by_office(story, client_terms(cents(31'23)))
      .done(draft_invoice(kSecondInvoice), as(kOffice))
      .done(add_lines(kSecondInvoice), as(kOffice));
  story.done(issue_invoice(story, kSecondInvoice), as(kOffice))
      .done(DraftCreditNote{kCreditNote, kInvoice}, as(kOffice))
      .when(add_lines(kCreditNote), as(kOffice))
      .then_refused(RejectionCode::not_ready, "credit that one first")
      .done(DraftCreditNote{kSecondCreditNote, kSecondInvoice}, as(kOffice))
      .done(add_lines(kSecondCreditNote), as(kOffice))
      .done(add_lines(kCreditNote), as(kOffice));
  EXPECT_EQ(invoice_of(story, kSecondCreditNote).net, cents(-40'00));
  EXPECT_EQ(invoice_of(story, kCreditNote).net, cents(-1'209'20));
  EXPECT_TRUE(sheet(story).invoices.empty());
}

TEST(IssueCreditNote, TakesTwoPersonsAndAllThatWasInvoiced) {
  Story story = with_credit_draft();
  story.when(issue_credit_note(story), as(kOffice)).then_refused(RejectionCode::needs_second_person);
  const Digest hash = invoice_of(story, kCreditNote).hash;
  by_office(story, issue_credit_note(story));
  const VatLine vat{VatTreatment::standard, 2'100, cents(-1'209'20), cents(-253'93)};
  EXPECT_EQ(last_event<InvoiceIssued>(story), (InvoiceIssued{InvoiceKind::credit_note,
                                                             2026,
                                                             1,
                                                             kToday,
                                                             kToday,
                                                             1,
                                                             cents(-1'209'20),
                                                             {vat},
                                                             cents(-1'463'13),
                                                             hash,
                                                             kInvoice}));
  EXPECT_EQ(last_event<InvoiceCredited>(story), (InvoiceCredited{kCreditNote, cents(1'209'20), cents(253'93)}));
  EXPECT_EQ(last_event<CreditSetOff>(story), (CreditSetOff{kCreditNote, kInvoice, cents(1'463'13)}));
  EXPECT_EQ(invoice_of(story).open, cents(0));
  EXPECT_EQ(invoice_of(story, kCreditNote).open, cents(0));
}

TEST(IssueCreditNote, LeavesTheInvoiceTheVatOfWhatIsLeft) {
  Story story = with_part_credited();
  EXPECT_EQ(invoice_of(story).vat.amount, cents(507'86));
  const auto issued = last_event<InvoiceIssued>(story);
  EXPECT_EQ(issued.vat.front().amount, cents(-253'93));
  EXPECT_EQ(invoice_of(story).open, cents(1'463'13));
  story.done(DraftCreditNote{kSecondCreditNote, kInvoice}, as(kOffice)).done(add_lines(kSecondCreditNote), as(kOffice));
  by_office(story, issue_credit_note(story, kSecondCreditNote));
  EXPECT_EQ(invoice_of(story).credited_vat, cents(507'86));
  EXPECT_EQ(invoice_of(story).credited_net, cents(2'418'40));
  EXPECT_EQ(invoice_of(story).open, cents(0));
}

TEST(IssueCreditNote, TogetherTakeBackTheVatOfTheSumThoughTheirOwnWouldRoundToLess) {
  Story story = with_terms();
  by_office(story, client_terms(cents(4'20)));
  for (const Period& week : {kWeek, kNextWeek}) {
    story.on(week.first)
        .done(record(kEntry, plain(week.first, 1)), as(kWorkerPerson))
        .done(submit(week), as(kWorkerPerson));
    approve_sheet(story, week);
  }
  story.done(draft_invoice(), as(kOffice))
      .done(AddInvoiceLines{kInvoice, {{kPlacement, kWeek, 0}, {kPlacement, kNextWeek, 0}}}, as(kOffice));
  story.done(issue_invoice(story), as(kOffice));
  EXPECT_EQ(invoice_of(story).vat.amount, cents(3));  // 2.94; of each half 1.47
  story.done(DraftCreditNote{kCreditNote, kInvoice}, as(kOffice)).done(add_lines(kCreditNote), as(kOffice));
  by_office(story, issue_credit_note(story));
  EXPECT_EQ(invoice_of(story, kCreditNote).vat.amount, cents(-2));
  story.done(DraftCreditNote{kSecondCreditNote, kInvoice}, as(kOffice))
      .done(add_lines(kSecondCreditNote, kNextWeek), as(kOffice));
  by_office(story, issue_credit_note(story, kSecondCreditNote));
  EXPECT_EQ(invoice_of(story, kSecondCreditNote).vat.amount, cents(-1));
}

TEST(IssueCreditNote, OfAPaidInvoiceKeepsItsWorth) {
  Story story = with_credit_left();
  EXPECT_EQ(invoice_of(story).open, cents(0));
  EXPECT_EQ(invoice_of(story, kCreditNote).open, cents(1'463'13));
}

TEST(IssueCreditNote, OfAPartlyPaidInvoicePaysTheRestFirst) {
  Story story = with_invoice();
  story.done(ReceivePayment{kInvoice, cents(1'000'00)}, as(kOffice))
      .done(DraftCreditNote{kCreditNote, kInvoice}, as(kOffice))
      .done(add_lines(kCreditNote), as(kOffice));
  by_office(story, issue_credit_note(story));
  EXPECT_EQ(invoice_of(story).open, cents(0));
  EXPECT_EQ(invoice_of(story, kCreditNote).open, cents(1'000'00));
}

TEST(IssueCreditNote, IsRefusedAboveTheInvoice) {
  Story story = with_credit_draft();
  story.given({{stream_of(kInvoice), InvoiceCredited{kSecondCreditNote, cents(1), cents(0)}}})
      .proposed(issue_credit_note(story), as(kOffice))
      .then_refused(RejectionCode::above_invoice, "more than the invoice came to");
}

TEST(IssueCreditNote, IsRefusedForNoDraftAnEmptyOneAndOneThatIsIssued) {
  Story story = with_invoice();
  story.proposed(issue_credit_note(story), as(kOffice))
      .then_refused(RejectionCode::not_found, "no such credit note")
      .done(DraftCreditNote{kCreditNote, kInvoice}, as(kOffice))
      .proposed(issue_credit_note(story), as(kOffice))
      .then_refused(RejectionCode::not_ready, "has no lines");
  Story done = with_credit_note();
  done.proposed(issue_credit_note(done), as(kOffice)).then_refused(RejectionCode::settled);
}

TEST(IssueCreditNote, IsRefusedForOtherLinesOrAnotherInvoice) {
  Story story = with_credit_draft();
  IssueCreditNote unseen = issue_credit_note(story), elsewhere = unseen;
  unseen.seen = digest(9);
  elsewhere.invoice = kSecondInvoice;
  story.proposed(unseen, as(kOffice))
      .then_refused(RejectionCode::moved, "other lines")
      .proposed(elsewhere, as(kOffice))
      .then_refused(RejectionCode::stale, "invoice");
}

// --- paid ---------------------------------------------------------------------------------------------------------

TEST(ReceivePayment, IsOfAPartOrTheRest) {
  Story story = with_invoice();
  story.when(ReceivePayment{kInvoice, cents(463'13)}, as(kOffice)).then({InvoicePaid{cents(463'13), kToday}});
  EXPECT_EQ(invoice_of(story).open, cents(1'000'00));
  story.done(ReceivePayment{kInvoice, cents(1'000'00)}, as(kOffice));
  EXPECT_EQ(invoice_of(story).open, cents(0));
}

TEST(ReceivePayment, IsRefusedAboveWhatIsOpen) {
  with_invoice()
      .when(ReceivePayment{kInvoice, cents(1'463'14)}, as(kOffice))
      .then_refused(RejectionCode::above_invoice, "146313 cents of the invoice are open");
  with_invoice()
      .done(ReceivePayment{kInvoice, cents(1'463'13)}, as(kOffice))
      .when(ReceivePayment{kInvoice, cents(1)}, as(kOffice))
      .then_refused(RejectionCode::above_invoice);
}

TEST(ReceivePayment, IsRefusedForNothingADraftAndACreditNote) {
  with_invoice()
      .when(ReceivePayment{kInvoice, cents(0)}, as(kOffice))
      .then_refused(RejectionCode::malformed, "amount")
      .when(ReceivePayment{kInvoice, cents(-1)}, as(kOffice))
      .then_refused(RejectionCode::malformed, "amount")
      .when(ReceivePayment{kSecondInvoice, cents(1)}, as(kOffice))
      .then_refused(RejectionCode::not_found);
  with_draft().when(ReceivePayment{kInvoice, cents(1)}, as(kOffice)).then_refused(RejectionCode::not_ready);
  with_credit_left().when(ReceivePayment{kCreditNote, cents(1)}, as(kOffice)).then_refused(RejectionCode::not_found);
}

TEST(SetOffCredit, PaysAnotherInvoiceOfThatClient) {
  Story story = with_credit_left();
  story.when(SetOffCredit{kCreditNote, kSecondInvoice, cents(463'13)}, as(kOffice))
      .then({CreditSetOff{kCreditNote, kSecondInvoice, cents(463'13)},
             CreditSetOff{kCreditNote, kSecondInvoice, cents(463'13)}});
  EXPECT_EQ(invoice_of(story, kCreditNote).open, cents(1'000'00));
  EXPECT_EQ(invoice_of(story, kSecondInvoice).open, cents(1'000'00));
}

TEST(SetOffCredit, IsRefusedAboveWhatIsLeftOfEither) {
  Story story = with_credit_left();
  story.when(SetOffCredit{kCreditNote, kSecondInvoice, cents(1'463'14)}, as(kOffice))
      .then_refused(RejectionCode::above_invoice, "146313 cents of the credit note are left, and 146313")
      .when(SetOffCredit{kCreditNote, kInvoice, cents(1)}, as(kOffice))
      .then_refused(RejectionCode::above_invoice, "and 0 of the invoice")
      .done(ReceivePayment{kSecondInvoice, cents(1'463'00)}, as(kOffice))
      .when(SetOffCredit{kCreditNote, kSecondInvoice, cents(14)}, as(kOffice))
      .then_refused(RejectionCode::above_invoice)
      .done(SetOffCredit{kCreditNote, kSecondInvoice, cents(13)}, as(kOffice));
}

TEST(SetOffCredit, IsRefusedForNothingADraftAndWhatIsNoCreditNote) {
  Story story = with_credit_left();
  story.when(SetOffCredit{kCreditNote, kSecondInvoice, cents(0)}, as(kOffice))
      .then_refused(RejectionCode::malformed, "amount")
      .when(SetOffCredit{kInvoice, kSecondInvoice, cents(1)}, as(kOffice))
      .then_refused(RejectionCode::not_found, "no such credit note")
      .when(SetOffCredit{kCreditNote, kCreditNote, cents(1)}, as(kOffice))
      .then_refused(RejectionCode::not_found, "no such invoice");
  with_credit_draft()
      .when(SetOffCredit{kCreditNote, kInvoice, cents(1)}, as(kOffice))
      .then_refused(RejectionCode::not_ready, "creditNote: is a draft");
  const auto third = id<InvoiceId>(224);
  story.done(draft_invoice(third), as(kOffice))
      .when(SetOffCredit{kCreditNote, third, cents(1)}, as(kOffice))
      .then_refused(RejectionCode::not_ready, "invoice: is a draft");
}

TEST(SetOffCredit, IsRefusedAgainstAnInvoiceToAnotherClient) {
  const auto other = id<InvoiceId>(225);
  Story story = with_credit_left();
  InvoiceIssued issued;
  issued.kind = InvoiceKind::invoice;
  issued.gross = cents(100'00);
  story
      .given(
          {{stream_of(other), InvoiceDrafted{InvoiceKind::invoice, kSecondClient, {}, {}}}, {stream_of(other), issued}})
      .when(SetOffCredit{kCreditNote, other, cents(1)}, as(kOffice))
      .then_refused(RejectionCode::malformed, "another client");
}

}  // namespace
}  // namespace placet::domain::testing
