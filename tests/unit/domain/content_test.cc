#include <gtest/gtest.h>

#include <algorithm>

#include "crypto/sha256.h"
#include "tests/unit/domain/sheets.h"

namespace placet::domain::testing {
namespace {

Line line(EntryId id, const Worked& worked) { return {id, HourType::normal, worked, {}}; }

Digest hash(const std::vector<Line>& lines) {
  std::vector<const Line*> all;
  for (const Line& one : lines) all.push_back(&one);
  return content_hash(sheet_id(), kWeek, all);
}

TEST(ContentHash, IsOfTheBytesThatItsHeaderDocuments) {
  const auto be = [](std::uint64_t number, int bytes) {
    Bytes out;
    for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8) out.push_back(static_cast<char>(number >> shift));
    return out;
  };
  const Worked worked = from_to(kMonday, 540, 1'020, 30);
  Line one = line(kEntry, worked);
  one.hour_type = HourType::overtime;
  one.note = digest_of_note(sealed("inventory"));
  const Uuid sheet = sheet_id().value, entry = kEntry.value;
  const Bytes expected = "placet-content-v1" + be(sheet.hi, 8) + be(sheet.lo, 8) + be(1, 2) +
                         be(static_cast<std::uint64_t>(kMonday.days), 4) + be(entry.hi, 8) + be(entry.lo, 8) +
                         be(static_cast<std::uint64_t>(kMonday.days), 4) +
                         be(static_cast<std::uint64_t>(worked.start_at->micros), 8) +
                         be(static_cast<std::uint64_t>(worked.end_at->micros), 8) + be(30, 4) + be(450, 4) + be(2, 2) +
                         Bytes(view_of(crypto::sha256("sealed:inventory")));
  EXPECT_EQ(hash({one}), crypto::sha256(expected));
}

TEST(ContentHash, IsTheSameInWhateverOrderTheLinesWereEntered) {
  const Line a = line(kEntry, plain(kTuesday, 60)), b = line(kSecondEntry, from_to(kMonday, 600, 660)),
             c = line(kThirdEntry, from_to(kMonday, 540, 600));
  EXPECT_EQ(hash({a, b, c}), hash({c, a, b}));
}

TEST(ContentHash, ChangesWithEverythingThatAnApproverSees) {
  const Line base = line(kEntry, from_to(kMonday, 540, 1'020, 30));
  std::vector<Line> variants(7, base);
  variants[0].id = kSecondEntry;
  variants[1].hour_type = HourType::travel;
  variants[2].worked.day = kTuesday;
  variants[3].worked.start_at->micros += 60'000'000;
  variants[4].worked.end_at.reset();
  variants[5].worked.minutes = Minutes::of(451);
  variants[6].note = digest_of_note(sealed("x"));
  std::vector<Digest> hashes = {hash({base})};
  for (const Line& variant : variants) hashes.push_back(hash({variant}));
  std::sort(hashes.begin(), hashes.end());
  EXPECT_EQ(std::adjacent_find(hashes.begin(), hashes.end()), hashes.end());
}

TEST(ContentHash, IsOfOneSheetAndPeriodOnly) {
  const Line one = line(kEntry, plain(kMonday, 60));
  EXPECT_NE(content_hash(sheet_id(), kWeek, {&one}), content_hash(sheet_id(kNextWeek), kWeek, {&one}));
  EXPECT_NE(content_hash(sheet_id(), kWeek, {&one}), content_hash(sheet_id(), kNextWeek, {&one}));
}

TEST(NoteDigest, IsZeroWithoutANote) { EXPECT_EQ(digest_of_note(Box{}), Digest{}); }

}  // namespace
}  // namespace placet::domain::testing
