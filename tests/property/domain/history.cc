#include "tests/property/domain/history.h"

#include <fmt/format.h>

#include <algorithm>

#include "domain/decide.h"
#include "domain/proposal/proposal.h"

namespace placet::domain::testing {

namespace {

/// Refusals that come from elsewhere: the engine, its clock and disk, and the adapters that resolve times and seal.
bool domain_refuses_with(RejectionCode code) {
  switch (code) {
    case RejectionCode::unspecified:
    case RejectionCode::bug:
    case RejectionCode::overloaded:
    case RejectionCode::disk_low:
    case RejectionCode::clock_jumped:
    case RejectionCode::command_id_reused:
    case RejectionCode::version_moved:
    case RejectionCode::no_such_time:
    case RejectionCode::ambiguous_time:
    case RejectionCode::erased: return false;
    default: return true;
  }
}

}  // namespace

History::History(std::uint64_t seed) : seed_(seed), random_(seed) {
  found();
  while (placements_.size() < 6) hire();
}

void History::run(std::size_t commands) {
  for (std::size_t i = 0; i < commands; ++i) step();
}

void History::step() {
  if (one_in(30)) story_.on(today().plus_days(1));
  if (one_in(150)) return hire();
  static const unsigned kTotal = [] {
    unsigned sum = 0;
    for (const Kind& kind : kinds()) sum += kind.weight;
    return sum;
  }();
  auto ticket = static_cast<unsigned>(below(kTotal));
  for (const Kind& kind : kinds()) {
    if (ticket < kind.weight) return send((this->*kind.make)());
    ticket -= kind.weight;
  }
}

void History::send(const Try& attempt) {
  Actor actor = actor_of(attempt.by);
  if (takes_two_persons(attempt.command) ? !one_in(10) : one_in(200)) {
    const std::size_t before = log().size();
    story_.proposed(attempt.command, actor);
    if (story_.last()) proposals_.push_back({before});
    record_attempt(attempt.command, actor, true, before);
  } else {
    const std::size_t before = log().size();
    story_.when(attempt.command, actor);
    record_attempt(attempt.command, actor, false, before);
  }
}

void History::record_attempt(const Command& command, const Actor& actor, bool proposed, std::size_t before) {
  const Decision& decision = story_.last();
  ++counts_.sent[command.index()];
  if (decision) {
    ++counts_.accepted[command.index()];
  } else {
    ++counts_.refused[static_cast<std::size_t>(decision.error().code)];
  }
  attempts_.push_back(
      {command, actor, proposed, decision ? std::nullopt : std::optional(decision.error()), {before}, {log().size()}});
}

Actor History::actor_of(PersonId person) {
  if (person.is_nil()) return service();
  if (one_in(25)) person = any(one_in(2) ? offices_ : extras_);
  if (one_in(60)) return as(person, Strength::machine);
  return as(person, one_in(5) ? Strength::delegated : Strength::token);
}

std::string History::table() const {
  std::string out = fmt::format("seed {}: {} commands, {} events\n", seed_, attempts_.size(), log().size());
  for (std::size_t i = 1; i < counts_.sent.size(); ++i)
    out += fmt::format("  {:<28} sent {:>7}  accepted {:>7}\n", kCommandNames[i], counts_.sent[i], counts_.accepted[i]);
  for (std::uint16_t code = 1; code < kRejectionCodeCount; ++code) {
    if (counts_.refused[code] > 0)
      out += fmt::format("  refused with {:<22} {:>7}\n", name_of(static_cast<RejectionCode>(code)),
                         counts_.refused[code]);
  }
  return out;
}

std::string History::missing() const {
  std::string out;
  for (std::size_t i = 1; i < counts_.accepted.size(); ++i) {
    if (counts_.accepted[i] == 0) out += fmt::format("never accepted: {}\n", kCommandNames[i]);
  }
  for (std::uint16_t code = 0; code < kRejectionCodeCount; ++code) {
    if (domain_refuses_with(static_cast<RejectionCode>(code)) && counts_.refused[code] == 0)
      out += fmt::format("nothing refused with {}\n", name_of(static_cast<RejectionCode>(code)));
  }
  return out;
}

// --- the world ----------------------------------------------------------------------------------------------------

void History::set_up(const Command& command, const Actor& actor) {
  const std::size_t before = log().size();
  story_.when(command, actor);
  record_attempt(command, actor, false, before);
}

void History::set_up_by_two(const Command& command) {
  const std::size_t before = log().size();
  story_.proposed(command, as(offices_[0]));
  record_attempt(command, as(offices_[0]), true, before);
  if (story_.last()) set_up(story_.agreement(), as(offices_[1]));
}

PersonId History::person_with(Role role, PartyId scope) {
  const auto person = fresh<PersonId>();
  set_up(RegisterPerson{person, box()}, service());
  if (role != Role::unspecified) set_up(GrantRole{person, role, scope, {}, {}}, service());
  return person;
}

void History::found() {
  set_up(FoundLedger{kLedger, "demo.placet", "Europe/Amsterdam"}, service());
  set_up(StartSystem{"0.1.0", digest(1)}, service());
  for (int i = 0; i < 2; ++i) administrators_.push_back(person_with(Role::administrator));
  for (int i = 0; i < 5; ++i) offices_.push_back(person_with(Role::back_office));
  watchers_ = {person_with(Role::compliance), person_with(Role::auditor)};
  for (int i = 0; i < 3; ++i) extras_.push_back(person_with(Role::unspecified));
  for (int i = 0; i < 2; ++i) {
    const auto agency = fresh<AgencyId>();
    set_up(RegisterAgency{agency, Company{"Agency", "12345678", {}}}, as(offices_[0]));
    agencies_.push_back({agency, person_with(Role::agency, PartyId(agency.value))});
  }
  for (int i = 0; i < 3; ++i) {
    const auto id = fresh<ClientId>();
    const PartyId scope(id.value);
    const Company company{"Client", "87654321", i == 0 ? "NL123456782B01" : ""};
    set_up(RegisterClient{id, company, agencies_[below(2)].id}, as(offices_[0]));
    ClientAt client{id, person_with(Role::client_contact, scope), person_with(Role::client_system, scope), {}};
    for (int k = 0; k < 3; ++k) client.approvers.push_back(person_with(Role::client_contact, scope));
    set_up(AddContact{id, client.signatory, ContactKind::signatory}, as(offices_[0]));
    for (const PersonId person : client.approvers)
      set_up(AddContact{id, person, ContactKind::approver}, as(offices_[0]));
    clients_.push_back(client);
  }
  for (int i = 0; i < 5; ++i) employ(person_with(Role::unspecified));
  late_ = person_with(Role::unspecified);
  // In some histories two are one human being from the start.
  if (one_in(3))
    set_up_by_two(JoinPersons{workers_[2].person, workers_[3].person, {workers_[2].person, workers_[3].person}});
  if (one_in(3)) set_up_by_two(JoinPersons{offices_[3], offices_[4], {offices_[3], offices_[4]}});
  // A worker who approves hours at a client, and an approver who may be found to be a worker.
  ClientAt& first = clients_.front();
  set_up(GrantRole{workers_[0].person, Role::client_contact, PartyId(first.id.value), {}, {}}, service());
  set_up(AddContact{first.id, workers_[0].person, ContactKind::approver}, as(offices_[0]));
  first.approvers.push_back(workers_[0].person);
  twin_ = clients_[1].approvers[0];
  // A worker who is one of the back office too.
  set_up(GrantRole{workers_[4].person, Role::back_office, {}, {}, {}}, service());
  set_up_by_two(PublishParameters{
      *Date::of(2026, 1, 1),
      {{ParameterKind::holiday_allowance, 8, 100}, {ParameterKind::leave, 4, 52}, {ParameterKind::vat, 21, 100}},
      "law"});
  for (const PeriodKind kind : {PeriodKind::four_weeks, PeriodKind::month})
    set_up(calendar_until(kind, 2026, *Date::of(2026, 11, 1)), as(offices_[0]));
}

/// Somebody to place: known already, or new.
History::WorkerAt& History::candidate() {
  if (!one_in(5) || workers_.size() >= 12) return workers_[below(workers_.size())];
  employ(workers_.size() == 6 ? late_ : person_with(Role::unspecified));
  return workers_.back();
}

void History::employ(PersonId person) {
  const WorkerAt worker{fresh<WorkerId>(), person, agencies_[below(2)].id, {}};
  set_up(RegisterWorker{worker.id, worker.person, worker.agency}, as(offices_[0]));
  set_up(GrantRole{worker.person, Role::worker, PartyId(worker.id.value), {}, {}}, service());
  if (!one_in(6)) set_up_by_two(ChangeWorkerBankAccount{worker.id, box(), {}, {}});
  workers_.push_back(worker);
}

/// A placement from the proposal to its start, as it should go; seldom a step is forgotten.
void History::hire() {
  WorkerAt& worker = candidate();
  const ClientAt& client = any(clients_);
  const Actor office = as(offices_[0]);
  const auto running = std::count_if(placements_.begin(), placements_.end(), [&](PlacementId id) {
    return placement(id).worker == worker.id && (!placement(id).until || today() <= *placement(id).until);
  });
  if (running >= 3) return;
  const auto remembered = [&] { return log().size() < 500 || !one_in(12); };
  if (remembered())
    set_up(VerifyIdentity{worker.id,
                          VerificationMethod::in_person,
                          DocumentKind::passport,
                          box(),
                          in_days(200, 900),
                          RightToWork::unrestricted,
                          {}},
           office);
  const bool ended = !worker.employment.is_nil() && employment(worker.employment).last_day;
  if (ended && today() <= *employment(worker.employment).last_day) return;
  if (worker.employment.is_nil() || ended) {
    if (!ended) worker.employment = fresh<EmploymentId>();
    const ContractTerms terms{ContractRegime::agency_work, ContractPhase::a, ContractHours::fixed,
                              Minutes::of(2'400),          today(),          std::nullopt};
    set_up(DrawUpContract{worker.employment, worker.id, digest(1), terms}, office);
  }
  const Digest contract = employment(worker.employment).text;
  set_up(SendContract{worker.employment}, office);
  set_up(SignContract{worker.employment, ContractParty::worker, contract}, as(worker.person));
  if (remembered()) set_up(SignContract{worker.employment, ContractParty::employer, contract}, office);
  const auto id = fresh<PlacementId>();
  const Date from = in_days(-14, 0);
  set_up(ProposePlacement{id, worker.id, client.id, worker.agency, worker.employment,
                          any_of<PeriodKind>(kPeriodKindCount), from, in_days(30, 150)},
         office);
  placements_.push_back(id);
  // At times a few days are left without terms.
  const Date agreed_from = one_in(8) ? from.plus_days(4) : from;
  set_up_by_two(AgreePayTerms{id, PayTerms{Money::of(1'550), Money::of(23), {}}, agreed_from});
  set_up_by_two(AgreeClientTerms{id, ClientTerms{Money::of(3'023), Money::of(30), {}}, agreed_from});
  if (remembered()) set_up_by_two(AgreePurchaseTerms{id, PurchaseTerms{16'200, Money::of(0)}, from});
  set_up(SendAgreement{id, client.id, digest(2), {client.approvers[0]}}, office);
  set_up(AcceptAgreement{id, client.id, digest(2)}, as(client.signatory));
  if (!one_in(3)) set_up(AppointApprover{id, client.id, any(client.approvers), {}, {}}, office);
  if (remembered()) set_up(ConfirmAssignment{id, digest(3)}, office);
  if (remembered()) set_up(CompleteWorkerFile{worker.id}, office);
  set_up(CompleteClientFile{client.id}, office);
  set_up(StartPlacement{id, from, worker.id, client.id, worker.employment, {}, {}}, office);
}

const History::WorkerAt& History::worker_at(WorkerId id) {
  const auto found = std::find_if(workers_.begin(), workers_.end(), [&](const WorkerAt& one) { return one.id == id; });
  return found == workers_.end() ? workers_.front() : *found;
}

const History::ClientAt& History::client_at(ClientId id) {
  const auto found = std::find_if(clients_.begin(), clients_.end(), [&](const ClientAt& one) { return one.id == id; });
  return found == clients_.end() ? clients_.front() : *found;
}

PlacementId History::any_placement() {
  if (one_in(100)) return fresh<PlacementId>();
  return placements_[placements_.size() - 1 - below(std::min<std::size_t>(placements_.size(), 12))];
}

PlacementId History::any_running() {
  for (int i = 0; i < 8; ++i) {
    const PlacementId id = any_placement();
    if (placement(id).runs_on(today().plus_days(-2))) return id;
  }
  return any_placement();
}

PlacementId History::any_proposed() { return proposed_.empty() || one_in(2) ? any_placement() : any(proposed_); }

PersonId History::recruiter_of(AgencyId agency) {
  const auto found =
      std::find_if(agencies_.begin(), agencies_.end(), [&](const AgencyAt& one) { return one.id == agency; });
  return found == agencies_.end() ? agencies_.front().recruiter : found->recruiter;
}

}  // namespace placet::domain::testing
