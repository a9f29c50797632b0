#pragma once

#include <kj/array.h>

#include <algorithm>
#include <array>

namespace placet::rpc {

/// What one read of a connection brought, for the small reads that follow: Cap'n Proto reads a message in two parts,
/// header and body.
class ReadAhead {
 public:
  /// A read of at most so many bytes is small enough; a larger one goes past.
  bool serves(size_t max_bytes) const { return max_bytes < room_.size(); }
  /// Where the next bytes go. Only when all of the last ones were taken.
  kj::ArrayPtr<kj::byte> room() { return kj::arrayPtr(room_.data(), room_.size()); }
  void filled(size_t count) { unread_ = room().slice(0, count); }
  /// Copies what there is, `max_bytes` at most; answers how many.
  size_t take(kj::byte* to, size_t max_bytes) {
    const size_t taken = std::min(max_bytes, unread_.size());
    std::copy_n(unread_.begin(), taken, to);
    unread_ = unread_.slice(taken, unread_.size());
    return taken;
  }

 private:
  std::array<kj::byte, 8'192> room_;
  kj::ArrayPtr<const kj::byte> unread_;  // of it
};

}  // namespace placet::rpc
