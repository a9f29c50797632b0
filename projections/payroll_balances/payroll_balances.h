#pragma once

#include <vector>

#include "domain/streams.h"
#include "projections/event_groups.h"
#include "projections/hours/lines.h"
#include "projections/projection.h"

namespace placet::projections {

/// What the employer owes a worker and he the employer. For the worker and staff.
struct PayBalances {
  static constexpr std::string_view kName = "payroll_balances.balances";
  using Key = EmploymentId;
  static StreamId rests_on(const Key& key) { return domain::pay_account_stream_of(key); }
  struct Row {
    WorkerId worker;
    std::uint32_t payslips = 0;
    Minutes paid_minutes;
    Money gross;
    Money net;                // of payslips
    Money due;                // net amounts and advances, in no batch of payments
    Money in_payment;         // in a batch, or paid by it
    Money advances;           // to be recovered
    Money holiday_allowance;  // reserved
    Minutes leave;            // earned
    Money leave_reserve;      // what it is worth
    LogPosition changed;
    template <class A>
    void serialize(A& archive) {
      archive(worker, payslips, paid_minutes, gross, net, due, in_payment, advances, holiday_allowance, leave,
              leave_reserve, changed);
    }
  };
};
struct PayBalancesOfWorker {
  static constexpr std::string_view kName = "payroll_balances.of_worker";
  using Key = std::tuple<PartyId, EmploymentId>;
  static StreamId rests_on(const Key& key) { return domain::pay_account_stream_of(std::get<EmploymentId>(key)); }
  static constexpr bool kNeverErased = true;
  using Row = Present;
};

struct Payslips {
  static constexpr std::string_view kName = "payroll_balances.payslips";
  using Key = PayslipId;
  struct Row {
    LogPosition position;
    WorkerId worker;
    EmploymentId employment;
    RunId run;
    Date booked_on;
    Timestamp at;
    std::vector<domain::PayslipLine> lines;
    Minutes minutes;
    Money gross;
    Money net;
    LogPosition parameters;
    template <class A>
    void serialize(A& archive) {
      archive(position, worker, employment, run, booked_on, at, lines, minutes, gross, net, parameters);
    }
  };
};
struct PayslipsByPosition {
  static constexpr std::string_view kName = "payroll_balances.payslips_by_position";
  using Key = std::tuple<LogPosition, PayslipId>;
  using Row = Present;
};
struct PayslipsOfParty {
  static constexpr std::string_view kName = "payroll_balances.payslips_of_party";
  using Key = std::tuple<PartyId, LogPosition, PayslipId>;
  using Row = Present;
};

/// For staff.
struct PayrollRuns {
  static constexpr std::string_view kName = "payroll_balances.runs";
  using Key = RunId;
  struct Row {
    LogPosition position;
    domain::Period period;
    Date booked_on;
    Date pay_on;
    std::uint64_t basis = 0;
    std::uint32_t payslips = 0;
    Money gross;
    Money net;
    Digest hash{};  // what an approval echoes
    bool approved = false;
    bool closed = false;
    template <class A>
    void serialize(A& archive) {
      archive(position, period, booked_on, pay_on, basis, payslips, gross, net, hash, approved, closed);
    }
  };
};
struct PayrollRunsByPosition {
  static constexpr std::string_view kName = "payroll_balances.runs_by_position";
  using Key = std::tuple<LogPosition, RunId>;
  using Row = Present;
};

/// What payslips have of a sheet, each of them.
struct PaidSheets {
  static constexpr std::string_view kName = "payroll_balances.sheets";
  using Key = std::tuple<SheetId, PayslipId>;
  struct Row {
    Minutes minutes;
    Money amount;
    template <class A>
    void serialize(A& archive) {
      archive(minutes, amount);
    }
  };
};

/// What did each worker earn, what is due to him, and what is reserved for him?
struct PayrollBalances {
  static constexpr std::string_view kName = "payroll_balances";
  static constexpr std::uint32_t kVersion = 2;
  using Tables = projections::Tables<PayBalances, PayBalancesOfWorker, Payslips, PayslipsByPosition, PayslipsOfParty,
                                     PayrollRuns, PayrollRunsByPosition, PaidSheets>;
  using Ignores = Join<SystemEvents, PersonEvents, AccountEvents, ControlEvents, WorkerEvents, ClientEvents,
                       AgencyEvents, EmploymentEvents, PlacementLifeEvents, EntryEvents, SheetEvents, PaymentEvents,
                       InvoiceEvents, BooksEvents, TwoPersonEvents, NoticeEvents,
                       Types<domain::PlacementProposed, domain::CalendarPublished, domain::HoursInvoiced,
                             domain::HoursCredited, domain::MarginBooked>>;

  using Meta = domain::Meta;
  static void apply(Tables& rows, const domain::HoursPaid& event, const Meta& meta);
  static void apply(Tables& rows, const domain::PayslipCalculated& event, const Meta& meta);
  static void apply(Tables& rows, const domain::AdvanceGranted& event, const Meta& meta);
  static void apply(Tables& rows, const domain::PaymentPrepared& event, const Meta& meta);
  static void apply(Tables& rows, const domain::PaymentWithdrawn& event, const Meta& meta);
  static void apply(Tables& rows, const domain::PaymentReturned& event, const Meta& meta);
  static void apply(Tables& rows, const domain::RunOpened& event, const Meta& meta);
  static void apply(Tables& rows, const domain::PayslipAdded& event, const Meta& meta);
  static void apply(Tables& rows, const domain::RunApproved& event, const Meta& meta);
  static void apply(Tables& rows, const domain::RunClosed& event, const Meta& meta);
};

}  // namespace placet::projections
