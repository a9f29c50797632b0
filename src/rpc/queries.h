#pragma once

#include <kj/timer.h>

#include <initializer_list>
#include <string_view>
#include <vector>

#include "readside/queries.h"
#include "rpc/services.h"
#include "schema/ledger.capnp.h"

namespace placet::rpc {

/// Questions to the rows: waits until they stand where the caller wants them, or looks at the past, and lets
/// readside/queries.h answer. Lives on the RPC thread.
class QueriesServer final : public schema::Queries::Server {
 public:
  QueriesServer(Services& services, kj::Timer& timer, access::SignIn sign_in)
      : services_(services), timer_(timer), sign_in_(sign_in) {}

  kj::Promise<void> timesheets(TimesheetsContext context) override;
  kj::Promise<void> entries(EntriesContext context) override;
  kj::Promise<void> approvals(ApprovalsContext context) override;
  kj::Promise<void> open(OpenContext context) override;
  kj::Promise<void> missing(MissingContext context) override;
  kj::Promise<void> proposals(ProposalsContext context) override;
  kj::Promise<void> placements(PlacementsContext context) override;
  kj::Promise<void> workers(WorkersContext context) override;
  kj::Promise<void> clients(ClientsContext context) override;
  kj::Promise<void> agencies(AgenciesContext context) override;
  kj::Promise<void> persons(PersonsContext context) override;
  kj::Promise<void> accounts(AccountsContext context) override;
  kj::Promise<void> calendar(CalendarContext context) override;
  kj::Promise<void> history(HistoryContext context) override;
  kj::Promise<void> balances(BalancesContext context) override;
  kj::Promise<void> payslips(PayslipsContext context) override;
  kj::Promise<void> runs(RunsContext context) override;
  kj::Promise<void> payments(PaymentsContext context) override;
  kj::Promise<void> paymentBatches(PaymentBatchesContext context) override;
  kj::Promise<void> invoices(InvoicesContext context) override;
  kj::Promise<void> invoiceLines(InvoiceLinesContext context) override;
  kj::Promise<void> journal(JournalContext context) override;
  kj::Promise<void> trialBalance(TrialBalanceContext context) override;
  kj::Promise<void> reconcileHours(ReconcileHoursContext context) override;
  kj::Promise<void> reconcileDebtors(ReconcileDebtorsContext context) override;
  kj::Promise<void> explain(ExplainContext context) override;

 private:
  using Projections = std::vector<std::string_view>;

  /// Answers with the rows that `ask(readside::Queries&)` finds, once `projections` stand where they were asked to.
  template <class Context, class Ask>
  kj::Promise<void> answer(Context context, Projections projections, Ask ask);
  /// The same with a filter, `ask(readside::Queries&, const Filter&)`.
  template <class Filter, class Context, class Ask>
  kj::Promise<void> answer_filtered(Context context, Projections projections, Ask ask);
  /// A view that is as new as asked, or why there is none.
  kj::Promise<Result<readside::AtLeast>> view_for(readside::Asked asked, Projections projections,
                                                  kj::TimePoint deadline, readside::AsOf::Question question);

  Services& services_;
  kj::Timer& timer_;
  const access::SignIn sign_in_;
};

}  // namespace placet::rpc
