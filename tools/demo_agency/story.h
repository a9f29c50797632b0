#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "tools/client/back_office.h"
#include "tools/demo_agency/agency.h"
#include "tools/demo_agency/books.h"

namespace placet::demo {

/// Three weeks of the sample agency and what they came to in money, Monday 12 October to Thursday 5 November 2026.
/// Every step is taken over RPC by the person who takes it, and every outcome is checked: one that is not as told
/// throws.
class Story {
 public:
  /// `tell` gets each sentence when what it says has happened.
  using Tell = std::function<void(const std::string& sentence)>;
  Story(Agency& agency, Tell tell)
      : agency_(agency), back_office_(agency.office().desk(), agency.random()), tell_(std::move(tell)) {}

  void run();
  /// What the story itself has counted.
  const Books& books() const { return books_; }

 private:
  /// Hours of one placement in one period.
  struct Sheet {
    Worker* worker;
    const PlacementAt* at;
    domain::Period period;
    SheetId id;
  };
  struct Hours {
    int weekday;  // 0: Monday
    int minutes;
  };
  struct InvoiceAmounts {
    std::string number;
    std::int64_t gross = 0, open = 0;  // cents
  };

  // The steps, in order.
  void a_plain_week();
  void a_refusal_corrected();
  void three_of_five_days();
  void entries_that_moved();
  void an_empty_week();
  void two_placements_in_one_week();
  void the_day_of_25_hours();
  void own_hours_through_a_second_account();
  void a_second_week();
  void an_approval_taken_back();
  void a_late_approval();
  void a_substitute();
  void monthly_sheets();
  void hours_accepted_for_pay();

  // And what became of the hours in money: story_money.cc.
  void the_first_payroll();
  void an_account_changed_before_pay_day();
  void a_pay_day();
  void a_payment_that_came_back();
  void the_second_payroll();
  void what_was_held_is_paid();
  void a_part_payment();
  void a_rate_raised_backwards();
  void the_second_pay_day();
  void a_third_week();
  void paid_hours_taken_back();
  void the_third_payroll();
  void the_last_pay_day();
  void a_period_closed();

  static void expect(bool as_told, const std::string& what);
  static Date day_of(int week, int weekday) { return kFirstMonday.plus_days(7 * week + weekday); }
  Sheet week_of(const std::string& name, int week, std::size_t placement = 0);
  Sheet sheet_of(Worker& worker, std::size_t placement, domain::PeriodKind kind, Date day);
  /// A new entry of those hours.
  domain::RecordEntry entry_of(const Sheet& sheet, const domain::Worked& worked);
  /// The worker enters plain minutes on days of that week; answers the entries' ids.
  std::vector<EntryId> enter(const Sheet& sheet, int week, const std::vector<Hours>& hours);
  void change(const Sheet& sheet, EntryId entry, Date day, int minutes);
  void submit(const Sheet& sheet);
  /// Reads the sheet, which must hold so many minutes on those days, and approves them by what was read.
  void approve(client::Desk& approver, const Sheet& sheet, std::uint64_t minutes, const std::vector<Date>& days = {});
  /// A whole week of everybody who keeps hours by week and is in no step of his own; monthly hours are only entered.
  void work_a_week(int week);
  void approve_a_week(int week, const std::string& but = {});
  client::Desk& manager_of(const Sheet& sheet) { return *sheet.at->client->manager.desk; }
  void act(client::Desk& desk, const domain::Command& command) { desk.act({command}, agency_.random()); }
  void refused(client::Desk& desk, const domain::Command& command, domain::RejectionCode code);
  /// A run of all that waits, approved by two; and an invoice for each client.
  client::RunDone pay_and_invoice(int week);
  /// Both agree to exactly those payments, and the bank books them.
  void release(const client::PaymentsDone& payments);
  /// The last invoice of that client.
  InvoiceId invoice_of(const std::string& client) const;
  /// Of the named invoice or credit note.
  InvoiceAmounts amounts_of(InvoiceId invoice);

  Agency& agency_;
  client::BackOffice back_office_;
  Tell tell_;
  Books books_;
  std::vector<client::InvoiceDone> invoices_;  // of the last payroll
  client::RunDone run_;                        // the last one
  RunId second_run_;
  client::PaymentsDone held_;
};

}  // namespace placet::demo
