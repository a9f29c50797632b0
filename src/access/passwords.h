#pragma once

// Table in state/, beside the tokens (credentials.h); no password can be had back from it:
//   passwords    uuid key -> PHC string (crypto/password_hash.h); the account's events name the key that counts

#include <optional>
#include <semaphore>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "base/random.h"
#include "base/result.h"
#include "store/row_store.h"

namespace placet::access {

/// What is wrong with a password that somebody chose, for him to read, or nothing. Nothing but its length, and that it
/// is not easily guessed: NIST SP 800-63B, 5.1.1.2. `about`: his name and address, which are guessed first.
enum class PasswordFault { too_short, too_long, easily_guessed };
std::optional<PasswordFault> fault_of_password(std::string_view password, const std::vector<std::string>& about);

/// What people sign in to the portal with. Any thread; a call takes more than 0.1 s and 64 MiB, two of them at once,
/// and others wait.
class Passwords {
 public:
  static constexpr std::size_t kCharactersMin = 8;
  static constexpr std::size_t kBytesMax = 256;

  /// The table it needs in `state/`.
  static std::vector<std::string> tables();

  Passwords(store::RowStore& state, Clock& clock, Random& random) : state_(state), clock_(clock), random_(random) {}

  /// What is kept of it is durable when it returns, under a new key. It opens nothing until an event of the account
  /// names the key; a caller whose command was refused forgets it again.
  Result<TokenId> keep(std::string_view password);
  /// As slow where there is none (nil): whoever guesses learns nothing from the time.
  Result<bool> matches(TokenId key, std::string_view password);
  /// Durable when it returns; does nothing when there is none.
  Result<void> forget(TokenId key);

 private:
  store::RowStore& state_;
  Clock& clock_;
  Random& random_;  // for keys
  std::counting_semaphore<2> at_once_{2};
};

}  // namespace placet::access
