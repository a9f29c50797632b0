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

std::vector<Command> employ(const PlacedWorker& one, const std::string& name, Date first_day) {
  const ContractTerms contract{ContractRegime::agency_work, ContractPhase::a, ContractHours::fixed,
                               Minutes::of(2'400),          first_day,        {}};
  return {RegisterPerson{one.person, Box::plain(name)}, RegisterWorker{one.worker, one.person, {}},
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
  client_ = office_.fresh<ClientId>();
  approver_person_ = office_.fresh<PersonId>();
  office_.act({RegisterClient{client_, Company{"Kade Logistics", "87654321", {}}, {}},
               RegisterPerson{approver_person_, Box::plain("Carla Claassen")},
               GrantRole{approver_person_, Role::client_contact, PartyId(client_.value), {}, {}},
               AddContact{client_, approver_person_, ContactKind::approver}});
}

Desk& World::approver() {
  if (!approver_) approver_ = office_.sign_in(approver_person_, "carla@kade.example");
  return *approver_;
}

std::vector<PlacedWorker> World::place(unsigned workers) {
  std::vector<PlacedWorker> placed;
  std::vector<Command> preparations, starts, appointments;
  for (unsigned i = 0; i < workers; ++i) {
    const PlacedWorker one{office_.fresh<PersonId>(), office_.fresh<WorkerId>(), office_.fresh<EmploymentId>(),
                           office_.fresh<PlacementId>()};
    for (Command& command : employ(one, "Worker " + std::to_string(i + 1), first_day_))
      preparations.push_back(std::move(command));
    preparations.push_back(
        ProposePlacement{one.placement, one.worker, client_, {}, one.employment, PeriodKind::week, first_day_, {}});
    starts.push_back(start_without_papers(one.placement, first_day_));
    appointments.push_back(AppointApprover{one.placement, {}, approver_person_, {}, {}});
    placed.push_back(one);
  }
  office_.act(preparations);
  office_.act_by_two(starts);
  office_.act(appointments);
  return placed;
}

}  // namespace placet::client
