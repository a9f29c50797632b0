#pragma once

#include "base/bytes.h"
#include "base/id.h"

namespace placet::domain {

/// The bytes that hashes of the domain are made of: integers big-endian at their full width, ids as their 16 bytes,
/// nothing between them. So whoever has the records can compute a hash again, in any language.
template <class Number>
void append_canonical(Bytes& to, Number number) {
  for (int shift = (static_cast<int>(sizeof number) - 1) * 8; shift >= 0; shift -= 8)
    to.push_back(static_cast<char>(static_cast<std::uint64_t>(number) >> shift));
}
inline void append_canonical(Bytes& to, const Uuid& id) {
  append_canonical(to, id.hi);
  append_canonical(to, id.lo);
}

}  // namespace placet::domain
