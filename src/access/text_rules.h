#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace placet::access {

/// What is wrong with a text that somebody sent, or nothing. It must be UTF-8 (RFC 3629: no overlong forms, surrogates
/// or values above U+10FFFF) without control characters other than newline and tab.
std::optional<std::string> fault_of(std::string_view text);

}  // namespace placet::access
