#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "tools/client/office.h"

namespace placet::client {

/// A sheet of which something is to be paid or invoiced.
struct OpenSheet {
  domain::SheetSeen seen;
  EmploymentId employment;
  WorkerId worker;
  ClientId client;
  AgencyId agency;
};

/// Hours that the ledger would not turn into money, and why.
struct NotSettled {
  EmploymentId employment;  // of payslips and payments
  ClientId client;          // of invoices
  domain::Rejection why;
};

struct RunDone {
  RunId run;
  std::size_t payslips = 0;
  Money gross, net;
  Digest hash{};
  std::vector<NotSettled> left;
};

struct PaymentsDone {
  BatchId batch;  // nil: nothing to pay
  std::size_t payments = 0;
  Money amount;
  Digest hash{};
};

struct InvoiceDone {
  InvoiceId invoice;
  ClientId client;
  AgencyId agency;
  std::size_t sheets = 0;
};

/// What the back office does with approved hours. Each is a process of many commands, whose input comes from a query
/// and names the state of each sheet that was looked at; what moved meanwhile is refused and left for the next time.
/// Throws `Refused` where something else than the input is in the way. What takes two persons is answered as a command,
/// to be proposed.
class BackOffice {
 public:
  BackOffice(Desk& desk, Random& random) : desk_(desk), random_(random) {}

  /// Sheets of which hours wait to be paid or taken back, or have another rate by now.
  std::vector<OpenSheet> sheets_to_pay();
  std::vector<OpenSheet> sheets_to_invoice();

  /// Opens a run and calculates a payslip for each worker of whom a sheet is named.
  RunDone calculate(const std::vector<OpenSheet>& sheets, const domain::Period& period, Date booked_on, Date pay_on);
  /// Of exactly the payslips that it has now.
  domain::ApproveRun approval_of(RunId run);
  /// A run as the ledger has it.
  RunDone read(RunId run);

  /// Puts what a run made due into a batch; a nil run: advances and what came back. `held`: of workers whose account
  /// changed shortly before, and of no others.
  PaymentsDone prepare(RunId run, bool held = false);
  /// A batch as the ledger has it; with a nil id when there is none.
  PaymentsDone read(BatchId batch);
  /// Of exactly those payments.
  static domain::ReleasePayments release_of(const PaymentsDone& batch) { return {batch.batch, batch.hash}; }
  void settle(const PaymentsDone& batch);

  /// One invoice per client and agency.
  std::vector<InvoiceDone> invoice(const std::vector<OpenSheet>& sheets, std::vector<NotSettled>& left);
  /// Of what is on it, to be echoed by what issues it; sought among the invoices of that client, or of all for a nil
  /// one.
  Digest hash_of(InvoiceId invoice, ClientId client);
  /// Drafts a credit note of those sheets of an invoice; answers what issues it.
  domain::IssueCreditNote credit(InvoiceId invoice, const std::vector<domain::SheetSeen>& sheets);

 private:
  std::vector<OpenSheet> open_sheets(const std::vector<schema::OpenKind>& kinds);
  /// A few at a time, so that whoever enters hours meanwhile is not held up.
  std::vector<Desk::Answer> ask_gently(const std::vector<domain::Command>& commands);
  /// What became of items that were sent several in a command.
  struct Taken {
    std::size_t count = 0;
    std::vector<domain::Rejection> refused;  // one for each of the others
  };
  /// Sends `command_of(some)`, with `size` of them in each; where one cannot be taken now, the others of its command
  /// are.
  template <class T, class CommandOf>
  Taken ask_in_chunks(const std::vector<T>& all, std::size_t size, CommandOf command_of);
  template <class Id>
  Id fresh() {
    return Id(new_uuid(random_, kBirthOfIds));
  }

  Desk& desk_;
  Random& random_;
};

/// The same by both administrators: everything that waits is paid, by a run that is approved and closed.
RunDone run_payroll(Office& office, const domain::Period& period, Date booked_on, Date pay_on);

}  // namespace placet::client
