#pragma once

// Tables in state/, beside the passwords (passwords.h):
//   totp_secrets  uuid key -> the secret, sealed under a key that lies in the key folder (crypto/box.h)
//   totp_used     uuid key -> u64, big-endian: the time step of the last code that was taken

#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/keys.h"
#include "base/clock.h"
#include "base/id.h"
#include "base/random.h"
#include "base/result.h"
#include "store/row_store.h"

namespace placet::access {

/// Time-based one-time passwords (RFC 6238: HMAC-SHA-1, 30 s, 6 digits, as every authenticator has them): what staff
/// show beside a password. A code of one step before or after now is taken too, each step once. Any thread.
class SecondFactors {
 public:
  /// The tables it needs in `state/`.
  static std::vector<std::string> tables();
  /// 160 random bits, in base32, for an authenticator to take in. Kept nowhere.
  static std::string new_secret();

  SecondFactors(store::RowStore& state, const KeyFolder& keys, Clock& clock, Random& random)
      : state_(state), seal_key_(keys.totp_key()), clock_(clock), random_(random) {}

  /// For somebody whose authenticator took the secret in: its code says so. Durable when it returns, under a new key,
  /// and opens nothing until an event of the account names that. Nothing when the code is not of that secret.
  Result<std::optional<TokenId>> keep(std::string_view secret, std::string_view code);
  /// False for a nil key too.
  Result<bool> matches(TokenId key, std::string_view code);
  /// Durable when it returns; does nothing when there is none.
  Result<void> forget(TokenId key);

 private:
  store::RowStore& state_;
  const crypto::SecretKey seal_key_;
  Clock& clock_;
  Random& random_;         // for keys
  std::mutex one_by_one_;  // so that a code is not taken twice at once
};

}  // namespace placet::access
