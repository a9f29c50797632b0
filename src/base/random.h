#pragma once

#include <cstdint>

#include "base/id.h"
#include "base/time.h"

namespace placet {

/// Where unpredictable bits come from. Two implementations: the operating system's (crypto/random.h), and a seeded one
/// for tests that must be replayed.
class Random {
 public:
  virtual ~Random() = default;
  virtual std::uint64_t next() = 0;
};

/// A UUID version 7 (RFC 9562): milliseconds of `now` first, so that ids made one after another lie side by side.
inline Uuid new_uuid(Random& random, Timestamp now) {
  const auto millis = static_cast<std::uint64_t>(now.micros / 1000);
  return {millis << 16 | 0x7000 | (random.next() & 0x0fff), 0x8000'0000'0000'0000ULL | (random.next() >> 2)};
}

/// splitmix64: small, fast, the same on every machine. Never for keys.
class SeededRandom final : public Random {
 public:
  explicit SeededRandom(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() override {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15ULL);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
  }

 private:
  std::uint64_t state_;
};

}  // namespace placet
