#pragma once

// What the records say of hours and money. As model.h, it includes nothing of src/.

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "schema/record.capnp.h"
#include "tests/sim/model.h"

namespace placet::sim {

/// By name, what it judges:
///
///   OwnHours     a person approves, who is neither the worker nor one who entered those hours, nor lent by such a one
///   AsEntered    what is submitted, approved or accepted are the minutes that were entered and wait on those days;
///                they do not change any more
///   PaidOnce     all payslips of a sheet add up to its payable minutes, whenever one is added
///   InvoicedOnce all invoices of a sheet, less what was credited, add up to its approved minutes
///   TwoPersons   who agrees is another one than who proposed just that; acts about money are agreed to
///   Payslip      gross and minutes are the sum of its hours, and of what the sheets say is paid; net is gross less
///                what is taken off, and not below 0
///   Run          is approved with as many payslips, and as much, as were added
///   DueOnce      no more is on its way to somebody than net pay and advances made due
///   Batch        is released with as many payments, and as much, as were added and not taken out
///   Invoice      lines add up to net, net and VAT to gross; numbers have no gap
///
/// Persons who were found to be one human being count as one.
class Facts {
 public:
  using Expect = std::function<void(bool kept, const std::string& what)>;
  explicit Facts(Expect expect) : expect_(std::move(expect)) {}

  void see(schema::Record::Reader record);
  const std::map<std::string, std::size_t>& judged() const { return judged_; }

 private:
  using Days = capnp::List<std::int32_t>::Reader;
  enum class Stage { open, submitted, accepted, approved };
  struct Line {
    std::int32_t day = 0;
    std::int64_t minutes = 0;
    std::set<Id> enterers;
    Stage stage = Stage::open;
    bool was_accepted = false;
  };
  struct Sheet {
    Id placement;
    std::map<Id, Line> lines;
    std::int64_t paid = 0;
    std::map<Id, std::int64_t> invoiced;  // by invoice
  };
  struct Total {
    std::int64_t count = 0, first = 0, second = 0;
  };
  struct Invoice {
    std::int64_t lines = 0, net = 0;
  };
  /// Sums over the command that is being seen.
  struct Command {
    Id agreed_by, proposed_by;
    std::optional<std::int64_t> gross;
    std::int64_t hours_paid = 0, hours_invoiced = 0, invoice_lines = 0;
  };

  void see_hours(schema::Record::Reader record);
  void see_pay(schema::Record::Reader record);
  void see_invoice(schema::Record::Reader record);
  void see_persons(schema::Record::Reader record);
  void end_command();
  void approved(schema::Record::Reader record, const Sheet& sheet);
  void payslip(schema::PayslipCalculated::Reader slip);
  static std::int64_t move(Sheet& sheet, Days days, const std::set<Stage>& from, Stage to);
  static bool waits(const Line& line) { return line.stage == Stage::submitted || line.stage == Stage::accepted; }
  static std::int64_t waiting_minutes(const Sheet& sheet, Days days);
  static void reverse(Sheet& sheet, Days days);
  static std::int64_t minutes_of(const Sheet& sheet, const std::set<Stage>& stages);
  bool same(const Id& a, const Id& b) const;
  void expect(bool kept, const char* name, const char* what = "");

  Expect expect_;
  std::map<std::string, std::size_t> judged_;
  std::uint64_t position_ = 0;
  Command command_;
  std::map<Id, std::set<Id>> joined_;
  std::map<Id, Id> worker_of_;  // placement, person
  std::map<Id, Sheet> sheets_;
  std::map<std::uint64_t, std::pair<Id, std::string>> proposals_;  // by position: the proposer, the hash
  std::map<Id, Total> runs_;                                       // payslips, gross, net
  std::map<Id, Total> batches_;                                    // payments, amount
  std::map<Id, std::int64_t> due_;                                 // by pay account
  std::map<Id, Invoice> invoices_;
  std::map<std::pair<std::uint16_t, std::uint16_t>, std::uint32_t> numbers_;  // the last, by kind and year
};

}  // namespace placet::sim
