#include "base/id.h"

#include "base/check.h"

namespace placet {

namespace {

std::uint64_t load_big_endian(const char* from) {
  std::uint64_t value = 0;
  for (int i = 0; i < 8; ++i) value = value << 8 | static_cast<unsigned char>(from[i]);
  return value;
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

std::array<std::uint8_t, 16> Uuid::bytes() const {
  std::array<std::uint8_t, 16> out{};
  for (std::size_t i = 0; i < 8; ++i) {
    out[i] = static_cast<std::uint8_t>(hi >> (56 - 8 * i));
    out[8 + i] = static_cast<std::uint8_t>(lo >> (56 - 8 * i));
  }
  return out;
}

Uuid Uuid::from_bytes(BytesView sixteen_bytes) {
  PLACET_CHECK(sixteen_bytes.size() == 16);
  return {load_big_endian(sixteen_bytes.data()), load_big_endian(sixteen_bytes.data() + 8)};
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
