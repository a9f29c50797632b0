#include "domain/pay_account/pay_account.h"

#include <algorithm>

#include "domain/money.h"
#include "domain/pricing/pricing.h"
#include "domain/states.h"
#include "domain/timesheet/settling.h"

namespace placet::domain {

namespace {

constexpr Money kAdvanceMax = Money::of(100'000'00);

std::int64_t floor_divide(std::int64_t product, std::int64_t divisor) {
  return product / divisor - (product % divisor < 0 ? 1 : 0);
}

/// The payslip of one command, line by line.
class Payslip {
 public:
  Payslip(const States& states, const PayAccount& account, const PayrollRun& run)
      : parameters_(states.parameters()), account_(account), booked_on_(run.booked_on) {}

  void add_hours(const SheetSeen& sheet, const PricedLines& lines) {
    for (const PricedLine& line : lines) {
      PayslipLine& added = event_.lines.emplace_back();
      added.kind = PayslipLineKind::hours;
      added.placement = sheet.placement;
      added.period = sheet.period;
      added.hours = line;
      added.minutes = line.minutes;
      added.amount = line.amount;
    }
    event_.gross = add(event_.gross, sum_of(lines));
    event_.minutes = Minutes::of(event_.minutes.count() + minutes_of(lines).count());
  }

  /// What is reserved, and what is taken off. Refused when a parameter is missing or the net amount is below 0.
  std::expected<PayslipCalculated, Rejection> finish(bool carry) && {
    const std::int64_t gross = event_.gross.count();
    for (const auto& [kind, parameter, accrual, more] :
         {std::tuple(PayslipLineKind::holiday_allowance, ParameterKind::holiday_allowance, &account_.holiday_allowance,
                     gross),
          std::tuple(PayslipLineKind::leave_hours, ParameterKind::leave, &account_.leave_hours, event_.minutes.count()),
          std::tuple(PayslipLineKind::leave_reserve, ParameterKind::leave, &account_.leave_reserve, gross)}) {
      if (auto reserved = reserve(kind, parameter, *accrual, more); !reserved)
        return std::unexpected(std::move(reserved).error());
    }
    event_.net = event_.gross;
    if (const std::int64_t recovered = std::min(account_.advances.count(), gross); recovered > 0)
      take_off(PayslipLineKind::advance_recovered, Money::of(-recovered));
    if (event_.net.count() < 0 && !carry)
      return refuse(RejectionCode::negative_net,
                    "sheets: the worker would owe " + std::to_string(-event_.net.count()) +
                        " cents; pay other hours with them, or carry it to later payslips (carry)");
    if (event_.net.count() < 0) take_off(PayslipLineKind::carried_forward, Money::of(-event_.net.count()));
    event_.booked_on = booked_on_;
    return std::move(event_);
  }

 private:
  std::expected<void, Rejection> reserve(PayslipLineKind kind, ParameterKind parameter, const Accrual& before,
                                         std::int64_t more) {
    const auto published = parameter_on(parameters_, parameter, booked_on_);
    if (!published) return std::unexpected(published.error());
    const Parameter& rate = (*published)->value;
    const bool goes_on = account_.year == booked_on_.year() && before.rate == rate;
    const Accrual after{rate, (goes_on ? before.base : 0) + more};
    const std::int64_t amount = after.to_date() - (goes_on ? before.to_date() : 0);
    event_.parameters = std::max(event_.parameters, (*published)->learnt);
    PayslipLine& line = event_.lines.emplace_back();
    line.kind = kind;
    line.rate = rate;
    line.base = after.base;
    if (kind == PayslipLineKind::leave_hours)
      line.minutes = Minutes::of(amount);
    else
      line.amount = Money::of(amount);
    return {};
  }

  void take_off(PayslipLineKind kind, Money amount) {
    PayslipLine& line = event_.lines.emplace_back();
    line.kind = kind;
    line.amount = amount;
    event_.net = add(event_.net, amount);
  }

  const Parameters& parameters_;
  const PayAccount& account_;
  const Date booked_on_;
  PayslipCalculated event_;
};

/// What a payment had of it is due again, whatever it was due for.
PayAccount give_back(PayAccount state, PaymentId payment) {
  for (PaymentMade& made : state.made) {
    if (made.id != payment || made.back) continue;
    made.back = true;
    state.due.push_back({{}, made.amount});
  }
  return state;
}

}  // namespace

std::int64_t Accrual::to_date() const {
  return rate.denominator == 0 ? 0 : floor_divide(base * rate.numerator, rate.denominator);
}

Money PayAccount::due_of(RunId run) const {
  std::int64_t sum = 0;
  for (const DueAmount& one : due) sum += one.run == run ? one.amount.count() : 0;
  return Money::of(sum);
}

const PaymentMade* PayAccount::made_by(BatchId batch) const {
  const auto found =
      std::ranges::find_if(made, [&](const PaymentMade& one) { return one.batch == batch && !one.back; });
  return found == made.end() ? nullptr : &*found;
}

const PaymentMade* PayAccount::next_forgotten() const {
  const bool one_came_back = std::ranges::find(made, true, &PaymentMade::back) != made.end();
  return made.size() < kPaymentsRemembered || one_came_back ? nullptr : &made.front();
}

PayAccount evolve(PayAccount state, const PayslipCalculated& event, const Meta&) {
  state.worker = event.worker;
  ++state.payslips;
  state.year = static_cast<std::uint16_t>(event.booked_on.year());
  for (const PayslipLine& line : event.lines) {
    const Accrual accrual{line.rate.value_or(Parameter{}), line.base};
    switch (line.kind) {
      case PayslipLineKind::advance_recovered:
      case PayslipLineKind::carried_forward: state.advances = add(state.advances, line.amount); break;
      case PayslipLineKind::holiday_allowance: state.holiday_allowance = accrual; break;
      case PayslipLineKind::leave_hours: state.leave_hours = accrual; break;
      case PayslipLineKind::leave_reserve: state.leave_reserve = accrual; break;
      case PayslipLineKind::unspecified:
      case PayslipLineKind::hours: break;
    }
  }
  if (event.net.count() != 0) state.due.push_back({event.run, event.net});
  return state;
}
PayAccount evolve(PayAccount state, const AdvanceGranted& event, const Meta&) {
  state.worker = event.worker;
  state.advances = add(state.advances, event.amount);
  state.due.push_back({{}, event.amount});
  return state;
}
PayAccount evolve(PayAccount state, const PaymentPrepared& event, const Meta&) {
  ++state.payments;
  std::erase_if(state.due, [&](const DueAmount& due) { return due.run == event.run; });
  if (state.made.size() >= kPaymentsRemembered) {
    const auto back = std::ranges::find(state.made, true, &PaymentMade::back);
    state.made.erase(back == state.made.end() ? state.made.begin() : back);
  }
  state.made.push_back({event.payment, event.batch, event.amount, event.account});
  return state;
}
PayAccount evolve(PayAccount state, const PaymentWithdrawn& event, const Meta&) {
  return give_back(std::move(state), event.payment);
}
PayAccount evolve(PayAccount state, const PaymentReturned& event, const Meta&) {
  return give_back(std::move(state), event.payment);
}

void needs(const CalculatePayslip& command, const Facts& facts, Needs& out) {
  out.states.push_back(pay_account_stream_of(command.employment));
  out.states.push_back(stream_of(command.run));
  out.states.push_back(stream_of(command.employment));
  out.states.push_back(books_stream());
  out.states.push_back(parameters_stream());
  need_sheets(command.sheets, facts, out);
}
void needs(const GrantAdvance& command, const Facts& facts, Needs& out) {
  out.states.push_back(pay_account_stream_of(command.employment));
  out.states.push_back(stream_of(command.employment));
  for (const PersonId person : {facts.actor.person, facts.second})
    if (!person.is_nil()) out.states.push_back(stream_of(person));
}

Decision decide(const States& states, const CalculatePayslip& command, const Facts& facts) {
  const PayrollRun& run = states.payroll_run(command.run);
  if (!run.opened) return refuse(RejectionCode::not_found, "run: no such run; open it first");
  if (run.approved) return refuse(RejectionCode::approved, "run: is approved; open another one");
  if (auto open = check_open_on(states.books(), run.booked_on); !open) return std::unexpected(open.error());
  const PayAccount& account = states.pay_account(command.employment);
  if (run.booked_on.year() < account.year)
    return refuse(RejectionCode::not_ready, "run: the worker has payslips of a later year; book it in that one");
  const Employment& employment = states.employment(command.employment);
  if (employment.worker.is_nil())
    return refuse(RejectionCode::not_found, "employment: no such employment; draw up the contract first");
  if (command.sheets.empty()) return refuse(RejectionCode::malformed, "sheets: are missing");
  if (account.due.size() >= kDueMax)
    return refuse(RejectionCode::too_large, "employment: 64 amounts wait to be paid; pay them first");

  const PayslipId id = payslip_of(facts.ledger, command.employment, account.payslips);
  Events events;
  Payslip payslip(states, account, run);
  for (std::size_t n = 0; n < command.sheets.size(); ++n) {
    const auto at = sheet_to_settle(states, command.sheets, n, facts);
    if (!at) return std::unexpected(at.error());
    if (at->placement.employment != command.employment)
      return std::unexpected(of_sheet(n, {RejectionCode::malformed, "placement: is of another employment"}));
    auto lines = lines_to_pay(*at);
    if (!lines) return std::unexpected(of_sheet(n, std::move(lines).error()));
    payslip.add_hours(command.sheets[n], *lines);
    events.push_back({stream_of(at->id), HoursPaid{id, *std::move(lines)}, run.booked_on, at->parties});
  }
  auto calculated = std::move(payslip).finish(command.carry);
  if (!calculated) return std::unexpected(std::move(calculated).error());
  calculated->payslip = id;
  calculated->run = command.run;
  calculated->worker = employment.worker;
  const PayslipAdded added{id, command.employment, calculated->gross, calculated->net};
  const Parties worker{PartyId(employment.worker.value)};
  events.push_back({pay_account_stream_of(command.employment), *std::move(calculated), run.booked_on, worker});
  events.push_back({stream_of(command.run), added, run.booked_on, worker});
  return events;
}

Decision decide(const States& states, const GrantAdvance& command, const Facts& facts) {
  const Employment& employment = states.employment(command.employment);
  if (employment.worker.is_nil() || employment.worker != command.worker)
    return refuse(RejectionCode::not_found, "employment: this worker has no such employment");
  if (command.reason.empty()) return refuse(RejectionCode::malformed, "reason: is missing; say why");
  if (command.amount.count() <= 0 || kAdvanceMax < command.amount)
    return refuse(RejectionCode::malformed, "amount: must be above 0, and 100,000.00 at most");
  if (states.pay_account(command.employment).due.size() >= kDueMax)
    return refuse(RejectionCode::too_large, "employment: 64 amounts wait to be paid; pay them first");
  for (const PersonId id : {facts.actor.person, facts.second})
    if (!id.is_nil() && states.person(id).is(employment.person)) return refuse_by_control(RejectionCode::own_money);
  return one(pay_account_stream_of(command.employment),
             AdvanceGranted{command.worker, command.amount, facts.today, command.reason}, facts.today,
             {PartyId(command.worker.value)});
}

}  // namespace placet::domain
