#include "tools/import/hours_row.h"

#include <time.h>

#include <charconv>
#include <stdexcept>

namespace placet::importing {

namespace {

constexpr const char* kFacts[] = {"placement", "day", "start", "end", "break", "hours", "minutes", "type", "note"};

/// A whole number without a sign, all of the text.
std::optional<std::int32_t> parse_number(std::string_view text) {
  std::uint16_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

struct HoursAndMinutes {
  std::int32_t hours, minutes;
};
/// H:MM
std::optional<HoursAndMinutes> parse_clock(std::string_view text) {
  const auto colon = text.find(':');
  if (colon == std::string_view::npos || text.size() != colon + 3) return std::nullopt;
  const auto hours = parse_number(text.substr(0, colon)), minutes = parse_number(text.substr(colon + 1));
  if (!hours || !minutes || *minutes > 59) return std::nullopt;
  return HoursAndMinutes{*hours, *minutes};
}

std::optional<std::int16_t> parse_time_of_day(std::string_view text) {
  const auto clock = parse_clock(text);
  if (!clock || clock->hours > 23) return std::nullopt;
  return static_cast<std::int16_t>(clock->hours * 60 + clock->minutes);
}

std::optional<domain::HourType> parse_type(std::string_view text) {
  for (std::uint16_t type = 1; type < domain::kHourTypeCount; ++type) {
    if (domain::name_of(static_cast<domain::HourType>(type)) == text) return static_cast<domain::HourType>(type);
  }
  return std::nullopt;
}

}  // namespace

std::optional<Date> parse_date(const std::string& text, const std::string& format) {
  tm parts{};
  const char* end = ::strptime(text.c_str(), format.c_str(), &parts);
  if (end == nullptr || *end != '\0') return std::nullopt;
  return Date::of(parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday);
}

std::optional<Minutes> minutes_of_hours(std::string_view text) {
  if (const auto clock = parse_clock(text)) return Minutes::of(clock->hours * 60 + clock->minutes);
  const auto point = std::min(text.find_first_of(".,"), text.size());
  const auto whole = parse_number(text.substr(0, point));
  if (!whole) return std::nullopt;
  std::int64_t parts = 0, scale = 1;  // the fraction is parts / scale hours
  for (const char digit : text.substr(std::min(point + 1, text.size()))) {
    if (digit < '0' || digit > '9' || scale > 1'000'000) return std::nullopt;
    parts = parts * 10 + (digit - '0');
    scale *= 10;
  }
  if (point + 1 == text.size()) return std::nullopt;
  return Minutes::of(*whole * std::int64_t{60} + (2 * 60 * parts + scale) / (2 * scale));
}

HoursReader::HoursReader(const CsvTable& table, HoursFormat format)
    : format_(std::move(format)), columns_(table.columns.size()) {
  for (const char* fact : kFacts) {
    const auto named = format_.columns.find(fact);
    const auto column = table.column(named != format_.columns.end() ? named->second : fact);
    if (column) places_[fact] = *column;
    if (!column && named != format_.columns.end())
      throw std::invalid_argument("the file has no column '" + named->second + "'");
  }
  for (const char* fact : {"placement", "day"}) {
    if (!places_.contains(fact))
      throw std::invalid_argument(std::string("no column '") + fact + "'; name the one that it is (--map " + fact +
                                  "=COLUMN)");
  }
  const bool by_clock = places_.contains("start") && places_.contains("end");
  if (!by_clock && !places_.contains("hours") && !places_.contains("minutes"))
    throw std::invalid_argument(
        "no column 'hours' or 'minutes', nor 'start' and 'end'; name the one that it is (--map)");
}

std::expected<domain::RecordEntry, RowFault> HoursReader::read(const CsvRow& row) const {
  if (row.fields.size() != columns_)
    return std::unexpected(RowFault{"malformed", "the row has " + std::to_string(row.fields.size()) + " fields, but " +
                                                     std::to_string(columns_) +
                                                     " columns are named; is the separator right?"});
  domain::RecordEntry entry;
  for (const Read& part :
       {read_placement(row, entry), read_day(row, entry), read_time(row, entry.worked), read_type(row, entry)}) {
    if (!part) return std::unexpected(part.error());
  }
  if (const std::string note = text_of("note", row); !note.empty()) entry.note = Box::plain(note);
  return entry;
}

std::string HoursReader::text_of(const char* fact, const CsvRow& row) const {
  const auto place = places_.find(fact);
  return place != places_.end() ? row.fields[place->second] : "";
}

RowFault HoursReader::malformed(const char* fact, const std::string& what) const {
  const auto named = format_.columns.find(fact);
  const auto place = places_.find(fact);
  return {"malformed", "column " + (place != places_.end() ? std::to_string(place->second + 1) : "?") + " (" +
                           (named != format_.columns.end() ? named->second : fact) + "): " + what};
}

auto HoursReader::read_placement(const CsvRow& row, domain::RecordEntry& entry) const -> Read {
  const std::string text = text_of("placement", row);
  if (const auto known = format_.placements.find(text); known != format_.placements.end()) {
    entry.placement = known->second;
    return {};
  }
  if (!format_.placements.empty())
    return std::unexpected(RowFault{"notFound", "placement: '" + text + "' is not in the list of placements; add it"});
  const auto id = Uuid::parse(text);
  if (!id || id->is_nil())
    return std::unexpected(
        malformed("placement", "must be the placement's id, a UUID; or give a list of names (--placements)"));
  entry.placement = PlacementId(*id);
  return {};
}

auto HoursReader::read_day(const CsvRow& row, domain::RecordEntry& entry) const -> Read {
  const std::string text = text_of("day", row);
  if (text.empty())
    return std::unexpected(RowFault{"noDate", "day: is empty; hours stand on the day on which they start"});
  const auto day = parse_date(text, format_.date_format);
  if (!day)
    return std::unexpected(
        malformed("day", "'" + text + "' is no day of the form " + format_.date_format + " (--date-format)"));
  entry.worked.day = *day;
  return {};
}

auto HoursReader::read_time(const CsvRow& row, domain::Worked& worked) const -> Read {
  for (const auto& [fact, to] : {std::pair("start", &worked.start_local), {"end", &worked.end_local}}) {
    const std::string text = text_of(fact, row);
    if (text.empty()) continue;
    *to = parse_time_of_day(text);
    if (!*to) return std::unexpected(malformed(fact, "'" + text + "' is no time of the form 8:30, up to 23:59"));
  }
  if (const std::string text = text_of("break", row); !text.empty()) {
    const auto minutes = parse_number(text);
    if (!minutes) return std::unexpected(malformed("break", "'" + text + "' is no whole number of minutes"));
    worked.break_minutes = Minutes::of(*minutes);
  }
  if (const std::string text = text_of("minutes", row); !text.empty()) {
    const auto minutes = parse_number(text);
    if (!minutes) return std::unexpected(malformed("minutes", "'" + text + "' is no whole number of minutes"));
    worked.minutes = Minutes::of(*minutes);
  }
  if (const std::string text = text_of("hours", row); !text.empty()) {
    const auto minutes = minutes_of_hours(text);
    if (!minutes)
      return std::unexpected(malformed("hours", "'" + text + "' are no hours of the form 7.5, 7,5 or 7:30"));
    worked.minutes = *minutes;
  }
  return {};
}

auto HoursReader::read_type(const CsvRow& row, domain::RecordEntry& entry) const -> Read {
  const std::string text = text_of("type", row);
  const auto type = text.empty() ? domain::HourType::normal : parse_type(text);
  if (!type)
    return std::unexpected(malformed("type", "'" + text + "' is none of normal, overtime, irregular, standby, travel"));
  entry.hour_type = *type;
  return {};
}

}  // namespace placet::importing
