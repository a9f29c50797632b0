#include "domain/timesheet/settling.h"

#include <algorithm>

#include "domain/pricing/pricing.h"

namespace placet::domain {

void need_once(StreamId stream, Needs& out) {
  if (std::find(out.states.begin(), out.states.end(), stream) == out.states.end()) out.states.push_back(stream);
}

void need_sheets(std::span<const SheetSeen> sheets, const Facts& facts, Needs& out) {
  for (const SheetSeen& seen : sheets) {
    need_once(stream_of(sheet_of(facts.ledger, seen.placement, seen.period)), out);
    need_once(stream_of(seen.placement), out);
  }
}

Rejection of_sheet(std::size_t n, Rejection rejection) {
  rejection.message = "sheets[" + std::to_string(n) + "]." + rejection.message;
  return rejection;
}

std::expected<SheetToSettle, Rejection> sheet_to_settle(const States& states, std::span<const SheetSeen> sheets,
                                                        std::size_t n, const Facts& facts) {
  const SheetSeen& seen = sheets[n];
  const Placement& placement = states.placement(seen.placement);
  const SheetId id = sheet_of(facts.ledger, seen.placement, seen.period);
  if (placement.worker.is_nil()) return std::unexpected(of_sheet(n, no_placement().error()));
  const bool twice = std::any_of(
      sheets.begin(), sheets.begin() + static_cast<std::ptrdiff_t>(n),
      [&](const SheetSeen& other) { return other.placement == seen.placement && other.period == seen.period; });
  if (twice) return std::unexpected(of_sheet(n, {RejectionCode::malformed, "placement: the sheet is named twice"}));
  const std::uint32_t events = states.stream(stream_of(id)).events;
  if (events == 0) return std::unexpected(of_sheet(n, {RejectionCode::not_found, "period: there is no such sheet"}));
  if (seen.events != 0 && seen.events != events)
    return std::unexpected(of_sheet(
        n, {RejectionCode::stale, "events: the sheet has " + std::to_string(events) + " by now; look at it again"}));
  return SheetToSettle{id, states.timesheet(id), placement, placement.parties(seen.placement)};
}

Lines payable_lines(const Timesheet& sheet) {
  return select(sheet, [](const Entry& entry) { return entry.frozen(); });
}
Lines approved_lines(const Timesheet& sheet) {
  return select(sheet, [](const Entry& entry) { return entry.approved(); });
}
Lines uninvoiced_lines(const Timesheet& sheet) {
  return select(sheet, [](const Entry& entry) { return entry.approved() && !entry.invoiced(); });
}

std::expected<PricedLines, Rejection> lines_to_pay(const SheetToSettle& at) {
  const auto worth_now = price_pay(payable_lines(at.sheet), at.placement);
  if (!worth_now) return worth_now;
  PricedLines lines = minus(*worth_now, at.sheet.paid);
  const bool as_paid =
      std::ranges::all_of(at.sheet.entries, [](const Entry& entry) { return entry.frozen() == entry.paid; });
  if (lines.empty() && as_paid)
    return refuse(RejectionCode::settled, "period: nothing on it is payable that was not paid");
  return lines;
}

std::expected<PricedLines, Rejection> lines_to_invoice(const SheetToSettle& at) {
  const bool reversed =
      std::ranges::any_of(at.sheet.entries, [](const Entry& entry) { return entry.invoiced() && !entry.approved(); });
  if (reversed)
    return refuse(RejectionCode::not_ready, "period: hours on an invoice are no longer approved; credit it first");
  const auto worth_now = price_invoice(approved_lines(at.sheet), at.placement);
  if (!worth_now) return worth_now;
  PricedLines lines = *worth_now;
  for (const SheetInvoice& invoice : at.sheet.invoices) lines = minus(std::move(lines), invoice.lines);
  if (lines.empty())
    return refuse(RejectionCode::settled, "period: nothing on it is approved that is not on an invoice");
  if (sum_of(lines).count() < 0)
    return refuse(RejectionCode::not_ready, "period: the rate was lowered; credit the invoice of these hours first");
  return lines;
}

}  // namespace placet::domain
