#pragma once

#include <string>
#include <utility>

#include "base/bytes.h"

namespace placet {

/// A personal text. Plain in the adapter that received it, sealed from there on: the domain, the log and the rows only
/// ever see a sealed box, and the codec aborts rather than store a plain one.
class Box {
 public:
  Box() = default;
  static Box plain(std::string text) { return Box(std::move(text), false); }
  static Box sealed(Bytes box) { return Box(std::move(box), true); }

  bool empty() const { return bytes_.empty(); }
  bool is_plain() const { return !sealed_ && !bytes_.empty(); }
  /// The text of a plain one, the box's bytes of a sealed one.
  const Bytes& bytes() const { return bytes_; }
  friend bool operator==(const Box&, const Box&) = default;

 private:
  Box(Bytes bytes, bool sealed) : bytes_(std::move(bytes)), sealed_(sealed) {}
  Bytes bytes_;
  bool sealed_ = false;
};

}  // namespace placet
