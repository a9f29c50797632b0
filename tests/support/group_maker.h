#pragma once

#include <cstdint>
#include <map>
#include <random>

#include "merkle/tree.h"
#include "store/group.h"

namespace placet::testing {

/// Makes the groups of a log: commands of one to four events on some streams. A copy goes on as the original does.
class GroupMaker {
 public:
  static constexpr std::uint64_t kNoTwist = UINT64_MAX;

  /// With `twist` the record at that position says something else: another history, right in itself.
  explicit GroupMaker(std::uint64_t seed, std::uint64_t twist = kNoTwist) : random_(seed), twist_(twist) {}

  /// At most so many commands, whose events hold texts of that length.
  store::Group next(unsigned commands_max, std::size_t text_bytes);

  LogSize size() const { return tree_.size(); }
  /// Of all records that were made.
  Digest root() const { return tree_.root(); }

 private:
  void add_command(store::Group& group, std::size_t text_bytes);
  unsigned below(unsigned n) { return static_cast<unsigned>(random_() % n); }

  std::mt19937_64 random_;
  std::uint64_t twist_;
  std::uint64_t commands_ = 0;
  std::map<StreamId, std::uint32_t> versions_;
  merkle::Tree tree_;
};

}  // namespace placet::testing
