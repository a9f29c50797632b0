#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <memory>
#include <stdexcept>

#include "access/private_file.h"
#include "base/clock.h"
#include "codec/ids.h"
#include "crypto/random.h"
#include "domain/proposal/proposal.h"
#include "schema/ledger.capnp.h"
#include "tools/client/office.h"
#include "tools/placet/verbs.h"

namespace placet::cli {

namespace {

using domain::Command;

struct NewUser {
  std::string name, email, role, scope, invite_file;
};

domain::Role role_named(const std::string& name) {
  for (std::uint16_t i = 1; i < domain::kRoleCount; ++i)
    if (domain::name_of(static_cast<domain::Role>(i)) == name) return static_cast<domain::Role>(i);
  wrong_usage("--role",
              "must be worker, clientContact, agency, backOffice, compliance, auditor, clientSystem or administrator");
}

/// Registers a person, opens an account, gives the role and writes the invite. A staff role is proposed: it takes two.
void add(const NewUser& user, const Global& global) {
  const domain::Role role = role_named(user.role);
  const auto scope = user.scope.empty() ? Uuid{} : Uuid::parse(user.scope).value_or(Uuid{});
  if (scope.is_nil() != user.scope.empty()) wrong_usage("--scope", "must be a UUID");
  // Before anything is recorded: without its file an invite is lost.
  if (std::filesystem::exists(user.invite_file)) wrong_usage("--invite-file", user.invite_file + " is there already");
  client::Desk desk(global.server, read_token(global));
  crypto::OsRandom random;
  SystemClock clock;
  const PersonId person(new_uuid(random, clock.now()));
  const AccountId account(new_uuid(random, clock.now()));
  const domain::GrantRole grant{person, role, PartyId(scope), {}, {}};
  desk.act({domain::RegisterPerson{person, Box::plain(user.name)},
            domain::OpenAccount{account, person, Box::plain(user.email), {}}},
           random);
  const bool two = domain::takes_two_persons(Command(grant));
  const LogPosition granted = desk.act({grant}, random, two).front();
  const std::string invite = desk.invite(account);
  if (const auto written = access::write_private_file(user.invite_file, invite + "\n"); !written)
    throw std::runtime_error(written.error().message);
  std::printf("person   %s\naccount  %s\n", person.to_string().c_str(), account.to_string().c_str());
  std::printf("The invite is in %s: hand it over; it is good once, for 14 days.\n", user.invite_file.c_str());
  if (two)
    std::printf("The role takes two persons: somebody else sends 'placet agree %llu'.\n",
                static_cast<unsigned long long>(granted.value));
}

struct Invited {
  std::string email, invite_file;
  bool mail = false;
};

/// Invites somebody who has an account once more: by a file, or by a mail that placetd sends.
void invite(const Invited& invited, const Global& global) {
  if (invited.mail == !invited.invite_file.empty()) wrong_usage("--mail", "say either this or --invite-file");
  if (!invited.mail && std::filesystem::exists(invited.invite_file))
    wrong_usage("--invite-file", invited.invite_file + " is there already");
  client::Desk desk(global.server, read_token(global));
  const AccountId account = desk.account_of(invited.email);
  if (invited.mail) {
    crypto::OsRandom random;
    desk.act({domain::SendInvite{account}}, random);
    std::printf("A mail to %s is queued.\n", invited.email.c_str());
    return;
  }
  if (const auto written = access::write_private_file(invited.invite_file, desk.invite(account) + "\n"); !written)
    throw std::runtime_error(written.error().message);
  std::printf("The invite is in %s: hand it over; it is good once, for 14 days.\n", invited.invite_file.c_str());
}

/// Agrees to what waits at that position, as it stands in `placet proposals`.
void agree(std::uint64_t position, const Global& global) {
  client::Desk desk(global.server, read_token(global));
  auto request = desk.connection().queries().proposalsRequest();
  auto asked = request.initAsked();
  asked.setLimit(1'000);
  asked.setAtLeast(desk.connection().size().value);  // also what was proposed just now
  const auto response = request.send().wait(desk.connection().wait_scope());
  client::rows_of(response.getAnswer());
  for (const auto proposal : response.getRows()) {
    if (proposal.getPosition() != position) continue;
    domain::AgreeToAct act;
    act.category = static_cast<domain::Category>(proposal.getCategory());
    act.stream = codec::read_id(proposal.getStream());
    act.proposal = {position};
    const auto hash = proposal.getHash();
    if (hash.size() != act.hash.size()) throw std::runtime_error("a proposal without its hash");
    std::copy(hash.begin(), hash.end(), act.hash.begin());
    crypto::OsRandom random;
    const LogPosition done = desk.act({act}, random).front();
    std::printf("%s, proposed by %s, is done at position %llu.\n", proposal.getAct().cStr(),
                proposal.getProposerName().cStr(), static_cast<unsigned long long>(done.value));
    return;
  }
  throw client::Refused(
      {domain::RejectionCode::not_found, fmt::format("{}: nothing waits there; see 'placet proposals'", position)});
}

}  // namespace

void add_people(CLI::App& app, Global& global) {
  CLI::App* user = app.add_subcommand("user", "People who sign in");
  user->require_subcommand(1);
  const char* const example =
      "Example:\n  placet user add --name 'Carla Claassen' --email carla@kade.example --role clientContact \\\n"
      "    --scope CLIENT-ID --invite-file carla.invite";
  user->footer(example);
  auto wanted = std::make_shared<NewUser>();
  CLI::App* adding = user->add_subcommand("add", "Register a person with an account and a role, and invite him");
  adding->footer(example);
  adding->add_option("--name", wanted->name, "Full name")->required();
  adding->add_option("--email", wanted->email, "E-mail address; one account each")->required();
  adding->add_option("--role", wanted->role, "worker, clientContact, agency, backOffice, compliance, auditor, ...")
      ->required();
  adding->add_option("--scope", wanted->scope, "The worker, client or agency for which it counts; staff: none");
  adding->add_option("--invite-file", wanted->invite_file, "Where the invite goes; readable by you alone")->required();
  adding->callback([wanted, &global] { add(*wanted, global); });

  auto invited = std::make_shared<Invited>();
  CLI::App* inviting = user->add_subcommand("invite", "Invite somebody who has an account once more");
  inviting->footer("Example:\n  placet user invite --email carla@kade.example --mail");
  inviting->add_option("--email", invited->email, "The address of his account")->required();
  inviting->add_flag("--mail", invited->mail, "By a mail that placetd sends");
  inviting->add_option("--invite-file", invited->invite_file, "Where the invite goes; readable by you alone");
  inviting->callback([invited, &global] { invite(*invited, global); });

  auto position = std::make_shared<std::uint64_t>(0);
  CLI::App* agreeing = app.add_subcommand("agree", "Agree, as the second person, to what waits at a position");
  agreeing->footer("Example:\n  placet proposals\n  placet agree 4711");
  agreeing->add_option("POSITION", *position, "Of the proposal")->required();
  agreeing->callback([position, &global] { agree(*position, global); });
}

}  // namespace placet::cli
