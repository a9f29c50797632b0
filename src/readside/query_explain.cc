#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/euros.h"
#include "codec/record.h"
#include "domain/pricing/pricing.h"
#include "domain/streams.h"
#include "projections/approvals/approvals.h"
#include "projections/invoices/invoices.h"
#include "projections/payroll_balances/payroll_balances.h"
#include "projections/timesheets/timesheets.h"
#include "readside/queries.h"
#include "readside/query_walk.h"

namespace placet::readside {

using namespace projections;

namespace {

/// Terms change seldom: a placement has at most 256 of a kind, and few other facts.
constexpr std::size_t kFactsMax = 10'000;

/// Whether hours of that line's type are at its price by these terms.
template <class Terms>
bool prices(const Terms& terms, const domain::PricedLine& hours) {
  return terms.per_hour == hours.per_hour &&
         domain::surcharge_for(terms.surcharges, hours.hour_type) == hours.surcharge;
}

/// The day from which such terms hold, if the event is their agreement at that price.
template <class Agreed>
std::optional<Date> agreed_from(const domain::Event& event, const domain::PricedLine& hours) {
  const auto* agreed = std::get_if<Agreed>(&event);
  if (agreed == nullptr || !prices(agreed->terms, hours)) return std::nullopt;
  return agreed->from;
}

std::string rule_of(const domain::PricedLine& hours) {
  std::string rule = fmt::format("{} minutes x {} an hour", hours.minutes.count(), euros(hours.per_hour));
  if (hours.surcharge != 0) rule += fmt::format(" + {}.{:02}%", hours.surcharge / 100, hours.surcharge % 100);
  rule += fmt::format(" = {}, half a cent rounded up on the sum", euros(hours.amount));
  if (hours.minutes.count() < 0) rule += "; takes back what an earlier one had";
  return rule;
}

std::string rule_of(const domain::PayslipLine& line) {
  const auto reserved = [&](const char* of) {
    const domain::Parameter rate = line.rate.value_or(domain::Parameter{});
    return fmt::format("{}/{} of {} so far this year, rounded down, less what was reserved before", rate.numerator,
                       rate.denominator, of);
  };
  switch (line.kind) {
    case domain::PayslipLineKind::holiday_allowance:
    case domain::PayslipLineKind::leave_reserve: return reserved(euros(Money::of(line.base)).c_str());
    case domain::PayslipLineKind::leave_hours: return reserved(fmt::format("{} paid minutes", line.base).c_str());
    case domain::PayslipLineKind::advance_recovered: return "an advance, taken off as far as the gross amount goes";
    case domain::PayslipLineKind::carried_forward: return "what would be owed is an advance, recovered later";
    case domain::PayslipLineKind::hours:
    case domain::PayslipLineKind::unspecified: break;
  }
  return {};
}

}  // namespace

/// The hours as they were entered: those of the line's type that count, on days on which its price holds.
Result<void> Queries::add_entry_steps(Page<Step>& page, const BilledHours& line) {
  std::map<Date, bool> holds;  // from which day on the price is this one, or another one
  const auto remember = [&](const auto& key, const auto& terms) {
    holds[std::get<1>(key)] = prices(terms, line.hours);
    return true;
  };
  if (line.pay)
    PLACET_TRY(view_.scan<PayTermsByDay>(remember, line.placement));
  else
    PLACET_TRY(view_.scan<ClientTermsByDay>(remember, line.placement));
  const auto priced_so = [&](Date day) {
    const auto after = holds.upper_bound(day);
    return after != holds.begin() && std::prev(after)->second;
  };

  std::vector<Step> steps;
  PLACET_ASSIGN(const auto sheet, view_.get<Sheets>(line.sheet));
  for (const Sheets::Line& entry : sheet ? sheet->lines : std::vector<Sheets::Line>()) {
    const bool counts = line.pay ? is_payable(entry.phase) : is_approved(entry.phase);
    if (entry.hour_type != line.hours.hour_type || !counts || !priced_so(entry.day)) continue;
    Step& step = steps.emplace_back();
    step.kind = StepKind::entry;
    step.position = entry.changed;
    step.day = entry.day;
    step.minutes = entry.worked.minutes;
    step.person = entry.entered_by;
  }
  std::ranges::sort(steps, {}, &Step::day);
  for (Step& step : steps) {
    PLACET_ASSIGN(step.person_name, names_.person(step.person));
    page.rows.push_back(std::move(step));
  }
  return {};
}

/// Who approved of that sheet what still stands.
Result<void> Queries::add_approval_steps(Page<Step>& page, const BilledHours& line) {
  PLACET_ASSIGN(const auto sheet, view_.get<ApprovalSheets>(line.sheet));
  for (const LogPosition position : sheet ? sheet->approvals : std::vector<LogPosition>()) {
    PLACET_ASSIGN(const auto approval, view_.get<ApprovalsByPosition>(position));
    if (!approval) continue;
    const bool for_pay = approval->kind == projections::ApprovalKind::for_pay;
    if (approval->standing_days().empty() || (for_pay && !line.pay)) continue;
    Step step;
    step.kind = StepKind::approved;
    step.position = position;
    step.at = approval->at;
    step.minutes = approval->minutes;
    step.person = approval->approver;
    PLACET_ASSIGN(step.person_name, names_.person(approval->approver));
    PLACET_ASSIGN(const std::string holder, names_.person(approval->holder));
    step.text = for_pay                                  ? "accepted for pay by two persons of the employer"
                : approval->holder == approval->approver ? "by an appointment of his own"
                                                         : "in place of " + holder;
    page.rows.push_back(std::move(step));
  }
  return {};
}

/// Who agreed to that price, and from when on.
Result<void> Queries::add_terms_steps(Page<Step>& page, const BilledHours& line) {
  PLACET_ASSIGN(const auto facts, context_.log.positions(domain::stream_of(line.placement), {}, kFactsMax));
  for (const LogPosition position : facts) {
    if (position.value >= view_.basis().size.value) break;
    PLACET_ASSIGN(const Bytes record, context_.log.record(position));
    PLACET_ASSIGN(const codec::StoredEvent stored, codec::read_record(record));
    const std::optional<Date> from = line.pay ? agreed_from<domain::PayTermsAgreed>(stored.event, line.hours)
                                              : agreed_from<domain::ClientTermsAgreed>(stored.event, line.hours);
    if (!from) continue;
    Step step;
    step.kind = StepKind::terms;
    step.position = position;
    step.at = stored.meta.recorded_at;
    step.day = from;
    step.amount = line.hours.per_hour;
    step.person = stored.meta.actor.person;
    PLACET_ASSIGN(step.person_name, names_.person(stored.meta.actor.person));
    if (stored.meta.cause) {
      PLACET_ASSIGN(const Bytes proposal, context_.log.record(*stored.meta.cause));
      PLACET_ASSIGN(const domain::Meta proposed, codec::read_meta(proposal));
      PLACET_ASSIGN(const std::string proposer, names_.person(proposed.actor.person));
      step.text = "proposed by " + proposer;
    }
    page.rows.push_back(std::move(step));
  }
  return {};
}

Result<void> Queries::explain_hours(Page<Step>& page, const BilledHours& line) {
  PLACET_TRY(add_entry_steps(page, line));
  PLACET_TRY(add_approval_steps(page, line));
  PLACET_TRY(add_terms_steps(page, line));
  Step rule;
  rule.kind = StepKind::rule;
  rule.minutes = line.hours.minutes;
  rule.amount = line.hours.amount;
  rule.text = rule_of(line.hours);
  page.rows.push_back(std::move(rule));
  return {};
}

Result<Page<Step>> Queries::explain(const Uuid& document, std::uint32_t number) {
  Page<Step> page;
  Step end;
  end.kind = StepKind::document;
  PLACET_ASSIGN(const auto payslip, view_.get<Payslips>(PayslipId(document)));
  PLACET_ASSIGN(const auto invoice, view_.get<Invoices>(InvoiceId(document)));
  if (payslip && sees({payslip->worker.value}, kAudienceOf<domain::PayslipCalculated>)) {
    if (number >= payslip->lines.size())
      return fail(ErrorCode::invalid, fmt::format("line: the payslip has {}, from 0", payslip->lines.size()));
    const domain::PayslipLine& line = payslip->lines[number];
    if (line.kind == domain::PayslipLineKind::hours) {
      const domain::Period period = line.period.value_or(domain::Period{});
      const SheetId sheet = domain::sheet_of(view_.basis().ledger, line.placement, period);
      PLACET_TRY(explain_hours(page, {line.placement, sheet, line.hours.value_or(domain::PricedLine{}), /*pay=*/true}));
    } else {
      Step rule;
      rule.kind = StepKind::rule;
      rule.position = payslip->parameters;
      if (line.kind == domain::PayslipLineKind::leave_hours)
        rule.minutes = line.minutes;
      else
        rule.amount = line.amount;
      rule.text = rule_of(line);
      page.rows.push_back(std::move(rule));
    }
    end.position = payslip->position;
    end.at = payslip->at;
    end.amount = payslip->net;
    end.text = fmt::format("payslip, booked on {}", payslip->booked_on.to_string());
  } else if (invoice &&
             sees({invoice->client.value, invoice->agency.value},
                  invoice->issued ? kAudienceOf<domain::InvoiceIssued> : kAudienceOf<domain::InvoiceDrafted>)) {
    PLACET_ASSIGN(const auto line, view_.get<InvoiceLines>({InvoiceId(document), number}));
    if (!line) return fail(ErrorCode::invalid, fmt::format("line: the invoice has {}, from 0", invoice->lines));
    const SheetId sheet = domain::sheet_of(view_.basis().ledger, line->placement, line->period);
    PLACET_TRY(explain_hours(page, {line->placement, sheet, line->hours, /*pay=*/false}));
    end.position = invoice->position;
    end.amount = invoice->gross;
    end.text = invoice->issued ? "invoice " + number_of(*invoice) + ", with VAT" : "a draft";
  } else {
    return fail(ErrorCode::not_found, document.to_string() + ": no such payslip or invoice, or not yours to see");
  }
  page.rows.push_back(std::move(end));
  return page;
}

}  // namespace placet::readside
