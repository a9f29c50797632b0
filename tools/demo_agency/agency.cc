#include "tools/demo_agency/agency.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "crypto/sha256.h"

namespace placet::demo {

using namespace domain;

namespace {

constexpr int kWeeks = 4;
constexpr int kLastDocumentYear = 2034;

/// What both sides of a paper read and sign.
Digest text_of(const std::string& paper) { return crypto::sha256(paper); }

CalendarPeriod period_of(Date first, Date last) {
  const Date monday = last.plus_days(1).monday_of_week() > last ? last.plus_days(1).monday_of_week()
                                                                : last.plus_days(8).monday_of_week();
  return {.first = first,
          .last = last,
          .submit_by = last,
          .approve_by = monday,
          .run = monday.plus_days(1),
          .pay_day = monday.plus_days(3),
          .invoice_day = monday.plus_days(1)};
}

Zone amsterdam() {
  auto zone = Zone::find("Europe/Amsterdam");
  if (!zone) throw std::runtime_error(zone.error().message);
  return *std::move(zone);
}

}  // namespace

std::string email_of(std::string name) {
  std::ranges::replace(name, ' ', '.');
  return name + "@demo.example";
}

Agency::Agency(const std::string& server, const std::string& first_invite, const std::string& second_invite)
    : office_(server, first_invite, second_invite), zone_(amsterdam()), ledger_(office_.desk().connection().ledger()) {
  publish_calendars();
  publish_parameters();
  open_agencies();
  open_clients();
  employ_workers();
  record_bank_accounts();
  for (ClientCompany& client : clients_) {
    std::vector<Worker*> its;
    for (Worker& worker : workers_)
      if (&clients_[worker.part->client] == &client) its.push_back(&worker);
    place(its, client, kFirstMonday);
  }
}

Worker& Agency::worker(const std::string& name) {
  const auto found =
      std::ranges::find_if(workers_, [&](const Worker& worker) { return worker.person.name.starts_with(name + " "); });
  if (found == workers_.end()) throw std::runtime_error(name + " is not in the cast");
  return *found;
}

ClientCompany& Agency::client(const std::string& name) {
  const auto found =
      std::ranges::find_if(clients_, [&](const ClientCompany& client) { return client.part->name == name; });
  if (found == clients_.end()) throw std::runtime_error(name + " is not in the cast");
  return *found;
}

/// Made up; the check digits are right.
Command Agency::bank_account(const Worker& worker, int number) {
  constexpr int kBank = 30'19'10'19;  // "UJAJ", letters as two digits
  const std::string account = fmt::format("{:010}", number);
  std::int64_t rest = 0;
  for (const char digit : fmt::format("{}{}232100", kBank, account)) rest = (rest * 10 + (digit - '0')) % 97;
  return ChangeWorkerBankAccount{worker.id, Box::plain(fmt::format("NL{:02}UJAJ{}", 98 - rest, account)), {}, {}};
}

void Agency::record_bank_accounts() {
  std::vector<Command> accounts;
  int number = 417'164'300;
  for (const Worker& worker : workers_) accounts.push_back(bank_account(worker, ++number));
  office_.act_by_two(accounts);
}

void Agency::set_clock(Date day, int hour, int minute, bool tick) {
  const auto instant = zone_.instant(day, 60 * hour + minute, std::nullopt);
  office_.desk().connection().move_clock(std::get<Timestamp>(instant), tick);
}

Person Agency::introduce(const std::string& name, Role role, PartyId scope) {
  Person person{name, office_.fresh<PersonId>(), nullptr};
  office_.act({RegisterPerson{person.id, Box::plain(name)}, GrantRole{person.id, role, scope, {}, {}}});
  return person;
}

void Agency::sign_in(Person& person) { person.desk = office_.sign_in(person.id, email_of(person.name)); }

void Agency::publish_calendars() {
  std::vector<CalendarPeriod> weeks;
  for (int week = 0; week < kWeeks; ++week) {
    const Date monday = kFirstMonday.plus_days(7 * week);
    weeks.push_back(period_of(monday, monday.plus_days(6)));
  }
  office_.act({PublishCalendar{PeriodKind::week, 2026, weeks},
               PublishCalendar{
                   PeriodKind::month, 2026, {period_of(kFirstMonday.first_of_month(), kFirstMonday.last_of_month())}}});
}

/// Figures of the law and of the agreement of October 2026.
void Agency::publish_parameters() {
  office_.act_by_two({PublishParameters{
      *Date::of(2026, 1, 1),
      {{ParameterKind::holiday_allowance, 8, 100}, {ParameterKind::leave, 4, 52}, {ParameterKind::vat, 21, 100}},
      "holiday allowance: WML art. 15; leave: BW 7:634; VAT: Wet OB art. 9"}});
}

void Agency::open_agencies() {
  for (const AgencyPart& part : kAgencies) {
    const auto id = office_.fresh<AgencyId>();
    const Cooperation terms{part.purchase_factor, Money::of(0), PayOutBasis::on_client_payment, true};
    office_.act({RegisterAgency{id, {part.name, part.trade_register, {}}},
                 SignCooperation{id, text_of(std::string("Cooperation with ") + part.name), terms, kFirstMonday}});
    agencies_.push_back(id);
    sign_in(recruiters_.emplace_back(introduce(part.recruiter, Role::agency, PartyId(id.value))));
  }
}

/// The recruiter brings the client; its manager accepts the conditions; the office checks its credit.
void Agency::open_clients() {
  const Digest conditions = text_of("General conditions, October 2026");
  for (const ClientPart& part : kClients) {
    const auto id = office_.fresh<ClientId>();
    client::Desk& recruiter = *recruiters_.at(part.agency).desk;
    recruiter.act(
        {RegisterClient{id, {part.name, part.trade_register, {}}, agencies_.at(part.agency)}, AskCreditCheck{id}},
        random());
    ClientCompany company{&part, id, introduce(part.manager, Role::client_contact, PartyId(id.value)),
                          introduce(part.deputy, Role::client_contact, PartyId(id.value))};
    office_.act({AddContact{id, company.manager.id, ContactKind::signatory},
                 AddContact{id, company.manager.id, ContactKind::approver},
                 AddContact{id, company.deputy.id, ContactKind::approver},
                 AnswerCreditCheck{id, true, Money::of(5'000'000), kFirstMonday.plus_days(365)}});
    sign_in(company.manager);
    sign_in(company.deputy);
    company.manager.desk->act({AcceptConditions{id, conditions}}, random());
    office_.act({CompleteClientFile{id}});
    clients_.push_back(std::move(company));
  }
}

/// The recruiter brings the worker; the office sees the passport; worker and employer sign the contract.
void Agency::employ_workers() {
  int document = 0;
  for (const WorkerPart& part : kWorkers) {
    const auto id = office_.fresh<WorkerId>();
    const unsigned agency = kClients.at(part.client).agency;
    Worker worker{&part, introduce(part.name, Role::worker, PartyId(id.value)), id, office_.fresh<EmploymentId>(), {}};
    recruiters_.at(agency).desk->act({RegisterWorker{id, worker.person.id, agencies_.at(agency)}}, random());
    const Digest text = text_of(std::string("Contract of ") + part.name);
    const ContractTerms terms{ContractRegime::agency_work, ContractPhase::a, ContractHours::fixed,
                              Minutes::of(2'400),          kFirstMonday,     {}};
    office_.act({VerifyIdentity{id,
                                VerificationMethod::in_person,
                                DocumentKind::passport,
                                Box::plain("NX" + std::to_string(2'026'001 + document++)),
                                *Date::of(kLastDocumentYear, 1, 1),
                                RightToWork::unrestricted,
                                {}},
                 CompleteWorkerFile{id}, DrawUpContract{worker.employment, id, text, terms},
                 SendContract{worker.employment}});
    sign_in(worker.person);
    worker.person.desk->act({SignContract{worker.employment, ContractParty::worker, text}}, random());
    office_.act({SignContract{worker.employment, ContractParty::employer, text}});
    workers_.push_back(std::move(worker));
  }
}

void Agency::place(const std::vector<Worker*>& workers, ClientCompany& client, Date first_day) {
  const unsigned agency = client.part->agency;
  const Digest assignment = text_of(std::string("Assignment at ") + client.part->name);
  std::vector<Command> proposals, terms, papers, signatures, starts;
  for (Worker* worker : workers) {
    const auto id = office_.fresh<PlacementId>();
    const Digest agreement = text_of(std::string("Agreement on ") + worker->part->name + " at " + client.part->name);
    proposals.push_back(ProposePlacement{
        id, worker->id, client.id, agencies_.at(agency), worker->employment, worker->part->hours_by, first_day, {}});
    terms.push_back(AgreePayTerms{id, {Money::of(worker->part->pay_cents), {}, {}}, first_day});
    terms.push_back(AgreeClientTerms{id, {Money::of(worker->part->client_cents), {}, {}}, first_day});
    terms.push_back(AgreePurchaseTerms{id, {kAgencies.at(agency).purchase_factor, {}}, first_day});
    papers.push_back(SendAgreement{id, {}, agreement, {client.manager.id}});
    signatures.push_back(AcceptAgreement{id, {}, agreement});
    starts.push_back(ConfirmAssignment{id, assignment});
    starts.push_back(StartPlacement{id, first_day, {}, {}, {}, {}, {}});
    worker->placements.push_back({id, &client});
  }
  recruiters_.at(agency).desk->act(proposals, random());
  office_.act_by_two(terms);
  office_.act(papers);
  client.manager.desk->act(signatures, random());
  office_.act(starts);
}

}  // namespace placet::demo
