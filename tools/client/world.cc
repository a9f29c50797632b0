#include "tools/client/world.h"

#include <stdexcept>

#include "codec/ids.h"
#include "codec/record.h"
#include "schema/plain_codec.h"

namespace placet::client {

using namespace domain;

namespace {

constexpr Timestamp kBirthOfIds{1'791'800'000'000'000};
constexpr std::size_t kCommandsPerCall = 2'000;

Digest text_hash(std::uint8_t text) {
  Digest digest{};
  digest[0] = text;
  return digest;
}

}  // namespace

std::vector<LogPosition> Desk::act(const std::vector<Command>& commands, Random& random, bool propose) {
  std::vector<LogPosition> positions;
  for (std::size_t start = 0; start < commands.size(); start += kCommandsPerCall) {
    const auto count = static_cast<unsigned>(std::min(kCommandsPerCall, commands.size() - start));
    auto request = connection_.commands().submitRequest();
    auto submissions = request.initSubmissions(count);
    for (unsigned i = 0; i < count; ++i) {
      codec::write(new_uuid(random, kBirthOfIds), submissions[i].initId());
      submissions[i].setPropose(propose);
      codec::write(commands[start + i], submissions[i].initCommand());
    }
    const auto response = request.send().wait(connection_.wait_scope());
    for (const auto outcome : response.getOutcomes()) {
      if (outcome.isRefused()) throw Refused(outcome.getRefused());
      positions.push_back({outcome.getAccepted().getFirst()});
    }
  }
  return positions;
}

std::string Desk::invite(AccountId account) {
  auto request = connection_.session().accountsRequest().send().getAccounts().inviteRequest();
  codec::write(account, request.initAccount());
  const auto response = request.send().wait(connection_.wait_scope());
  if (response.getResult().isRefused()) throw Refused(response.getResult().getRefused());
  return response.getResult().getToken().cStr();
}

World::World(const std::string& server, const std::string& first_invite, const std::string& second_invite,
             Date first_day)
    : server_(server), first_day_(first_day) {
  office_token_ = Connection(server).redeem(first_invite);
  office_ = std::make_unique<Desk>(server, office_token_);
  second_ = std::make_unique<Desk>(server, Connection(server).redeem(second_invite));

  const ClientId client(new_uuid(random_, kBirthOfIds));
  const PersonId contact(new_uuid(random_, kBirthOfIds));
  home_ = {{}, client, contact};
  office_->act({RegisterClient{client, Company{"Kade Logistics", "87654321", {}}, {}},
                RegisterPerson{contact, Box::plain("Carla Claassen")},
                GrantRole{contact, Role::client_contact, PartyId(client.value), {}, {}},
                AddContact{client, contact, ContactKind::approver}},
               random_);
}

Desk& World::approver() {
  if (!approver_) {
    const AccountId account(new_uuid(random_, kBirthOfIds));
    approver_ = std::make_unique<Desk>(server_, open_account(account, home_.approver, "carla@kade.example"));
  }
  return *approver_;
}

std::vector<PlacedWorker> World::place(unsigned workers, const Workplace& at) {
  std::vector<PlacedWorker> placed;
  std::vector<Command> preparations, starts, appointments;
  for (unsigned i = 0; i < workers; ++i) {
    PlacedWorker one;
    one.person = PersonId(new_uuid(random_, kBirthOfIds));
    one.worker = WorkerId(new_uuid(random_, kBirthOfIds));
    one.employment = EmploymentId(new_uuid(random_, kBirthOfIds));
    one.placement = PlacementId(new_uuid(random_, kBirthOfIds));
    preparations.push_back(RegisterPerson{one.person, Box::plain("Worker " + std::to_string(i + 1))});
    preparations.push_back(RegisterWorker{one.worker, one.person, at.agency});
    preparations.push_back(VerifyIdentity{one.worker,
                                          VerificationMethod::in_person,
                                          DocumentKind::passport,
                                          Box::plain("NX1234567"),
                                          *Date::of(2040, 1, 1),
                                          RightToWork::unrestricted,
                                          {}});
    const ContractTerms contract{ContractRegime::agency_work, ContractPhase::a, ContractHours::fixed,
                                 Minutes::of(2'400),          first_day_,       {}};
    preparations.push_back(DrawUpContract{one.employment, one.worker, text_hash(1), contract});
    preparations.push_back(ProposePlacement{
        one.placement, one.worker, at.client, at.agency, one.employment, PeriodKind::week, first_day_, {}});
    const Gates all{true, true, true, true, true};
    starts.push_back(StartPlacement{one.placement, first_day_, {}, {}, {}, all, Box::plain("papers follow")});
    appointments.push_back(AppointApprover{one.placement, {}, at.approver, {}, {}});
    placed.push_back(one);
  }
  office_->act(preparations, random_);
  act_by_two(starts);
  office_->act(appointments, random_);
  return placed;
}

void World::act_by_two(const std::vector<Command>& commands) {
  second_->act(agreements_to(office_->act(commands, random_, true)), random_);
}

std::string World::open_account(AccountId account, PersonId person, const std::string& email) {
  office_->act({OpenAccount{account, person, Box::plain(email), {}}}, random_);
  return Connection(server_).redeem(office_->invite(account));
}

/// Reads the proposals where they stand, as a second person would, and agrees to what they say.
std::vector<Command> World::agreements_to(const std::vector<LogPosition>& proposals) {
  std::vector<Command> agreements;
  follower_.read_on(second_->connection(), [&](BytesView record) {
    const auto stored = codec::read_record(record);
    if (!stored) throw std::runtime_error(stored.error().message);
    const auto* proposal = std::get_if<ActProposed>(&stored->event);
    if (proposal == nullptr) return;
    agreements.push_back(AgreeToAct{static_cast<Category>(stored->meta.stream.category),
                                    stored->meta.stream.id,
                                    stored->meta.position,
                                    proposal->hash,
                                    {}});
  });
  if (agreements.size() != proposals.size()) throw std::runtime_error("not every proposal is in the log");
  return agreements;
}

}  // namespace placet::client
