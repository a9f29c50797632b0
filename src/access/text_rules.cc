#include "access/text_rules.h"

#include <fmt/format.h>

#include <cstdint>

namespace placet::access {

namespace {

struct CodePoint {
  std::uint32_t value = 0;
  std::size_t bytes = 0;  // 0: malformed
};

/// The code point at the start of a text that is not empty.
CodePoint first_code_point(std::string_view text) {
  const auto lead = static_cast<std::uint8_t>(text[0]);
  if (lead < 0x80) return {lead, 1};
  const std::size_t bytes = lead >> 5 == 0b110 ? 2 : lead >> 4 == 0b1110 ? 3 : lead >> 3 == 0b11110 ? 4 : 0;
  if (bytes == 0 || bytes > text.size()) return {};
  std::uint32_t value = lead & (0x7fu >> bytes);
  for (std::size_t i = 1; i < bytes; ++i) {
    const auto byte = static_cast<std::uint8_t>(text[i]);
    if (byte >> 6 != 0b10) return {};
    value = value << 6 | (byte & 0x3fu);
  }
  constexpr std::uint32_t kShortest[] = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = value >= 0xd800 && value <= 0xdfff;
  if (value < kShortest[bytes] || value > 0x10ffff || surrogate) return {};
  return {value, bytes};
}

bool is_control(std::uint32_t value) { return value < 0x20 || (value >= 0x7f && value < 0xa0); }

}  // namespace

std::optional<std::string> fault_of(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint here = first_code_point(text.substr(at));
    if (here.bytes == 0) return fmt::format("is not UTF-8 at byte {}", at);
    if (is_control(here.value) && here.value != '\n' && here.value != '\t')
      return fmt::format("has the control character U+{:04X} at byte {}; only newline and tab may stand in a text",
                         here.value, at);
    at += here.bytes;
  }
  return std::nullopt;
}

}  // namespace placet::access
