#pragma once

// Tokens: what a caller shows to say who he is.
//
//   token  = "placet_" kind "_" secret
//   kind   = "invite" | "personal" | "delegated" | "system" | "session": for people to read, and hashed with the rest
//   secret = base64url without padding of 32 random bytes, 43 characters
//
// Tables in state/; no token can be had back from them:
//   tokens       SHA-256(token)  -> uuid account, uuid token-id
//   token_hashes uuid token-id   -> SHA-256(token)

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/caller.h"
#include "base/clock.h"
#include "base/id.h"
#include "base/random.h"
#include "base/result.h"
#include "store/row_store.h"

namespace placet::access {

/// The text is shown once, to whoever will use it, and kept nowhere.
struct NewToken {
  std::string text;
  TokenId id;
};

/// The tokens that were handed out. Any thread may call any function, if `clock` and `random` allow it.
///
/// Timing: a look-up finds a SHA-256 value, so how long it takes tells a guesser about the hash of his guess and
/// nothing about a token that exists; 256 random bits need neither salt nor a slow hash. A malformed text is answered
/// faster than an unknown one, which tells him only what stands above.
class Credentials {
 public:
  /// The tables it needs in `state/`.
  static std::vector<std::string> tables();

  Credentials(store::RowStore& state, Clock& clock, Random& random) : state_(state), clock_(clock), random_(random) {}

  /// A new token, known durably when it returns. It opens nothing until an event of the account names its id; a caller
  /// whose command was refused, or was a repeat, forgets it again. An unspecified kind is an invite.
  Result<NewToken> issue(AccountId account, domain::TokenKind kind);

  /// Whose token it is; whether it may still be used, the account's events say (`caller_of`). Nothing for one that was
  /// never issued, was forgotten, or is malformed; the latter costs no read.
  Result<std::optional<SignIn>> look_up(std::string_view text) const;

  /// Durable when it returns; does nothing when there is no such token.
  Result<void> forget(TokenId id);

 private:
  store::RowStore& state_;
  Clock& clock_;
  Random& random_;  // for ids; the secrets come from the operating system
};

}  // namespace placet::access
