#include "access/key_cache.h"

#include <gtest/gtest.h>

namespace placet::access {
namespace {

SubjectKey key_number(std::uint64_t n) {
  return {{Uuid{0, n}, domain::RetentionClass::contact, 2026}, Uuid{1, n}, crypto::random_key()};
}

TEST(KeyCache, FindsAKeyByNameAndById) {
  KeyCache cache(2);
  const SubjectKey key = key_number(1);
  cache.add(key);
  ASSERT_TRUE(cache.find(key.name));
  EXPECT_EQ(cache.find(key.name)->id, key.id);
  EXPECT_EQ(cache.find(key.id)->name, key.name);
  EXPECT_TRUE(cache.find(key.id)->key == key.key);
}

TEST(KeyCache, TellsYearsAndClassesOfOneSubjectApart) {
  KeyCache cache(2);
  const SubjectKey key = key_number(1);
  cache.add(key);
  EXPECT_FALSE(cache.find({key.name.subject, domain::RetentionClass::contact, 2025}));
  EXPECT_FALSE(cache.find({key.name.subject, domain::RetentionClass::hours, 2026}));
}

TEST(KeyCache, ThrowsOutTheLeastRecentlyUsed) {
  KeyCache cache(2);
  const SubjectKey first = key_number(1), second = key_number(2), third = key_number(3);
  cache.add(first);
  cache.add(second);
  ASSERT_TRUE(cache.find(first.name));
  cache.add(third);
  EXPECT_TRUE(cache.find(first.id));
  EXPECT_TRUE(cache.find(third.id));
  EXPECT_FALSE(cache.find(second.id));
  EXPECT_FALSE(cache.find(second.name));
}

}  // namespace
}  // namespace placet::access
