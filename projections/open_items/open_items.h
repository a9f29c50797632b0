#pragma once

#include <optional>
#include <vector>

#include "projections/event_groups.h"
#include "projections/hours/lines.h"
#include "projections/projection.h"

namespace placet::projections {

/// What is not finished. Sheets that were expected and never came are not here: they leave no event, and are found by
/// holding placements against sheets.
enum class OpenKind : std::uint8_t {
  to_approve,    // submitted, not decided upon
  to_correct,    // refused, not submitted again
  to_pay,        // approved or accepted for pay, in no payslip yet
  to_invoice,    // approved, on no invoice yet
  not_billable,  // accepted for pay; the client has not approved, and still may
  to_recover,    // paid, and no longer payable: the next payslip takes it back
  to_credit,     // on an invoice, and no longer approved
  pay_moved,     // paid at another rate than the one that holds by now
  invoice_moved  // on an invoice at another rate
};

/// Whose turn it is.
domain::Role owner_of(OpenKind kind);

/// Acts that wait for a second person, by position; dead 7 days after `since`. For staff.
struct OpenProposals {
  static constexpr std::string_view kName = "open_items.proposals";
  using Key = LogPosition;
  struct Row {
    StreamId stream;
    std::uint16_t command = 0;  // its number in `Command`
    Digest hash{};
    PersonId proposer;
    Timestamp since;
    template <class A>
    void serialize(A& archive) {
      archive(stream, command, hash, proposer, since);
    }
  };
};

/// What an hour of a type is worth on a day.
struct Price {
  Money per_hour;
  std::int32_t surcharge = 0;  // basis points on top
  friend bool operator==(const Price&, const Price&) = default;
  template <class A>
  void serialize(A& archive) {
    archive(per_hour, surcharge);
  }
};

struct Invoiced {
  InvoiceId invoice;
  Price at;
  template <class A>
  void serialize(A& archive) {
    archive(invoice, at);
  }
};

/// Minutes of one day of a sheet that stand in a list.
struct OpenHours {
  OpenKind kind{};
  Date day;
  Minutes minutes;
  Timestamp since;    // the oldest of them
  LogPosition cause;  // the event that left them open last
  SealedText reason;  // of a refusal
  template <class A>
  void serialize(A& archive) {
    archive(kind, day, minutes, since, cause, reason);
  }
};

/// Every sheet: its lines, and which of their hours stand open.
struct OpenSheets {
  static constexpr std::string_view kName = "open_items.sheets";
  using Key = SheetId;
  struct Line {
    EntryId entry;
    Date day;
    Phase phase = Phase::open;
    domain::HourType hour_type = domain::HourType::unspecified;
    Minutes minutes;
    std::optional<Price> paid_at;    // paid, at this price
    std::vector<Invoiced> invoices;  // that have it, oldest first: the last one's price is that of all together
    bool pay_moved = false;          // another price holds by now
    bool invoice_moved = false;
    template <class A>
    void serialize(A& archive) {
      archive(entry, day, phase, hour_type, minutes, paid_at, invoices, pay_moved, invoice_moved);
    }
  };
  struct Row {
    SheetParties parties;
    domain::Period period;
    std::vector<Line> lines;
    std::vector<OpenHours> open;  // by kind and day
    bool settled = false;         // something of it was paid or invoiced

    /// Of all days.
    Minutes open_minutes(OpenKind kind) const;
    template <class A>
    void serialize(A& archive) {
      archive(parties, period, lines, open, settled);
    }
  };
};

/// Sheets of which something stands open, oldest period first.
struct OpenByPeriod {
  static constexpr std::string_view kName = "open_items.by_period";
  using Key = std::tuple<Date, SheetId>;
  using Row = Present;
};

/// The same by worker, client and agency.
struct OpenOfParty {
  static constexpr std::string_view kName = "open_items.of_party";
  using Key = std::tuple<PartyId, Date, SheetId>;
  using Row = Present;
};

/// What the projection must remember: whom a placement concerns, its terms, and which of its sheets were settled.
struct OpenPlacements {
  static constexpr std::string_view kName = "open_items.placements";
  using Key = PlacementId;
  using Row = SheetParties;
};
struct OpenTerms {
  static constexpr std::string_view kName = "open_items.terms";
  using Key = PlacementId;
  struct Row {
    std::vector<domain::Dated<domain::PayTerms>> pay;  // as they were agreed
    std::vector<domain::Dated<domain::ClientTerms>> client;
    template <class A>
    void serialize(A& archive) {
      archive(pay, client);
    }
  };
};
struct SettledSheets {
  static constexpr std::string_view kName = "open_items.settled_sheets";
  using Key = std::tuple<PlacementId, SheetId>;
  using Row = Present;
};

/// What waits, for whom, since when, and why?
struct OpenItems {
  static constexpr std::string_view kName = "open_items";
  static constexpr std::uint32_t kVersion = 3;
  using Tables = projections::Tables<OpenSheets, OpenByPeriod, OpenOfParty, OpenProposals, OpenPlacements, OpenTerms,
                                     SettledSheets>;
  using Ignores = Join<SystemEvents, PersonEvents, AccountEvents, ControlEvents, WorkerEvents, ClientEvents,
                       AgencyEvents, EmploymentEvents, PlacementPaperEvents, MoneyEvents, NoticeEvents,
                       Types<domain::CalendarPublished, domain::HoursObjected, domain::AdditionRequested,
                             domain::MarginBooked, domain::PurchaseTermsAgreed>>;

  using Meta = domain::Meta;
  static void apply(Tables& rows, const domain::PlacementProposed& event, const Meta& meta);
  static void apply(Tables& rows, const domain::EntryRecorded& event, const Meta& meta);
  static void apply(Tables& rows, const domain::SheetSubmittedEmpty& event, const Meta& meta);
  static void apply(Tables& rows, const domain::EntryChanged& event, const Meta& meta);
  static void apply(Tables& rows, const domain::EntryRemoved& event, const Meta& meta);
  static void apply(Tables& rows, const domain::SheetSubmitted& event, const Meta& meta);
  static void apply(Tables& rows, const domain::DaysApproved& event, const Meta& meta);
  static void apply(Tables& rows, const domain::DaysRefused& event, const Meta& meta);
  static void apply(Tables& rows, const domain::SheetWithdrawn& event, const Meta& meta);
  static void apply(Tables& rows, const domain::SheetReopened& event, const Meta& meta);
  static void apply(Tables& rows, const domain::ApprovalTakenBack& event, const Meta& meta);
  static void apply(Tables& rows, const domain::DaysAcceptedForPay& event, const Meta& meta);
  static void apply(Tables& rows, const domain::HoursReversed& event, const Meta& meta);
  static void apply(Tables& rows, const domain::HoursPaid& event, const Meta& meta);
  static void apply(Tables& rows, const domain::HoursInvoiced& event, const Meta& meta);
  static void apply(Tables& rows, const domain::HoursCredited& event, const Meta& meta);
  static void apply(Tables& rows, const domain::PayTermsAgreed& event, const Meta& meta);
  static void apply(Tables& rows, const domain::ClientTermsAgreed& event, const Meta& meta);
  static void apply(Tables& rows, const domain::ActProposed& event, const Meta& meta);
  static void apply(Tables& rows, const domain::ActAgreed& event, const Meta& meta);
};

}  // namespace placet::projections
