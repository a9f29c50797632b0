#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace placet::sim {

/// What befalls a simulated ledger.
enum class Incident {
  crash,
  lost_group,
  sent_again,
  decided_beside_a_write,
  full_inbox,
  repeat,
  reused_id,
  clock_set,
  clock_a_second_back,
  disk_low,
  days_down,
  failed_view_write,
  views_restarted,
  rebuild,
  cancelled_rebuild,
  look_at_the_past,
  live_against_replay,
};
inline constexpr std::array<std::string_view, 17> kIncidentNames = {
    "crashes",          "groups lost",       "commands sent again", "requests decided beside a write",
    "full inboxes",     "repeats",           "reused ids",          "clocks set",
    "clocks set back",  "times low on disk", "times days down",     "failed writes of rows",
    "views restarted",  "rebuilds begun",    "rebuilds cancelled",  "looks at the past",
    "replays compared",
};
static_assert(static_cast<std::size_t>(Incident::live_against_replay) + 1 == kIncidentNames.size());

/// How often each did.
class Incidents {
 public:
  void add(Incident incident, std::size_t count = 1) { counts_.at(static_cast<std::size_t>(incident)) += count; }
  void add(const Incidents& others) {
    for (std::size_t i = 0; i < counts_.size(); ++i) counts_.at(i) += others.counts_.at(i);
  }
  const std::array<std::size_t, kIncidentNames.size()>& counts() const { return counts_; }

 private:
  std::array<std::size_t, kIncidentNames.size()> counts_{};
};

}  // namespace placet::sim
