#include "merkle/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstring>

#include "crypto/base64.h"

namespace placet::merkle {

namespace {

/// Cuts the first code point off; nothing when it is not well-formed (RFC 3629: shortest form, no surrogates).
std::optional<char32_t> take_code_point(std::string_view& text) {
  const auto byte = [&text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned first = byte(0);
  const std::size_t length = first < 0x80 ? 1 : first >> 5 == 6 ? 2 : first >> 4 == 14 ? 3 : first >> 3 == 30 ? 4 : 0;
  if (length == 0 || length > text.size()) return std::nullopt;
  char32_t value = length == 1 ? first : first & (0x7fu >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if (byte(i) >> 6 != 2) return std::nullopt;
    value = value << 6 | (byte(i) & 0x3f);
  }
  static constexpr char32_t kLowest[] = {0, 0, 0x80, 0x800, 0x10000};
  if (value < kLowest[length] || value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff)) return std::nullopt;
  text.remove_prefix(length);
  return value;
}

/// Unicode White_Space.
bool is_space(char32_t c) {
  return (c >= 0x09 && c <= 0x0d) || c == 0x20 || c == 0x85 || c == 0xa0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000;
}

/// Whether `text` is well-formed UTF-8 of code points that `allowed` accepts.
template <class Allowed>
bool consists_of(std::string_view text, Allowed allowed) {
  while (!text.empty()) {
    const auto c = take_code_point(text);
    if (!c || !allowed(*c)) return false;
  }
  return true;
}

}  // namespace

bool is_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<std::uint64_t> parse_decimal(std::string_view text) {
  if (!is_digits(text) || (text.size() > 1 && text[0] == '0')) return std::nullopt;
  std::uint64_t value = 0;
  if (std::from_chars(text.data(), text.data() + text.size(), value).ec != std::errc()) return std::nullopt;
  return value;
}

Result<Digest> parse_digest(std::string_view base64) {
  PLACET_ASSIGN(const Bytes bytes, crypto::from_base64(base64));
  if (bytes.size() != sizeof(Digest))
    return fail(ErrorCode::invalid, fmt::format("a hash is {} bytes, this is {}", sizeof(Digest), bytes.size()));
  Digest digest;
  std::memcpy(digest.data(), bytes.data(), digest.size());
  return digest;
}

std::optional<std::string_view> take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
}

bool is_note_text(std::string_view text) {
  return consists_of(text, [](char32_t c) { return c >= 0x20 || c == '\n'; });
}

bool is_key_name(std::string_view text) {
  return !text.empty() && consists_of(text, [](char32_t c) { return c >= 0x20 && c != '+' && !is_space(c); });
}

}  // namespace placet::merkle
