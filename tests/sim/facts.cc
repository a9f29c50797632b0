#include "tests/sim/facts.h"

#include <algorithm>

namespace placet::sim {

namespace {

using schema::Event;

template <class Reader>
Id id_of(Reader reader) {
  return {reader.getHi(), reader.getLo()};
}
std::string text_of(capnp::Data::Reader data) { return {data.asChars().begin(), data.asChars().end()}; }

bool holds(capnp::List<std::int32_t>::Reader days, std::int32_t day) {
  for (const std::int32_t one : days)
    if (one == day) return true;
  return false;
}

bool takes_two(Event::Reader event) {
  return event.isPaymentsReleased() || event.isRunApproved() || event.isAdvanceGranted() ||
         event.isWorkerBankAccountChanged() || event.isParametersPublished() || event.isPeriodClosed() ||
         event.isDaysAcceptedForPay() || event.isPayTermsAgreed() || event.isClientTermsAgreed();
}

}  // namespace

void Facts::expect(bool kept, const char* name, const char* what) {
  ++judged_[name];
  expect_(kept, "position " + std::to_string(position_) + ": " + name + " " + what);
}

bool Facts::same(const Id& a, const Id& b) const {
  const auto found = joined_.find(a);
  return a == b || (found != joined_.end() && found->second.contains(b));
}

void Facts::see(schema::Record::Reader record) {
  position_ = record.getPosition();
  if (record.getIndex() == 0) command_ = {};
  see_persons(record);
  see_hours(record);
  see_pay(record);
  see_invoice(record);
  if (record.getIndex() + 1 == record.getCount()) end_command();
}

void Facts::end_command() {
  if (command_.gross) expect(command_.hours_paid == *command_.gross, "Payslip", "of other hours than are paid");
  if (command_.hours_invoiced != 0)
    expect(command_.hours_invoiced == command_.invoice_lines, "InvoicedOnce", "the invoice has other lines");
}

// --- persons ------------------------------------------------------------------------------------------------------

void Facts::see_persons(schema::Record::Reader record) {
  const auto event = record.getEvent();
  const Id actor = id_of(record.getPerson());
  if (event.isPersonsJoined()) {
    auto& joined = joined_[id_of(record.getStream())];
    joined.clear();
    for (const auto person : event.getPersonsJoined().getPersons()) joined.insert(id_of(person));
  } else if (event.isActProposed()) {
    proposals_[position_] = {actor, text_of(event.getActProposed().getHash())};
  } else if (event.isActAgreed()) {
    const auto agreed = event.getActAgreed();
    command_.agreed_by = actor;
    command_.proposed_by = id_of(agreed.getProposer());
    const auto found = proposals_.find(agreed.getProposal());
    const bool of_that =
        found != proposals_.end() && found->second == std::pair(command_.proposed_by, text_of(agreed.getHash()));
    expect(of_that, "TwoPersons", "agrees to what nobody proposed");
    if (of_that) proposals_.erase(found);
    expect(!actor.nil() && !command_.proposed_by.nil() && !same(actor, command_.proposed_by), "TwoPersons", "is one");
  }
  if (takes_two(event)) expect(!command_.agreed_by.nil(), "TwoPersons", "by one");
}

// --- hours --------------------------------------------------------------------------------------------------------

/// The minutes of what moved.
std::int64_t Facts::move(Sheet& sheet, Days days, const std::set<Stage>& from, Stage to) {
  std::int64_t minutes = 0;
  for (auto& [id, line] : sheet.lines) {
    if (!holds(days, line.day) || !from.contains(line.stage)) continue;
    minutes += line.minutes;
    line.was_accepted = line.stage == Stage::accepted || (line.was_accepted && to == Stage::submitted);
    line.stage = to == Stage::submitted && line.was_accepted ? Stage::accepted : to;
  }
  return minutes;
}

std::int64_t Facts::waiting_minutes(const Sheet& sheet, Days days) {
  std::int64_t minutes = 0;
  for (const auto& [id, line] : sheet.lines)
    if (waits(line) && holds(days, line.day)) minutes += line.minutes;
  return minutes;
}

void Facts::reverse(Sheet& sheet, Days days) {
  for (auto& [id, line] : sheet.lines) {
    if (!holds(days, line.day) || line.stage == Stage::open) continue;
    line.was_accepted = false;
    line.stage = Stage::submitted;
  }
}

std::int64_t Facts::minutes_of(const Sheet& sheet, const std::set<Stage>& stages) {
  std::int64_t minutes = 0;
  for (const auto& [id, line] : sheet.lines) minutes += stages.contains(line.stage) ? line.minutes : 0;
  return minutes;
}

void Facts::approved(schema::Record::Reader record, const Sheet& sheet) {
  const auto event = record.getEvent().getDaysApproved();
  const Id actor = id_of(record.getPerson());
  const bool lent = event.getRight() == schema::Right::DELEGATION;
  const auto is_his = [&](const Id& person) {
    return same(actor, person) || (lent && same(id_of(event.getHolder()), person));
  };
  expect(!actor.nil() && record.getStrength() != schema::Strength::MACHINE &&
             record.getStrength() != schema::Strength::SYSTEM,
         "OwnHours", "no person approves");
  expect(!is_his(worker_of_[sheet.placement]), "OwnHours", "the worker approves");
  for (const auto& [id, line] : sheet.lines) {
    if (!waits(line) || !holds(event.getDays(), line.day)) continue;
    expect(std::ranges::none_of(line.enterers, is_his), "OwnHours", "who entered them approves");
  }
}

void Facts::see_hours(schema::Record::Reader record) {
  const auto event = record.getEvent();
  if (event.isPlacementProposed())
    worker_of_[id_of(record.getStream())] = id_of(event.getPlacementProposed().getPerson());
  if (record.getCategory() != schema::Category::TIMESHEET) return;
  Sheet& sheet = sheets_[id_of(record.getStream())];
  const auto enter = [&](Line& line, schema::Worked::Reader worked) {
    line.day = worked.getDay();
    line.minutes = worked.getMinutes();
    line.enterers.insert(id_of(record.getPerson()));
  };
  switch (event.which()) {
    case Event::ENTRY_RECORDED: {
      const auto entry = event.getEntryRecorded();
      sheet.placement = id_of(entry.getPlacement());
      enter(sheet.lines[id_of(entry.getEntry())], entry.getWorked());
      break;
    }
    case Event::ENTRY_CHANGED: {
      const auto entry = event.getEntryChanged();
      Line& line = sheet.lines[id_of(entry.getEntry())];
      expect(line.stage == Stage::open, "AsEntered", "changed behind somebody's back");
      enter(line, entry.getWorked());
      break;
    }
    case Event::ENTRY_REMOVED: {
      const auto line = sheet.lines.find(id_of(event.getEntryRemoved().getEntry()));
      expect(line != sheet.lines.end() && line->second.stage == Stage::open, "AsEntered", "removed");
      if (line != sheet.lines.end()) sheet.lines.erase(line);
      break;
    }
    case Event::SHEET_SUBMITTED: {
      const auto submitted = event.getSheetSubmitted();
      move(sheet, submitted.getDays(), {Stage::open}, Stage::submitted);
      // And what waited on those days already.
      expect(waiting_minutes(sheet, submitted.getDays()) == submitted.getMinutes(), "AsEntered", "submitted");
      break;
    }
    case Event::DAYS_APPROVED: {
      const auto days = event.getDaysApproved();
      approved(record, sheet);
      expect(waiting_minutes(sheet, days.getDays()) == days.getMinutes(), "AsEntered", "approved");
      move(sheet, days.getDays(), {Stage::submitted, Stage::accepted}, Stage::approved);
      break;
    }
    case Event::DAYS_ACCEPTED_FOR_PAY: {
      const auto days = event.getDaysAcceptedForPay();
      expect(move(sheet, days.getDays(), {Stage::submitted}, Stage::accepted) == days.getMinutes(), "AsEntered",
             "accepted for pay");
      break;
    }
    case Event::DAYS_REFUSED: move(sheet, event.getDaysRefused().getDays(), {Stage::submitted}, Stage::open); break;
    case Event::SHEET_WITHDRAWN:
      move(sheet, event.getSheetWithdrawn().getDays(), {Stage::submitted}, Stage::open);
      break;
    case Event::SHEET_REOPENED: move(sheet, event.getSheetReopened().getDays(), {Stage::submitted}, Stage::open); break;
    case Event::APPROVAL_TAKEN_BACK:
      move(sheet, event.getApprovalTakenBack().getDays(), {Stage::approved}, Stage::submitted);
      break;
    case Event::HOURS_REVERSED: reverse(sheet, event.getHoursReversed().getDays()); break;
    case Event::HOURS_PAID:
      for (const auto line : event.getHoursPaid().getLines()) {
        sheet.paid += line.getMinutes();
        command_.hours_paid += line.getAmount();
      }
      expect(sheet.paid == minutes_of(sheet, {Stage::accepted, Stage::approved}), "PaidOnce");
      break;
    case Event::HOURS_INVOICED: {
      std::int64_t all = 0;
      for (const auto line : event.getHoursInvoiced().getLines()) {
        sheet.invoiced[id_of(event.getHoursInvoiced().getInvoice())] += line.getMinutes();
        command_.hours_invoiced += line.getAmount();
      }
      for (const auto& [invoice, minutes] : sheet.invoiced) all += minutes;
      expect(all == minutes_of(sheet, {Stage::approved}), "InvoicedOnce");
      break;
    }
    case Event::HOURS_CREDITED:
      expect(sheet.invoiced.erase(id_of(event.getHoursCredited().getInvoice())) == 1, "InvoicedOnce", "credited");
      break;
    default: break;
  }
}

// --- pay ----------------------------------------------------------------------------------------------------------

void Facts::payslip(schema::PayslipCalculated::Reader slip) {
  std::int64_t gross = 0, minutes = 0, off = 0;
  for (const auto line : slip.getLines()) {
    switch (line.getKind()) {
      case schema::PayslipLineKind::HOURS:
        gross += line.getAmount();
        minutes += line.getMinutes();
        break;
      case schema::PayslipLineKind::ADVANCE_RECOVERED:
      case schema::PayslipLineKind::CARRIED_FORWARD: off += line.getAmount(); break;
      default: break;
    }
  }
  expect(gross == slip.getGross() && minutes == slip.getMinutes(), "Payslip", "gross");
  expect(gross + off == slip.getNet() && slip.getNet() >= 0, "Payslip", "net");
}

void Facts::see_pay(schema::Record::Reader record) {
  const auto event = record.getEvent();
  const Id stream = id_of(record.getStream());
  switch (event.which()) {
    case Event::PAYSLIP_CALCULATED: {
      const auto slip = event.getPayslipCalculated();
      payslip(slip);
      command_.gross = slip.getGross();
      due_[stream] += slip.getNet();
      break;
    }
    case Event::PAYSLIP_ADDED: {
      const auto slip = event.getPayslipAdded();
      Total& run = runs_[stream];
      ++run.count;
      run.first += slip.getGross();
      run.second += slip.getNet();
      break;
    }
    case Event::RUN_APPROVED: {
      const auto approved = event.getRunApproved();
      const Total& run = runs_[stream];
      expect(run.count == approved.getPayslips() && run.first == approved.getGross() && run.second == approved.getNet(),
             "Run");
      break;
    }
    case Event::ADVANCE_GRANTED: due_[stream] += event.getAdvanceGranted().getAmount(); break;
    case Event::PAYMENT_PREPARED: due_[stream] -= event.getPaymentPrepared().getAmount(); break;
    case Event::PAYMENT_WITHDRAWN: due_[stream] += event.getPaymentWithdrawn().getAmount(); break;
    case Event::PAYMENT_RETURNED: due_[stream] += event.getPaymentReturned().getAmount(); break;
    case Event::PAYMENTS_ADDED: {
      Total& batch = batches_[stream];
      batch.count += event.getPaymentsAdded().getCount();
      batch.first += event.getPaymentsAdded().getAmount();
      break;
    }
    case Event::PAYMENT_TAKEN_OUT: {
      Total& batch = batches_[stream];
      --batch.count;
      batch.first -= event.getPaymentTakenOut().getAmount();
      break;
    }
    case Event::PAYMENTS_RELEASED: {
      const auto released = event.getPaymentsReleased();
      const Total& batch = batches_[stream];
      expect(batch.count == released.getCount() && batch.first == released.getAmount(), "Batch");
      break;
    }
    default: return;
  }
  if (record.getCategory() == schema::Category::PAY_ACCOUNT) expect(due_[stream] >= 0, "DueOnce");
}

// --- invoices -----------------------------------------------------------------------------------------------------

void Facts::see_invoice(schema::Record::Reader record) {
  const auto event = record.getEvent();
  const Id stream = id_of(record.getStream());
  if (event.isInvoiceLinesAdded()) {
    const auto added = event.getInvoiceLinesAdded();
    std::int64_t net = 0;
    for (const auto line : added.getLines()) net += line.getHours().getAmount();
    Invoice& invoice = invoices_[stream];
    expect(added.getFirst() == invoice.lines && added.getNet() == net, "Invoice", "lines");
    invoice.lines += added.getLines().size();
    invoice.net += net;
    command_.invoice_lines += net;
  } else if (event.isInvoiceIssued()) {
    const auto issued = event.getInvoiceIssued();
    std::int64_t vat = 0;
    for (const auto line : issued.getVat()) vat += line.getAmount();
    const Invoice& invoice = invoices_[stream];
    expect(issued.getLines() == invoice.lines && issued.getNet() == invoice.net, "Invoice", "net");
    expect(issued.getGross() == issued.getNet() + vat, "Invoice", "gross");
    expect(issued.getNumber() == ++numbers_[{static_cast<std::uint16_t>(issued.getKind()), issued.getYear()}],
           "Invoice", "number");
  }
}

}  // namespace placet::sim
