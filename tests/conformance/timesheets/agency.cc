#include "tests/conformance/timesheets/agency.h"

namespace placet::timesheets {

using namespace domain;

namespace {

/// Who may approve the hours of a job: its authoriser, and somebody else where those are his own.
std::vector<std::string> approvers_of(const Job& job) {
  if (!job.is_own()) return {job.authoriser};
  return {job.authoriser, kSubstitute};
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
