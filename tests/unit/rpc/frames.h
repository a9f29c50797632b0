#pragma once

#include <cstdint>
#include <initializer_list>
#include <numeric>

#include "base/bytes.h"

/// Frames as bytes, honest or not; see rpc/frame_scanner.h for the grammar.
namespace placet::rpc::testing {

inline Bytes integer(std::uint32_t value) {
  Bytes bytes;
  for (int i = 0; i < 4; ++i) bytes.push_back(static_cast<char>(value >> (8 * i)));
  return bytes;
}

inline Bytes header(std::initializer_list<std::uint32_t> sizes) {
  Bytes bytes = integer(static_cast<std::uint32_t>(sizes.size()) - 1);
  for (const auto words : sizes) bytes += integer(words);
  if (sizes.size() % 2 == 0) bytes += integer(0);
  return bytes;
}

inline Bytes frame(std::initializer_list<std::uint32_t> sizes) {
  return header(sizes) + Bytes(8 * std::accumulate(sizes.begin(), sizes.end(), 0u), '\xff');
}

}  // namespace placet::rpc::testing
