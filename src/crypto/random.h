#pragma once

#include <cstddef>
#include <cstdint>

#include "base/bytes.h"
#include "base/random.h"

namespace placet::crypto {

/// Unpredictable bytes from the operating system: for tokens, nonces, keys.
Bytes random_bytes(std::size_t count);

/// The operating system's randomness. Stateless: one object may serve every thread.
class OsRandom final : public Random {
 public:
  std::uint64_t next() override;
};

}  // namespace placet::crypto
