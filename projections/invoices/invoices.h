#pragma once

#include <optional>
#include <vector>

#include "projections/event_groups.h"
#include "projections/hours/lines.h"
#include "projections/projection.h"

namespace placet::projections {

/// Invoices and credit notes. For the client, the agency and staff; drafts for staff.
struct Invoices {
  static constexpr std::string_view kName = "invoices.invoices";
  using Key = InvoiceId;
  struct Row {
    LogPosition position;  // where it was drafted
    domain::InvoiceKind kind = domain::InvoiceKind::unspecified;
    ClientId client;
    AgencyId agency;    // may be nil
    InvoiceId credits;  // of a credit note
    bool issued = false;
    std::uint16_t year = 0;
    std::uint32_t number = 0;
    Date issued_on;
    Date due_on;
    std::uint32_t lines = 0;
    Money net;
    std::vector<domain::VatLine> vat;
    Money gross;
    Digest hash{};   // of its lines: what issuing it echoes
    Money paid;      // by the client
    Money credited;  // of an invoice: taken back by credit notes, with VAT
    Money set_off;   // of an invoice: by credit notes; of a credit note: against invoices
    template <class A>
    void serialize(A& archive) {
      archive(position, kind, client, agency, credits, issued, year, number, issued_on, due_on, lines, net, vat, gross,
              hash, paid, credited, set_off);
    }
    /// Still owed; of a credit note what it is still worth, which is negative.
    Money open() const;
  };
};
struct InvoicesByPosition {
  static constexpr std::string_view kName = "invoices.by_position";
  using Key = std::tuple<LogPosition, InvoiceId>;
  using Row = Present;
};
struct InvoicesOfParty {
  static constexpr std::string_view kName = "invoices.of_party";
  using Key = std::tuple<PartyId, LogPosition, InvoiceId>;
  using Row = Present;
};

struct InvoiceLines {
  static constexpr std::string_view kName = "invoices.lines";
  using Key = std::tuple<InvoiceId, std::uint32_t>;
  struct Row {
    PlacementId placement;
    domain::Period period;
    domain::PricedLine hours;
    template <class A>
    void serialize(A& archive) {
      archive(placement, period, hours);
    }
  };
};

/// Of its lines. For the agency and staff.
struct InvoiceMargins {
  static constexpr std::string_view kName = "invoices.margins";
  using Key = std::tuple<InvoiceId, std::uint32_t>;
  struct Row {
    Money purchase;
    Money margin;
    template <class A>
    void serialize(A& archive) {
      archive(purchase, margin);
    }
  };
};

/// What invoices, drafts among them, have of a sheet, by the fact that they took it; gone once it is credited.
struct InvoicedSheets {
  static constexpr std::string_view kName = "invoices.sheets";
  using Key = std::tuple<SheetId, LogPosition>;
  struct Row {
    InvoiceId invoice;
    Minutes minutes;
    Money amount;
    template <class A>
    void serialize(A& archive) {
      archive(invoice, minutes, amount);
    }
  };
};

/// What does each client owe, and for which hours?
struct InvoicesIssued {
  static constexpr std::string_view kName = "invoices";
  static constexpr std::uint32_t kVersion = 2;
  using Tables =
      projections::Tables<Invoices, InvoicesByPosition, InvoicesOfParty, InvoiceLines, InvoiceMargins, InvoicedSheets>;
  using Ignores =
      Join<SystemEvents, PersonEvents, AccountEvents, ControlEvents, WorkerEvents, ClientEvents, AgencyEvents,
           EmploymentEvents, PlacementLifeEvents, EntryEvents, SheetEvents, PayAccountEvents, RunEvents, PaymentEvents,
           BooksEvents, TwoPersonEvents, NoticeEvents,
           Types<domain::PlacementProposed, domain::CalendarPublished, domain::HoursPaid, domain::NumberTaken>>;

  using Meta = domain::Meta;
  static void apply(Tables& rows, const domain::HoursInvoiced& event, const Meta& meta);
  static void apply(Tables& rows, const domain::HoursCredited& event, const Meta& meta);
  static void apply(Tables& rows, const domain::MarginBooked& event, const Meta& meta);
  static void apply(Tables& rows, const domain::InvoiceDrafted& event, const Meta& meta);
  static void apply(Tables& rows, const domain::InvoiceLinesAdded& event, const Meta& meta);
  static void apply(Tables& rows, const domain::InvoiceIssued& event, const Meta& meta);
  static void apply(Tables& rows, const domain::InvoiceCredited& event, const Meta& meta);
  static void apply(Tables& rows, const domain::InvoicePaid& event, const Meta& meta);
  static void apply(Tables& rows, const domain::CreditSetOff& event, const Meta& meta);
};

}  // namespace placet::projections
