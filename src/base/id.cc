#include "base/id.h"

#include <bit>
#include <cstring>

#include "base/check.h"

namespace placet {

namespace {

/// To big-endian and back.
constexpr std::uint64_t big_endian(std::uint64_t value) {
  return std::endian::native == std::endian::big ? value : std::byteswap(value);
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

std::array<std::uint8_t, 16> Uuid::bytes() const {
  return std::bit_cast<std::array<std::uint8_t, 16>>(std::array{big_endian(hi), big_endian(lo)});
}

Uuid Uuid::from_bytes(BytesView sixteen_bytes) {
  PLACET_CHECK(sixteen_bytes.size() == 16);
  std::array<std::uint64_t, 2> halves;
  std::memcpy(halves.data(), sixteen_bytes.data(), sizeof halves);
  return {big_endian(halves[0]), big_endian(halves[1])};
}

std::string Uuid::to_string() const {
  const auto raw = bytes();
  std::string text = to_hex({reinterpret_cast<const char*>(raw.data()), raw.size()});
  for (const std::size_t dash : {8u, 13u, 18u, 23u}) text.insert(dash, 1, '-');
  return text;
}

std::optional<Uuid> Uuid::parse(std::string_view text) {
  if (text.size() != 36) return std::nullopt;
  Uuid uuid;
  int digits = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i == 8 || i == 13 || i == 18 || i == 23) {
      if (text[i] != '-') return std::nullopt;
      continue;
    }
    const int value = hex_value(text[i]);
    if (value < 0) return std::nullopt;
    std::uint64_t& half = digits < 16 ? uuid.hi : uuid.lo;
    half = half << 4 | static_cast<std::uint64_t>(value);
    ++digits;
  }
  return uuid;
}

}  // namespace placet
