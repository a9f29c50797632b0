#pragma once

// Money in the domain's stories: a week of 40 hours that is paid, invoiced and booked, and commands about it, to vary.

#include <gtest/gtest.h>

#include "domain/pricing/pricing.h"
#include "domain/timesheet/settling.h"
#include "tests/unit/domain/sheets.h"

namespace placet::domain::testing {

/// Two of the office who do nothing but change bank accounts.
inline constexpr PersonId kThirdOffice = id<PersonId>(14), kFourthOffice = id<PersonId>(15);
inline constexpr RunId kRun = id<RunId>(200), kSecondRun = id<RunId>(201);
inline constexpr BatchId kBatch = id<BatchId>(210), kSecondBatch = id<BatchId>(211);
inline constexpr InvoiceId kInvoice = id<InvoiceId>(220), kSecondInvoice = id<InvoiceId>(221),
                           kCreditNote = id<InvoiceId>(222), kSecondCreditNote = id<InvoiceId>(223);

/// Normal hours at one price.
PricedLine hours(std::int64_t per_hour, std::int64_t minutes, std::int64_t amount);
constexpr Money cents(std::int64_t count) { return Money::of(count); }

const PayAccount& pay_account(Story& story, EmploymentId employment = kEmployment);
const PayrollRun& run_of(Story& story, RunId run = kRun);
const PaymentBatch& batch_of(Story& story, BatchId batch = kBatch);
const Invoice& invoice_of(Story& story, InvoiceId invoice = kInvoice);
/// The first event of that kind among those of the last command; fails when there is none.
template <class E>
E last_event(const Story& story) {
  if (story.last()) {
    for (const NewEvent& event : *story.last()) {
      if (const auto* found = std::get_if<E>(&event.event)) return *found;
    }
  }
  ADD_FAILURE() << "the last command has no " << EventTraits<E>::kName;
  return {};
}
/// The first line of that kind.
PayslipLine line_of(const PayslipCalculated& payslip, PayslipLineKind kind);

/// Holiday allowance 8/100, leave 4/52, VAT 21/100, from the first day of 2026.
PublishParameters publish_parameters();
AgreePayTerms pay_terms(Money per_hour, Date from = kFirstDay);
AgreeClientTerms client_terms(Money per_hour, Date from = kFirstDay);
OpenRun open_run(RunId run = kRun, Date booked_on = kSunday);
CalculatePayslip calculate_payslip(RunId run = kRun, const Period& period = kWeek);
ApproveRun approve_run(Story& story, RunId run = kRun);
GrantAdvance grant_advance(Money amount);
/// Of the payments to the worker that did not come back: what an adapter fills in.
std::vector<BatchId> batches_of(Story& story);
/// With every hint filled in from the story.
ChangeWorkerBankAccount change_account(Story& story);
PreparePayments prepare_payments(BatchId batch = kBatch, RunId run = kRun);
/// Though its account changed less than seven days ago.
PreparePayments prepare_held(BatchId batch = kBatch, RunId run = kRun);
ReleasePayments release_payments(Story& story, BatchId batch = kBatch);
ReturnPayment return_payment(Story& story, ReturnReason why, BatchId batch = kBatch);
DraftInvoice draft_invoice(InvoiceId invoice = kInvoice);
AddInvoiceLines add_lines(InvoiceId invoice = kInvoice, const Period& period = kWeek);
IssueInvoice issue_invoice(Story& story, InvoiceId invoice = kInvoice);
IssueCreditNote issue_credit_note(Story& story, InvoiceId credit_note = kCreditNote, InvoiceId invoice = kInvoice);
ReverseHours reverse_hours(std::vector<Date> days = {}, const Period& period = kWeek);

/// As many sheets as a command may name, each of another placement.
std::vector<SheetSeen> most_sheets();
/// How many streams a command needs when it is agreed to, with whoever acts.
std::size_t streams_needed(const Story& story, const Command& command);

/// Steps that two of the office take together.
Story& by_office(Story& story, const Command& command, Story::Here here = Story::Here::current());
/// The worker enters and submits eight hours on each of the five days from that Monday.
Story& enter_week(Story& story, Date monday);
/// And kApprover approves them: the clock is that of the story.
Story& approve_week(Story& story, Date monday);
/// All that waits on that sheet, by kApprover.
Story& approve_sheet(Story& story, const Period& period);

/// The placement runs; pay 15.50, client 30.23, purchase 1.62 of pay are agreed; the parameters are published.
Story with_terms();
/// And 40 hours of kWeek are approved.
Story with_week();
/// And kRun is open.
Story with_run();
/// And the payslip of those hours is in it.
Story with_payslip();
/// And it is approved.
Story with_approved_run();
/// And the worker has a bank account, recorded eight days ago by kThirdOffice and kFourthOffice.
Story with_account();
/// And kBatch holds what is due, is released, and was booked by the bank.
Story with_batch();
Story with_released();
Story with_settled();
/// 40 hours are approved, and on the draft kInvoice; and that is issued.
Story with_draft();
Story with_invoice();
/// And the next week is on kSecondInvoice, which is issued too.
Story with_two_invoices();
/// Or all of kInvoice is on the draft kCreditNote; and that is issued.
Story with_credit_draft();
Story with_credit_note();

}  // namespace placet::domain::testing
