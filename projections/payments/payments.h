#pragma once

#include <vector>

#include "projections/event_groups.h"
#include "projections/hours/lines.h"
#include "projections/projection.h"

namespace placet::projections {

/// Payments that leave together. For staff.
struct PaymentBatches {
  static constexpr std::string_view kName = "payments.batches";
  using Key = BatchId;
  struct Row {
    LogPosition position;
    std::uint32_t count = 0;
    Money amount;
    Money returned;
    Digest hash{};                     // what a release echoes
    std::vector<PersonId> changed_by;  // who changed an account of a payee shortly before
    Timestamp changed_at;              // last
    bool released = false;
    Timestamp released_at;
    bool settled = false;
    template <class A>
    void serialize(A& archive) {
      archive(position, count, amount, returned, hash, changed_by, changed_at, released, released_at, settled);
    }
  };
};
struct PaymentBatchesByPosition {
  static constexpr std::string_view kName = "payments.batches_by_position";
  using Key = std::tuple<LogPosition, BatchId>;
  using Row = Present;
};

/// Withdrawn and returned say what became of one payment; all else is what became of its batch.
enum class PaymentFate : std::uint8_t { with_its_batch, withdrawn, returned };

/// One payment. For the worker and staff.
struct Payments {
  static constexpr std::string_view kName = "payments.payments";
  using Key = PaymentId;
  struct Row {
    LogPosition position;
    BatchId batch;
    EmploymentId employment;
    WorkerId worker;
    RunId run;  // whose payslips made it due; may be nil
    Money amount;
    LogPosition account;  // the fact that says where it goes
    PaymentFate fate = PaymentFate::with_its_batch;
    domain::ReturnReason why = domain::ReturnReason::unspecified;
    template <class A>
    void serialize(A& archive) {
      archive(position, batch, employment, worker, run, amount, account, fate, why);
    }
  };
};
struct PaymentsByPosition {
  static constexpr std::string_view kName = "payments.by_position";
  using Key = std::tuple<LogPosition, PaymentId>;
  using Row = Present;
};
struct PaymentsOfParty {
  static constexpr std::string_view kName = "payments.of_party";
  using Key = std::tuple<PartyId, LogPosition, PaymentId>;
  using Row = Present;
};

/// What was paid to whom, by whose leave, and what came back?
struct PaymentsMade {
  static constexpr std::string_view kName = "payments";
  static constexpr std::uint32_t kVersion = 1;
  using Tables =
      projections::Tables<PaymentBatches, PaymentBatchesByPosition, Payments, PaymentsByPosition, PaymentsOfParty>;
  using Ignores = Join<
      SystemEvents, PersonEvents, AccountEvents, ControlEvents, WorkerEvents, ClientEvents, AgencyEvents,
      EmploymentEvents, PlacementLifeEvents, EntryEvents, SheetEvents, SettlementEvents, RunEvents, InvoiceEvents,
      BooksEvents, TwoPersonEvents, NoticeEvents,
      Types<domain::PlacementProposed, domain::CalendarPublished, domain::PayslipCalculated, domain::AdvanceGranted>>;

  using Meta = domain::Meta;
  static void apply(Tables& rows, const domain::PaymentPrepared& event, const Meta& meta);
  static void apply(Tables& rows, const domain::PaymentWithdrawn& event, const Meta& meta);
  static void apply(Tables& rows, const domain::PaymentReturned& event, const Meta& meta);
  static void apply(Tables& rows, const domain::PaymentsAdded& event, const Meta& meta);
  static void apply(Tables& rows, const domain::PaymentTakenOut& event, const Meta& meta);
  static void apply(Tables& rows, const domain::PaymentsReleased& event, const Meta& meta);
  static void apply(Tables& rows, const domain::PaymentsSettled& event, const Meta& meta);
};

}  // namespace placet::projections
