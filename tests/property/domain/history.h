#pragma once

// A random ledger, decided and folded as a real one: every kind of command, most as somebody would send them, some as
// nobody should. The same seed gives the same history. For property tests of the domain and of whatever reads it.

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/random.h"
#include "domain/calendar/calendar.h"
#include "domain/timesheet/timesheet.h"
#include "tests/unit/domain/harness.h"

namespace placet::domain::testing {

/// A command that somebody sent, and what came of it.
struct Attempt {
  Command command;
  Actor actor;
  bool proposed = false;  // written down for a second person
  std::optional<Rejection> refused;
  LogSize before, after;  // its events are the records in between
};

class History {
 public:
  /// A small world: offices, two agencies, three clients with their contacts, five workers at work.
  explicit History(std::uint64_t seed);

  /// Sends one more command, or lets a night pass and sends one.
  void step();
  void run(std::size_t commands);

  std::uint64_t seed() const { return seed_; }
  Story& story() { return story_; }
  const std::vector<Story::Recorded>& log() const { return story_.log(); }
  const std::vector<Attempt>& attempts() const { return attempts_; }

  /// How often each kind of command was sent and accepted, and each code refused, by its number.
  struct Counts {
    std::array<std::size_t, std::variant_size_v<Command::Alternatives>> sent{}, accepted{};
    std::array<std::size_t, kRejectionCodeCount> refused{};
  };
  const Counts& counts() const { return counts_; }
  /// The counts as text, a line per kind.
  std::string table() const;
  /// What a history must hold and this one does not, a line each: a kind of command that was accepted, a refusal.
  std::string missing() const;

 private:
  struct Try {
    Command command;
    PersonId by;  // nil: the service itself
  };
  struct AgencyAt {
    AgencyId id;
    PersonId recruiter;
  };
  struct ClientAt {
    ClientId id;
    PersonId signatory, machine;
    std::vector<PersonId> approvers;
  };
  struct WorkerAt {
    WorkerId id;
    PersonId person;
    AgencyId agency;
    EmploymentId employment;  // the last; nil before the first
  };
  struct SheetAt {
    PlacementId placement;
    Period period;
  };
  using Maker = Try (History::*)();
  struct Kind {
    Maker make;
    unsigned weight;
  };
  static const std::vector<Kind>& kinds();  // history_kinds.cc

  // The world and its growth: history.cc
  void found();
  void hire();
  WorkerAt& candidate();
  void employ(PersonId person);
  void send(const Try& attempt);
  void record_attempt(const Command& command, const Actor& actor, bool proposed, std::size_t before);
  void set_up(const Command& command, const Actor& actor);
  void set_up_by_two(const Command& command);
  Actor actor_of(PersonId person);
  PersonId person_with(Role role, PartyId scope = {});

  // history_people.cc
  Try found_ledger();
  Try start_system();
  Try stop_system();
  Try accept_clock();
  Try read_whole_ledger();
  Try register_person();
  Try grant_role();
  Try revoke_role();
  Try delegate_role();
  Try end_delegation();
  Try verify_person();
  Try join_persons();
  Try open_account();
  Try issue_invite();
  TokenId some_invite(AccountId account);
  Try redeem_invite();
  Try issue_token();
  Try revoke_token();
  Try accept_invite();
  Try sign_in();
  Try change_key();
  Try lock_account();
  Try unlock_account();
  Try agree_to_act();

  // history_notices.cc
  Try remove_key();
  Try send_invite();
  Try forget_password();
  Try remind_of_hours();
  Try attempt_notice();
  Try record_delivery();
  NoticeId some_notices();
  StreamVersion some_notice(NoticeId notices);

  // history_parties.cc
  Try register_worker();
  Try change_worker_details();
  Try record_citizen_number();
  Try verify_identity();
  Try expire_document();
  Try change_worker_bank_account();
  Try declare_wage_tax();
  Try complete_worker_file();
  Try register_client();
  Try add_contact();
  Try remove_contact();
  Try ask_credit_check();
  Try answer_credit_check();
  Try withdraw_credit_check();
  Try accept_conditions();
  Try complete_client_file();
  Try change_billing();
  Try register_agency();
  Try sign_cooperation();
  Try change_agency_bank_account();
  Try record_admission();

  // history_placements.cc
  Try draw_up_contract();
  Try send_contract();
  Try sign_contract();
  Try amend_contract();
  Try renew_contract();
  Try announce_employment_end();
  Try end_employment();
  Try propose_placement();
  Try agree_pay_terms();
  Try agree_client_terms();
  Try agree_purchase_terms();
  Try send_agreement();
  Try accept_agreement();
  Try confirm_assignment();
  Try start_placement();
  Try appoint_approver();
  Try replace_approver();
  Try end_approver();
  Try name_substitute();
  Try extend_placement();
  Try end_placement();
  Try change_period_kind();
  Try publish_calendar();
  PublishCalendar calendar_until(PeriodKind kind, int year, Date last);

  // history_hours.cc
  Try record_entry();
  RecordEntry some_entry(PlacementId placement);
  Try import_hours();
  Try change_entry();
  Try remove_entry();
  Try submit_sheet();
  Try submit_empty();
  Try approve_hours();
  Try refuse_hours();
  Try object_to_hours();
  Try withdraw_sheet();
  Try reopen_sheet();
  Try request_addition();
  Try take_approval_back();
  Try accept_for_pay();
  Worked random_worked(Date day);
  std::optional<Period> period_of(const Placement& placement, Date day);
  std::vector<SheetId> sheets_beside(const std::vector<EmploymentId>& employments, PlacementId placement,
                                     const Period& period, const Worked& worked);
  std::vector<JoinedPerson> joined_with(PersonId person);
  template <class C>
  void fill_hints(C& command);
  const SheetAt& any_sheet();
  /// Mostly one on which a line is so.
  SheetAt any_sheet_with(bool (Entry::*so)() const);
  PersonId any_enterer(const Placement& placement);
  PersonId any_approver(const Placement& placement);
  PersonId any_delegate(const std::vector<PersonId>& lenders);
  std::vector<Date> any_days(const SheetAt& at, bool waiting);
  Digest seen(const SheetAt& at, const std::vector<Date>& days, bool submitted_only);

  // history_money.cc
  Try reverse_hours();
  Try publish_parameters();
  Try close_period();
  Try open_run();
  Try calculate_payslip();
  Try approve_run();
  Try close_run();
  Try grant_advance();
  Try prepare_payments();
  Try withdraw_payment();
  Try release_payments();
  Try settle_payments();
  Try return_payment();
  Try draft_invoice();
  Try draft_credit_note();
  Try add_invoice_lines();
  Try drop_invoice_lines();
  Try issue_invoice();
  Try issue_credit_note();
  Try receive_payment();
  Try set_off_credit();
  Digest looked_at(const Digest& hash) { return mostly(hash, text(), 20); }
  SheetSeen seen_now(const SheetAt& at);
  std::vector<BatchId> batches_of(EmploymentId employment);
  /// Whoever has a payment in that batch, or anybody.
  const WorkerAt& any_payee(BatchId batch);
  /// One of the last of them, mostly one for which `so` holds; a new one when there is none.
  template <class Id, class So>
  Id any_such(const std::vector<Id>& all, So so) {
    if (all.empty() || one_in(80)) return fresh<Id>();
    Id id = all.back();
    for (int i = one_in(12) ? 12 : 0; i < 13; ++i) {
      id = all[all.size() - 1 - below(std::min<std::size_t>(all.size(), 16))];
      if (so(id)) break;
    }
    return id;
  }

  std::uint64_t below(std::uint64_t end) { return random_.next() % end; }
  bool one_in(std::uint64_t n) { return below(n) == 0; }
  Date today() const { return story_.today(); }
  Date in_days(int from, int to) {
    return today().plus_days(from + static_cast<int>(below(static_cast<std::uint64_t>(to - from + 1))));
  }
  template <class T>
  const T& any(const std::vector<T>& all) {
    return all[below(all.size())];
  }
  /// Any value of an enum but 0, which is "unspecified".
  template <class Enum>
  Enum any_of(std::uint16_t count) {
    return static_cast<Enum>(1 + below(count - 1U));
  }
  template <class Id>
  Id fresh() {
    return id<Id>(10'000 + next_id_++);
  }
  /// The value that somebody should give, once in `n` times the one that he should not.
  template <class T>
  T mostly(T good, T bad, std::uint64_t n = 12) {
    return one_in(n) ? bad : good;
  }
  Box box() { return sealed("text " + std::to_string(below(1'000))); }
  Box reason() { return one_in(20) ? Box{} : box(); }
  Digest text() { return digest(static_cast<std::uint8_t>(1 + below(3))); }
  Money money() { return Money::of(static_cast<std::int64_t>(one_in(20) ? 0 : 1 + below(9'999))); }
  const Placement& placement(PlacementId id) { return story_.state_of<Placement>(stream_of(id)); }
  const Employment& employment(EmploymentId id) { return story_.state_of<Employment>(stream_of(id)); }
  const PayAccount& pay_account(EmploymentId id) { return story_.state_of<PayAccount>(pay_account_stream_of(id)); }
  const PayrollRun& payroll_run(RunId id) { return story_.state_of<PayrollRun>(stream_of(id)); }
  const PaymentBatch& payment_batch(BatchId id) { return story_.state_of<PaymentBatch>(stream_of(id)); }
  const Invoice& invoice(InvoiceId id) { return story_.state_of<Invoice>(stream_of(id)); }
  const Timesheet& sheet(const SheetAt& at) {
    return story_.state_of<Timesheet>(stream_of(sheet_of(kLedger, at.placement, at.period)));
  }
  const WorkerAt& worker_at(WorkerId id);
  const ClientAt& client_at(ClientId id);
  /// One of the last placements, mostly.
  PlacementId any_placement();
  /// Mostly one at which somebody works now.
  PlacementId any_running();
  /// Often one that was not started.
  PlacementId any_proposed();
  PersonId recruiter_of(AgencyId agency);

  const std::uint64_t seed_;
  SeededRandom random_;
  Story story_;
  std::vector<Attempt> attempts_;
  Counts counts_;
  std::uint64_t next_id_ = 0;

  std::vector<PersonId> administrators_, offices_, watchers_, extras_;
  PersonId twin_;            // a client's approver, who may turn out to be a worker
  PersonId late_;            // may turn out to be a worker before he is hired as another one
  AttemptNotice attempted_;  // last
  std::vector<AgencyAt> agencies_;
  std::vector<ClientAt> clients_;
  std::vector<WorkerAt> workers_;
  std::vector<PlacementId> placements_;  // that were to start at once
  std::vector<PlacementId> proposed_;    // and others
  std::vector<AccountId> accounts_;
  std::vector<SheetAt> sheets_;
  std::vector<EntryId> entries_;
  std::vector<LogPosition> proposals_;
  std::vector<Digest> seen_before_;
  std::vector<RunId> runs_;
  std::vector<BatchId> batches_;
  std::vector<InvoiceId> invoices_;  // and credit notes
};

}  // namespace placet::domain::testing
