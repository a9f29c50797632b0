#pragma once

#include <boost/container/small_vector.hpp>
#include <optional>
#include <span>
#include <variant>
#include <vector>

#include "domain/decision.h"
#include "domain/pricing/priced_lines.h"
#include "domain/timesheet/content.h"

namespace placet::domain {

/// What became of a line. Lines of one day share their phase but for an addition, which is a line of its own phase
/// beside approved ones; that is why the phase stands on the line.
struct Open {
  friend bool operator==(const Open&, const Open&) = default;
};
struct Submitted {
  LogPosition at;
  friend bool operator==(const Submitted&, const Submitted&) = default;
};
struct AcceptedForPay {
  // Payable. The client has not approved, and still may: only then it is invoiceable.
  LogPosition at;
  friend bool operator==(const AcceptedForPay&, const AcceptedForPay&) = default;
};
struct Approved {
  LogPosition at;
  PersonId by;
  std::optional<AcceptedForPay> accepted;  // before the approval; in force again when that is taken back
  friend bool operator==(const Approved&, const Approved&) = default;
};
using Phase = std::variant<Open, Submitted, AcceptedForPay, Approved>;

/// One line of a sheet: what its approver sees, who put it there, and how far it has come.
struct Entry : Line {
  boost::container::small_vector<PersonId, 1> entered_by;  // recorded or changed it
  Phase phase;
  bool paid = false;
  std::uint16_t on_invoice = 0;  // which of the sheet's invoices, from 1; 0: none

  bool open() const { return std::holds_alternative<Open>(phase); }
  bool submitted() const { return std::holds_alternative<Submitted>(phase); }
  bool approved() const { return std::holds_alternative<Approved>(phase); }
  /// The client has it before him: submitted, accepted for pay or not.
  bool waiting() const { return submitted() || std::holds_alternative<AcceptedForPay>(phase); }
  /// Nobody changes or removes it any more.
  bool frozen() const { return approved() || std::holds_alternative<AcceptedForPay>(phase); }
  bool invoiced() const { return on_invoice != 0; }
  /// Money followed from it: what it says stands until that is taken back.
  bool settled() const { return paid || invoiced(); }
  bool entered(PersonId person) const;
};

/// What an invoice has of a sheet.
struct SheetInvoice {
  InvoiceId invoice;
  PricedLines lines;
  Money purchase;  // what the agency buys them for
};

/// The hours of one placement in one period.
///
/// Invariants, each with a property test of the same name:
///   FrozenOnceApproved           no approved line changes or goes, but by taking the approval back.
///   ApprovalBoundToContent       an approval names the hash of exactly the lines that it approved.
///   ApprovedMinutesEqualEntries  and their minutes.
///   NobodyApprovesOwnHours       nor as another of the persons who he is.
///   NobodyApprovesHoursHeEntered recorded or changed.
///   MachineNeverApproves         whatever roles it has.
///   NobodyApprovesWithoutRight   an approval names an appointment that was in force that day.
///   DayLengthRespected           a person's minutes of a day, over all his sheets, fit that day.
///   DayOnOneSheet                all hours of a placement and day stand on one sheet.
///   NoOverlapPerPerson           his entries with start and end do not intersect, over all his sheets.
///   PartApprovalLeavesOthersSubmitted  days that an approval does not name keep their phase.
///   AdditionNeedsOnlyItsLines    approving an addition leaves the lines approved before as they are.
///   NoticeWithItsCause           whoever must be told is queued in the same command.
///   SettledHoursStand            no line that was paid or is on an invoice changes or goes.
///   PaidOnceOrOpen               what was paid for a sheet is what its paid lines are worth, each once.
///   InvoicedOnceOrOpen           and so for invoices, less what credit notes took back.
///   EvolveIsTotal                any event folds into any state.
/// A person's sheets are those of all who are known to be him when hours are entered. What two had entered before they
/// were joined is left as it is.
struct Timesheet {
  PlacementId placement;  // nil: nothing entered
  Period period;
  std::vector<Entry> entries;
  std::vector<Date> additions;         // days with frozen lines to which lines may be added
  bool submitted_empty = false;        // there are no hours in this period
  PricedLines paid;                    // for it, over all payslips
  std::vector<SheetInvoice> invoices;  // that were not credited, oldest first
  InvoiceId credit_note;               // the last one that freed hours, until they are invoiced again

  const Entry* find(EntryId id) const;
};

inline constexpr std::size_t kEntriesPerSheetMax = 512;

using Lines = std::vector<const Entry*>;
/// Those for which `wanted(entry)` holds.
template <class Wanted>
Lines select(const Timesheet& sheet, Wanted wanted) {
  Lines lines;
  for (const Entry& entry : sheet.entries)
    if (wanted(entry)) lines.push_back(&entry);
  return lines;
}
/// The lines that wait for the client's approval, of those days; with no days, all of them. What an approval approves,
/// and what its hash is of.
Lines waiting_lines(const Timesheet& sheet, std::span<const Date> days);
/// Those of them that the employer has not accepted for pay. What such an acceptance accepts, and what its hash is of.
Lines submitted_lines(const Timesheet& sheet, std::span<const Date> days);
Minutes minutes_of(const Lines& lines);
/// The days of the lines, in order, each once.
std::vector<Date> days_of(const Lines& lines);

/// Of some lines of the sheet. Whoever judges them echoes it in `seen`.
Digest content_hash(const Timesheet& sheet, SheetId id, const Lines& lines);
/// Of the whole sheet, whatever its phases.
Digest content_hash(const Timesheet& sheet, SheetId id);

Timesheet evolve(Timesheet state, const EntryRecorded& event, const Meta& meta);
Timesheet evolve(Timesheet state, const EntryChanged& event, const Meta& meta);
Timesheet evolve(Timesheet state, const EntryRemoved& event, const Meta& meta);
Timesheet evolve(Timesheet state, const SheetSubmitted& event, const Meta& meta);
Timesheet evolve(Timesheet state, const SheetSubmittedEmpty& event, const Meta& meta);
Timesheet evolve(Timesheet state, const DaysApproved& event, const Meta& meta);
Timesheet evolve(Timesheet state, const DaysRefused& event, const Meta& meta);
Timesheet evolve(Timesheet state, const HoursObjected& event, const Meta& meta);
Timesheet evolve(Timesheet state, const SheetWithdrawn& event, const Meta& meta);
Timesheet evolve(Timesheet state, const SheetReopened& event, const Meta& meta);
Timesheet evolve(Timesheet state, const AdditionRequested& event, const Meta& meta);
Timesheet evolve(Timesheet state, const ApprovalTakenBack& event, const Meta& meta);
Timesheet evolve(Timesheet state, const DaysAcceptedForPay& event, const Meta& meta);
Timesheet evolve(Timesheet state, const HoursReversed& event, const Meta& meta);
Timesheet evolve(Timesheet state, const HoursPaid& event, const Meta& meta);
Timesheet evolve(Timesheet state, const HoursInvoiced& event, const Meta& meta);
Timesheet evolve(Timesheet state, const HoursCredited& event, const Meta& meta);
Timesheet evolve(Timesheet state, const MarginBooked& event, const Meta& meta);

// Entering: entering.cc
void needs(const RecordEntry& command, const Facts& facts, Needs& out);
void needs(const ImportHours& command, const Facts& facts, Needs& out);
void needs(const ChangeEntry& command, const Facts& facts, Needs& out);
void needs(const RemoveEntry& command, const Facts& facts, Needs& out);
Decision decide(const States& states, const RecordEntry& command, const Facts& facts);
/// Each entry as by RecordEntry, on the sheets as those before it have left them.
Decision decide(const States& states, const ImportHours& command, const Facts& facts);
Decision decide(const States& states, const ChangeEntry& command, const Facts& facts);
Decision decide(const States& states, const RemoveEntry& command, const Facts& facts);

// Submitting, reminding and getting back: submitting.cc
void needs(const SubmitSheet& command, const Facts& facts, Needs& out);
void needs(const SubmitEmpty& command, const Facts& facts, Needs& out);
void needs(const WithdrawSheet& command, const Facts& facts, Needs& out);
void needs(const ReopenSheet& command, const Facts& facts, Needs& out);
void needs(const RequestAddition& command, const Facts& facts, Needs& out);
void needs(const ObjectToHours& command, const Facts& facts, Needs& out);
void needs(const RemindOfHours& command, const Facts& facts, Needs& out);
Decision decide(const States& states, const SubmitSheet& command, const Facts& facts);
Decision decide(const States& states, const SubmitEmpty& command, const Facts& facts);
Decision decide(const States& states, const WithdrawSheet& command, const Facts& facts);
Decision decide(const States& states, const ReopenSheet& command, const Facts& facts);
Decision decide(const States& states, const RequestAddition& command, const Facts& facts);
Decision decide(const States& states, const ObjectToHours& command, const Facts& facts);
/// Each reminder is given once, until the hours are submitted anew.
Decision decide(const States& states, const RemindOfHours& command, const Facts& facts);

// Judging: approving.cc
void needs(const ApproveHours& command, const Facts& facts, Needs& out);
void needs(const RefuseHours& command, const Facts& facts, Needs& out);
void needs(const TakeApprovalBack& command, const Facts& facts, Needs& out);
void needs(const AcceptForPay& command, const Facts& facts, Needs& out);
void needs(const ReverseHours& command, const Facts& facts, Needs& out);
Decision decide(const States& states, const ApproveHours& command, const Facts& facts);
Decision decide(const States& states, const RefuseHours& command, const Facts& facts);
Decision decide(const States& states, const TakeApprovalBack& command, const Facts& facts);
Decision decide(const States& states, const AcceptForPay& command, const Facts& facts);
Decision decide(const States& states, const ReverseHours& command, const Facts& facts);

/// Every command about a sheet names its placement and period, and concerns the placement's parties.
template <class C>
concept AboutSheet = requires(const C& command) {
  { command.placement } -> std::convertible_to<PlacementId>;
  { command.period } -> std::convertible_to<Period>;
};
Parties parties_of_placement(const States& states, PlacementId placement);
template <AboutSheet C>
Parties parties_of(const States& states, const C& command, const Facts&) {
  return parties_of_placement(states, command.placement);
}

}  // namespace placet::domain
