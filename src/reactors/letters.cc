#include "reactors/letters.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>
#include <vector>

#include "documents/links.h"

namespace placet::reactors {

namespace {

using domain::DeliveryFault;
using domain::NoticeKind;
using readside::SheetStatus;
using namespace std::chrono_literals;

constexpr auto kRowsWithin = 5s;

std::unexpected<NoLetter> no_letter(DeliveryFault fault) { return std::unexpected(NoLetter(fault)); }
std::unexpected<NoLetter> no_letter(Error error) {
  // What he may not see is not there for him.
  if (error.code == ErrorCode::not_found || error.code == ErrorCode::denied)
    return no_letter(DeliveryFault::not_for_him);
  return std::unexpected(NoLetter(std::move(error)));
}

/// For whoever is to approve; everything else is for the worker.
bool is_for_approvers(NoticeKind kind) {
  return kind == NoticeKind::hours_submitted || kind == NoticeKind::approval_due || kind == NoticeKind::approval_late;
}

/// Whether it is still so.
bool holds(NoticeKind kind, SheetStatus status, const std::vector<readside::Entry>& entries) {
  if (is_for_approvers(kind)) return status == SheetStatus::empty || std::ranges::any_of(entries, documents::waits);
  if (kind == NoticeKind::hours_refused)
    return std::ranges::any_of(entries, [](const auto& one) { return one.phase == readside::EntryPhase::refused; });
  if (kind == NoticeKind::hours_missing) return status == SheetStatus::open || status == SheetStatus::refused;
  return true;
}

/// Whom and which days a sheet is about, whether or not there is one yet.
struct Sheet {
  readside::Parties parties;
  domain::Period period;
  readside::Sheet row;
  std::vector<readside::Entry> entries;
};

Result<std::optional<Sheet>> load(const readside::Reading& reading, const domain::NoticeQueued& notice) {
  Sheet sheet;
  auto queries = reading.ask();
  auto rows = queries.timesheets({.placement = notice.placement, .sheet = notice.sheet});
  // Of a sheet without an entry there is nothing to find.
  if (!rows && rows.error().code != ErrorCode::not_found) return std::unexpected(std::move(rows).error());
  if (rows && !rows->rows.empty()) {
    sheet.row = std::move(rows->rows.front());
    sheet.parties = sheet.row.parties;
    sheet.period = sheet.row.period;
    PLACET_ASSIGN(sheet.entries, reading.all(&readside::Queries::entries, notice.sheet));
    return sheet;
  }
  if (!notice.period) return std::nullopt;
  PLACET_ASSIGN(const auto placements, reading.all(&readside::Queries::placements, readside::PartyFilter{}));
  const auto found =
      std::ranges::find(placements, notice.placement, [](const auto& one) { return one.parties.placement; });
  if (found == placements.end()) return std::nullopt;
  sheet.parties = found->parties;
  sheet.period = *notice.period;
  sheet.row.status = SheetStatus::open;
  return sheet;
}

/// Why the hours of a sheet were refused.
Result<std::string> reason_of(const readside::Reading& reading, const domain::NoticeQueued& notice) {
  auto queries = reading.ask();
  PLACET_ASSIGN(const auto open, queries.open({.placement = notice.placement, .sheet = notice.sheet}));
  for (const readside::OpenItem& item : open.rows)
    if (item.kind == readside::OpenKind::to_correct && !item.reason.empty()) return item.reason;
  return std::string();
}

}  // namespace

std::expected<readside::Reading, NoLetter> Letters::read(const access::Caller& caller, LogSize at_least) const {
  auto rows = services_.projections.at_least(at_least, kRowsWithin);
  if (!rows) return no_letter(std::move(rows).error());
  auto* const ready = std::get_if<readside::Ready>(&*rows);
  if (ready == nullptr) return no_letter({ErrorCode::unavailable, "the rows are behind"});
  const Timestamp now = services_.clock.now();
  return readside::Reading({services_.log, services_.vault, now, services_.zone.local_day(now)}, caller,
                           std::move(ready->view));
}

std::expected<Letter, NoLetter> Letters::write(const domain::NoticeQueued& notice, LogSize at_least) const {
  const auto caller = access::as_seen_by(services_.streams, notice.to);
  if (!caller) return no_letter(caller.error());
  if (!*caller) return no_letter(DeliveryFault::no_address);
  const auto reading = read(**caller, at_least);
  if (!reading) return std::unexpected(reading.error());
  const auto address = reading->ask().email_of(notice.to);
  if (!address) return no_letter(address.error());
  if (address->empty()) return no_letter(DeliveryFault::no_address);
  auto mail = notice.account.is_nil() ? about_hours(notice, *reading) : about_account(notice);
  if (!mail) return std::unexpected(mail.error());
  return Letter{*address, std::move(*mail)};
}

std::expected<documents::Mail, NoLetter> Letters::about_hours(const domain::NoticeQueued& notice,
                                                              const readside::Reading& reading) const {
  auto sheet = load(reading, notice);
  if (!sheet) return no_letter(std::move(sheet).error());
  if (!*sheet) return no_letter(DeliveryFault::not_for_him);
  if (!holds(notice.kind, (*sheet)->row.status, (*sheet)->entries)) return no_letter(DeliveryFault::overtaken);
  const auto at = reading.period_holding((*sheet)->period.kind, (*sheet)->period.first);
  if (!at) return no_letter(at.error());
  if (!*at) return no_letter(DeliveryFault::overtaken);

  const bool for_approvers = is_for_approvers(notice.kind);
  documents::AboutHours about;
  about.kind = notice.kind;
  about.worker = (*sheet)->parties.worker_name;
  about.client = (*sheet)->parties.client_name;
  about.period = (*at)->period;
  about.last = (*at)->last;
  about.calendar = (*at)->calendar;
  about.digest = documents::digest_of((*sheet)->row, (*sheet)->entries,
                                      for_approvers ? documents::Lines::waiting : documents::Lines::all);
  if (!for_approvers) about.digest.odd.clear();
  if (notice.kind == NoticeKind::hours_refused) {
    auto reason = reason_of(reading, notice);
    if (!reason) return no_letter(std::move(reason).error());
    about.reason = std::move(*reason);
  }
  about.link = portal_ + (for_approvers ? documents::sheet_path(notice.sheet)
                                        : documents::hours_path(notice.placement, (*at)->period));
  return documents::write(about);
}

std::expected<documents::Mail, NoLetter> Letters::about_account(const domain::NoticeQueued& notice) const {
  auto invite = services_.credentials.issue(notice.account, domain::TokenKind::unspecified);
  if (!invite) return no_letter(std::move(invite).error());
  domain::IssueInvite issue;
  issue.account = notice.account;
  issue.brief = notice.kind == NoticeKind::password_forgotten;
  const auto outcome = services_.act(issue, [&](domain::Command& command) -> Result<void> {
    std::get<domain::IssueInvite>(command).token = invite->id;
    return {};
  });
  if (!outcome) return no_letter(outcome.error());
  if (std::holds_alternative<domain::Rejection>(*outcome)) {
    if (auto forgotten = services_.credentials.forget(invite->id); !forgotten)
      return no_letter(std::move(forgotten).error());
    return no_letter(DeliveryFault::overtaken);
  }
  return documents::write(documents::AboutAccount{notice.kind, portal_ + documents::welcome_path(invite->text)});
}

}  // namespace placet::reactors
