#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace placet {

/// Binary data: an owned byte string and a view of one. Not text, not zero-terminated.
using Bytes = std::string;
using BytesView = std::string_view;

/// A SHA-256 value.
using Digest = std::array<std::uint8_t, 32>;

inline BytesView view_of(const Digest& digest) { return {reinterpret_cast<const char*>(digest.data()), digest.size()}; }

std::string to_hex(BytesView bytes);

}  // namespace placet
