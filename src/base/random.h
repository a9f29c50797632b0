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

/// No UUID of version 7 of that millisecond or later is smaller, and none from before is greater.
constexpr Uuid first_uuid_of(Timestamp time) { return {static_cast<std::uint64_t>(time.micros / 1000) << 16, 0}; }

/// A UUID version 7 (RFC 9562): milliseconds of `now` first, then, as method 3 of its section 6.2 has it, what is left
/// in microseconds, so that ids made one after another lie side by side.
inline Uuid new_uuid(Random& random, Timestamp now) {
  const auto rest = static_cast<std::uint64_t>(now.micros % 1000);
  return {first_uuid_of(now).hi | 0x7000 | rest << 2 | (random.next() & 3),
          0x8000'0000'0000'0000ULL | (random.next() >> 2)};
}

/// Such ids, each greater than the one before, also those of one microsecond (method 2 of the same section): a ledger
/// sees by a command's id that it is no repeat when it is greater than all that it has from that account.
class RisingUuids {
 public:
  Uuid next(Random& random, Timestamp now) {
    const Uuid fresh = new_uuid(random, now);
    last_ = fresh > last_ ? fresh : Uuid{last_.hi, last_.lo + 1};
    return last_;
  }

 private:
  Uuid last_;
};

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
