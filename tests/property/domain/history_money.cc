#include <algorithm>

#include "base/sort_unique.h"
#include "tests/property/domain/history.h"

// Commands by which hours become money.

namespace placet::domain::testing {

namespace {

BatchId forgotten_by(const PayAccount& account) {
  const PaymentMade* made = account.next_forgotten();
  return made == nullptr ? BatchId{} : made->batch;
}

}  // namespace

SheetSeen History::seen_now(const SheetAt& at) {
  const std::uint32_t events = story_.state(stream_of(sheet_of(kLedger, at.placement, at.period))).events;
  return {at.placement, at.period, one_in(2) ? 0 : mostly(events, events + 1, 40)};
}

const History::WorkerAt& History::any_payee(BatchId batch) {
  for (const WorkerAt& worker : workers_) {
    if (pay_account(worker.employment).made_by(batch) != nullptr && !one_in(4)) return worker;
  }
  return any(workers_);
}

auto History::reverse_hours() -> Try {
  const SheetAt at = any_sheet_with(&Entry::settled);
  ReverseHours command{at.placement, at.period, mostly(placement(at.placement).worker, WorkerId{}, 60),
                       any_days(at, false), reason()};
  return {command, any(offices_)};
}

// --- parameters, books --------------------------------------------------------------------------------------------

auto History::publish_parameters() -> Try {
  PublishParameters command{in_days(-60, 30), {}, mostly(std::string("law"), std::string())};
  for (auto left = 1 + below(2); left > 0; --left) {
    switch (below(3)) {
      case 0: command.values.push_back({ParameterKind::holiday_allowance, mostly(8, 10, 4), mostly(100, 0)}); break;
      case 1: command.values.push_back({ParameterKind::leave, mostly(4, 5, 4), 52}); break;
      case 2: command.values.push_back({ParameterKind::vat, mostly(21, 9, 4), mostly(100, 33)}); break;
    }
  }
  if (one_in(20)) command.values.clear();
  return {command, any(offices_)};
}

auto History::close_period() -> Try { return {ClosePeriod{mostly(in_days(-40, -1), in_days(0, 3))}, any(offices_)}; }

// --- pay ----------------------------------------------------------------------------------------------------------

auto History::open_run() -> Try {
  const auto run = mostly(fresh<RunId>(), runs_.empty() ? fresh<RunId>() : any(runs_));
  const Date first = in_days(-14, 0).monday_of_week();
  const Date booked_on = mostly(std::max(first, in_days(-6, 8)), in_days(-30, 70));
  const Date pay_on = booked_on.plus_days(static_cast<int>(below(6)) - (one_in(12) ? 3 : 0));
  if (std::find(runs_.begin(), runs_.end(), run) == runs_.end()) runs_.push_back(run);
  return {OpenRun{run, {PeriodKind::week, first}, booked_on, pay_on, log().size()}, any(offices_)};
}

/// Of sheets of one worker, mostly with something on them that was not paid or is paid no more.
auto History::calculate_payslip() -> Try {
  const auto unpaid = [&](const SheetAt& at) {
    const auto& entries = sheet(at).entries;
    return std::any_of(entries.begin(), entries.end(), [](const Entry& one) { return one.frozen() != one.paid; });
  };
  SheetAt first = any_sheet();
  for (int i = one_in(10) ? 12 : 0; i < 12 && !unpaid(first); ++i) first = any_sheet();
  const RunId run = any_such(runs_, [&](RunId id) { return payroll_run(id).opened && !payroll_run(id).approved; });
  const EmploymentId employment = placement(first.placement).employment;
  CalculatePayslip command{run, mostly(employment, any(workers_).employment, 40), {seen_now(first)}, one_in(3)};
  for (auto more = below(3); more > 0; --more) {
    const SheetAt& at = any_sheet();
    const bool his = placement(at.placement).employment == employment && unpaid(at);
    const bool twice = at.placement == first.placement && at.period == first.period;
    if ((his && !twice) || one_in(60)) command.sheets.push_back(seen_now(at));
  }
  if (one_in(80)) command.sheets.clear();
  return {command, any(offices_)};
}

auto History::approve_run() -> Try {
  const RunId run =
      any_such(runs_, [&](RunId id) { return payroll_run(id).payslips > 0 && !payroll_run(id).approved; });
  return {ApproveRun{run, looked_at(payroll_run(run).hash)}, any(offices_)};
}

auto History::close_run() -> Try {
  const RunId run = any_such(runs_, [&](RunId id) { return payroll_run(id).approved && !payroll_run(id).closed; });
  return {CloseRun{run}, any(offices_)};
}

auto History::grant_advance() -> Try {
  const WorkerAt& worker = one_in(4) ? workers_[4] : any(workers_);
  const Money amount = mostly(Money::of(100 * static_cast<std::int64_t>(1 + below(300))), Money::of(-1));
  return {GrantAdvance{worker.employment, mostly(worker.id, any(workers_).id), amount, reason()},
          mostly(any(offices_), worker.person, 5)};
}

// --- payment ------------------------------------------------------------------------------------------------------

/// What an approved run, advances or returned payments made due to a few workers.
auto History::prepare_payments() -> Try {
  const auto due_of = [&](RunId run) {
    std::vector<Payee> payees;
    for (const WorkerAt& worker : workers_) {
      const PayAccount& account = pay_account(worker.employment);
      if (account.due_of(run).count() > 0)
        payees.push_back({worker.employment, mostly(account.worker, WorkerId{}, 60), forgotten_by(account)});
    }
    return payees;
  };
  const RunId run =
      one_in(3) ? RunId{} : any_such(runs_, [&](RunId id) { return payroll_run(id).approved && !due_of(id).empty(); });
  const BatchId batch =
      one_in(3) ? fresh<BatchId>() : any_such(batches_, [&](BatchId id) { return !payment_batch(id).released; });
  PreparePayments command{batch, run, due_of(run), !one_in(3)};
  while (command.payees.size() > 3)
    command.payees.erase(command.payees.begin() + static_cast<std::ptrdiff_t>(below(command.payees.size())));
  const WorkerAt& another = any(workers_);
  if (command.payees.empty() || one_in(40)) command.payees.push_back({another.employment, another.id, {}});
  if (std::find(batches_.begin(), batches_.end(), batch) == batches_.end()) batches_.push_back(batch);
  return {command, any(offices_)};
}

auto History::withdraw_payment() -> Try {
  const BatchId batch =
      any_such(batches_, [&](BatchId id) { return payment_batch(id).count > 0 && !payment_batch(id).released; });
  return {WithdrawPayment{batch, any_payee(batch).employment}, any(offices_)};
}

auto History::release_payments() -> Try {
  const BatchId batch =
      any_such(batches_, [&](BatchId id) { return payment_batch(id).count > 0 && !payment_batch(id).released; });
  return {ReleasePayments{batch, looked_at(payment_batch(batch).hash)}, any(offices_)};
}

auto History::settle_payments() -> Try {
  const BatchId batch =
      any_such(batches_, [&](BatchId id) { return payment_batch(id).released && !payment_batch(id).settled; });
  return {SettlePayments{batch, mostly(payment_batch(batch).amount, Money::of(1))}, any(offices_)};
}

auto History::return_payment() -> Try {
  const BatchId batch = any_such(batches_, [&](BatchId id) { return payment_batch(id).settled; });
  const WorkerAt& worker = any_payee(batch);
  const PaymentMade* made = pay_account(worker.employment).made_by(batch);
  const auto payment = mostly(made == nullptr ? PaymentId{} : made->id, fresh<PaymentId>());
  return {ReturnPayment{batch, worker.employment, mostly(worker.id, WorkerId{}, 40), payment,
                        mostly(ReturnReason::refused_by_bank, any_of<ReturnReason>(kReturnReasonCount), 2),
                        batches_of(worker.employment)},
          any(offices_)};
}

/// Of the payments to him that did not come back; once in a while from a directory that lags behind.
std::vector<BatchId> History::batches_of(EmploymentId employment) {
  std::vector<BatchId> batches;
  for (const PaymentMade& made : pay_account(employment).made)
    if (!made.back && !one_in(60)) batches.push_back(made.batch);
  sort_unique(batches);
  return batches;
}

// --- invoice ------------------------------------------------------------------------------------------------------

auto History::draft_invoice() -> Try {
  const Placement& at = placement(any_sheet_with(&Entry::approved).placement);
  const auto invoice = mostly(fresh<InvoiceId>(), invoices_.empty() ? fresh<InvoiceId>() : any(invoices_));
  if (std::find(invoices_.begin(), invoices_.end(), invoice) == invoices_.end()) invoices_.push_back(invoice);
  return {DraftInvoice{invoice, mostly(at.client, fresh<ClientId>(), 30), mostly(at.agency, any(agencies_).id, 30)},
          any(offices_)};
}

auto History::draft_credit_note() -> Try {
  const InvoiceId of = any_such(invoices_, [&](InvoiceId id) {
    return invoice(id).kind == InvoiceKind::invoice && invoice(id).issued && invoice(id).credited_net < invoice(id).net;
  });
  const auto credit_note = mostly(fresh<InvoiceId>(), any_such(invoices_, [](InvoiceId) { return true; }));
  if (std::find(invoices_.begin(), invoices_.end(), credit_note) == invoices_.end()) invoices_.push_back(credit_note);
  return {DraftCreditNote{credit_note, of}, any(offices_)};
}

/// Mostly of sheets that fit: approved hours that are on no invoice, or hours that are on the one to be credited.
auto History::add_invoice_lines() -> Try {
  const InvoiceId id = any_such(
      invoices_, [&](InvoiceId one) { return invoice(one).kind != InvoiceKind::unspecified && !invoice(one).issued; });
  const Invoice& draft = invoice(id);
  const auto fits = [&](const SheetAt& at) {
    const Placement& job = placement(at.placement);
    if (job.client != draft.client || job.agency != draft.agency) return false;
    const Timesheet& now = sheet(at);
    if (draft.kind == InvoiceKind::credit_note)
      return std::any_of(now.invoices.begin(), now.invoices.end(),
                         [&](const SheetInvoice& one) { return one.invoice == draft.credits; });
    return std::any_of(now.entries.begin(), now.entries.end(),
                       [](const Entry& entry) { return entry.approved() && !entry.invoiced(); });
  };
  AddInvoiceLines command{id, {}};
  const std::size_t wanted = 1 + below(3);
  for (std::size_t back = 1; back <= sheets_.size() && command.sheets.size() < wanted; ++back) {
    const SheetAt& at = sheets_[sheets_.size() - back];
    if (fits(at) && !one_in(4)) command.sheets.push_back(seen_now(at));
  }
  if (command.sheets.empty() || one_in(30)) command.sheets.push_back(seen_now(any_sheet()));
  return {command, any(offices_)};
}

/// Mostly of sheets that are on the draft.
auto History::drop_invoice_lines() -> Try {
  const InvoiceId id = any_such(invoices_, [&](InvoiceId one) {
    return mostly(invoice(one).kind == InvoiceKind::invoice, true) && !invoice(one).issued && invoice(one).lines > 0;
  });
  DropInvoiceLines command{id, {}};
  for (const SheetAt& at : sheets_) {
    const Timesheet& now = sheet(at);
    if (!now.invoices.empty() && now.invoices.back().invoice == id && command.sheets.size() < 3)
      command.sheets.push_back(seen_now(at));
  }
  if (command.sheets.empty() || one_in(30)) command.sheets.push_back(seen_now(any_sheet()));
  return {command, any(offices_)};
}

auto History::issue_invoice() -> Try {
  const InvoiceId id = any_such(invoices_, [&](InvoiceId one) {
    return invoice(one).kind == InvoiceKind::invoice && !invoice(one).issued && invoice(one).lines > 0;
  });
  std::optional<Date> due_on;
  if (one_in(3)) due_on = mostly(in_days(0, 60), in_days(-9, -1));
  return {IssueInvoice{id, mostly(invoice(id).client, ClientId{}, 40), looked_at(invoice(id).hash),
                       mostly(VatTreatment::standard, VatTreatment::reverse_charged, 3), due_on},
          any(offices_)};
}

auto History::issue_credit_note() -> Try {
  const InvoiceId id = any_such(invoices_, [&](InvoiceId one) {
    return invoice(one).kind == InvoiceKind::credit_note && !invoice(one).issued && invoice(one).lines > 0;
  });
  return {IssueCreditNote{id, mostly(invoice(id).credits, fresh<InvoiceId>(), 30), looked_at(invoice(id).hash)},
          any(offices_)};
}

auto History::receive_payment() -> Try {
  const InvoiceId id = any_such(invoices_, [&](InvoiceId one) {
    return invoice(one).kind == InvoiceKind::invoice && invoice(one).open.count() > 0;
  });
  const std::int64_t open = invoice(id).open.count();
  const std::int64_t part =
      one_in(2) || open == 0 ? open : 1 + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(open)));
  return {ReceivePayment{id, Money::of(mostly(part, open + 1))}, any(offices_)};
}

auto History::set_off_credit() -> Try {
  const auto open = [&](InvoiceKind kind, ClientId client) {
    std::vector<InvoiceId> found;
    for (const InvoiceId id : invoices_) {
      const Invoice& one = invoice(id);
      if (one.kind == kind && one.open.count() > 0 && (client.is_nil() || one.client == client)) found.push_back(id);
    }
    return found.empty() || one_in(20) ? any_such(invoices_, [](InvoiceId) { return true; }) : any(found);
  };
  const InvoiceId credit_note = open(InvoiceKind::credit_note, {});
  const InvoiceId against = open(InvoiceKind::invoice, invoice(credit_note).client);
  const Money most = std::min(invoice(credit_note).open, invoice(against).open);
  return {SetOffCredit{credit_note, against, mostly(most, Money::of(most.count() + 1))}, any(offices_)};
}

}  // namespace placet::domain::testing
