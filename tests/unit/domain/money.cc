#include "tests/unit/domain/money.h"

namespace placet::domain::testing {

namespace {

constexpr std::uint64_t kWeekEntries = 1'000'000;

EntryId entry_of(Date day) { return id<EntryId>(kWeekEntries + static_cast<std::uint64_t>(day.days)); }

Period week_from(Date monday) { return {PeriodKind::week, monday}; }

Fact office(PersonId person) { return {stream_of(person), RoleGranted{Role::back_office, {}, {}, {}}}; }
Fact registered(PersonId person) { return {stream_of(person), PersonRegistered{sealed("name")}}; }

}  // namespace

PricedLine hours(std::int64_t per_hour, std::int64_t minutes, std::int64_t amount) {
  return {HourType::normal, cents(per_hour), 0, Minutes::of(minutes), cents(amount)};
}

const PayAccount& pay_account(Story& story, EmploymentId employment) {
  return story.state_of<PayAccount>(pay_account_stream_of(employment));
}
const PayrollRun& run_of(Story& story, RunId run) { return story.state_of<PayrollRun>(stream_of(run)); }
const PaymentBatch& batch_of(Story& story, BatchId batch) { return story.state_of<PaymentBatch>(stream_of(batch)); }
const Invoice& invoice_of(Story& story, InvoiceId invoice) { return story.state_of<Invoice>(stream_of(invoice)); }

PayslipLine line_of(const PayslipCalculated& payslip, PayslipLineKind kind) {
  for (const PayslipLine& line : payslip.lines) {
    if (line.kind == kind) return line;
  }
  return {};
}

PublishParameters publish_parameters() {
  return {*Date::of(2026, 1, 1),
          {{ParameterKind::holiday_allowance, 8, 100}, {ParameterKind::leave, 4, 52}, {ParameterKind::vat, 21, 100}},
          "Wet OB 1968; BW 7:634"};
}
AgreePayTerms pay_terms(Money per_hour, Date from) { return {kPlacement, {per_hour, {}, {}}, from}; }
AgreeClientTerms client_terms(Money per_hour, Date from) { return {kPlacement, {per_hour, {}, {}}, from}; }

OpenRun open_run(RunId run, Date booked_on) {
  return {run, week_from(booked_on.monday_of_week()), booked_on, booked_on.plus_days(4), 0};
}
CalculatePayslip calculate_payslip(RunId run, const Period& period) {
  return {run, kEmployment, {{kPlacement, period, 0}}, false};
}
ApproveRun approve_run(Story& story, RunId run) { return {run, run_of(story, run).hash}; }
GrantAdvance grant_advance(Money amount) { return {kEmployment, kWorker, amount, sealed("the car broke down")}; }

std::vector<BatchId> batches_of(Story& story) {
  std::vector<BatchId> batches;
  for (const PaymentMade& made : pay_account(story).made)
    if (!made.back) batches.push_back(made.batch);
  return batches;
}

ChangeWorkerBankAccount change_account(Story& story) {
  return {kWorker, sealed("NL91ABNA0417164300"), kEmployment, batches_of(story)};
}
PreparePayments prepare_payments(BatchId batch, RunId run) { return {batch, run, {{kEmployment, kWorker}}, false}; }
PreparePayments prepare_held(BatchId batch, RunId run) { return {batch, run, {{kEmployment, kWorker}}, true}; }
ReleasePayments release_payments(Story& story, BatchId batch) { return {batch, batch_of(story, batch).hash}; }
ReturnPayment return_payment(Story& story, ReturnReason why, BatchId batch) {
  const PaymentMade* made = pay_account(story).made_by(batch);
  return {batch, kEmployment, kWorker, made == nullptr ? PaymentId{} : made->id, why, batches_of(story)};
}

DraftInvoice draft_invoice(InvoiceId invoice) { return {invoice, kClient, kAgency}; }
AddInvoiceLines add_lines(InvoiceId invoice, const Period& period) { return {invoice, {{kPlacement, period, 0}}}; }
IssueInvoice issue_invoice(Story& story, InvoiceId invoice) {
  return {invoice, kClient, invoice_of(story, invoice).hash, VatTreatment::standard, {}};
}
IssueCreditNote issue_credit_note(Story& story, InvoiceId credit_note, InvoiceId invoice) {
  return {credit_note, invoice, invoice_of(story, credit_note).hash};
}
ReverseHours reverse_hours(std::vector<Date> days, const Period& period) {
  return {kPlacement, period, kWorker, std::move(days), sealed("these were another worker's hours")};
}

std::vector<SheetSeen> most_sheets() {
  std::vector<SheetSeen> sheets;
  for (std::size_t n = 0; n < kSheetsPerCommandMax; ++n) sheets.push_back({id<PlacementId>(500 + n), kWeek, 0});
  return sheets;
}

std::size_t streams_needed(const Story& story, const Command& command) {
  Facts facts = story.facts(as(kSecondOffice));
  facts.proposed = command;
  AgreeToAct agree;
  agree.proposer = kOffice;
  return needs_of(agree, facts).states.size() + 1;
}

Story& by_office(Story& story, const Command& command, Story::Here here) {
  return story.done_by_two(command, as(kOffice), as(kSecondOffice), here);
}

Story& enter_week(Story& story, Date monday) {
  for (int day = 0; day < 5; ++day)
    story.done(record(entry_of(monday.plus_days(day)), plain(monday.plus_days(day), 480)), as(kWorkerPerson));
  return story.done(submit(week_from(monday)), as(kWorkerPerson));
}

Story& approve_week(Story& story, Date monday) {
  enter_week(story, monday);
  return approve_sheet(story, week_from(monday));
}

Story& approve_sheet(Story& story, const Period& period) {
  const Timesheet& now = sheet(story, period);
  const Digest seen = content_hash(now, sheet_id(period), waiting_lines(now, {}));
  return story.done(ApproveHours{kPlacement, period, {}, seen, {}}, as(kApprover));
}

Story with_terms() {
  Story story = started();
  story.given({registered(kThirdOffice), registered(kFourthOffice), office(kThirdOffice), office(kFourthOffice)});
  by_office(story, pay_terms(cents(15'50)));
  by_office(story, client_terms(cents(30'23)));
  by_office(story, AgreePurchaseTerms{kPlacement, {16'200, {}}, kFirstDay});
  by_office(story, publish_parameters());
  return story;
}

Story with_week() {
  Story story = with_terms();
  approve_week(story, kMonday);
  return story;
}

Story with_run() {
  Story story = with_week();
  return story.done(open_run(), as(kOffice));
}

Story with_payslip() {
  Story story = with_run();
  return story.done(calculate_payslip(), as(kOffice));
}

Story with_approved_run() {
  Story story = with_payslip();
  return by_office(story, approve_run(story));
}

Story with_account() {
  Story story = with_approved_run();
  story.done_by_two(change_account(story), as(kThirdOffice), as(kFourthOffice));
  return story.on(kToday.plus_days(8));
}

Story with_batch() {
  Story story = with_account();
  return story.done(prepare_payments(), as(kOffice));
}

Story with_released() {
  Story story = with_batch();
  return by_office(story, release_payments(story));
}

Story with_settled() {
  Story story = with_released();
  return story.done(SettlePayments{kBatch, batch_of(story).amount}, as(kOffice));
}

Story with_draft() {
  Story story = with_week();
  return story.done(draft_invoice(), as(kOffice)).done(add_lines(), as(kOffice));
}

Story with_invoice() {
  Story story = with_draft();
  return story.done(issue_invoice(story), as(kOffice));
}

Story with_two_invoices() {
  Story story = with_invoice();
  approve_week(story.on(kNextMonday), kNextMonday)
      .done(draft_invoice(kSecondInvoice), as(kOffice))
      .done(add_lines(kSecondInvoice, kNextWeek), as(kOffice));
  return story.done(issue_invoice(story, kSecondInvoice), as(kOffice));
}

Story with_credit_draft() {
  Story story = with_invoice();
  return story.done(DraftCreditNote{kCreditNote, kInvoice}, as(kOffice)).done(add_lines(kCreditNote), as(kOffice));
}

Story with_credit_note() {
  Story story = with_credit_draft();
  return by_office(story, issue_credit_note(story));
}

}  // namespace placet::domain::testing
