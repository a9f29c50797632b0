#include "audit/index_sums.h"

#include <algorithm>
#include <cstring>

namespace placet::audit {

namespace {

/// Fields one after the other, as they lie in memory: nobody else reads it.
class Input {
 public:
  Input& add(std::uint64_t value) {
    std::memcpy(bytes_.data() + size_, &value, sizeof value);
    size_ += sizeof value;
    return *this;
  }
  Input& add(const Uuid& id) { return add(id.hi).add(id.lo); }
  Input& add(const StreamId& stream) { return add(stream.category).add(stream.id); }
  BytesView view() const { return {bytes_.data(), size_}; }

 private:
  std::array<char, 56> bytes_{};
  std::size_t size_ = 0;
};

}  // namespace

void IndexSums::stream(const StreamId& stream, StreamVersion version, LogPosition position, int times) {
  add(streams_, position, hash_(Input().add(stream).add(version.value).add(position.value).view()), times);
}

void IndexSums::command(const store::CommandKey& key, const store::CommandRow& row, int times) {
  const Input input = Input().add(key.command).add(key.account).add(row.first.value).add(row.count);
  add(commands_, row.first, hash_(input.view()), times);
}

void IndexSums::head(const StreamId& stream, StreamVersion version, int times) {
  const std::uint64_t value = hash_(Input().add(stream).add(version.value).view());
  heads_[bucket(stream)] += times > 0 ? value : 0 - value;
}

bool IndexSums::heads_differ() const {
  return std::ranges::any_of(heads_, [](std::uint64_t sum) { return sum != 0; });
}

std::size_t IndexSums::bucket(const StreamId& stream) const { return hash_(Input().add(stream).view()) % kBuckets; }

void IndexSums::add(std::vector<std::uint64_t>& sums, LogPosition position, std::uint64_t value, int times) {
  const std::uint64_t block = position.value / kBlock;
  if (block >= sums.size()) sums.resize(block + 1);
  sums[block] += times > 0 ? value : 0 - value;
}

std::vector<std::uint64_t> IndexSums::wrong(const std::vector<std::uint64_t>& sums) {
  std::vector<std::uint64_t> blocks;
  for (std::uint64_t block = 0; block < sums.size(); ++block)
    if (sums[block] != 0) blocks.push_back(block);
  return blocks;
}

}  // namespace placet::audit
