#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

#include "tests/property/domain/random.h"
#include "tests/unit/domain/sheets.h"

namespace placet::domain::testing {
namespace {

RC_GTEST_PROP(Notice, EndsOnce, ()) {
  Story story = submitted();
  const NoticeId notices = notices_of(kLedger, sheet_id());
  Date today = story.today();
  for (int step = pick(1, 60); step > 0; --step) {
    const StreamVersion notice{pick<std::uint32_t>(0, 8)};
    switch (pick(0, 6)) {
      case 0: story.on(today = today.plus_days(pick(0, 2))); break;
      case 1: story.when(RemindOfHours{kPlacement, kWeek, NoticeKind::approval_due, {}}, service()); break;
      case 2: story.when(WithdrawSheet{kPlacement, kWeek}, as(kWorkerPerson)); break;
      case 3: story.when(submit(), as(kWorkerPerson)); break;
      case 4: story.when(AttemptNotice{notices, notice}, service()); break;
      case 5: {
        const auto fault = static_cast<DeliveryFault>(pick<std::uint16_t>(0, kDeliveryFaultCount));
        story.when(RecordDelivery{notices, notice, fault, 0}, service());
        break;
      }
    }
  }
  std::set<std::uint32_t> queued, ended;
  for (const auto& [meta, event] : story.log()) {
    if (meta.stream != stream_of(notices)) continue;
    if (std::holds_alternative<NoticeQueued>(event)) queued.insert(meta.version.value);
    const auto about = [&](StreamVersion notice) {
      RC_ASSERT(queued.contains(notice.value));
      RC_ASSERT(!ended.contains(notice.value));
    };
    if (const auto* attempted = std::get_if<NoticeAttempted>(&event)) about(attempted->notice);
    if (const auto* failed = std::get_if<NoticeFailed>(&event)) about(failed->notice);
    if (const auto* sent = std::get_if<NoticeSent>(&event)) {
      about(sent->notice);
      ended.insert(sent->notice.value);
    }
    if (const auto* given_up = std::get_if<NoticeGivenUp>(&event)) {
      about(given_up->notice);
      ended.insert(given_up->notice.value);
    }
  }
}

}  // namespace
}  // namespace placet::domain::testing
