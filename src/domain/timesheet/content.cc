#include "domain/timesheet/content.h"

#include <algorithm>
#include <tuple>

#include "crypto/sha256.h"
#include "domain/canonical.h"

namespace placet::domain {

namespace {

constexpr std::int64_t kNoTime = -1;

std::int64_t micros(const std::optional<Timestamp>& instant) { return instant ? instant->micros : kNoTime; }

auto order(const Line* line) { return std::tuple(line->worked.day, micros(line->worked.start_at), line->id); }

void append(Bytes& to, const Line& line) {
  append_canonical(to, line.id.value);
  append_canonical(to, line.worked.day.days);
  append_canonical(to, micros(line.worked.start_at));
  append_canonical(to, micros(line.worked.end_at));
  append_canonical(to, static_cast<std::int32_t>(line.worked.break_minutes.count()));
  append_canonical(to, static_cast<std::int32_t>(line.worked.minutes.count()));
  append_canonical(to, static_cast<std::uint16_t>(line.hour_type));
  to.append(view_of(line.note));
}

}  // namespace

Digest digest_of_note(const Box& note) { return note.empty() ? Digest{} : crypto::sha256(note.bytes()); }

Digest content_hash(SheetId sheet, const Period& period, std::vector<const Line*> lines) {
  std::sort(lines.begin(), lines.end(), [](const Line* a, const Line* b) { return order(a) < order(b); });
  Bytes input = "placet-content-v1";
  append_canonical(input, sheet.value);
  append_canonical(input, static_cast<std::uint16_t>(period.kind));
  append_canonical(input, period.first.days);
  for (const Line* line : lines) append(input, *line);
  return crypto::sha256(input);
}

}  // namespace placet::domain
