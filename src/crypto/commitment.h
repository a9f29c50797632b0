#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "crypto/secret.h"

namespace placet::crypto {

inline constexpr std::string_view kCommitmentLabel = "commit-v1";

/// What a sealed box says about its key: names the key without showing it.
using Commitment = std::array<std::uint8_t, 32>;
Commitment commitment_of(const SecretKey& key);

}  // namespace placet::crypto
