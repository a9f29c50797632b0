#include "projections/directory/people.h"

#include <algorithm>

#include "projections/directory/directory.h"

namespace placet::projections {

namespace {

Persons::Row& person_of(Directory::Tables& rows, const domain::Meta& meta) {
  return rows.of<Persons>().edit(PersonId(meta.stream.id));
}
Accounts::Row& account_of(Directory::Tables& rows, const domain::Meta& meta) {
  return rows.of<Accounts>().edit(AccountId(meta.stream.id));
}

bool is_session(const Accounts::Token& token) { return token.kind == domain::TokenKind::session; }

void end_token(Accounts::Row& account, TokenId id) {
  const auto found = std::ranges::find(account.tokens, id, &Accounts::Token::id);
  PLACET_CHECK(found != account.tokens.end(), "an event ends a token that the account does not have");
  found->ended = true;
}

}  // namespace

void Directory::apply(Tables& rows, const domain::PersonRegistered& event, const Meta& meta) {
  Persons::Row row;
  row.name = sealed_text<domain::PersonRegistered>(event.name, meta);
  row.registered_at = meta.recorded_at;
  rows.of<Persons>().put(PersonId(meta.stream.id), row);
}
void Directory::apply(Tables& rows, const domain::PersonVerified& event, const Meta& meta) {
  person_of(rows, meta).verified = event.how;
}
void Directory::apply(Tables& rows, const domain::PersonsJoined& event, const Meta& meta) {
  person_of(rows, meta).same_as = event.persons;
}

void Directory::apply(Tables& rows, const domain::RoleGranted& event, const Meta& meta) {
  const PersonId person(meta.stream.id);
  rows.of<Roles>().put({person, event.role, event.scope}, {event.from, event.until, meta.actor.person});
  rows.of<RoleHolders>().put({event.scope, event.role, person}, {});
}
void Directory::apply(Tables& rows, const domain::RoleRevoked& event, const Meta& meta) {
  const PersonId person(meta.stream.id);
  rows.of<Roles>().erase({person, event.role, event.scope});
  rows.of<RoleHolders>().erase({event.scope, event.role, person});
}
void Directory::apply(Tables& rows, const domain::RoleDelegated& event, const Meta& meta) {
  const PersonId giver(meta.stream.id);
  rows.of<Delegations>().put({giver, event.to, event.role, event.scope}, {event.from, event.until});
}
void Directory::apply(Tables& rows, const domain::DelegationReceived& event, const Meta& meta) {
  const PersonId to(meta.stream.id);
  rows.of<DelegationsReceived>().put({to, event.giver, event.role, event.scope}, {});
}
void Directory::apply(Tables& rows, const domain::DelegationEnded& event, const Meta&) {
  // Written on the streams of both: the second time there is nothing left to do.
  rows.of<Delegations>().erase({event.giver, event.to, event.role, event.scope});
  rows.of<DelegationsReceived>().erase({event.to, event.giver, event.role, event.scope});
}

void Directory::apply(Tables& rows, const domain::AccountOpened& event, const Meta& meta) {
  const AccountId account(meta.stream.id);
  Accounts::Row row;
  row.person = event.person;
  row.email = sealed_text<domain::AccountOpened>(event.email, meta);
  row.opened_at = meta.recorded_at;
  rows.of<Accounts>().put(account, row);
  rows.of<AccountsOfPerson>().put({event.person, account}, {});
}
void Directory::apply(Tables& rows, const domain::InviteIssued& event, const Meta& meta) {
  account_of(rows, meta)
      .tokens.push_back({event.token, domain::TokenKind::unspecified, event.expires, PersonId(), false});
}
void Directory::apply(Tables& rows, const domain::InviteRedeemed& event, const Meta& meta) {
  Accounts::Row& account = account_of(rows, meta);
  end_token(account, event.invite);
  account.tokens.push_back({event.token, event.kind, event.expires, PersonId(), false});
}
void Directory::apply(Tables& rows, const domain::TokenIssued& event, const Meta& meta) {
  account_of(rows, meta).tokens.push_back({event.token, event.kind, event.expires, event.client_system, false});
}
void Directory::apply(Tables& rows, const domain::TokenRevoked& event, const Meta& meta) {
  Accounts::Row& account = account_of(rows, meta);
  end_token(account, event.token);
  std::erase_if(account.tokens, [](const Accounts::Token& token) { return is_session(token) && token.ended; });
}
void Directory::apply(Tables& rows, const domain::KeyAdded& event, const Meta& meta) {
  std::erase_if(account_of(rows, meta).tokens,
                [&](const Accounts::Token& token) { return is_session(token) && token.id != event.session; });
}
void Directory::apply(Tables& rows, const domain::KeyRemoved&, const Meta& meta) {
  std::erase_if(account_of(rows, meta).tokens, is_session);
}
void Directory::apply(Tables& rows, const domain::SessionBegun& event, const Meta& meta) {
  auto& tokens = account_of(rows, meta).tokens;
  std::erase_if(tokens,
                [&](const Accounts::Token& token) { return is_session(token) && token.expires <= meta.recorded_at; });
  tokens.push_back({event.session, domain::TokenKind::session, event.expires, PersonId(), false});
}
void Directory::apply(Tables& rows, const domain::AccountLocked&, const Meta& meta) {
  account_of(rows, meta).locked = true;
}
void Directory::apply(Tables& rows, const domain::AccountUnlocked&, const Meta& meta) {
  account_of(rows, meta).locked = false;
}

}  // namespace placet::projections
