#include "bench/peers/roster.h"

#include "base/clock.h"
#include "bench/peers/system.h"
#include "codec/ids.h"
#include "schema/plain_codec.h"

namespace placet::bench {

namespace {

constexpr unsigned kWorkers = 10, kWeeks = 2, kDays = 5, kShiftsPerDay = 10;
constexpr int kShiftMinutes = 45, kFirstShift = 9 * 60;
static_assert(kWorkers * kWeeks * kDays * kShiftsPerDay == kBatch);

}  // namespace

domain::ImportHours Roster::next() {
  domain::ImportHours command;
  for (unsigned i = 0; i < kWorkers; ++i) {
    const client::PlacedWorker& worker = workers_[worker_++];
    for (unsigned day = 0; day < kWeeks * kDays; ++day) {
      const Date monday = monday_.plus_days(static_cast<int>(day / kDays * 7));
      for (unsigned shift = 0; shift < kShiftsPerDay; ++shift) {
        const int start = kFirstShift + static_cast<int>(shift) * kShiftMinutes;
        domain::RecordEntry& entry = command.entries.emplace_back();
        entry.entry = EntryId(new_uuid(random_, client::kBirthOfIds));
        entry.placement = worker.placement;
        entry.period = {domain::PeriodKind::week, monday};
        entry.hour_type = domain::HourType::normal;
        entry.worked.day = monday.plus_days(static_cast<int>(day % kDays));
        entry.worked.start_local = static_cast<std::int16_t>(start);
        entry.worked.end_local = static_cast<std::int16_t>(start + kShiftMinutes);
      }
    }
  }
  if (worker_ == workers_.size()) {
    worker_ = 0;
    monday_ = monday_.plus_days(static_cast<int>(kWeeks * 7));
  }
  return command;
}

void Roster::fill(schema::Submission::Builder submission) {
  codec::write(command_ids_.next(random_, SystemClock().now()), submission.initId());
  codec::write(domain::Command(next()), submission.initCommand());
}

}  // namespace placet::bench
