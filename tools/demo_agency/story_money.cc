#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/euros.h"
#include "codec/ids.h"
#include "tools/client/rows.h"
#include "tools/demo_agency/story.h"

// Payroll runs on Tuesdays, pay days on Thursdays.

namespace placet::demo {

using namespace domain;

namespace {

constexpr int kTuesday = 1, kWednesday = 2, kThursday = 3, kFriday = 4;
constexpr int kDay = 480;

}  // namespace

client::RunDone Story::pay_and_invoice(int week) {
  const Date tuesday = day_of(week + 1, kTuesday);
  const client::RunDone run =
      client::run_payroll(agency_.office(), {PeriodKind::week, day_of(week, 0)}, tuesday, day_of(week + 1, kThursday));
  for (const client::NotSettled& left : run.left) expect(false, "not paid: " + left.why.message);
  std::vector<client::NotSettled> left;
  invoices_ = back_office_.invoice(back_office_.sheets_to_invoice(), left);
  for (const client::NotSettled& one : left) expect(false, "not invoiced: " + one.why.message);
  books_.payslips += run.payslips;
  books_.net_cents += run.net.count();
  books_.invoices += invoices_.size();
  for (const client::InvoiceDone& invoice : invoices_) books_.invoiced_cents += amounts_of(invoice.invoice).gross;
  run_ = run;
  return run;
}

void Story::release(const client::PaymentsDone& payments) {
  agency_.office().act_by_two({client::BackOffice::release_of(payments)});
  back_office_.settle(payments);
  books_.payments += payments.payments;
}

InvoiceId Story::invoice_of(const std::string& client) const {
  const ClientId id = agency_.client(client).id;
  const auto found =
      std::ranges::find_if(invoices_, [&](const client::InvoiceDone& invoice) { return invoice.client == id; });
  expect(found != invoices_.end(), client + " has no invoice");
  return found->invoice;
}

Story::InvoiceAmounts Story::amounts_of(InvoiceId invoice) {
  InvoiceAmounts amounts;
  client::Connection& connection = agency_.office().desk().connection();
  client::read_rows(
      connection, [&] { return connection.queries().invoicesRequest(); },
      [&](schema::Invoice::Reader row) {
        if (codec::read_id(row.getInvoice()) == invoice.value)
          amounts = {row.getNumber().cStr(), row.getGross(), row.getOpen()};
      });
  return amounts;
}

void Story::the_first_payroll() {
  agency_.set_clock(day_of(1, kTuesday), 14, 0);
  const client::RunDone run = pay_and_invoice(0);
  tell_(
      fmt::format("Tue 20 Oct  The week's payroll: {} payslips, {} net, approved by Ada and Bo; {} invoices went out.",
                  run.payslips, euros_grouped(run.net), invoices_.size()));
}

void Story::an_account_changed_before_pay_day() {
  agency_.set_clock(day_of(1, kTuesday), 15, 0);
  agency_.office().act_by_two({Agency::bank_account(agency_.worker("Guus"), 417'164'901)});
  tell_("Tue 20 Oct  Guus has a new bank account: Ada and Bo record it, two days before pay day.");
}

void Story::a_pay_day() {
  agency_.set_clock(day_of(1, kThursday), 9, 0);
  const client::PaymentsDone all = back_office_.prepare(run_.run);
  expect(all.payments == run_.payslips - 1, "all but Guus are paid");
  release(all);
  const client::PaymentsDone held = back_office_.prepare(run_.run, true);
  expect(held.payments == 1, "Guus alone is held");
  refused(agency_.office().desk(), ReleasePayments{held.batch, held.hash}, RejectionCode::needs_second_person);
  const auto proposal = agency_.office().desk().ask({ReleasePayments{held.batch, held.hash}}, agency_.random(), true);
  expect(!proposal.front() && proposal.front().error().code == RejectionCode::account_changed_by_you,
         "who changed the account may not release to it");
  held_ = held;
  tell_(fmt::format("Thu 22 Oct  Pay day: both release {} payments of {}. Guus's is held: they changed his account.",
                    all.payments, euros_grouped(all.amount)));
}

void Story::a_payment_that_came_back() {
  agency_.set_clock(day_of(1, kFriday), 9, 0);
  const Worker& puck = agency_.worker("Puck");
  client::Connection& connection = agency_.office().desk().connection();
  ReturnPayment back;
  client::read_rows(
      connection, [&] { return connection.queries().paymentsRequest(); },
      [&](schema::Payment::Reader row) {
        if (codec::read_id(row.getWorker()) != puck.id.value) return;
        back = {BatchId(codec::read_id(row.getBatch())), EmploymentId(codec::read_id(row.getEmployment())), puck.id,
                PaymentId(codec::read_id(row.getPayment())), ReturnReason::account_closed};
      });
  act(agency_.office().desk(), back);
  refused(agency_.office().desk(), PreparePayments{agency_.office().fresh<BatchId>(), {}, {{back.employment, {}}}, {}},
          RejectionCode::account_closed);
  agency_.office().act_by_two({Agency::bank_account(puck, 417'164'902)});
  tell_("Fri 23 Oct  Puck's bank sent her wages back, account closed. They are due again; she gives another account.");
}

void Story::the_second_payroll() {
  agency_.set_clock(day_of(2, kTuesday), 16, 0);
  const client::RunDone run = pay_and_invoice(1);
  second_run_ = run.run;
  tell_(fmt::format("Tue 27 Oct  The second payroll: {} payslips, {} net; {} invoices.", run.payslips,
                    euros_grouped(run.net), invoices_.size()));
}

void Story::what_was_held_is_paid() {
  release(held_);
  tell_(
      fmt::format("Tue 27 Oct  Guus's account is a week old: his {} of last week leave.", euros_grouped(held_.amount)));
}

void Story::a_part_payment() {
  agency_.set_clock(day_of(2, kWednesday), 10, 0);
  const InvoiceId invoice = invoice_of("Zorghuis De Linde");
  const InvoiceAmounts before = amounts_of(invoice);
  client::Desk& office = agency_.office().desk();
  refused(office, ReceivePayment{invoice, Money::of(before.gross + 1)}, RejectionCode::above_invoice);
  act(office, ReceivePayment{invoice, Money::of(before.gross / 2)});
  expect(amounts_of(invoice).open == before.gross - before.gross / 2, "half of it is open");
  tell_(fmt::format("Wed 28 Oct  De Linde paid half of invoice {}: {} of {} are open.", before.number,
                    euros_grouped(Money::of(amounts_of(invoice).open)), euros_grouped(Money::of(before.gross))));
}

void Story::a_rate_raised_backwards() {
  const Worker& roos = agency_.worker("Roos");
  const PlacementId placement = roos.placements.front().id;
  agency_.office().act_by_two({AgreePayTerms{placement, {Money::of(1'875), {}, {}}, kFirstMonday},
                               AgreeClientTerms{placement, {Money::of(3'656), {}, {}}, kFirstMonday}});
  const auto is_hers = [&](const client::OpenSheet& sheet) { return sheet.seen.placement == placement; };
  expect(std::ranges::count_if(back_office_.sheets_to_pay(), is_hers) == 2,
         "two weeks of Roos wait for the difference");
  tell_("Wed 28 Oct  Roos earns 18.75 instead of 18.25, from 12 October on: two paid weeks stand open for the rest.");
}

void Story::the_second_pay_day() {
  agency_.set_clock(day_of(2, kThursday), 9, 0);
  const client::PaymentsDone payments = back_office_.prepare(run_.run);
  release(payments);
  expect(payments.payments == run_.payslips - 1, "all but Puck are paid");
  tell_(fmt::format("Thu 29 Oct  Pay day: {} payments of {}. Puck's wait until her account is a week old.",
                    payments.payments, euros_grouped(payments.amount)));
}

void Story::paid_hours_taken_back() {
  agency_.set_clock(day_of(3, kTuesday), 10, 0);
  const Sheet sheet = week_of("Eva", 1);
  const Date wednesday = day_of(1, kWednesday);
  refused(manager_of(sheet), TakeApprovalBack{sheet.at->id, sheet.period, {}, {wednesday}, Box::plain("not worked")},
          RejectionCode::settled);
  agency_.office().act_by_two(
      {ReverseHours{sheet.at->id, sheet.period, {}, {}, Box::plain("Wednesday was not worked")}});
  books_.approved_minutes -= 5 * kDay;
  approve(manager_of(sheet), sheet, 4 * kDay, {day_of(1, 0), day_of(1, 1), day_of(1, 3), day_of(1, 4)});
  act(manager_of(sheet), RefuseHours{sheet.at->id, sheet.period, {}, {wednesday}, Box::plain("not worked")});
  const InvoiceId invoice = invoice_of("Zorghuis De Linde");
  const IssueCreditNote issue = back_office_.credit(invoice, {{sheet.at->id, sheet.period, 0}});
  agency_.office().act_by_two({issue});
  const InvoiceAmounts note = amounts_of(issue.credit_note);
  ++books_.invoices;
  books_.invoiced_cents += note.gross;
  tell_(
      fmt::format("Tue  3 Nov  Eva's Wednesday was paid and invoiced, but not worked: reversed; credit note {} of {}.",
                  note.number, euros_grouped(Money::of(-note.gross))));
}

void Story::the_third_payroll() {
  agency_.set_clock(day_of(3, kTuesday), 14, 0);
  const client::RunDone run = pay_and_invoice(2);
  std::int64_t roos = 0, eva = 0;
  const auto payslip = [&](const Worker& worker, Date before, std::int64_t& corrected) {
    client::Connection& connection = agency_.office().desk().connection();
    client::read_rows(
        connection, [&] { return connection.queries().payslipsRequest(); },
        [&](schema::Payslip::Reader row) {
          if (codec::read_id(row.getWorker()) != worker.id.value || codec::read_id(row.getRun()) != run.run.value)
            return;
          for (const auto line : row.getLines())
            if (line.getKind() == schema::PayslipLineKind::HOURS && line.getPeriod().getFirst() < before.days)
              corrected += line.getAmount();
        });
  };
  payslip(agency_.worker("Roos"), day_of(2, 0), roos);
  payslip(agency_.worker("Eva"), day_of(2, 0), eva);
  expect(roos == 2 * 40 * 50 && eva == -8 * 1'950, "the corrections are the differences");
  tell_(fmt::format("Tue  3 Nov  The third payroll: {} payslips, {} net; Roos gets {} more, Eva {}; {} invoices.",
                    run.payslips, euros_grouped(run.net), euros_grouped(Money::of(roos)), euros_grouped(Money::of(eva)),
                    invoices_.size()));
}

void Story::the_last_pay_day() {
  agency_.set_clock(day_of(3, kThursday), 9, 0);
  const client::PaymentsDone wages = back_office_.prepare(run_.run);
  release(wages);
  const client::PaymentsDone late = back_office_.prepare(second_run_);
  const client::PaymentsDone again = back_office_.prepare({});
  release(late);
  release(again);
  expect(late.payments == 1 && again.payments == 1, "Puck gets what came back, and her second week");
  tell_(fmt::format("Thu  5 Nov  Pay day: {} payments of {}; Puck gets two weeks, {}.", wages.payments,
                    euros_grouped(wages.amount), euros_grouped(Money::of(late.amount.count() + again.amount.count()))));
}

void Story::a_period_closed() {
  const Date sunday = day_of(1, 6);
  agency_.office().act_by_two({ClosePeriod{sunday}});
  refused(agency_.office().desk(),
          OpenRun{agency_.office().fresh<RunId>(), {PeriodKind::week, day_of(0, 0)}, sunday, sunday, 0},
          RejectionCode::period_closed);
  tell_("Thu  5 Nov  The books are closed through 25 October: another run of the first week must be booked later.");
}

}  // namespace placet::demo
