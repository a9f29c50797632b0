#include "base/zone.h"

#include <gtest/gtest.h>

namespace placet {
namespace {

TEST(Zone, TellsTheTimeAsItsClocksDo) {
  const Zone zone = *Zone::find("Europe/Amsterdam");
  const auto text = [&](const char* utc) { return zone.local_text(*Timestamp::parse(utc)); };
  EXPECT_EQ(text("2026-07-01T22:30:59.999999Z"), "2026-07-02 00:30");
  EXPECT_EQ(text("2026-12-31T22:59:59Z"), "2026-12-31 23:59");
  EXPECT_EQ(text("2026-10-25T00:30:00Z"), "2026-10-25 02:30");
  EXPECT_EQ(text("2026-10-25T01:30:00Z"), "2026-10-25 02:30");
}

}  // namespace
}  // namespace placet
