#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <ostream>
#include <string>

// Each target of this folder under a name of its own; see fuzz_target.h.
#define TARGET(name) extern "C" int fuzz_##name(const std::uint8_t* data, std::size_t size);
#include "targets.inc"
#undef TARGET

namespace placet {
namespace {

struct Target {
  std::string name;
  int (*run)(const std::uint8_t* data, std::size_t size);
  friend std::ostream& operator<<(std::ostream& out, const Target& target) { return out << target.name; }
};

class Corpus : public ::testing::TestWithParam<Target> {};

TEST_P(Corpus, HoldsNoFinding) {
  int inputs = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::filesystem::path(PLACET_CORPUS) / GetParam().name)) {
    SCOPED_TRACE(entry.path());
    std::ifstream in(entry.path(), std::ios::binary);
    const std::string bytes(std::istreambuf_iterator<char>(in), {});
    EXPECT_EQ(GetParam().run(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()), 0);
    ++inputs;
  }
  EXPECT_GT(inputs, 0);
}

#define TARGET(name) Target{#name, fuzz_##name},
const Target kTargets[] = {
#include "targets.inc"
};
#undef TARGET
INSTANTIATE_TEST_SUITE_P(Kept, Corpus, ::testing::ValuesIn(kTargets),
                         [](const auto& target) { return target.param.name; });

}  // namespace
}  // namespace placet
