#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace placet::crypto {

/// What is kept of a password: Argon2id (RFC 9106) with 64 MiB, 3 passes and a salt of its own, as a PHC string that
/// says so. Takes about 0.13 s of a processor and that memory. `unavailable` when there is no such memory now.
Result<std::string> hash_password(std::string_view password);

/// Whether the hash is of that password; takes as long. False, too, where the memory is not there, or for another text
/// than `hash_password` makes.
bool is_password(std::string_view password, const std::string& hash);

}  // namespace placet::crypto
