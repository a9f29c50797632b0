#include "documents/sheet_digest.h"

#include <algorithm>
#include <map>

namespace placet::documents {

namespace {

constexpr std::int64_t kLongDay = 10 * 60;

}  // namespace

bool waits(const readside::Entry& entry) {
  return entry.phase == readside::EntryPhase::submitted || entry.phase == readside::EntryPhase::accepted;
}

SheetDigest digest_of(const readside::Sheet& sheet, std::span<const readside::Entry> entries, Lines lines) {
  SheetDigest digest;
  std::map<Date, std::int64_t> by_day;
  std::int64_t total = 0;
  bool types = false, notes = false, weekend = false;
  for (const readside::Entry& entry : entries) {
    if (lines == Lines::waiting && !waits(entry)) continue;
    by_day[entry.day] += entry.minutes.count();
    total += entry.minutes.count();
    types |= entry.hour_type != domain::HourType::normal;
    notes |= !entry.note.empty();
    weekend |= entry.day.weekday() >= Weekday::saturday;
  }
  for (const auto& [day, minutes] : by_day) digest.days.push_back({day, Minutes::of(minutes)});
  digest.total = Minutes::of(total);
  if (types) digest.odd.emplace_back("odd.types");
  if (weekend) digest.odd.emplace_back("odd.weekend");
  if (std::ranges::any_of(by_day, [](const auto& day) { return day.second > kLongDay; }))
    digest.odd.emplace_back("odd.long_day");
  if (notes) digest.odd.emplace_back("odd.notes");
  if (sheet.objected) digest.odd.emplace_back("odd.objected");
  return digest;
}

}  // namespace placet::documents
