#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "access/caller.h"
#include "access/vault.h"
#include "base/result.h"
#include "projections/hours/lines.h"
#include "readside/names.h"
#include "readside/view.h"
#include "schema/queries.h"
#include "store/event_log.h"

namespace placet::readside {

namespace detail {
class PageMeter;  // query_walk.h
}

/// A piece of a list. `next` is where the following one starts; empty: this was the last.
template <class Row>
struct Page {
  std::vector<Row> rows;
  Bytes next;
};

/// Answers questions from the rows of one view, for one caller: he sees the rows to which he is party in a role that
/// their facts are meant for; staff see all. What each question means stands in schema/queries.capnp. Errors:
/// `not_found` for an id that the caller may not see or that does not exist, `denied` for a list that is not for him,
/// anything else is a failure of the store. Made for one call, used on one thread.
class Queries {
 public:
  struct Context {
    const View& view;
    const access::Caller& caller;
    access::Vault* vault;  // nullptr where there are no keys: names are sealed then
    const store::EventLog& log;
    Timestamp now;  // for ages
    Date today;     // by which grants count
    Asked asked;
  };
  static constexpr std::uint32_t kLimitMax = 1'000;

  explicit Queries(Context context);

  // ---- hours (query_hours.cc)
  Result<Page<Sheet>> timesheets(const HoursFilter& filter);
  Result<Page<Entry>> entries(SheetId sheet);
  Result<Page<Approval>> approvals(const HoursFilter& filter);
  Result<Page<OpenItem>> open(const HoursFilter& filter);
  Result<Page<Proposal>> proposals();

  // ---- hours that are not there (query_missing.cc)
  Result<Page<MissingSheet>> missing(const PartyFilter& filter);

  // ---- who and what is there (query_directory.cc)
  Result<Page<Placement>> placements(const PartyFilter& filter);
  Result<Page<Worker>> workers(const PartyFilter& filter);
  Result<Page<Organisation>> clients(const PartyFilter& filter);
  Result<Page<Organisation>> agencies(const PartyFilter& filter);
  Result<Page<Person>> persons();
  Result<Page<Account>> accounts();
  /// Where mail for that person goes: for staff and himself. Empty when he has no account, or his data was erased.
  Result<std::string> email_of(PersonId person);
  Result<Page<CalendarLine>> calendar(const CalendarFilter& filter);

  // ---- pay and payments (query_pay.cc)
  Result<Page<PayBalance>> balances(const PartyFilter& filter);
  Result<Page<Payslip>> payslips(const PartyFilter& filter);
  Result<Page<Run>> runs();
  Result<Page<Payment>> payments(const PartyFilter& filter);
  Result<Page<PaymentBatch>> payment_batches();

  // ---- invoices (query_invoices.cc)
  Result<Page<Invoice>> invoices(const InvoiceFilter& filter);
  Result<Page<BilledLine>> invoice_lines(InvoiceId invoice);

  // ---- the books, and whether they agree (query_books.cc)
  Result<Page<JournalEntry>> journal(const JournalFilter& filter);
  Result<Page<AccountBalance>> trial_balance(const JournalFilter& filter);
  Result<Page<ReconciledSheet>> reconcile_hours();
  Result<Page<ReconciledDebtor>> reconcile_debtors();

  // ---- why this amount (query_explain.cc)
  Result<Page<Step>> explain(const Uuid& document, std::uint32_t line);

  // ---- the log itself (query_history.cc): stored records
  Result<Page<Bytes>> history(const Uuid& entity);

 private:
  // ---- who sees what (queries.cc)
  bool is_staff() const;
  bool sees(std::initializer_list<Uuid> parties, std::uint16_t audience) const;
  bool sees(const projections::SheetParties& parties, std::uint16_t audience) const;
  /// `not_found` for the first id of the filter that the caller may not see; nil ones are passed over.
  Result<void> check_visible(const PartyFilter& filter) const;
  Result<void> check_visible(const HoursFilter& filter) const;
  Result<void> check_visible(std::initializer_list<Uuid> ids) const;
  Result<bool> is_visible(const Uuid& id) const;
  Result<bool> is_visible(SheetId id) const;
  Result<bool> is_visible(PersonId id) const;
  Result<bool> is_visible_by_placement(const Uuid& id) const;
  std::vector<PartyId> scopes() const;

  /// Whether a party of that agency is the worker and the client of the filter, or came together with them in a
  /// placement that the caller sees.
  Result<bool> meets(const Uuid& party, AgencyId agency, const PartyFilter& filter) const;

  /// Shows the rows of a list, from `asked.after` on until the page is full: by `named` if that is given, else by all
  /// that the caller is party to, for staff all. `use(const All::Key&)` answers how many rows it made of one. Answers
  /// where the next page starts.
  template <class OfParty, class All, class Use>
  Result<Bytes> walk(const Uuid& named, Use use);
  template <class Table, class Use, class... Prefix>
  Result<bool> fill_page(detail::PageMeter& meter, Bytes& next, Use use, const Prefix&... prefix);
  /// The same for a list without an index by party.
  template <class Table, class Use, class... Prefix>
  Result<Bytes> walk_all(Use use, const Prefix&... prefix);

  Result<Parties> named(const projections::SheetParties& parties);
  /// Of a placement, with their names.
  Result<Parties> parties_at(PlacementId placement);
  Result<std::vector<HeldRole>> roles_of(PersonId person);
  Result<std::vector<AccountId>> accounts_of(PersonId person) const;
  Result<std::vector<Approver>> approvers_of(PlacementId placement);

  // ---- what a line of hours rests on (query_explain.cc)
  struct BilledHours {
    PlacementId placement;
    SheetId sheet;
    domain::PricedLine hours;
    bool pay;  // of a payslip; else of an invoice
  };
  Result<void> explain_hours(Page<Step>& page, const BilledHours& line);
  Result<void> add_entry_steps(Page<Step>& page, const BilledHours& line);
  Result<void> add_approval_steps(Page<Step>& page, const BilledHours& line);
  Result<void> add_terms_steps(Page<Step>& page, const BilledHours& line);

  const Context context_;
  const View& view_;
  const std::uint32_t limit_;
  const Date effective_;
  Names names_;
};

}  // namespace placet::readside
