#pragma once

#include <cstdint>

#include "base/bytes.h"

namespace placet::crypto {

/// SipHash-2-4 under a key of its own, new for each object: short and fast, and nobody can find two inputs with one
/// value who does not see the values.
class ShortHash {
 public:
  ShortHash();
  std::uint64_t operator()(BytesView bytes) const;

 private:
  std::array<std::uint8_t, 16> key_{};
};

}  // namespace placet::crypto
