#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"

namespace placet::crypto {

/// 32 secret bytes. Every copy wipes its own when it dies; moving is copying, so a moved-from key is wiped as well.
class SecretKey {
 public:
  static constexpr std::size_t kBytes = 32;

  /// `invalid` unless exactly 32 bytes. The caller wipes its own copy.
  static Result<SecretKey> from_bytes(BytesView bytes);
  ~SecretKey();
  SecretKey(const SecretKey&) = default;
  SecretKey& operator=(const SecretKey&) = default;

  BytesView bytes() const { return {reinterpret_cast<const char*>(bytes_.data()), bytes_.size()}; }
  /// In constant time.
  friend bool operator==(const SecretKey& a, const SecretKey& b);

 private:
  friend SecretKey random_key();
  friend SecretKey derive_key(const SecretKey& from, std::string_view label);
  SecretKey() = default;

  std::array<std::uint8_t, kBytes> bytes_{};
};

SecretKey random_key();

/// The key for one purpose: BLAKE2b-256 (RFC 7693) keyed with `from`, the label as message. Different labels give
/// unrelated keys, and none leads back to `from`. "commit-v1" is taken by the public commitment of sealed boxes
/// (box.h): asking for it is a bug.
SecretKey derive_key(const SecretKey& from, std::string_view label);

}  // namespace placet::crypto
