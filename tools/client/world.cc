#include "tools/client/world.h"

namespace placet::client {

using namespace domain;

namespace {

Digest text_hash(std::uint8_t text) {
  Digest digest{};
  digest[0] = text;
  return digest;
}

}  // namespace

std::vector<Command> employ(const PlacedWorker& one, const std::string& name, Date first_day, AgencyId agency) {
  const ContractTerms contract{ContractRegime::agency_work, ContractPhase::a, ContractHours::fixed,
                               Minutes::of(2'400),          first_day,        {}};
  return {RegisterPerson{one.person, Box::plain(name)}, RegisterWorker{one.worker, one.person, agency},
          VerifyIdentity{one.worker,
                         VerificationMethod::in_person,
                         DocumentKind::passport,
                         Box::plain("NX1234567"),
                         *Date::of(2040, 1, 1),
                         RightToWork::unrestricted,
                         {}},
          DrawUpContract{one.employment, one.worker, text_hash(1), contract}};
}

Command start_without_papers(PlacementId placement, Date first_day) {
  const Gates all{true, true, true, true, true};
  return StartPlacement{placement, first_day, {}, {}, {}, all, Box::plain("papers follow")};
}

World::World(const std::string& server, const std::string& first_invite, const std::string& second_invite,
             Date first_day)
    : first_day_(first_day), office_(server, first_invite, second_invite) {
  home_ = {{}, office_.fresh<ClientId>(), office_.fresh<PersonId>()};
  office_.act({RegisterClient{home_.client, Company{"Kade Logistics", "87654321", {}}, {}},
               RegisterPerson{home_.approver, Box::plain("Carla Claassen")},
               GrantRole{home_.approver, Role::client_contact, PartyId(home_.client.value), {}, {}},
               AddContact{home_.client, home_.approver, ContactKind::approver}});
}

Desk& World::approver() {
  if (!approver_) approver_ = office_.sign_in(home_.approver, "carla@kade.example");
  return *approver_;
}

std::vector<PlacedWorker> World::place(unsigned workers, const Workplace& at, PeriodKind kind) {
  std::vector<PlacedWorker> placed;
  std::vector<Command> preparations, starts, appointments;
  for (unsigned i = 0; i < workers; ++i) {
    const PlacedWorker one{office_.fresh<PersonId>(), office_.fresh<WorkerId>(), office_.fresh<EmploymentId>(),
                           office_.fresh<PlacementId>()};
    for (Command& command : employ(one, "Worker " + std::to_string(i + 1), first_day_, at.agency))
      preparations.push_back(std::move(command));
    preparations.push_back(
        ProposePlacement{one.placement, one.worker, at.client, at.agency, one.employment, kind, first_day_, {}});
    starts.push_back(start_without_papers(one.placement, first_day_));
    appointments.push_back(AppointApprover{one.placement, {}, at.approver, {}, {}});
    placed.push_back(one);
  }
  office_.act(preparations);
  office_.act_by_two(starts);
  office_.act(appointments);
  return placed;
}

}  // namespace placet::client
