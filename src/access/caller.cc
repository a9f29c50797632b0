#include "access/caller.h"

#include "domain/authority.h"

namespace placet::access {

Result<std::optional<Caller>> caller_of(StreamCache& streams, const SignIn& sign_in, Timestamp now) {
  PLACET_ASSIGN(const auto account_stream, streams.get(domain::stream_of(sign_in.account)));
  const auto* account = std::get_if<domain::Account>(&account_stream->state);
  if (account == nullptr) return std::nullopt;
  const domain::Token* token = account->usable(sign_in.token, now);
  if (token == nullptr) return std::nullopt;
  PLACET_ASSIGN(const auto person_stream, streams.get(domain::stream_of(account->person)));
  const auto* person = std::get_if<domain::Person>(&person_stream->state);
  if (person == nullptr) return std::nullopt;
  Caller caller;
  caller.actor.person = account->person;
  caller.actor.account = sign_in.account;
  switch (token->kind) {
    case domain::TokenKind::unspecified: return std::nullopt;
    case domain::TokenKind::personal: caller.actor.strength = domain::Strength::token; break;
    case domain::TokenKind::delegated: caller.actor.strength = domain::Strength::delegated; break;
    case domain::TokenKind::session: caller.actor.strength = token->strength; break;
    case domain::TokenKind::system: caller.actor.strength = domain::Strength::machine; break;
  }
  caller.grants = person->grants;
  if (domain::by_one_factor(caller.actor.strength))
    std::erase_if(caller.grants, [](const domain::Grant& grant) { return domain::is_staff(grant.role); });
  return caller;
}

Result<std::optional<Caller>> as_seen_by(StreamCache& streams, PersonId person) {
  PLACET_ASSIGN(const auto stream, streams.get(domain::stream_of(person)));
  const auto* found = std::get_if<domain::Person>(&stream->state);
  if (found == nullptr) return std::nullopt;
  Caller caller;
  caller.actor.person = person;
  caller.grants = found->grants;
  return caller;
}

}  // namespace placet::access
