#include "portal/pages/typed.h"

#include <fmt/format.h>

#include <charconv>

#include "documents/language.h"

namespace placet::portal::pages {

namespace {

constexpr std::size_t kLinesMax = 400;

std::optional<int> number(std::string_view text) {
  int value = 0;
  if (text.empty() || text.size() > 4 || text.front() == '-') return std::nullopt;
  const auto [rest, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failed != std::errc() || rest != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<domain::HourType> hour_type(std::string_view text) {
  const auto value = number(text);
  if (!value || *value == 0 || *value >= domain::kHourTypeCount) return std::nullopt;
  return static_cast<domain::HourType>(*value);
}

}  // namespace

std::optional<std::int16_t> clock_time(std::string_view text) {
  std::string_view hours = text;
  std::string_view minutes = "0";
  if (const auto colon = text.find_first_of(":."); colon != std::string_view::npos) {
    hours = text.substr(0, colon);
    minutes = text.substr(colon + 1);
    if (minutes.size() != 2) return std::nullopt;
  } else if (text.size() == 4) {
    hours = text.substr(0, 2);
    minutes = text.substr(2);
  }
  const auto h = number(hours);
  const auto m = number(minutes);
  if (!h || !m || *m > 59 || *h > 24 || (*h == 24 && *m != 0)) return std::nullopt;
  return static_cast<std::int16_t>(*h % 24 * 60 + *m);
}

std::optional<Minutes> duration(std::string_view text) {
  std::optional<int> minutes;
  if (const auto colon = text.find(':'); colon != std::string_view::npos) {
    const auto h = number(text.substr(0, colon));
    const auto m = number(text.substr(colon + 1));
    if (h && m && *m < 60 && text.size() == colon + 3) minutes = *h * 60 + *m;
  } else if (const auto comma = text.find_first_of(",."); comma != std::string_view::npos) {
    const auto h = number(text.substr(0, comma));
    const std::string_view decimals = text.substr(comma + 1);
    const auto part = number(decimals);
    if (h && part && decimals.size() <= 2) {
      const int hundredths = decimals.size() == 1 ? *part * 10 : *part;
      if (hundredths * 60 % 100 == 0) minutes = *h * 60 + hundredths * 60 / 100;
    }
  } else if (const auto h = number(text)) {
    minutes = *h * 60;
  }
  if (!minutes || *minutes > 24 * 60) return std::nullopt;
  return Minutes::of(*minutes);
}

TypedLine typed(const readside::Entry& entry) {
  TypedLine line;
  line.entry = entry.entry;
  line.day = entry.day;
  line.type = entry.hour_type;
  line.start = entry.start;
  line.end = entry.end;
  if (entry.break_minutes.count() != 0) line.pause = fmt::to_string(entry.break_minutes.count());
  if (entry.start.empty()) line.hours = documents::Language::hours(entry.minutes);
  line.note = entry.note;
  return line;
}

std::vector<TypedLine> typed(const Form& form) {
  std::vector<TypedLine> lines;
  for (std::size_t i = 0; i < kLinesMax && form.has(fmt::format("day-{}", i)); ++i) {
    const auto field = [&](std::string_view name) { return form.text(fmt::format("{}-{}", name, i)); };
    const auto day = Date::parse(field("day"));
    const auto type = hour_type(field("type"));
    if (!day || !type) continue;
    const auto entry = Uuid::parse(field("entry"));
    lines.push_back({EntryId(entry.value_or(Uuid())),
                     *day,
                     *type,
                     std::string(field("start")),
                     std::string(field("end")),
                     std::string(field("pause")),
                     std::string(field("hours")),
                     std::string(field("note")),
                     {}});
  }
  return lines;
}

std::expected<domain::Worked, LineFault> worked(const TypedLine& line) {
  const auto fault = [](LineFault name) { return std::unexpected(name); };
  domain::Worked worked;
  worked.day = line.day;
  if (!line.pause.empty()) {
    const auto minutes = number(line.pause);
    if (!minutes || *minutes >= 24 * 60) return fault("line.pause");
    worked.break_minutes = Minutes::of(*minutes);
  }
  if (line.start.empty() && line.end.empty()) {
    if (line.hours.empty()) return fault("line.no_hours");
    const auto minutes = duration(line.hours);
    if (!minutes || minutes->count() == 0) return fault("line.hours");
    if (!line.pause.empty()) return fault("line.pause_of_hours");
    worked.minutes = *minutes;
    return worked;
  }
  if (!line.hours.empty()) return fault("line.both");
  worked.start_local = clock_time(line.start);
  worked.end_local = clock_time(line.end);
  if (!worked.start_local) return fault("line.start");
  if (!worked.end_local) return fault("line.end");
  return worked;
}

}  // namespace placet::portal::pages
