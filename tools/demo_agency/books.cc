#include "tools/demo_agency/books.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <stdexcept>

#include "codec/data.h"
#include "codec/ids.h"
#include "codec/record.h"
#include "merkle/hash.h"
#include "merkle/tree.h"
#include "tools/client/follower.h"
#include "tools/client/rows.h"

namespace placet::demo {

using namespace domain;
using client::read_rows;

namespace {

codec::StoredEvent read(BytesView record) {
  auto stored = codec::read_record(record);
  if (!stored) throw std::runtime_error(stored.error().message);
  return *std::move(stored);
}

/// The lines of one sheet and what became of each day.
struct Sheet {
  std::map<EntryId, Worked> lines;
  std::set<Date> approved;
  std::set<Date> accepted;

  std::uint64_t minutes(auto&& counts) const {
    std::uint64_t sum = 0;
    for (const auto& [id, worked] : lines)
      if (counts(worked.day)) sum += static_cast<std::uint64_t>(worked.minutes.count());
    return sum;
  }
};

void fold(Sheet& sheet, const Event& event) {
  if (const auto* entry = std::get_if<EntryRecorded>(&event)) {
    sheet.lines[entry->entry] = entry->worked;
  } else if (const auto* changed = std::get_if<EntryChanged>(&event)) {
    sheet.lines[changed->entry] = changed->worked;
  } else if (const auto* removed = std::get_if<EntryRemoved>(&event)) {
    sheet.lines.erase(removed->entry);
  } else if (const auto* approved = std::get_if<DaysApproved>(&event)) {
    sheet.approved.insert(approved->days.begin(), approved->days.end());
  } else if (const auto* back = std::get_if<ApprovalTakenBack>(&event)) {
    for (const Date day : back->days) sheet.approved.erase(day);
  } else if (const auto* reversed = std::get_if<HoursReversed>(&event)) {
    for (const Date day : reversed->days) {
      sheet.approved.erase(day);
      sheet.accepted.erase(day);
    }
  } else if (const auto* accepted = std::get_if<DaysAcceptedForPay>(&event)) {
    sheet.accepted.insert(accepted->days.begin(), accepted->days.end());
  }
}

void count_money(Books& books, const Event& event) {
  if (const auto* payslip = std::get_if<PayslipCalculated>(&event)) {
    ++books.payslips;
    books.net_cents += payslip->net.count();
  } else if (const auto* invoice = std::get_if<InvoiceIssued>(&event)) {
    ++books.invoices;
    books.invoiced_cents += invoice->gross.count();
  } else if (const auto* released = std::get_if<PaymentsReleased>(&event)) {
    books.payments += released->count;
  }
}

}  // namespace

std::string to_string(const Books& books) {
  return fmt::format(
      "{} minutes entered, {} approvals of {} minutes, {} accepted for pay; {} payslips of {} cents, {} invoices of {} "
      "cents, {} payments",
      books.entered_minutes, books.approvals, books.approved_minutes, books.paid_unapproved_minutes, books.payslips,
      books.net_cents, books.invoices, books.invoiced_cents, books.payments);
}

LogBooks books_of_log(client::Connection& connection) {
  LogBooks sum;
  merkle::Tree tree;
  std::map<StreamId, Sheet> sheets;
  client::Follower follower;
  follower.read_on(connection, [&](BytesView record) {
    tree.append(merkle::leaf_hash(record));
    const auto stored = read(record);
    if (std::holds_alternative<DaysApproved>(stored.event)) ++sum.books.approvals;
    count_money(sum.books, stored.event);
    if (stored.meta.stream.category == static_cast<std::uint16_t>(Category::timesheet))
      fold(sheets[stored.meta.stream], stored.event);
  });
  if (tree.size().value != follower.size()) throw std::runtime_error("somebody who may see all was not shown all");
  for (const auto& [stream, sheet] : sheets) {
    sum.books.entered_minutes += sheet.minutes([](Date) { return true; });
    sum.books.approved_minutes += sheet.minutes([&](Date day) { return sheet.approved.contains(day); });
    sum.books.paid_unapproved_minutes +=
        sheet.minutes([&](Date day) { return sheet.accepted.contains(day) && !sheet.approved.contains(day); });
  }
  sum.events = tree.size().value;
  const Digest root = tree.root();
  sum.root = to_hex({reinterpret_cast<const char*>(root.data()), root.size()});
  return sum;
}

Books books_of_queries(client::Connection& connection) {
  Books books;
  const auto count = [](std::int32_t minutes) { return static_cast<std::uint64_t>(minutes); };
  read_rows(
      connection, [&] { return connection.queries().timesheetsRequest(); },
      [&](schema::Sheet::Reader row) {
        books.entered_minutes +=
            count(row.getOpen() + row.getSubmitted() + row.getRefused() + row.getApproved() + row.getAccepted());
        books.approved_minutes += count(row.getApproved());
        books.paid_unapproved_minutes += count(row.getAccepted());
      });
  std::uint64_t minutes = 0;
  read_rows(
      connection, [&] { return connection.queries().approvalsRequest(); },
      [&](schema::Approval::Reader row) {
        if (row.getKind() != schema::ApprovalKind::BY_CLIENT) return;
        ++books.approvals;
        if (row.getTakenBack().size() == 0) minutes += count(row.getMinutes());
      });
  read_rows(
      connection, [&] { return connection.queries().payslipsRequest(); },
      [&](schema::Payslip::Reader row) {
        ++books.payslips;
        books.net_cents += row.getNet();
      });
  read_rows(
      connection, [&] { return connection.queries().invoicesRequest(); },
      [&](schema::Invoice::Reader row) {
        if (row.getStatus() == schema::InvoiceStatus::DRAFT) return;
        ++books.invoices;
        books.invoiced_cents += row.getGross();
      });
  read_rows(
      connection, [&] { return connection.queries().paymentsRequest(); },
      [&](schema::Payment::Reader row) {
        using enum schema::PaymentStatus;
        const auto status = row.getStatus();
        if (status == RELEASED || status == SETTLED || status == RETURNED) ++books.payments;
      });
  if (minutes != books.approved_minutes)
    throw std::runtime_error(
        fmt::format("approvals: {} minutes stand, but on timesheets {} are approved", minutes, books.approved_minutes));
  return books;
}

std::uint64_t count_placements(client::Connection& connection) {
  std::uint64_t count = 0;
  read_rows(
      connection, [&] { return connection.queries().placementsRequest(); },
      [&](schema::Placement::Reader) { ++count; });
  return count;
}

SeenSheet::SeenSheet(client::Connection& connection, SheetId sheet, Period period) : sheet_(sheet), period_(period) {
  read_rows(
      connection,
      [&] {
        auto request = connection.queries().historyRequest();
        codec::write(sheet, request.initEntity());
        return request;
      },
      [&](capnp::Data::Reader row) {
        const auto stored = read(codec::view_of(row));
        if (const auto* entry = std::get_if<EntryRecorded>(&stored.event))
          lines_[entry->entry] = {entry->entry, entry->hour_type, entry->worked, digest_of_note(entry->note)};
        else if (const auto* changed = std::get_if<EntryChanged>(&stored.event))
          lines_[changed->entry] = {changed->entry, changed->hour_type, changed->worked, digest_of_note(changed->note)};
        else if (const auto* removed = std::get_if<EntryRemoved>(&stored.event))
          lines_.erase(removed->entry);
      });
}

std::vector<const Line*> SeenSheet::lines(const std::vector<Date>& days) const {
  std::vector<const Line*> found;
  for (const auto& [id, line] : lines_)
    if (days.empty() || std::ranges::find(days, line.worked.day) != days.end()) found.push_back(&line);
  return found;
}

Digest SeenSheet::hash(const std::vector<Date>& days) const { return content_hash(sheet_, period_, lines(days)); }

std::uint64_t SeenSheet::minutes(const std::vector<Date>& days) const {
  std::uint64_t sum = 0;
  for (const Line* line : lines(days)) sum += static_cast<std::uint64_t>(line->worked.minutes.count());
  return sum;
}

ApprovalRow last_approval(client::Connection& connection, SheetId sheet) {
  ApprovalRow last;
  read_rows(
      connection,
      [&] {
        auto request = connection.queries().approvalsRequest();
        codec::write(sheet, request.initFilter().initSheet());
        return request;
      },
      [&](schema::Approval::Reader row) { last = {static_cast<Right>(row.getRight()), row.getDaysLate()}; });
  return last;
}

}  // namespace placet::demo
