#include "tools/client/office.h"

#include <algorithm>
#include <stdexcept>
#include <string_view>

#include "codec/ids.h"
#include "codec/record.h"
#include "schema/plain_codec.h"
#include "tools/client/rows.h"

namespace placet::client {

using namespace domain;

namespace {

constexpr std::size_t kCommandsPerCall = 2'000;

}  // namespace

Answer answer_of(schema::Outcome::Reader outcome) {
  if (outcome.isAccepted()) return LogPosition{outcome.getAccepted().getFirst()};
  return refuse(static_cast<RejectionCode>(outcome.getRefused().getCode()), outcome.getRefused().getMessage().cStr());
}

std::vector<Desk::Answer> Desk::ask(const std::vector<Command>& commands, Random& random, bool propose) {
  std::vector<Answer> answers;
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
    for (const auto outcome : response.getOutcomes()) answers.push_back(answer_of(outcome));
  }
  return answers;
}

std::vector<LogPosition> Desk::act(const std::vector<Command>& commands, Random& random, bool propose) {
  std::vector<LogPosition> positions;
  for (const Answer& answer : ask(commands, random, propose)) {
    if (!answer) throw Refused(answer.error());
    positions.push_back(*answer);
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

AccountId Desk::account_of(const std::string& email) {
  AccountId found;
  read_rows(
      connection_, [&] { return connection_.queries().accountsRequest(); },
      [&](const auto& row) {
        if (std::string_view(row.getEmail().cStr()) == email) found = AccountId(codec::read_id(row.getAccount()));
      });
  if (found.is_nil()) throw std::runtime_error(email + ": no account has this address; see 'placet accounts'");
  return found;
}

Office::Office(const std::string& server, const std::string& first_invite, const std::string& second_invite)
    : server_(server), token_(Connection(server).redeem(first_invite)) {
  first_ = std::make_unique<Desk>(server, token_);
  second_ = std::make_unique<Desk>(server, Connection(server).redeem(second_invite));
}

void Office::act_by_two(const std::vector<Command>& commands) {
  second_->act(agreements_to(first_->act(commands, random_, true)), random_);
}

std::unique_ptr<Desk> Office::sign_in(PersonId person, const std::string& email) {
  return std::make_unique<Desk>(server_, open_account(fresh<AccountId>(), person, email));
}

std::string Office::open_account(AccountId account, PersonId person, const std::string& email) {
  act({OpenAccount{account, person, Box::plain(email), {}}});
  return Connection(server_).redeem(first_->invite(account));
}

std::unique_ptr<Office> Office::appoint_paymasters() {
  std::vector<std::string> invites;
  for (const std::string name : {"first", "second"}) {
    const auto person = fresh<PersonId>();
    const auto account = fresh<AccountId>();
    act({RegisterPerson{person, Box::plain(name + " paymaster")},
         OpenAccount{account, person, Box::plain(name + ".paymaster@placet.example"), {}}});
    act_by_two({GrantRole{person, Role::back_office, {}, {}, {}}});
    invites.push_back(first_->invite(account));
  }
  return std::make_unique<Office>(server_, invites[0], invites[1]);
}

Uuid Office::fresh_uuid() { return new_uuid(random_, kBirthOfIds); }

std::vector<Command> Office::agreements_to(const std::vector<LogPosition>& proposals) {
  std::vector<Command> agreements;
  follower_.read_on(second_->connection(), [&](BytesView record) {
    const auto stored = codec::read_record(record);
    if (!stored) throw std::runtime_error(stored.error().message);
    const auto* proposal = std::get_if<ActProposed>(&stored->event);
    const bool is_asked = std::ranges::binary_search(proposals, stored->meta.position);
    if (proposal == nullptr || !is_asked) return;
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
