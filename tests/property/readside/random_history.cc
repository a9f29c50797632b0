#include "tests/property/readside/random_history.h"

#include <algorithm>

namespace placet::testing {

namespace e = placet::domain;
using e::Category;

RandomHistory::RandomHistory(std::uint64_t seed, LedgerWriter& ledger) : random_(seed), ledger_(ledger) {}

void RandomHistory::write_command() {
  using Make = void (RandomHistory::*)();
  static constexpr Make kMakers[] = {&RandomHistory::system,     &RandomHistory::person,     &RandomHistory::account,
                                     &RandomHistory::worker,     &RandomHistory::client,     &RandomHistory::agency,
                                     &RandomHistory::employment, &RandomHistory::placement,  &RandomHistory::terms,
                                     &RandomHistory::entry,      &RandomHistory::entry,      &RandomHistory::entry,
                                     &RandomHistory::sheet,      &RandomHistory::sheet,      &RandomHistory::sheet,
                                     &RandomHistory::calendar,   &RandomHistory::two_persons};
  const std::uint64_t parts = 1 + below(3);
  while (command_.size() < parts) (this->*kMakers[below(std::size(kMakers))])();
  if (!persons_.empty()) ledger_.actor.person = any_of(persons_);
  ledger_.now.micros += static_cast<std::int64_t>(below(1'000'000));
  ledger_.today = any_day();
  ledger_.write(command_);
  command_.clear();
}

std::vector<Date> RandomHistory::any_days(const Sheet& sheet) {
  std::vector<Date> days;
  for (const Line& line : sheet.lines)
    if (often() && std::ranges::find(days, line.day) == days.end()) days.push_back(line.day);
  return days;
}

Digest RandomHistory::digest() {
  Digest digest;
  for (auto& byte : digest) byte = static_cast<std::uint8_t>(random_.next());
  return digest;
}

e::Worked RandomHistory::worked(const e::Period& period) {
  e::Worked worked;
  worked.day = period.first.plus_days(static_cast<std::int32_t>(below(7)));
  worked.minutes = Minutes::of(1 + static_cast<std::int64_t>(below(600)));
  worked.day_minutes = Minutes::of(1'440);
  if (often()) worked.start_at = Timestamp{static_cast<std::int64_t>(below(1'000'000))};
  return worked;
}

e::ContractTerms RandomHistory::contract_terms() {
  return {any<e::ContractRegime>(e::kContractRegimeCount),
          any<e::ContractPhase>(e::kContractPhaseCount),
          any<e::ContractHours>(e::kContractHoursCount),
          Minutes::of(static_cast<std::int64_t>(below(2'400))),
          any_day(),
          often() ? std::optional(any_day()) : std::nullopt};
}

e::Company RandomHistory::company() { return {"Company " + std::to_string(below(100)), "12345678", ""}; }

void RandomHistory::system() {
  const Uuid id{0, 1};
  switch (below(9)) {
    case 0: return add(Category::system, LedgerId(id), e::LedgerFounded{LedgerId(id), "test", "Europe/Amsterdam", 1});
    case 1: return add(Category::system, LedgerId(id), e::SystemStarted{"0.1", digest(), 84});
    case 2: return add(Category::system, LedgerId(id), e::SystemStopped{});
    case 3: return add(Category::system, LedgerId(id), e::ClockAccepted{ledger_.now});
    case 4:
      return add(Category::reservation, ReservationId(fresh()),
                 e::Reserved{e::ReservationKind::account_email, fresh()});
    case 5:
      return add(Category::control, PersonId(fresh()), e::RefusedByControl{e::RejectionCode::own_hours, 68, fresh()});
    case 6: return add(Category::control, PersonId(fresh()), e::RefusalsSummarised{ledger_.now});
    default:
      return add(Category::notice, NoticeId(fresh()),
                 e::NoticeQueued{e::NoticeKind::hours_submitted, PersonId(fresh()), PlacementId(fresh()), {}});
  }
}

void RandomHistory::person() {
  if (persons_.size() < 3 || !often()) {
    persons_.push_back(PersonId(fresh()));
    return add(Category::person, persons_.back(), e::PersonRegistered{box()});
  }
  const PersonId id = any_of(persons_);
  const PersonId other = any_of(persons_);
  const auto role = any<e::Role>(e::kRoleCount);
  const PartyId scope = often() || clients_.empty() ? PartyId() : PartyId(any_of(clients_).value);
  const PartyId party(clients_.empty() ? fresh() : any_of(clients_).value);
  switch (below(7)) {
    case 0:
      return add(Category::person, id, e::PersonVerified{any<e::VerificationMethod>(e::kVerificationMethodCount)});
    case 1: return add(Category::person, id, e::PersonsJoined{{id, other}});
    case 2: return add(Category::person, id, e::RoleGranted{role, scope, any_day(), {}});
    case 3: return add(Category::person, id, e::RoleRevoked{role, scope});
    case 4: return add(Category::person, id, e::RoleDelegated{other, role, party, any_day(), any_day()});
    case 5: return add(Category::person, id, e::DelegationReceived{other, role, party, any_day(), any_day()});
    default: return add(Category::person, id, e::DelegationEnded{id, other, role, party});
  }
}

void RandomHistory::account() {
  if (persons_.empty()) return;
  if (accounts_.empty() || !often()) {
    accounts_.push_back({AccountId(fresh()), {}});
    return add(Category::account, accounts_.back().id, e::AccountOpened{any_of(persons_), box()});
  }
  Account& account = accounts_[below(accounts_.size())];
  const TokenId token(fresh());
  const std::uint64_t choice = account.tokens.empty() ? 0 : below(6);
  const TokenId old = account.tokens.empty() ? TokenId() : any_of(account.tokens);
  if (choice < 3) account.tokens.push_back(token);
  switch (choice) {
    case 0: return add(Category::account, account.id, e::InviteIssued{token, ledger_.now});
    case 1:
      return add(Category::account, account.id, e::InviteRedeemed{old, token, e::TokenKind::personal, ledger_.now});
    case 2: return add(Category::account, account.id, e::TokenIssued{token, e::TokenKind::system, ledger_.now, {}});
    case 3: return add(Category::account, account.id, e::TokenRevoked{old});
    case 4: return add(Category::account, account.id, e::AccountLocked{});
    default: return add(Category::account, account.id, e::AccountUnlocked{});
  }
}

void RandomHistory::worker() {
  if (persons_.empty()) return;
  if (workers_.empty() || !often()) {
    workers_.push_back(WorkerId(fresh()));
    return add(Category::worker, workers_.back(), e::WorkerRegistered{any_of(persons_), AgencyId(fresh())});
  }
  const WorkerId id = any_of(workers_);
  switch (below(7)) {
    case 0: return add(Category::worker, id, e::WorkerDetailsChanged{box(), {}, often() ? box() : Box()});
    case 1: return add(Category::worker, id, e::CitizenNumberRecorded{box()});
    case 2:
      return add(Category::worker, id,
                 e::IdentityVerified{any<e::VerificationMethod>(e::kVerificationMethodCount),
                                     any<e::DocumentKind>(e::kDocumentKindCount), box(), any_day(),
                                     e::RightToWork::permit, any_day()});
    case 3: return add(Category::worker, id, e::DocumentExpired{any_day()});
    case 4: return add(Category::worker, id, e::WorkerBankAccountChanged{box()});
    case 5: return add(Category::worker, id, e::WageTaxDeclared{often(), any_day()});
    default: return add(Category::worker, id, e::WorkerFileCompleted{});
  }
}

void RandomHistory::client() {
  if (clients_.empty() || !often()) {
    clients_.push_back(ClientId(fresh()));
    return add(Category::client, clients_.back(), e::ClientRegistered{company(), {}});
  }
  const ClientId id = any_of(clients_);
  const PersonId person(persons_.empty() ? fresh() : any_of(persons_).value);
  const auto kind = any<e::ContactKind>(e::kContactKindCount);
  switch (below(8)) {
    case 0: return add(Category::client, id, e::ContactAdded{person, kind});
    case 1: return add(Category::client, id, e::ContactRemoved{person, kind});
    case 2: return add(Category::client, id, e::CreditCheckAsked{});
    case 3: return add(Category::client, id, e::CreditCheckAnswered{often(), money(), any_day()});
    case 4: return add(Category::client, id, e::CreditCheckWithdrawn{});
    case 5: return add(Category::client, id, e::ConditionsAccepted{digest()});
    case 6: return add(Category::client, id, e::ClientFileCompleted{});
    default: return add(Category::client, id, e::BillingChanged{{"order", "", 25}});
  }
}

void RandomHistory::agency() {
  if (agencies_.empty() || !often()) {
    agencies_.push_back(AgencyId(fresh()));
    return add(Category::agency, agencies_.back(), e::AgencyRegistered{company()});
  }
  const AgencyId id = any_of(agencies_);
  switch (below(3)) {
    case 0:
      return add(Category::agency, id,
                 e::CooperationSigned{digest(), {16'200, money(), e::PayOutBasis::on_invoicing, often()}, any_day()});
    case 1: return add(Category::agency, id, e::AgencyBankAccountChanged{box()});
    default: return add(Category::agency, id, e::AdmissionRecorded{often() ? "SNA" : "other", "1", any_day()});
  }
}

void RandomHistory::employment() {
  if (workers_.empty()) return;
  if (employments_.empty() || !often()) {
    employments_.push_back(EmploymentId(fresh()));
    return add(Category::employment, employments_.back(),
               e::ContractDrawnUp{any_of(workers_), PersonId(fresh()), digest(), contract_terms()});
  }
  const EmploymentId id = any_of(employments_);
  auto& linked = linked_[id];
  switch (below(8)) {
    case 0: return add(Category::employment, id, e::ContractSent{digest()});
    case 1:
      return add(Category::employment, id, e::ContractSigned{any<e::ContractParty>(e::kContractPartyCount), digest()});
    case 2: return add(Category::employment, id, e::ContractAmended{digest(), contract_terms()});
    case 3: return add(Category::employment, id, e::ContractRenewed{digest(), contract_terms()});
    case 4: return add(Category::employment, id, e::EmploymentEndAnnounced{any_day()});
    case 5: return add(Category::employment, id, e::EmploymentEnded{any_day()});
    case 6:
      if (linked.empty()) return;
      return add(Category::employment, id, e::PlacementSpanChanged{any_of(linked), any_day()});
    default:
      if (placements_.empty()) return;
      linked.push_back(any_of(placements_));
      return add(Category::employment, id,
                 e::PlacementLinked{linked.back(), any<e::PeriodKind>(e::kPeriodKindCount), any_day(), {}});
  }
}

void RandomHistory::placement() {
  if (workers_.empty() || clients_.empty() || persons_.empty()) return;
  if (placements_.empty() || !often()) {
    placements_.push_back(PlacementId(fresh()));
    return add(Category::placement, placements_.back(),
               e::PlacementProposed{any_of(workers_),
                                    any_of(persons_),
                                    any_of(clients_),
                                    agencies_.empty() ? AgencyId() : any_of(agencies_),
                                    EmploymentId(fresh()),
                                    e::PeriodKind::week,
                                    any_day(),
                                    {}});
  }
  const PlacementId id = any_of(placements_);
  const PersonId person = any_of(persons_);
  switch (below(8)) {
    case 0: return add(Category::placement, id, e::PlacementStarted{any_day()});
    case 1: return add(Category::placement, id, e::ApproverAppointed{person, any_day(), {}});
    case 2: return add(Category::placement, id, e::ApproverEnded{person, any_day()});
    case 3: return add(Category::placement, id, e::SubstituteNamed{person, any_of(persons_), any_day(), any_day()});
    case 4: return add(Category::placement, id, e::PlacementExtended{any_day()});
    case 5: return add(Category::placement, id, e::PlacementEnded{any_day()});
    case 6: return add(Category::placement, id, e::GatesOverridden{{true, false, true, false, true}, any_day(), box()});
    default:
      return add(Category::placement, id, e::PeriodKindChanged{any<e::PeriodKind>(e::kPeriodKindCount), any_day()});
  }
}

void RandomHistory::terms() {
  if (placements_.empty()) return;
  const PlacementId id = any_of(placements_);
  const std::vector<e::Surcharge> surcharges = {{e::HourType::overtime, static_cast<std::int32_t>(below(5'000))}};
  switch (below(6)) {
    case 0: return add(Category::placement, id, e::PayTermsAgreed{{money(), money(), surcharges}, any_day()});
    case 1: return add(Category::placement, id, e::ClientTermsAgreed{{money(), money(), surcharges}, any_day()});
    case 2: return add(Category::placement, id, e::PurchaseTermsAgreed{{16'200, money()}, any_day()});
    case 3: agreed_.push_back(id); return add(Category::placement, id, e::AgreementSent{digest(), {PersonId(fresh())}});
    case 4:
      if (agreed_.empty()) return;
      return add(Category::placement, any_of(agreed_), e::AgreementAccepted{digest()});
    default: return add(Category::placement, id, e::AssignmentConfirmed{digest()});
  }
}

void RandomHistory::calendar() {
  if (sheets_.empty()) return;
  e::CalendarPeriod period;
  period.first = any_of(sheets_).period.first;
  period.last = period.first.plus_days(6);
  period.approve_by = any_day();
  add(Category::calendar, CalendarId(fresh()), e::CalendarPublished{e::PeriodKind::week, 2026, {period}});
}

void RandomHistory::entry() {
  if (placements_.empty()) return;
  if (sheets_.empty() || below(6) == 0) {
    const e::Period period{e::PeriodKind::week, any_day().monday_of_week()};
    // Some on placements that nobody proposed.
    sheets_.push_back({SheetId(fresh()), often() ? any_of(placements_) : PlacementId(fresh()), period, {}});
    if (!often())
      return add(Category::timesheet, sheets_.back().id, e::SheetSubmittedEmpty{sheets_.back().placement, period});
  }
  // The last sheets see most of the traffic.
  Sheet& sheet = sheets_[sheets_.size() - 1 - below(std::min<std::size_t>(sheets_.size(), 40))];
  const auto hour_type = any<e::HourType>(e::kHourTypeCount);
  const e::Worked hours = worked(sheet.period);
  if (sheet.lines.empty() || often()) {
    sheet.lines.push_back({EntryId(fresh()), hours.day});
    return add(Category::timesheet, sheet.id,
               e::EntryRecorded{sheet.lines.back().id, sheet.placement, sheet.period, hour_type, hours, box()});
  }
  const std::size_t index = below(sheet.lines.size());
  if (often()) {
    sheet.lines[index].day = hours.day;
    return add(Category::timesheet, sheet.id, e::EntryChanged{sheet.lines[index].id, hour_type, hours, box()});
  }
  const EntryId gone = sheet.lines[index].id;
  sheet.lines.erase(sheet.lines.begin() + static_cast<std::ptrdiff_t>(index));
  add(Category::timesheet, sheet.id, e::EntryRemoved{gone});
}

void RandomHistory::sheet() {
  if (sheets_.empty()) return;
  const Sheet& sheet = sheets_[sheets_.size() - 1 - below(std::min<std::size_t>(sheets_.size(), 40))];
  if (sheet.lines.empty()) return;
  const std::vector<Date> days = any_days(sheet);
  const Minutes minutes = Minutes::of(static_cast<std::int64_t>(below(2'400)));
  const SheetId id = sheet.id;
  switch (below(12)) {
    case 0: return add(Category::timesheet, id, e::DaysRefused{days, box()});
    case 1: return add(Category::timesheet, id, e::HoursObjected{box()});
    case 2: return add(Category::timesheet, id, e::SheetWithdrawn{days});
    case 3: return add(Category::timesheet, id, e::SheetReopened{days, box()});
    case 4: return add(Category::timesheet, id, e::AdditionRequested{days, box()});
    case 5: return add(Category::timesheet, id, e::ApprovalTakenBack{days, box()});
    case 6: return add(Category::timesheet, id, e::DaysAcceptedForPay{days, minutes, digest(), box()});
    case 7:
    case 8:
      return add(Category::timesheet, id,
                 e::DaysApproved{days, minutes, digest(), e::Right::appointment, PersonId(fresh())});
    default: return add(Category::timesheet, id, e::SheetSubmitted{days, minutes, digest()});
  }
}

void RandomHistory::two_persons() {
  if (placements_.empty()) return;
  const PlacementId id = any_of(placements_);
  if (!proposals_.empty() && often())
    return add(Category::placement, id, e::ActAgreed{any_of(proposals_), PersonId(fresh()), digest()});
  proposals_.push_back({ledger_.size().value + command_.size()});
  add(Category::placement, id, e::ActProposed{49, "act", digest()});
}

}  // namespace placet::testing
