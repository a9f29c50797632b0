#include <algorithm>
#include <iterator>

#include "tests/property/domain/history.h"

// Commands about the system, persons and accounts, and the agreement of a second person.

namespace placet::domain::testing {

auto History::found_ledger() -> Try { return {FoundLedger{kLedger, "demo.placet", "Europe/Amsterdam"}, {}}; }
auto History::start_system() -> Try { return {StartSystem{"0.1.0", text()}, mostly(PersonId{}, offices_[0])}; }
auto History::stop_system() -> Try { return {StopSystem{}, {}}; }
auto History::accept_clock() -> Try { return {AcceptClock{kNow}, any(administrators_)}; }

auto History::read_whole_ledger() -> Try { return {ReadWholeLedger{}, any(watchers_)}; }

auto History::register_person() -> Try {
  const bool twice = one_in(12);
  const auto person = twice ? any(offices_) : fresh<PersonId>();
  if (!twice && extras_.size() < 40) extras_.push_back(person);
  return {RegisterPerson{person, box()}, any(offices_)};
}

auto History::grant_role() -> Try {
  const Role role = any_of<Role>(kRoleCount);
  const bool staff = is_staff(role);
  const PartyId client(any(clients_).id.value), agency(any(agencies_).id.value), worker(any(workers_).id.value);
  PartyId scope = role == Role::agency ? agency : role == Role::worker ? worker : client;
  if (mostly(staff, !staff)) scope = {};
  std::optional<Date> until;
  if (one_in(2)) until = in_days(-1, 40);
  const PersonId person = mostly(any(extras_), fresh<PersonId>(), 20);
  return {GrantRole{person, role, scope, std::nullopt, until}, any(administrators_)};
}

auto History::revoke_role() -> Try {
  const PersonId person = any(extras_);
  const auto& state = story_.state_of<Person>(stream_of(person));
  Grant grant{Role::client_contact, PartyId(any(clients_).id.value), {}, {}, {}};
  if (!state.grants.empty()) grant = any(state.grants);
  RevokeRole command{person, grant.role, grant.scope, {}};
  for (const Delegation& given : state.delegations) command.delegates.push_back(given.to);
  if (one_in(12)) command.delegates.clear();
  return {command, any(offices_)};
}

auto History::delegate_role() -> Try {
  const ClientAt& client = any(clients_);
  const PersonId giver = any(client.approvers);
  const PersonId to = mostly(any(extras_), giver);
  return {DelegateRole{to, mostly(Role::client_contact, Role::worker), PartyId(client.id.value), std::nullopt,
                       in_days(-1, 20)},
          giver};
}

auto History::end_delegation() -> Try {
  const ClientAt& client = any(clients_);
  const PersonId giver = any(client.approvers);
  const auto& given = story_.state_of<Person>(stream_of(giver)).delegations;
  const PersonId to = given.empty() ? any(extras_) : any(given).to;
  return {EndDelegation{giver, to, Role::client_contact, PartyId(client.id.value)}, mostly(giver, any(offices_), 2)};
}

auto History::verify_person() -> Try {
  const PersonId person = mostly(any(extras_), fresh<PersonId>());
  return {VerifyPerson{person, any_of<VerificationMethod>(kVerificationMethodCount)}, any(offices_)};
}

auto History::join_persons() -> Try {
  // Mostly people who do little else, so that the rest stay different persons: but for an approver and a worker, two
  // workers, and a worker and somebody who becomes another one.
  PersonId person = any(extras_), other = any(extras_);
  switch (below(6)) {
    case 0: person = twin_, other = workers_[1].person; break;
    case 1: person = workers_[2].person, other = workers_[3].person; break;
    case 2: person = workers_[4].person, other = late_; break;
    default: break;
  }
  JoinPersons command{person, other, {}};
  const auto& same = story_.state_of<Person>(stream_of(person)).same_as;
  const auto& other_same = story_.state_of<Person>(stream_of(other)).same_as;
  std::set_union(same.begin(), same.end(), other_same.begin(), other_same.end(), std::back_inserter(command.members));
  if (one_in(12)) command.members.clear();
  return {command, any(offices_)};
}

auto History::open_account() -> Try {
  const auto account = fresh<AccountId>();
  accounts_.push_back(account);
  const auto key = mostly(fresh<ReservationId>(), one_in(2) ? ReservationId{} : id<ReservationId>(7), 5);
  return {OpenAccount{mostly(account, accounts_.front()), mostly(any(extras_), fresh<PersonId>()), box(), key},
          any(offices_)};
}

auto History::issue_invite() -> Try {
  if (accounts_.empty()) return open_account();
  // One account gets most of them, until it has no room.
  return {IssueInvite{mostly(accounts_.front(), fresh<AccountId>()), fresh<TokenId>()}, any(offices_)};
}

TokenId History::some_invite(AccountId account) {
  std::vector<TokenId> invites;  // some of them too late
  for (const Token& token : story_.state_of<Account>(stream_of(account)).tokens) {
    if (token.kind == TokenKind::unspecified && (!token.ended || one_in(8))) invites.push_back(token.id);
  }
  return invites.empty() ? fresh<TokenId>() : any(invites);
}

auto History::redeem_invite() -> Try {
  if (accounts_.empty()) return open_account();
  const AccountId account = accounts_.front();
  return {RedeemInvite{account, some_invite(account), fresh<TokenId>()}, {}};
}

auto History::accept_invite() -> Try {
  if (accounts_.empty()) return open_account();
  const AccountId account = mostly(accounts_.front(), any(accounts_), 3);
  const PersonId owner = story_.state_of<Account>(stream_of(account)).person;
  return {AcceptInvite{account, mostly(owner, any(extras_)), some_invite(account), fresh<TokenId>(), fresh<TokenId>()},
          {}};
}

auto History::sign_in() -> Try {
  if (accounts_.empty()) return open_account();
  const AccountId account = mostly(any(accounts_), fresh<AccountId>());
  const PersonId owner = story_.state_of<Account>(stream_of(account)).person;
  const auto strength = one_in(2) ? Strength::password : Strength::totp;
  return {SignIn{account, mostly(owner, any(extras_)), strength, one_in(2), fresh<TokenId>()}, {}};
}

auto History::change_key() -> Try {
  if (accounts_.empty()) return open_account();
  const AccountId account = any(accounts_);
  std::vector<TokenId> sessions = {TokenId{}, fresh<TokenId>()};
  for (const Token& token : story_.state_of<Account>(stream_of(account)).tokens)
    if (token.kind == TokenKind::session) sessions.push_back(token.id);
  const auto kind = one_in(2) ? KeyKind::password : KeyKind::totp;
  return {ChangeKey{account, kind, any(sessions), fresh<TokenId>()}, {}};
}

auto History::issue_token() -> Try {
  if (accounts_.empty()) return open_account();
  const AccountId account = any(accounts_);
  const PersonId owner = story_.state_of<Account>(stream_of(account)).person;
  const auto kind = any_of<TokenKind>(kTokenKindCount);
  const PersonId machine = any(clients_).machine;
  const PersonId for_system = mostly(kind == TokenKind::delegated, false) ? machine : PersonId{};
  const PersonId by = kind == TokenKind::system || owner.is_nil() ? any(administrators_) : owner;
  return {IssueToken{account, kind, for_system, fresh<TokenId>()}, by};
}

auto History::revoke_token() -> Try {
  if (accounts_.empty()) return open_account();
  const AccountId account = mostly(accounts_.front(), any(accounts_), 3);
  const auto& tokens = story_.state_of<Account>(stream_of(account)).tokens;
  return {RevokeToken{account, tokens.empty() ? fresh<TokenId>() : any(tokens).id}, any(offices_)};
}

auto History::lock_account() -> Try {
  const AccountId account = accounts_.empty() ? fresh<AccountId>() : any(accounts_);
  return {LockAccount{account}, any(administrators_)};
}

auto History::unlock_account() -> Try {
  const AccountId account = accounts_.empty() ? fresh<AccountId>() : any(accounts_);
  return {UnlockAccount{account}, any(administrators_)};
}

auto History::agree_to_act() -> Try {
  if (proposals_.empty()) return agree_pay_terms();
  // The last ones, or one that may be older than a week.
  const std::size_t back = one_in(8) ? below(proposals_.size()) : below(std::min<std::size_t>(proposals_.size(), 4));
  const LogPosition position = proposals_[proposals_.size() - 1 - back];
  const Story::Recorded& proposal = log()[position.value];
  const auto& act = std::get<ActProposed>(proposal.event);
  const PersonId proposer = proposal.meta.actor.person;
  AgreeToAct command{static_cast<Category>(proposal.meta.stream.category), proposal.meta.stream.id, position, act.hash,
                     mostly(proposer, any(offices_), 30)};
  if (one_in(20)) command.hash = text();
  const bool of_role = std::holds_alternative<GrantRole>(story_.proposals().at(position));
  return {command, mostly(of_role ? any(administrators_) : any(offices_), proposer, 10)};
}

}  // namespace placet::domain::testing
