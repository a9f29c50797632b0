#include <algorithm>

#include "tests/property/domain/history.h"

// Commands about employments, placements and the payroll calendar.

namespace placet::domain::testing {

// --- employment ---------------------------------------------------------------------------------------------------

auto History::draw_up_contract() -> Try {
  // The worker's first contract, the next after the last, or one too many.
  WorkerAt& worker = workers_[below(workers_.size())];
  if (worker.employment.is_nil()) worker.employment = fresh<EmploymentId>();
  const bool fixed = one_in(2);
  ContractTerms terms{any_of<ContractRegime>(kContractRegimeCount),
                      any_of<ContractPhase>(kContractPhaseCount),
                      fixed ? ContractHours::fixed : ContractHours::on_call,
                      Minutes::of(mostly(fixed, !fixed) ? 2'400 : 0),
                      in_days(-20, 5),
                      std::nullopt};
  if (const auto& last_day = employment(worker.employment).last_day; last_day && !one_in(4))
    terms.from = last_day->plus_days(1);
  if (one_in(2)) terms.until = terms.from.plus_days(static_cast<int>(below(300)) - 10);
  return {DrawUpContract{mostly(worker.employment, fresh<EmploymentId>()), worker.id, text(), terms}, any(offices_)};
}

auto History::send_contract() -> Try { return {SendContract{any(workers_).employment}, any(offices_)}; }

auto History::sign_contract() -> Try {
  const WorkerAt& worker = any(workers_);
  const auto party = any_of<ContractParty>(kContractPartyCount);
  const Digest read = mostly(employment(worker.employment).text, text());
  const bool by_worker = mostly(party == ContractParty::worker, party != ContractParty::worker);
  return {SignContract{worker.employment, party, read}, by_worker ? worker.person : any(offices_)};
}

auto History::amend_contract() -> Try {
  const WorkerAt& worker = any(workers_);
  const ContractTerms terms{ContractRegime::agency_work,        ContractPhase::b, ContractHours::fixed,
                            Minutes::of(mostly(1'920, 20'000)), in_days(0, 20),   in_days(21, 300)};
  return {AmendContract{mostly(worker.employment, fresh<EmploymentId>()), text(), terms}, any(offices_)};
}

auto History::renew_contract() -> Try {
  const WorkerAt& worker = any(workers_);
  const Date until = employment(worker.employment).terms.until.value_or(today());
  const ContractTerms terms{ContractRegime::agency_work,
                            ContractPhase::b,
                            ContractHours::on_call,
                            Minutes::of(0),
                            until.plus_days(static_cast<int>(below(3))),
                            std::nullopt};
  return {RenewContract{worker.employment, text(), terms}, any(offices_)};
}

auto History::announce_employment_end() -> Try {
  const WorkerAt& worker = any(workers_);
  return {AnnounceEmploymentEnd{worker.employment, in_days(-3, 60)}, worker.person};
}

auto History::end_employment() -> Try {
  return {EndEmployment{any(workers_).employment, in_days(-3, 100)}, any(offices_)};
}

// --- placement ----------------------------------------------------------------------------------------------------

auto History::propose_placement() -> Try {
  const WorkerAt& worker = any(workers_);
  const auto id = mostly(fresh<PlacementId>(), any(placements_));
  const Date from = in_days(-5, 10);
  if (proposed_.size() >= 8) proposed_.erase(proposed_.begin());
  proposed_.push_back(id);
  return {
      ProposePlacement{id, mostly(worker.id, fresh<WorkerId>()), mostly(any(clients_).id, fresh<ClientId>()),
                       mostly(worker.agency, any(agencies_).id), mostly(worker.employment, any(workers_).employment),
                       any_of<PeriodKind>(kPeriodKindCount), from, mostly(in_days(11, 60), from.plus_days(-1))},
      recruiter_of(worker.agency)};
}

auto History::agree_pay_terms() -> Try {
  return {AgreePayTerms{any_proposed(), PayTerms{money(), Money::of(23), {{HourType::overtime, mostly(2'500, -1)}}},
                        in_days(-3, 20)},
          any(offices_)};
}

auto History::agree_client_terms() -> Try {
  return {AgreeClientTerms{any_proposed(), ClientTerms{money(), Money::of(30), {}}, in_days(-3, 20)}, any(offices_)};
}

auto History::agree_purchase_terms() -> Try {
  return {AgreePurchaseTerms{any_proposed(), PurchaseTerms{mostly(16'200, 100), Money::of(0)}, in_days(-3, 20)},
          any(offices_)};
}

auto History::send_agreement() -> Try {
  const PlacementId id = any_proposed();
  const ClientAt& client = client_at(placement(id).client);
  return {SendAgreement{id, mostly(client.id, ClientId{}), text(), {mostly(any(client.approvers), any(extras_))}},
          any(offices_)};
}

auto History::accept_agreement() -> Try {
  const PlacementId id = any_proposed();
  const ClientAt& client = client_at(placement(id).client);
  return {AcceptAgreement{id, client.id, mostly(placement(id).agreement.value_or(text()), text())},
          mostly(client.signatory, any(client.approvers))};
}

auto History::confirm_assignment() -> Try { return {ConfirmAssignment{any_proposed(), text()}, any(offices_)}; }

auto History::start_placement() -> Try {
  PlacementId id = any_proposed();
  for (int i = 0; i < 6 && placement(id).started; ++i) id = any_proposed();
  const Placement& at = placement(id);
  StartPlacement command{id,
                         mostly(std::max(at.from, today()), today().plus_days(1'000)),
                         at.worker,
                         mostly(at.client, ClientId{}),
                         at.employment,
                         {},
                         {}};
  if (one_in(2)) {
    command.override_ = {!one_in(8), true, true, true, true};
    command.reason = reason();
  }
  return {command, any(offices_)};
}

auto History::appoint_approver() -> Try {
  const PlacementId id = any_placement();
  const ClientAt& client = client_at(placement(id).client);
  std::optional<Date> until;
  if (one_in(2)) until = in_days(-1, 60);
  return {AppointApprover{id, client.id, mostly(any(client.approvers), any(extras_)), std::nullopt, until},
          mostly(client.signatory, any(client.approvers), 5)};
}

auto History::replace_approver() -> Try {
  const PlacementId id = any_placement();
  const ClientAt& client = client_at(placement(id).client);
  return {ReplaceApprover{id, client.id, any_approver(placement(id)), any(client.approvers),
                          mostly(today(), in_days(-2, 5))},
          client.signatory};
}

auto History::end_approver() -> Try {
  const PlacementId id = any_placement();
  const ClientAt& client = client_at(placement(id).client);
  return {EndApprover{id, client.id, any_approver(placement(id)), in_days(-3, 20)}, client.signatory};
}

auto History::name_substitute() -> Try {
  const PlacementId id = any_placement();
  const ClientAt& client = client_at(placement(id).client);
  const PersonId approver = any_approver(placement(id));
  return {NameSubstitute{id, client.id, approver, any(client.approvers), std::nullopt, in_days(-1, 30)}, approver};
}

auto History::extend_placement() -> Try {
  const PlacementId id = any_placement();
  const Placement& at = placement(id);
  return {ExtendPlacement{id, at.employment, at.until.value_or(today()).plus_days(mostly(20, -1))}, any(offices_)};
}

auto History::end_placement() -> Try {
  const PlacementId id = any_placement();
  return {EndPlacement{id, placement(id).employment, mostly(in_days(-20, 20), in_days(-300, -21))}, any(offices_)};
}

auto History::change_period_kind() -> Try {
  const PlacementId id = any_running();
  // One of the next Mondays, or the next one on which a month begins too.
  Date from = today().monday_of_week().plus_days(7 * static_cast<int>(1 + below(8)));
  for (int i = one_in(2) ? 80 : 0; i < 80 && from.day() != 1; ++i) from = from.plus_days(7);
  return {ChangePeriodKind{id, placement(id).employment, any_of<PeriodKind>(kPeriodKindCount),
                           mostly(from, in_days(-3, 200)), static_cast<std::uint16_t>(iso_week_of(from).year)},
          any(offices_)};
}

// --- calendar -----------------------------------------------------------------------------------------------------

/// From the start of the year to the period that holds `last`.
PublishCalendar History::calendar_until(PeriodKind kind, int year, Date last) {
  PublishCalendar command{kind, static_cast<std::uint16_t>(year), {}};
  const Date fourth_of_january = *Date::of(year, 1, 4);
  Date first = kind == PeriodKind::month ? *Date::of(year, 1, 1) : fourth_of_january.monday_of_week();
  while (first <= last && (kind == PeriodKind::month ? first.year() : iso_week_of(first).year) == year) {
    const Date first_after = *Date::of(year + 1, 1, 4);
    Date end = first.plus_days(kind == PeriodKind::week ? 6 : 27);
    if (kind == PeriodKind::month) end = first.last_of_month();
    // The 53rd week goes with the last four.
    if (kind == PeriodKind::four_weeks && end.plus_days(8) == first_after.monday_of_week()) end = end.plus_days(7);
    const Date monday = end.plus_days(1).monday_of_week().plus_days(7);
    command.periods.push_back(
        {first, end, monday, monday, monday.plus_days(1), monday.plus_days(3), monday.plus_days(2)});
    first = end.plus_days(1);
  }
  return command;
}

auto History::publish_calendar() -> Try {
  const Date last = in_days(-40, 120);
  PublishCalendar command = calendar_until(any_of<PeriodKind>(kPeriodKindCount), iso_week_of(last).year, last);
  if (!command.periods.empty() && one_in(4)) {
    CalendarPeriod& period = command.periods[below(command.periods.size())];
    // Another pay day: well; another border: refused.
    one_in(2) ? period.pay_day = period.pay_day.plus_days(1) : period.last = period.last.plus_days(1);
  }
  return {command, any(offices_)};
}

}  // namespace placet::domain::testing
