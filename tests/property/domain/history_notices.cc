#include "tests/property/domain/history.h"

// Reminding people, and what becomes of mails.

namespace placet::domain::testing {

auto History::remove_key() -> Try {
  const AccountId account = accounts_.empty() ? fresh<AccountId>() : any(accounts_);
  return {RemoveKey{account, mostly(KeyKind::totp, any_of<KeyKind>(kKeyKindCount))}, any(administrators_)};
}

auto History::send_invite() -> Try {
  if (accounts_.empty()) return open_account();
  return {SendInvite{mostly(any(accounts_), fresh<AccountId>())}, any(offices_)};
}

auto History::forget_password() -> Try {
  if (accounts_.empty()) return open_account();
  return {ForgetPassword{mostly(any(accounts_), fresh<AccountId>())}, {}};
}

auto History::remind_of_hours() -> Try {
  const SheetAt at = one_in(2) ? any_sheet_with(&Entry::submitted) : any_sheet();
  RemindOfHours command{at.placement, at.period, any_of<NoticeKind>(kNoticeKindCount), {}};
  if (one_in(4)) command.kind = NoticeKind::hours_missing;
  if (one_in(2)) command.contacts = {any(agencies_).recruiter, any(extras_)};
  return {command, {}};
}

NoticeId History::some_notices() {
  if (!accounts_.empty() && one_in(4)) return notices_of(kLedger, any(accounts_));
  const SheetAt& at = any_sheet();
  return notices_of(kLedger, sheet_of(kLedger, at.placement, at.period));
}

StreamVersion History::some_notice(NoticeId notices) {
  const auto& letters = story_.state_of<Notice>(stream_of(notices)).letters;
  return letters.empty() || one_in(20) ? StreamVersion{static_cast<std::uint32_t>(below(20))} : any(letters).notice;
}

auto History::attempt_notice() -> Try {
  const NoticeId notices = some_notices();
  attempted_ = {notices, some_notice(notices)};
  return {AttemptNotice{attempted_.notices, attempted_.notice}, {}};
}

auto History::record_delivery() -> Try {
  RecordDelivery command{attempted_.notices, attempted_.notice, DeliveryFault::unspecified, 250};
  if (one_in(4)) {
    command.notices = some_notices();
    command.notice = some_notice(command.notices);
  }
  if (one_in(2)) {
    command.fault = mostly(DeliveryFault::unreachable, any_of<DeliveryFault>(kDeliveryFaultCount), 2);
    command.reply = 550;
  }
  return {command, {}};
}

}  // namespace placet::domain::testing
