#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/amount.h"
#include "base/result.h"
#include "base/time.h"

namespace placet {

/// A time zone of the IANA database, for the border between instants and local days.
class Zone {
 public:
  static Result<Zone> find(std::string_view iana_name);

  const std::string& name() const { return name_; }
  Date local_day(Timestamp instant) const;
  /// YYYY-MM-DD HH:MM on its clocks, for people: in the hour that occurs twice it does not say which.
  std::string local_text(Timestamp instant) const;
  /// 1,380, 1,440 or 1,500 minutes.
  Minutes length_of(Date day) const;

  enum class Unresolved { no_such_time, ambiguous };
  /// The instant at `minute_of_day` on the clock of that local day. `offset_minutes` (east of UTC) chooses where the
  /// hour occurs twice.
  std::variant<Timestamp, Unresolved> instant(Date day, int minute_of_day, std::optional<int> offset_minutes) const;
  /// The offsets (minutes east of UTC, earlier instant first) at which that clock time occurs: none where the clock
  /// skips it, two where the hour occurs twice.
  std::vector<int> offsets_at(Date day, int minute_of_day) const;

 private:
  /// Local days on which the clock runs through, at one offset from UTC: all but a few in a year.
  struct Stretch {
    Date first;
    Date last;
    std::int64_t offset_seconds = 0;
  };

  Zone(std::string name, const void* zone);
  /// The one that holds this day and the next, or nullptr.
  const Stretch* stretch_of(Date day) const;

  std::string name_;
  const void* zone_;  // a date::time_zone, which lives as long as the process
  std::vector<Stretch> stretches_;
};

}  // namespace placet
