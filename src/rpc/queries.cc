#include "rpc/queries.h"

#include <algorithm>
#include <utility>

#include "codec/fields.h"
#include "domain/calendar/calendar.h"
#include "rpc/wire.h"
#include "schema/queries_codec.h"

namespace placet::rpc {

using domain::Rejection;
using domain::RejectionCode;
using readside::Asked;
using readside::AtLeast;

namespace {

constexpr std::uint32_t kWaitMsMax = 10'000;
constexpr const char* kUnreadable = "the ledger could not read its rows";

void write_row(const Bytes& record, unsigned i, capnp::List<capnp::Data>::Builder rows) {
  rows.set(i, codec::bytes_of<capnp::Data>(record));
}
template <class Row, class Rows>
void write_row(const Row& row, unsigned i, Rows rows) {
  codec::write(row, rows[i]);
}

/// An error that is the caller's; nothing when it is ours.
std::optional<Rejection> rejection_of(const Error& error) {
  switch (error.code) {
    case ErrorCode::not_found: return Rejection{RejectionCode::not_found, error.message};
    case ErrorCode::denied: return Rejection{RejectionCode::not_allowed, error.message};
    case ErrorCode::invalid: return Rejection{RejectionCode::malformed, error.message};
    case ErrorCode::unavailable: return Rejection{RejectionCode::overloaded, error.message};
    default: return std::nullopt;
  }
}

/// An answer that has no rows.
void write_answer(const AtLeast& from, schema::Answer::Builder to) {
  if (const auto* behind = std::get_if<readside::Behind>(&from))
    write_basis(behind->basis.ledger, behind->basis.size, to.initBehind());
  if (const auto* stopped = std::get_if<readside::Stopped>(&from)) write_stopped(*stopped, to.initStopped());
  if (const auto* unknown = std::get_if<readside::UnknownPosition>(&from))
    to.setUnknownPosition(unknown->log_size.value);
}

Rejection malformed(const codec::Issues& issues) { return {RejectionCode::malformed, issues.text()}; }

std::optional<Rejection> fault_of(const Asked& asked) {
  if (asked.as_of_size && asked.as_of_time)
    return Rejection{RejectionCode::malformed, "asked: asOfSize or asOfTime, not both"};
  if (asked.as_of_size && *asked.as_of_size < 0)
    return Rejection{RejectionCode::malformed, "asked.asOfSize: must not be negative"};
  if (asked.effective && !domain::in_reach(*asked.effective))
    return Rejection{RejectionCode::malformed, "asked.effective: must lie from 1970 to 2198"};
  return std::nullopt;
}

}  // namespace

kj::Promise<Result<AtLeast>> QueriesServer::view_for(Asked asked, Projections projections, kj::TimePoint deadline,
                                                     readside::AsOf::Question question) {
  if (asked.as_of_size || asked.as_of_time) {
    if (asked.as_of_size && static_cast<std::uint64_t>(*asked.as_of_size) > services_.log.size().value)
      return Result<AtLeast>(readside::UnknownPosition{services_.log.size()});
    const auto moment = asked.as_of_size ? PastViews::Moment(LogSize{static_cast<std::uint64_t>(*asked.as_of_size)})
                                         : PastViews::Moment(*asked.as_of_time);
    return services_.past.at(moment, std::move(question)).then([](Result<readside::View> view) -> Result<AtLeast> {
      if (!view) return std::unexpected(std::move(view).error());
      return readside::Ready{std::move(*view)};
    });
  }
  auto now = services_.projections.at_least({asked.at_least}, std::chrono::milliseconds(0), projections);
  const auto* behind = now ? std::get_if<readside::Behind>(&*now) : nullptr;
  if (behind == nullptr || timer_.now() >= deadline) return now;
  return services_.projected.beyond(behind->basis.size)
      .exclusiveJoin(timer_.atTime(deadline))
      .then([this, asked, projections = std::move(projections), deadline]() mutable {
        return view_for(std::move(asked), std::move(projections), deadline, {});
      });
}

template <class Context, class Ask>
kj::Promise<void> QueriesServer::answer(Context context, Projections projections, Ask ask) {
  const auto refuse = [](Context& to, const Rejection& rejection) {
    write_refusal(rejection, to.getResults().initAnswer().initRefused());
  };
  Asked asked;
  codec::Issues issues;
  {
    const auto scope = issues.enter("asked");
    codec::read(context.getParams().getAsked(), asked, issues);
  }
  auto fault = issues.empty() ? fault_of(asked) : malformed(issues);
  const auto asking = current_caller(services_, sign_in_);
  if (!fault && !asking) fault = not_signed_in();
  if (fault) {
    refuse(context, *fault);
    return kj::READY_NOW;
  }
  const auto deadline = timer_.now() + std::min(asked.wait_ms, kWaitMsMax) * kj::MILLISECONDS;
  // What outlives this object, which goes with its connection.
  const auto question = [caller = *asking, vault = &services_.vault, &log = services_.log, now = services_.clock.now(),
                         today = services_.zone.local_day(services_.clock.now()), asked,
                         ask](const readside::View& view) -> Result<void> {
    readside::Queries queries({view, caller, vault, log, now, today, asked});
    PLACET_TRY(ask(queries));
    return {};
  };
  return view_for(asked, std::move(projections), deadline, question)
      .then([this, context, asked, ask = std::move(ask), refuse](Result<AtLeast> found) mutable {
        if (!found && rejection_of(found.error())) return refuse(context, *rejection_of(found.error()));
        const AtLeast at_least = require(std::move(found), kUnreadable);
        const auto* ready = std::get_if<readside::Ready>(&at_least);
        if (ready == nullptr) return write_answer(at_least, context.getResults().initAnswer());
        // Asked again: the wait may have been long.
        const auto caller = current_caller(services_, sign_in_);
        if (!caller) return refuse(context, not_signed_in());
        const Timestamp now = services_.clock.now();
        readside::Queries queries({.view = ready->view,
                                   .caller = *caller,
                                   .vault = &services_.vault,
                                   .log = services_.log,
                                   .now = now,
                                   .today = services_.zone.local_day(now),
                                   .asked = asked});
        auto answered = ask(queries);
        if (!answered && rejection_of(answered.error())) return refuse(context, *rejection_of(answered.error()));
        const auto page = require(std::move(answered), kUnreadable);
        auto results = context.getResults();
        auto head = results.initAnswer().initRows();
        write_basis(ready->view.basis().ledger, ready->view.basis().size, head.initBasis());
        head.setRoundedDown(ready->view.rounded_down());
        head.setNext(codec::bytes_of<capnp::Data>(page.next));
        auto rows = results.initRows(static_cast<unsigned>(page.rows.size()));
        for (unsigned i = 0; i < page.rows.size(); ++i) write_row(page.rows[i], i, rows);
      });
}

template <class Filter, class Context, class Ask>
kj::Promise<void> QueriesServer::answer_filtered(Context context, Projections projections, Ask ask) {
  Filter filter;
  codec::Issues issues;
  {
    const auto scope = issues.enter("filter");
    codec::read(context.getParams().getFilter(), filter, issues);
  }
  if (!issues.empty()) {
    write_refusal(malformed(issues), context.getResults().initAnswer().initRefused());
    return kj::READY_NOW;
  }
  return answer(context, std::move(projections),
                [filter = std::move(filter), ask](readside::Queries& queries) { return (queries.*ask)(filter); });
}

// ---- one method after the other: which projections it reads, and who answers

kj::Promise<void> QueriesServer::timesheets(TimesheetsContext context) {
  return answer_filtered<readside::HoursFilter>(context, {"timesheets", "directory"}, &readside::Queries::timesheets);
}

kj::Promise<void> QueriesServer::entries(EntriesContext context) {
  const SheetId sheet(codec::read_id(context.getParams().getSheet()));
  return answer(context, {"timesheets", "directory"},
                [sheet](readside::Queries& queries) { return queries.entries(sheet); });
}

kj::Promise<void> QueriesServer::approvals(ApprovalsContext context) {
  return answer_filtered<readside::HoursFilter>(context, {"approvals", "timesheets", "directory"},
                                                &readside::Queries::approvals);
}

kj::Promise<void> QueriesServer::open(OpenContext context) {
  return answer_filtered<readside::HoursFilter>(context, {"open_items", "timesheets", "directory"},
                                                &readside::Queries::open);
}

kj::Promise<void> QueriesServer::missing(MissingContext context) {
  return answer_filtered<readside::PartyFilter>(context, {"timesheets", "directory"}, &readside::Queries::missing);
}

kj::Promise<void> QueriesServer::proposals(ProposalsContext context) {
  return answer(context, {"open_items", "directory"}, [](readside::Queries& queries) { return queries.proposals(); });
}

kj::Promise<void> QueriesServer::placements(PlacementsContext context) {
  return answer_filtered<readside::PartyFilter>(context, {"directory"}, &readside::Queries::placements);
}

kj::Promise<void> QueriesServer::workers(WorkersContext context) {
  return answer_filtered<readside::PartyFilter>(context, {"directory"}, &readside::Queries::workers);
}

kj::Promise<void> QueriesServer::clients(ClientsContext context) {
  return answer_filtered<readside::PartyFilter>(context, {"directory"}, &readside::Queries::clients);
}

kj::Promise<void> QueriesServer::agencies(AgenciesContext context) {
  return answer_filtered<readside::PartyFilter>(context, {"directory"}, &readside::Queries::agencies);
}

kj::Promise<void> QueriesServer::persons(PersonsContext context) {
  return answer(context, {"directory"}, [](readside::Queries& queries) { return queries.persons(); });
}

kj::Promise<void> QueriesServer::accounts(AccountsContext context) {
  return answer(context, {"directory"}, [](readside::Queries& queries) { return queries.accounts(); });
}

kj::Promise<void> QueriesServer::calendar(CalendarContext context) {
  return answer_filtered<readside::CalendarFilter>(context, {"directory"}, &readside::Queries::calendar);
}

kj::Promise<void> QueriesServer::history(HistoryContext context) {
  const Uuid entity = codec::read_id(context.getParams().getEntity());
  return answer(context, {"directory"}, [entity](readside::Queries& queries) { return queries.history(entity); });
}

kj::Promise<void> QueriesServer::balances(BalancesContext context) {
  return answer_filtered<readside::PartyFilter>(context, {"payroll_balances", "directory"},
                                                &readside::Queries::balances);
}

kj::Promise<void> QueriesServer::payslips(PayslipsContext context) {
  return answer_filtered<readside::PartyFilter>(context, {"payroll_balances", "directory"},
                                                &readside::Queries::payslips);
}

kj::Promise<void> QueriesServer::runs(RunsContext context) {
  return answer(context, {"payroll_balances", "directory"}, [](readside::Queries& queries) { return queries.runs(); });
}

kj::Promise<void> QueriesServer::payments(PaymentsContext context) {
  return answer_filtered<readside::PartyFilter>(context, {"payments", "directory"}, &readside::Queries::payments);
}

kj::Promise<void> QueriesServer::paymentBatches(PaymentBatchesContext context) {
  return answer(context, {"payments", "directory"},
                [](readside::Queries& queries) { return queries.payment_batches(); });
}

kj::Promise<void> QueriesServer::invoices(InvoicesContext context) {
  return answer_filtered<readside::InvoiceFilter>(context, {"invoices", "directory"}, &readside::Queries::invoices);
}

kj::Promise<void> QueriesServer::invoiceLines(InvoiceLinesContext context) {
  const InvoiceId invoice(codec::read_id(context.getParams().getInvoice()));
  return answer(context, {"invoices", "directory"},
                [invoice](readside::Queries& queries) { return queries.invoice_lines(invoice); });
}

kj::Promise<void> QueriesServer::journal(JournalContext context) {
  return answer_filtered<readside::JournalFilter>(context, {"journal"}, &readside::Queries::journal);
}

kj::Promise<void> QueriesServer::trialBalance(TrialBalanceContext context) {
  return answer_filtered<readside::JournalFilter>(context, {"journal"}, &readside::Queries::trial_balance);
}

kj::Promise<void> QueriesServer::reconcileHours(ReconcileHoursContext context) {
  return answer(context, {"timesheets", "payroll_balances", "invoices", "open_items", "directory"},
                [](readside::Queries& queries) { return queries.reconcile_hours(); });
}

kj::Promise<void> QueriesServer::reconcileDebtors(ReconcileDebtorsContext context) {
  return answer(context, {"invoices", "journal", "directory"},
                [](readside::Queries& queries) { return queries.reconcile_debtors(); });
}

kj::Promise<void> QueriesServer::explain(ExplainContext context) {
  const Uuid document = codec::read_id(context.getParams().getDocument());
  const std::uint32_t line = context.getParams().getLine();
  return answer(context, {"payroll_balances", "invoices", "timesheets", "approvals", "directory"},
                [document, line](readside::Queries& queries) { return queries.explain(document, line); });
}

}  // namespace placet::rpc
