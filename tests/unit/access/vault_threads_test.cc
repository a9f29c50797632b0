#include <gtest/gtest.h>

#include <latch>
#include <set>
#include <thread>
#include <vector>

#include "crypto/box.h"
#include "tests/support/vaults.h"

namespace placet::access {
namespace {

using placet::testing::kLedger;
using placet::testing::VaultInMemory;

constexpr std::uint64_t kThreads = 8;
constexpr std::uint64_t kSubjects = 200;

TEST(VaultThreads, ThatRaceForTheFirstKeyOfASubjectGetTheSameOne) {
  VaultInMemory memory;
  std::vector<std::vector<Box>> boxes(kThreads);
  std::vector<std::thread> threads;
  std::latch start(kThreads);
  const auto context = [](std::uint64_t subject) {
    return BoxContext{kLedger, Uuid{7, subject}, CommandId{Uuid{9, subject}}, "personRegistered", "name"};
  };
  for (std::uint64_t t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      start.arrive_and_wait();
      for (std::uint64_t s = 0; s < kSubjects; ++s) {
        const std::string text = std::to_string(s);
        boxes[t].push_back(memory.vault->seal(text, context(s), domain::RetentionClass::contact, 2026).value());
        EXPECT_EQ(memory.vault->open(boxes[t].back(), context(s)).value(), text);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();

  std::set<Uuid> keys;
  for (const auto& of_thread : boxes) {
    for (const Box& box : of_thread) keys.insert(crypto::key_id_of(box.bytes()).value());
  }
  EXPECT_EQ(keys.size(), kSubjects);
  EXPECT_EQ(memory.rows_in(kSubjectKeys), kSubjects);
  EXPECT_EQ(memory.rows_in(kKeyIndex), kSubjects);
}

}  // namespace
}  // namespace placet::access
