#include "bench/hours.h"

#include "tools/client/connection.h"

namespace placet::bench {

namespace {
constexpr Date kMonday{20'738};  // 2026-10-12
constexpr int kDaysPerSheet = 5;
constexpr Timestamp kBirthOfIds{1'791'800'000'000'000};
}  // namespace

void HourCommands::fill(schema::Submission::Builder submission) {
  const int day = static_cast<int>(count_++ % kDaysPerSheet);
  if (day == 0) {
    placement_ = new_uuid(random_, kBirthOfIds);
    worker_ = new_uuid(random_, kBirthOfIds);
  }
  client::write_id(new_uuid(random_, kBirthOfIds), submission.initId());
  auto entry = submission.initCommand().initRecordEntry();
  client::write_id(new_uuid(random_, kBirthOfIds), entry.initEntry());
  client::write_id(placement_, entry.initPlacement());
  client::write_id(worker_, entry.initWorker());
  auto period = entry.initPeriod();
  period.setKind(schema::PeriodKind::WEEK);
  period.setFirst(kMonday.days);
  entry.setHourType(schema::HourType::NORMAL);
  auto worked = entry.initWorked();
  worked.setDay(kMonday.plus_days(day).days);
  worked.setStartLocal(9 * 60);
  worked.setEndLocal(17 * 60 + 30);
  worked.setBreakMinutes(30);
}

}  // namespace placet::bench
