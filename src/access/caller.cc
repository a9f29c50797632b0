#include "access/caller.h"

#include <algorithm>

namespace placet::access {

Result<std::optional<Caller>> caller_of(StreamCache& streams, const SignIn& sign_in, Timestamp now) {
  PLACET_ASSIGN(const auto account_stream, streams.get(domain::stream_of(sign_in.account)));
  const auto* account = std::get_if<domain::Account>(&account_stream->state);
  if (account == nullptr) return std::nullopt;
  const domain::Token* token = account->usable(sign_in.token, now);
  if (token == nullptr || token->kind == domain::TokenKind::unspecified) return std::nullopt;
  PLACET_ASSIGN(const auto person_stream, streams.get(domain::stream_of(account->person)));
  const auto* person = std::get_if<domain::Person>(&person_stream->state);
  if (person == nullptr) return std::nullopt;
  Caller caller;
  caller.actor.person = account->person;
  caller.actor.account = sign_in.account;
  caller.actor.strength = domain::Strength::token;
  caller.grants = person->grants;
  return caller;
}

bool may_see(const std::vector<domain::Grant>& grants, const domain::Parties& parties, std::uint16_t audience) {
  return std::any_of(grants.begin(), grants.end(), [&](const domain::Grant& grant) {
    if ((audience >> static_cast<unsigned>(grant.role) & 1) == 0) return false;
    return grant.scope.is_nil() || std::find(parties.begin(), parties.end(), grant.scope) != parties.end();
  });
}

}  // namespace placet::access
