#pragma once

#include <vector>

#include "projections/event_groups.h"
#include "projections/hours/lines.h"
#include "projections/journal/accounts.h"
#include "projections/projection.h"

namespace placet::projections {

/// What one record booked, which sums to zero, by the day in the books. For staff.
struct JournalTransactions {
  static constexpr std::string_view kName = "journal.transactions";
  using Key = std::tuple<Date, LogPosition>;
  struct Entry {
    JournalAccount account{};
    Money amount;  // debit above 0, credit below
    Uuid party;    // of a sub-ledger: client, employment, agency, batch; else nil
    template <class A>
    void serialize(A& archive) {
      archive(account, amount, party);
    }
  };
  struct Row {
    std::uint16_t event = 0;  // its number in `Event`
    std::vector<Entry> entries;
    template <class A>
    void serialize(A& archive) {
      archive(event, entries);
    }
  };
};

/// Account by month.
struct AccountMonths {
  static constexpr std::string_view kName = "journal.account_months";
  using Key = std::tuple<JournalAccount, Date>;  // first day of the month
  struct Row {
    Money debit;
    Money credit;  // not negative
    template <class A>
    void serialize(A& archive) {
      archive(debit, credit);
    }
  };
};

/// The accounts that are kept per client, employment, agency or batch: their sum is that of the account.
struct SubLedgers {
  static constexpr std::string_view kName = "journal.sub_ledgers";
  using Key = std::tuple<JournalAccount, Uuid>;
  struct Row {
    Money balance;
    template <class A>
    void serialize(A& archive) {
      archive(balance);
    }
  };
};

/// What the journal must remember of an invoice until it is issued.
struct JournalInvoices {
  static constexpr std::string_view kName = "journal.invoices";
  using Key = InvoiceId;
  struct Row {
    ClientId client;
    AgencyId agency;
    Money margin;
    template <class A>
    void serialize(A& archive) {
      archive(client, agency, margin);
    }
  };
};

/// What does the general ledger say? Double entry.
struct Journal {
  static constexpr std::string_view kName = "journal";
  static constexpr std::uint32_t kVersion = 2;
  using Tables = projections::Tables<JournalTransactions, AccountMonths, SubLedgers, JournalInvoices>;
  using Ignores =
      Join<SystemEvents, PersonEvents, AccountEvents, ControlEvents, WorkerEvents, ClientEvents, AgencyEvents,
           EmploymentEvents, PlacementLifeEvents, EntryEvents, SheetEvents, RunEvents, BooksEvents, TwoPersonEvents,
           NoticeEvents,
           Types<domain::PlacementProposed, domain::CalendarPublished, domain::HoursPaid, domain::HoursInvoiced,
                 domain::HoursCredited, domain::PaymentsAdded, domain::PaymentTakenOut, domain::PaymentsReleased,
                 domain::InvoiceLinesAdded, domain::InvoiceCredited, domain::CreditSetOff, domain::NumberTaken>>;

  using Meta = domain::Meta;
  static void apply(Tables& rows, const domain::PayslipCalculated& event, const Meta& meta);
  static void apply(Tables& rows, const domain::AdvanceGranted& event, const Meta& meta);
  static void apply(Tables& rows, const domain::PaymentPrepared& event, const Meta& meta);
  static void apply(Tables& rows, const domain::PaymentWithdrawn& event, const Meta& meta);
  static void apply(Tables& rows, const domain::PaymentsSettled& event, const Meta& meta);
  static void apply(Tables& rows, const domain::PaymentReturned& event, const Meta& meta);
  static void apply(Tables& rows, const domain::InvoiceDrafted& event, const Meta& meta);
  static void apply(Tables& rows, const domain::MarginBooked& event, const Meta& meta);
  static void apply(Tables& rows, const domain::InvoiceIssued& event, const Meta& meta);
  static void apply(Tables& rows, const domain::InvoicePaid& event, const Meta& meta);
};

}  // namespace placet::projections
