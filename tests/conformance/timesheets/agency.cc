#include "tests/conformance/timesheets/agency.h"

namespace placet::timesheets {

using namespace domain;

namespace {

/// Who may approve the hours of a job: its authoriser, and somebody else where those are his own.
std::vector<std::string> approvers_of(const Job& job) {
  if (!job.is_own()) return {job.authoriser};
  return {job.authoriser, kSubstitute};
}

Money pay_rate(const std::string& developer, int year) {
  const bool number = !developer.empty() && developer.find_first_not_of("0123456789") == std::string::npos;
  return Money::of(1'500 + 25 * ((number ? std::stoi(developer) : 0) % 40) + 35 * (year - 2'004));
}
Money client_rate(const std::string& developer, int year) {
  return Money::of((pay_rate(developer, year).count() * 19 + 5) / 10);
}

std::string name_of(const std::string& person) {
  return person == kNotRecorded ? "authoriser-not-recorded" : person == kSubstitute ? person : "person " + person;
}

}  // namespace

Agency::Agency(const std::string& server, const std::vector<std::string>& invites, const Tasks& tasks, Date first_day)
    : office_(server, invites.at(0), invites.at(1)) {
  std::set<std::string> developers, authorisers;
  for (const auto& [job, rows] : tasks.jobs) {
    developers.insert(job.developer);
    for (const std::string& approver : approvers_of(job)) authorisers.insert(approver);
  }
  register_persons(developers, authorisers, first_day);
  register_clients(tasks);
  place(tasks, first_day);
  agree_rates(tasks, first_day);
  record_bank_accounts();
  paymasters_ = office_.appoint_paymasters();
  for (const std::string& name : authorisers) desks_[name] = office_.sign_in(persons_.at(name), name + "@sip.example");
}

void Agency::register_persons(const std::set<std::string>& developers, const std::set<std::string>& authorisers,
                              Date first_day) {
  std::vector<Command> commands;
  for (const std::string& name : developers) {
    const client::PlacedWorker worker{
        office_.fresh<PersonId>(), office_.fresh<WorkerId>(), office_.fresh<EmploymentId>(), {}};
    for (Command& command : client::employ(worker, name_of(name), first_day)) commands.push_back(std::move(command));
    workers_[name] = worker;
    persons_[name] = worker.person;
  }
  for (const std::string& name : authorisers) {
    const auto [person, is_new] = persons_.try_emplace(name, office_.fresh<PersonId>());
    if (is_new) commands.push_back(RegisterPerson{person->second, Box::plain(name_of(name))});
  }
  office_.act(commands);
}

/// With everybody who approves there as a contact.
void Agency::register_clients(const Tasks& tasks) {
  std::vector<Command> commands;
  std::set<std::pair<std::string, std::string>> contacts;
  for (const auto& [job, rows] : tasks.jobs) {
    const auto [client, is_new] = clients_.try_emplace(job.project, office_.fresh<ClientId>());
    if (is_new) commands.push_back(RegisterClient{client->second, Company{job.project, {}, {}}, {}});
    for (const std::string& approver : approvers_of(job)) {
      if (!contacts.insert({job.project, approver}).second) continue;
      const PersonId person = persons_.at(approver);
      commands.push_back(GrantRole{person, Role::client_contact, PartyId(client->second.value), {}, {}});
      commands.push_back(AddContact{client->second, person, ContactKind::approver});
    }
  }
  office_.act(commands);
}

void Agency::agree_rates(const Tasks& tasks, Date first_day) {
  std::map<Job, std::set<int>> years;
  for (const Piece& piece : tasks.pieces) years[piece.job].insert(piece.day.year());
  std::vector<Command> commands;
  for (const auto& [job, of_job] : years) {
    for (const int year : of_job) {
      const Date from = std::max(first_day, *Date::of(year, 1, 1));
      commands.push_back(AgreePayTerms{placement(job), {pay_rate(job.developer, year), {}, {}}, from});
      commands.push_back(AgreeClientTerms{placement(job), {client_rate(job.developer, year), {}, {}}, from});
    }
  }
  commands.push_back(PublishParameters{
      first_day,
      {{ParameterKind::holiday_allowance, 8, 100}, {ParameterKind::leave, 4, 52}, {ParameterKind::vat, 19, 100}},
      "test parameters of 2004"});
  commands.push_back(PublishParameters{*Date::of(2012, 10, 1), {{ParameterKind::vat, 21, 100}}, "VAT of 2012"});
  office_.act_by_two(commands);
}

void Agency::record_bank_accounts() {
  std::vector<Command> commands;
  for (const auto& [name, worker] : workers_)
    commands.push_back(ChangeWorkerBankAccount{worker.worker, Box::plain("NL02ABNA0123456789"), {}, {}});
  office_.act_by_two(commands);
}

void Agency::place(const Tasks& tasks, Date first_day) {
  std::vector<Command> proposals, starts, appointments;
  for (const auto& [job, rows] : tasks.jobs) {
    const auto placement = office_.fresh<PlacementId>();
    const client::PlacedWorker& worker = workers_.at(job.developer);
    proposals.push_back(ProposePlacement{
        placement, worker.worker, clients_.at(job.project), {}, worker.employment, PeriodKind::week, first_day, {}});
    starts.push_back(client::start_without_papers(placement, first_day));
    for (const std::string& approver : approvers_of(job))
      appointments.push_back(AppointApprover{placement, {}, persons_.at(approver), {}, {}});
    placements_[job] = placement;
  }
  office_.act(proposals);
  office_.act_by_two(starts);
  office_.act(appointments);
}

}  // namespace placet::timesheets
