#include "tools/client/hours.h"

#include "base/clock.h"
#include "codec/ids.h"
#include "schema/plain_codec.h"

namespace placet::client {

namespace {

constexpr int kDaysPerSheet = 5;
constexpr std::int16_t kNineOClock = 9 * 60;
constexpr std::int16_t kHalfPastFive = 17 * 60 + 30;

}  // namespace

domain::RecordEntry HourCommands::next() {
  if (day_ == kDaysPerSheet) {
    day_ = 0;
    if (++worker_ == workers_.size()) {
      worker_ = 0;
      monday_ = monday_.plus_days(7);
    }
  }
  domain::RecordEntry entry;
  entry.entry = EntryId(new_uuid(random_, kBirthOfIds));
  entry.placement = workers_[worker_].placement;
  entry.period = {domain::PeriodKind::week, monday_};
  entry.hour_type = domain::HourType::normal;
  entry.worked.day = monday_.plus_days(day_++);
  entry.worked.start_local = kNineOClock;
  entry.worked.end_local = kHalfPastFive;
  entry.worked.break_minutes = Minutes::of(30);
  return entry;
}

void HourCommands::fill(schema::Submission::Builder submission) {
  codec::write(command_ids_.next(random_, SystemClock().now()), submission.initId());
  codec::write(domain::Command(next()), submission.initCommand());
}

}  // namespace placet::client
