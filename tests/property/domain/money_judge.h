#pragma once

// Reads a log and says which promises about money it breaks. It shares no state and no rule with the domain: rates,
// hours, accounts and who is who are told from the events alone, and every amount and hash is computed anew.

#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "tests/property/domain/history.h"

namespace placet::domain::testing {

class MoneyJudge {
 public:
  explicit MoneyJudge(const History& history);

  /// What breaks the promise of that name; empty when it is kept.
  const std::string& broken(const std::string& promise) { return broken_[promise]; }
  /// How many facts the promise was tried on.
  std::size_t tried(const std::string& promise) { return tried_[promise]; }

 private:
  using Price = std::tuple<HourType, std::int64_t, std::int32_t>;  // per hour in cents, surcharge
  struct Sum {
    std::int64_t minutes = 0, cents = 0;
    friend bool operator==(const Sum&, const Sum&) = default;
  };
  using Sums = std::map<Price, Sum>;

  // --- hours
  enum class Stage { open, submitted, accepted, approved };
  struct Hours {
    HourType type = HourType::unspecified;
    Worked worked;
    Stage stage = Stage::open;
    bool was_accepted = false;  // before it was approved
    bool paid = false;
    bool payable() const { return stage == Stage::accepted || stage == Stage::approved; }
  };
  struct OnInvoice {
    InvoiceId invoice;
    Sums lines;
    std::int64_t purchase = 0, margin = 0;
    std::set<EntryId> hours;
  };
  struct Sheet {
    PlacementId placement;
    Period period;
    std::map<EntryId, Hours> hours;
    Sums paid;
    std::vector<OnInvoice> invoices;
    InvoiceId freed_by;  // the credit note that freed hours, until they are invoiced again
    bool invoiced(EntryId entry) const;
  };
  struct Rate {
    Date from;
    std::int64_t cents = 0;
    std::map<HourType, std::int32_t> surcharges;
  };
  struct Job {
    ClientId client;
    std::vector<Rate> pay, client_rates;
  };

  // --- pay
  struct Paid {
    std::string kind;  // and year and rate: what runs on together
    std::int64_t base = 0, reserved = 0;
  };
  struct Payment {
    EmploymentId employment;
    WorkerId worker;
    std::int64_t cents = 0;
    LogPosition account;
    bool back = false;
  };
  struct Account {
    std::map<RunId, std::int64_t> due;
    std::int64_t earned = 0, advances = 0;  // ever; still to be recovered
    std::map<PayslipLineKind, Paid> accruals;
  };
  struct Run {
    bool opened = false, approved = false;
    Date booked_on;
    std::vector<PayslipCalculated> payslips;
  };
  struct Batch {
    std::map<PaymentId, Payment> payments;
    std::set<PaymentId> out;
    Digest hash{};
    bool released = false;
  };
  struct BankChange {
    LogPosition at;
    Timestamp when;
    PersonId first, second;
  };

  // --- invoices
  struct Bill {
    InvoiceKind kind = InvoiceKind::unspecified;
    ClientId client;
    InvoiceId credits;
    std::vector<InvoiceLine> lines;
    bool issued = false;
    std::int64_t net = 0, vat = 0, gross = 0, settled = 0, credited_net = 0, credited_vat = 0;
    std::int32_t basis_points = 0;
  };
  struct Published {
    Date from;
    Parameter value;
  };

  void see(const Story::Recorded& record);
  void see_sheet(const Story::Recorded& record, Sheet& sheet);
  void see_job(const Event& event, Job& job);
  void see_account(const Story::Recorded& record);
  void see_run(const Story::Recorded& record);
  void see_batch(const Story::Recorded& record);
  void see_bill(const Story::Recorded& record);
  void see_books(const Story::Recorded& record);

  void payslip(const Story::Recorded& record, const PayslipCalculated& slip);
  void released(const Story::Recorded& record, const PaymentsReleased& event, Batch& batch);
  void closed(const Story::Recorded& record);
  void issued(const Story::Recorded& record, const InvoiceIssued& event, Bill& bill);
  void credited(const Story::Recorded& record, const HoursCredited& event, Sheet& sheet);
  void give_back(const Story::Recorded& record, BatchId batch, PaymentId payment, Money amount);
  void move(Sheet& sheet, const std::vector<Date>& days, const std::set<Stage>& from, Stage to);

  static void add(Sums& sums, const std::vector<PricedLine>& lines, int sign = 1);
  std::optional<Sums> worth(const Sheet& sheet, const std::vector<Rate>& rates, bool approved_only) const;
  std::optional<Parameter> published(ParameterKind kind, Date day) const;
  bool same(PersonId a, PersonId b) const;
  /// Another human being than the actor, who proposed it; nil: nobody did.
  PersonId proposer_of(const Story::Recorded& record) const;
  void by_two(const Story::Recorded& record);
  /// The event of that kind on that stream, in the same command; nullptr: none.
  template <class E>
  const E* beside(const Story::Recorded& record, StreamId stream) const;
  void expect(bool kept, const char* promise, const Story::Recorded& record, const std::string& what = {});

  const std::vector<Story::Recorded>& log_;
  std::map<StreamId, Sheet> sheets_;
  std::map<PlacementId, Job> jobs_;
  std::map<EmploymentId, Account> accounts_;
  std::map<RunId, Run> runs_;
  std::map<BatchId, Batch> batches_;
  std::map<WorkerId, std::vector<BankChange>> banks_;
  std::map<InvoiceId, Bill> bills_;
  std::set<ClientId> with_vat_id_;
  std::map<std::pair<InvoiceKind, std::uint16_t>, std::uint32_t> numbers_;
  std::map<InvoiceId, std::uint32_t> number_of_;
  std::vector<Published> published_;
  std::optional<Date> closed_through_;
  std::map<PersonId, std::set<PersonId>> joined_;
  std::map<std::string, std::string> broken_;
  std::map<std::string, std::size_t> tried_;
};

template <class E>
const E* MoneyJudge::beside(const Story::Recorded& record, StreamId stream) const {
  const std::uint64_t first = record.meta.position.value - record.meta.index;
  for (std::uint64_t at = first; at < first + record.meta.count; ++at) {
    const auto* found = std::get_if<E>(&log_[at].event);
    if (found != nullptr && (log_[at].meta.stream == stream || stream == StreamId{})) return found;
  }
  return nullptr;
}

}  // namespace placet::domain::testing
