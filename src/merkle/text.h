#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"

namespace placet::merkle {

// The pieces that the text formats here share. All strict: a value has one spelling.

bool is_digits(std::string_view text);

/// ASCII decimal without leading zeros or sign, below 2^64.
std::optional<std::uint64_t> parse_decimal(std::string_view text);

/// A SHA-256 value in base64.
Result<Digest> parse_digest(std::string_view base64);

/// Cuts the first line, which must end in a newline, off `text`, and returns it without the newline.
std::optional<std::string_view> take_line(std::string_view& text);

/// Well-formed UTF-8 without control characters other than newline (signed-note).
bool is_note_text(std::string_view text);

/// Well-formed UTF-8, not empty, no Unicode space, no plus (signed-note).
bool is_key_name(std::string_view text);

}  // namespace placet::merkle
