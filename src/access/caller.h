#pragma once

#include <optional>
#include <vector>

#include "access/stream_cache.h"
#include "base/time.h"
#include "domain/meta.h"
#include "domain/person/person.h"

namespace placet::access {

/// What a token was good for when it was shown.
struct SignIn {
  AccountId account;
  TokenId token;
  domain::TokenKind kind = domain::TokenKind::unspecified;  // unspecified: an invite
};

/// Who calls, as of now.
struct Caller {
  domain::Actor actor;  // without channel: the adapter knows that
  std::vector<domain::Grant> grants;
  friend bool operator==(const Caller&, const Caller&) = default;
};

/// Reads account and person again, so that a role or token taken away ends at once. Nothing when the token does not
/// count (any longer).
Result<std::optional<Caller>> caller_of(StreamCache& streams, const SignIn& sign_in, Timestamp now);

/// Somebody who does not call: what he may see now, for a mail to him. Nothing when there is no such person.
Result<std::optional<Caller>> as_seen_by(StreamCache& streams, PersonId person);

}  // namespace placet::access
