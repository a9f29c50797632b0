#pragma once

#include <string>

#include "domain/timesheet/checks.h"

namespace placet::domain {

/// A sheet that a command turns into money, with its placement.
struct SheetToSettle {
  SheetId id;
  const Timesheet& sheet;
  const Placement& placement;
  Parties parties;
};

inline constexpr std::size_t kSheetsPerCommandMax = 24;

/// Names a stream, unless it is named already.
void need_once(StreamId stream, Needs& out);

/// The states of sheets and their placements, each once.
void need_sheets(std::span<const SheetSeen> sheets, const Facts& facts, Needs& out);

/// The sheet, if it and its placement are there, and it has as many events as whoever names it had seen. A refusal
/// names it: `sheets[N].`.
std::expected<SheetToSettle, Rejection> sheet_to_settle(const States& states, std::span<const SheetSeen> sheets,
                                                        std::size_t n, const Facts& facts);
/// "sheets[N]." before the message.
Rejection of_sheet(std::size_t n, Rejection rejection);

/// All its lines that are payable, approved, or approved and on no invoice.
Lines payable_lines(const Timesheet& sheet);
Lines approved_lines(const Timesheet& sheet);
Lines uninvoiced_lines(const Timesheet& sheet);

/// What makes all that is payable paid, and nothing else: lines to add to all that was paid for the sheet. Refused with
/// `settled` when there is nothing to do.
std::expected<PricedLines, Rejection> lines_to_pay(const SheetToSettle& at);
/// The same for an invoice. What is on one and no longer approved, or became cheaper, must be credited first.
std::expected<PricedLines, Rejection> lines_to_invoice(const SheetToSettle& at);

}  // namespace placet::domain
