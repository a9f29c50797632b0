#include "crypto/sha256.h"
#include "tests/property/domain/judging.h"
#include "tests/property/domain/money_judge.h"

// Parameters and books, pay and payments.

namespace placet::domain::testing {

namespace {

/// Bytes that are hashed, as the design writes them down.
class Canonical {
 public:
  explicit Canonical(std::string_view name) : bytes_(name) {}
  Canonical& digest(const Digest& value) {
    for (const auto byte : value) bytes_.push_back(static_cast<char>(byte));
    return *this;
  }
  Canonical& number(std::uint64_t value, int bytes) {
    for (int left = bytes; left > 0; --left) bytes_.push_back(static_cast<char>(value >> (8 * (left - 1)) & 0xff));
    return *this;
  }
  Canonical& number(std::int64_t value, int bytes) { return number(static_cast<std::uint64_t>(value), bytes); }
  Canonical& id(const Uuid& value) { return number(value.hi, 8).number(value.lo, 8); }
  Digest hash() const { return crypto::sha256(bytes_); }

 private:
  Bytes bytes_;
};

}  // namespace

// --- parameters, books --------------------------------------------------------------------------------------------

void MoneyJudge::see_books(const Story::Recorded& record) {
  std::visit(Cases{[&](const ParametersPublished& event) {
                     by_two(record);
                     for (const Parameter& value : event.values) published_.push_back({event.from, value});
                   },
                   [&](const PeriodClosed& event) {
                     by_two(record);
                     expect(!closed_through_ || *closed_through_ < event.through, "NothingIntoAClosedPeriod", record);
                     closed_through_ = event.through;
                   },
                   Others{}},
             record.event);
}

std::optional<Parameter> MoneyJudge::published(ParameterKind kind, Date day) const {
  std::optional<Date> latest;
  for (const Published& one : published_) {
    if (one.value.kind == kind && one.from <= day) latest = std::max(latest.value_or(one.from), one.from);
  }
  std::optional<Parameter> learnt_last;
  for (const Published& one : published_) {
    if (one.value.kind == kind && one.from == latest) learnt_last = one.value;
  }
  return learnt_last;
}

// --- pay ----------------------------------------------------------------------------------------------------------

void MoneyJudge::payslip(const Story::Recorded& record, const PayslipCalculated& slip) {
  Account& account = accounts_[EmploymentId(record.meta.stream.id)];
  Run& run = runs_[slip.run];
  expect(run.opened && !run.approved, "NothingAfterApproval", record);
  expect(run.booked_on == slip.booked_on, "RunHoldsItsPayslips", record, "the booked day");
  run.payslips.push_back(slip);

  std::int64_t gross = 0, minutes = 0, off = 0, recovered = 0, carried = 0;
  std::map<StreamId, Sums> of_sheets;
  for (const PayslipLine& line : slip.lines) {
    if (line.kind == PayslipLineKind::hours) {
      gross += line.amount.count();
      minutes += line.minutes.count();
      if (line.hours && line.period)
        add(of_sheets[stream_of(sheet_of(kLedger, line.placement, *line.period))], {*line.hours});
    }
    if (line.kind == PayslipLineKind::advance_recovered) recovered -= line.amount.count();
    if (line.kind == PayslipLineKind::carried_forward) carried += line.amount.count();
    if (line.kind == PayslipLineKind::advance_recovered || line.kind == PayslipLineKind::carried_forward)
      off += line.amount.count();
  }
  const char* gross_less = "NetIsGrossLessDeductions";
  expect(gross == slip.gross.count() && minutes == slip.minutes.count(), gross_less, record, "gross");
  expect(gross + off == slip.net.count(), gross_less, record, "net");
  for (auto& [sheet, sums] : of_sheets) {
    const auto* paid = beside<HoursPaid>(record, sheet);
    if (paid != nullptr) add(sums, paid->lines, -1);
    expect(paid != nullptr && sums.empty(), gross_less, record, "of other hours than were paid");
  }
  expect(0 <= recovered && recovered <= account.advances, gross_less, record, "recovers more than the advances");
  expect(slip.net.count() >= 0, "NetIsNeverNegative", record);
  expect(recovered == 0 || recovered <= gross, "NetIsNeverNegative", record, "recovers more than it pays");
  expect(carried == 0 || (carried > 0 && slip.net.count() == 0), "NetIsNeverNegative", record, "carried for nothing");
  account.advances += carried - recovered;
  account.earned += slip.net.count();
  account.due[slip.run] += slip.net.count();

  for (const PayslipLine& line : slip.lines) {
    const bool leave = line.kind == PayslipLineKind::leave_hours || line.kind == PayslipLineKind::leave_reserve;
    if (!leave && line.kind != PayslipLineKind::holiday_allowance) continue;
    const ParameterKind kind = leave ? ParameterKind::leave : ParameterKind::holiday_allowance;
    expect(line.rate == published(kind, slip.booked_on), "LatestPublicationCounts", record);
    if (!line.rate) continue;
    const std::string runs_on = std::to_string(slip.booked_on.year()) + " at " + std::to_string(line.rate->numerator) +
                                "/" + std::to_string(line.rate->denominator);
    Paid& accrual = account.accruals[line.kind];
    if (accrual.kind != runs_on) accrual = {runs_on, 0, 0};
    const bool of_minutes = line.kind == PayslipLineKind::leave_hours;
    accrual.base += of_minutes ? minutes : gross;
    accrual.reserved += of_minutes ? line.minutes.count() : line.amount.count();
    expect(accrual.reserved == rounded_down(Wide{accrual.base} * line.rate->numerator, line.rate->denominator),
           "AccrualsAreCumulative", record, runs_on);
    expect(accrual.base == line.base, "AccrualsAreCumulative", record, "the sum that runs on");
  }
}

void MoneyJudge::give_back(const Story::Recorded& record, BatchId batch, PaymentId payment, Money amount) {
  const auto found = batches_[batch].payments.find(payment);
  const bool there = found != batches_[batch].payments.end() && !found->second.back;
  expect(
      there && found->second.cents == amount.count() && found->second.employment == EmploymentId(record.meta.stream.id),
      "DueIsPaidOnce", record, "comes back");
  if (!there) return;
  found->second.back = true;
  accounts_[found->second.employment].due[{}] += amount.count();
}

void MoneyJudge::see_account(const Story::Recorded& record) {
  const EmploymentId employment(record.meta.stream.id);
  Account& account = accounts_[employment];
  std::visit(
      Cases{[&](const PayslipCalculated& slip) { payslip(record, slip); },
            [&](const AdvanceGranted& event) {
              by_two(record);
              account.earned += event.amount.count();
              account.advances += event.amount.count();
              account.due[{}] += event.amount.count();
            },
            [&](const PaymentPrepared& event) {
              const auto due = account.due.find(event.run);
              expect(due != account.due.end() && due->second == event.amount.count() && event.amount.count() > 0,
                     "DueIsPaidOnce", record, "prepared");
              expect(event.run.is_nil() || runs_[event.run].approved, "DueIsPaidOnce", record, "of an open run");
              if (due != account.due.end()) account.due.erase(due);
              const bool fresh =
                  batches_[event.batch]
                      .payments
                      .insert({event.payment, {employment, event.worker, event.amount.count(), event.account, false}})
                      .second;
              expect(fresh, "DueIsPaidOnce", record, "under an id in use");
            },
            [&](const PaymentWithdrawn& event) { give_back(record, event.batch, event.payment, event.amount); },
            [&](const PaymentReturned& event) { give_back(record, event.batch, event.payment, event.amount); },
            Others{}},
      record.event);
  std::int64_t now = 0;
  for (const auto& [run, cents] : account.due) now += cents;
  for (const auto& [id, batch] : batches_) {
    for (const auto& [payment, one] : batch.payments) now += one.employment == employment && !one.back ? one.cents : 0;
  }
  expect(now == account.earned, "DueIsPaidOnce", record, "the sum");
}

void MoneyJudge::see_run(const Story::Recorded& record) {
  Run& run = runs_[RunId(record.meta.stream.id)];
  std::visit(Cases{[&](const RunOpened& event) {
                     run.opened = true;
                     run.booked_on = event.booked_on;
                   },
                   [&](const PayslipAdded& event) {
                     expect(!run.approved, "NothingAfterApproval", record);
                     expect(!run.payslips.empty() && run.payslips.back().payslip == event.payslip &&
                                run.payslips.back().gross == event.gross && run.payslips.back().net == event.net,
                            "RunHoldsItsPayslips", record);
                   },
                   [&](const RunApproved& event) {
                     by_two(record);
                     std::int64_t gross = 0, net = 0;
                     Digest hash{};
                     for (const PayslipCalculated& slip : run.payslips) {
                       gross += slip.gross.count();
                       net += slip.net.count();
                       hash = Canonical("placet-run-v1")
                                  .digest(hash)
                                  .id(slip.payslip.value)
                                  .number(slip.gross.count(), 8)
                                  .number(slip.net.count(), 8)
                                  .hash();
                     }
                     expect(event.payslips == run.payslips.size() && event.payslips > 0, "RunHoldsItsPayslips", record,
                            "how many");
                     expect(event.gross.count() == gross && event.net.count() == net, "RunHoldsItsPayslips", record,
                            "sums");
                     expect(event.hash == hash, "RunHoldsItsPayslips", record, "hash");
                     run.approved = true;
                   },
                   Others{}},
             record.event);
}

// --- payment ------------------------------------------------------------------------------------------------------

void MoneyJudge::released(const Story::Recorded& record, const PaymentsReleased& event, Batch& batch) {
  constexpr std::int64_t kSevenDays = 7 * std::int64_t{86'400'000'000};
  by_two(record);
  std::int64_t cents = 0;
  std::uint32_t count = 0;
  for (const auto& [id, payment] : batch.payments) {
    if (payment.back) continue;
    ++count;
    cents += payment.cents;
    const auto& changes = banks_[payment.worker];
    expect(!changes.empty() && changes.back().at == payment.account, "PaidToTheAccountInForce", record,
           "to " + payment.worker.to_string());
    for (const BankChange& change : changes) {
      if (record.meta.recorded_at.micros - change.when.micros >= kSevenDays) continue;
      for (const PersonId changer : {change.first, change.second}) {
        for (const PersonId releaser : {record.meta.actor.person, proposer_of(record)})
          expect(!same(releaser, changer), "NotByWhoChangedTheAccount", record);
      }
    }
  }
  expect(!batch.released && count > 0 && event.count == count, "ReleasedAsSeen", record, "how many");
  expect(event.amount.count() == cents, "ReleasedAsSeen", record, "amount");
  expect(event.hash == batch.hash, "ReleasedAsSeen", record, "hash");
  batch.released = true;
}

/// The account that is closed is the one from which a payment came back.
void MoneyJudge::closed(const Story::Recorded& record) {
  const auto& changes = banks_[WorkerId(record.meta.stream.id)];
  const auto* back = beside<PaymentReturned>(record, {});
  expect(
      back != nullptr && !changes.empty() && batches_[back->batch].payments[back->payment].account == changes.back().at,
      "PaidToTheAccountInForce", record, "another account than was paid to");
}

void MoneyJudge::see_batch(const Story::Recorded& record) {
  Batch& batch = batches_[BatchId(record.meta.stream.id)];
  std::visit(Cases{[&](const PaymentsAdded& event) {
                     expect(!batch.released, "ReleasedAsSeen", record, "added to a released batch");
                     const std::uint64_t first = record.meta.position.value - record.meta.index;
                     std::uint32_t count = 0;
                     for (std::uint64_t at = first; at < record.meta.position.value; ++at) {
                       const auto* payment = std::get_if<PaymentPrepared>(&log_[at].event);
                       if (payment == nullptr) continue;
                       ++count;
                       batch.hash = Canonical("placet-payments-v1")
                                        .digest(batch.hash)
                                        .id(payment->payment.value)
                                        .number(payment->amount.count(), 8)
                                        .hash();
                     }
                     expect(event.count == count, "ReleasedAsSeen", record, "how many were added");
                   },
                   [&](const PaymentTakenOut& event) {
                     expect(!batch.released, "ReleasedAsSeen", record, "taken out of a released batch");
                     batch.hash = Canonical("placet-taken-out-v1").digest(batch.hash).id(event.payment.value).hash();
                   },
                   [&](const PaymentsReleased& event) { released(record, event, batch); }, Others{}},
             record.event);
}

}  // namespace placet::domain::testing
