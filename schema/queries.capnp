@0xe2b7c1d09a5f4431;
# What queries are asked and what they answer. The plain C++ types come from here (schema/queries.h, namespace readside).
# Rows name people and companies as the ledger knows them at the basis; the name of somebody whose data was erased is
# "(erased)".

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("placet::schema");
using T = import "types.capnp";
using import "types.capnp".Id;

struct Asked {
  # Of when, and how much of it.
  atLeast @0 :UInt64;
  # The answer must rest on this many records at least: give the size of an answer that you have had.
  waitMs @1 :UInt32 = 2000;
  # For how long to wait until it does; at most 10,000.
  asOfSize @2 :Int64 = -1 $T.optional;
  # As it was after so many records. In the middle of a command it is rounded down, and the answer says so.
  asOfTime @3 :Int64 = -1 $T.is("Timestamp") $T.optional;
  # As it was recorded up to that instant. Not together with `asOfSize`.
  effective @4 :Int32 = -1 $T.is("Date") $T.optional;
  # The day for which terms, roles and approvers are shown, and from which lateness is counted; left out: today.
  limit @5 :UInt32 = 200;
  # Rows in a page; at most 1,000. A page may hold fewer and yet not be the last. Of `missing` it may hold more: what is
  # missing of one placement stands in one page.
  after @6 :Data $T.optional;
  # `next` of the page before; left out: from the start.
}

struct HoursFilter {
  # Rows that fit all of what is given. An id that the caller may not see is `not_found`.
  placement @0 :Id $T.is("PlacementId") $T.optional;
  worker @1 :Id $T.is("WorkerId") $T.optional;
  client @2 :Id $T.is("ClientId") $T.optional;
  agency @3 :Id $T.is("AgencyId") $T.optional;
  sheet @4 :Id $T.is("SheetId") $T.optional;
  from @5 :Int32 = -1 $T.is("Date") $T.optional;   # of the first day of the period
  until @6 :Int32 = -1 $T.is("Date") $T.optional;
  status @7 :SheetStatus $T.optional;              # of sheets
  approver @8 :Id $T.is("PersonId") $T.optional;   # of approvals
}

enum SheetStatus {
  # A whole sheet in one word: what waits for somebody comes before what is done.
  unspecified @0;
  open @1;
  submitted @2;
  empty @3;            # submitted without hours
  partlyApproved @4;
  approved @5;
  refused @6;
  settledForPay @7;    # accepted for pay, not approved by the client; to him: submitted
}

struct Parties {
  # Whom a row about hours concerns.
  placement @0 :Id $T.is("PlacementId") $T.optional;
  worker @1 :Id $T.is("WorkerId") $T.optional;
  workerName @2 :Text $T.optional;
  client @3 :Id $T.is("ClientId") $T.optional;
  clientName @4 :Text $T.optional;
  agency @5 :Id $T.is("AgencyId") $T.optional;
  agencyName @6 :Text $T.optional;
}

struct Sheet {
  sheet @0 :Id $T.is("SheetId");
  parties @1 :Parties;
  period @2 :T.Period;
  status @3 :SheetStatus;
  # Minutes by what became of them; together what was entered. `accepted` (for pay) is submitted to the client.
  open @4 :Int32 $T.is("Minutes");
  submitted @5 :Int32 $T.is("Minutes");
  refused @6 :Int32 $T.is("Minutes");
  approved @7 :Int32 $T.is("Minutes");
  accepted @8 :Int32 $T.is("Minutes");
  objected @9 :Bool;                                             # by the worker, since it was submitted last
  submittedAt @10 :Int64 = -1 $T.is("Timestamp") $T.optional;
  approvedAt @11 :Int64 = -1 $T.is("Timestamp") $T.optional;     # last
  contentHash @12 :Data $T.optional;                             # of the days submitted last: what an approval echoes
  changed @13 :UInt64 $T.is("LogPosition");                      # the last event about it
}

enum EntryPhase {
  unspecified @0;
  open @1;
  submitted @2;
  approved @3;
  refused @4;
  accepted @5;            # for pay
  approvedAfterwards @6;  # accepted for pay, then approved
}

struct Entry {
  entry @0 :Id $T.is("EntryId");
  day @1 :Int32 $T.is("Date");
  hourType @2 :T.HourType;
  start @3 :Text $T.optional;   # HH:MM, local
  end @4 :Text $T.optional;
  breakMinutes @5 :Int32 $T.is("Minutes");
  minutes @6 :Int32 $T.is("Minutes");
  phase @7 :EntryPhase;
  note @8 :Text $T.optional;
  enteredBy @9 :Id $T.is("PersonId") $T.optional;
  enteredByName @10 :Text $T.optional;
  channel @11 :T.Channel;
  changed @12 :UInt64 $T.is("LogPosition");
}

enum ApprovalKind {
  unspecified @0;
  byClient @1;
  forPay @2;      # accepted for pay by two persons; not for the client
}

struct Approval {
  position @0 :UInt64 $T.is("LogPosition");
  kind @1 :ApprovalKind;
  sheet @2 :Id $T.is("SheetId");
  parties @3 :Parties;
  period @4 :T.Period;
  days @5 :List(Int32) $T.is("Date");
  minutes @6 :Int32 $T.is("Minutes");
  approver @7 :Id $T.is("PersonId");
  approverName @8 :Text $T.optional;
  account @9 :Id $T.is("AccountId") $T.optional;
  right @10 :T.Right;
  holder @11 :Id $T.is("PersonId") $T.optional;    # whose appointment it is
  holderName @12 :Text $T.optional;
  proposer @13 :Id $T.is("PersonId") $T.optional;  # the first of two persons
  strength @14 :T.Strength;
  channel @15 :T.Channel;
  at @16 :Int64 $T.is("Timestamp");
  approveBy @17 :Int32 = -1 $T.is("Date") $T.optional;
  daysLate @18 :Int32 = -2147483648 $T.optional;   # nothing while no calendar says by when
  takenBack @19 :List(TakenBack);
  contentHash @20 :Data $T.optional;
}

struct TakenBack {
  position @0 :UInt64 $T.is("LogPosition");
  by @1 :Id $T.is("PersonId");
  byName @2 :Text $T.optional;
  at @3 :Int64 $T.is("Timestamp");
  days @4 :List(Int32) $T.is("Date");
}

enum OpenKind {
  unspecified @0;
  toApprove @1;     # submitted, not decided upon
  toCorrect @2;     # refused, not submitted again
  toPay @3;         # approved or accepted for pay, in no payslip yet
  toInvoice @4;     # approved, on no invoice yet
  notBillable @5;   # accepted for pay, not approved; not for the client
  toRecover @6;     # paid, and no longer payable: the next payslip takes it back
  toCredit @7;      # on an invoice, and no longer approved: credit it
  payMoved @8;      # paid at another rate than the one that holds by now: pay the difference
  invoiceMoved @9;  # on an invoice at another rate: invoice the difference, or credit it
}

struct OpenItem {
  kind @0 :OpenKind;
  sheet @1 :Id $T.is("SheetId");
  parties @2 :Parties;
  period @3 :T.Period;
  day @4 :Int32 $T.is("Date");
  minutes @5 :Int32 $T.is("Minutes");
  owner @6 :T.Role;                          # whose turn it is
  since @7 :Int64 $T.is("Timestamp");
  ageDays @8 :Int32;
  reason @9 :Text $T.optional;               # of a refusal
  cause @10 :UInt64 $T.is("LogPosition");    # the event that left it open last
  employment @11 :Id $T.is("EmploymentId") $T.optional;  # for staff
  events @12 :UInt32;                        # of the sheet: what `sheets.events` of a command echoes
}

enum Missing {
  unspecified @0;
  sheet @1;      # not submitted, though its period is over or the day by which to submit it is past
  calendar @2;   # no published period of four weeks holds these days that are over: nobody can enter or submit their hours
}

struct MissingSheet {
  # Expected of a placement at work, and not there.
  missing @0 :Missing;
  sheet @1 :Id $T.is("SheetId") $T.optional;         # nothing where the calendar is missing
  parties @2 :Parties;
  period @3 :T.Period;                               # without a calendar from the first of those days
  last @4 :Int32 $T.is("Date");                      # day of the period; without a calendar of those days
  open @5 :Int32 $T.is("Minutes");                   # entered so far
  submitBy @6 :Int32 = -1 $T.is("Date") $T.optional; # nothing while no calendar says by when
  daysLate @7 :Int32 = -2147483648 $T.optional;      # since `submitBy`; below 0: still to come
}

struct Proposal {
  # An act that waits for a second person.
  position @0 :UInt64 $T.is("LogPosition");  # what `agreeToAct` names
  act @1 :Text;                              # the command
  category @2 :T.Category;
  stream @3 :Id;
  proposer @4 :Id $T.is("PersonId");
  proposerName @5 :Text $T.optional;
  since @6 :Int64 $T.is("Timestamp");
  until @7 :Int64 $T.is("Timestamp");
  hash @8 :Data;                             # of the act
}

struct Placement {
  parties @0 :Parties;
  employment @1 :Id $T.is("EmploymentId") $T.optional;
  from @2 :Int32 $T.is("Date");
  until @3 :Int32 = -1 $T.is("Date") $T.optional;
  started @4 :Int32 = -1 $T.is("Date") $T.optional;
  ended @5 :Bool;
  # What is in force on the day asked for; each of the terms for those who may see it.
  periodKind @6 :T.PeriodKind;
  payPerHour @7 :Int64 = -1 $T.is("Money") $T.optional;
  clientPerHour @8 :Int64 = -1 $T.is("Money") $T.optional;
  purchaseFactor @9 :Int32 = -1 $T.optional;                     # pay rate x this / 10,000
  approvers @10 :List(Approver) $T.maxItems(256);
  periodKinds @11 :List(PeriodKindFrom) $T.maxItems(256);        # of all days, in their order
}

struct PeriodKindFrom {
  # From that day on hours are kept by this kind of period.
  kind @0 :T.PeriodKind;
  from @1 :Int32 $T.is("Date");
}

struct Approver {
  person @0 :Id $T.is("PersonId");
  name @1 :Text $T.optional;
  from @2 :Int32 $T.is("Date");
  until @3 :Int32 = -1 $T.is("Date") $T.optional;
  substituteFor @4 :Id $T.is("PersonId") $T.optional;
}

struct PartyFilter {
  worker @0 :Id $T.is("WorkerId") $T.optional;
  client @1 :Id $T.is("ClientId") $T.optional;
  agency @2 :Id $T.is("AgencyId") $T.optional;
}

struct Worker {
  worker @0 :Id $T.is("WorkerId");
  person @1 :Id $T.is("PersonId");
  name @2 :Text $T.optional;
  agency @3 :Id $T.is("AgencyId") $T.optional;
  agencyName @4 :Text $T.optional;
}

struct Organisation {
  # A client or an agency.
  party @0 :Id $T.is("PartyId");
  company @1 :T.Company;
  agency @2 :Id $T.is("AgencyId") $T.optional;   # whose client it is
  agencyName @3 :Text $T.optional;
}

struct Person {
  person @0 :Id $T.is("PersonId");
  name @1 :Text $T.optional;
  registeredAt @2 :Int64 $T.is("Timestamp");
  verified @3 :T.VerificationMethod $T.optional;
  sameAs @4 :List(Id) $T.is("PersonId") $T.optional;  # one human being with these
  roles @5 :List(HeldRole) $T.maxItems(256);
  accounts @6 :List(Id) $T.is("AccountId");
}

struct HeldRole {
  role @0 :T.Role;
  scope @1 :Id $T.is("PartyId") $T.optional;     # nil: the whole ledger
  scopeName @2 :Text $T.optional;
  from @3 :Int32 $T.is("Date");
  until @4 :Int32 = -1 $T.is("Date") $T.optional;
}

struct Account {
  account @0 :Id $T.is("AccountId");
  person @1 :Id $T.is("PersonId");
  name @2 :Text $T.optional;
  email @3 :Text $T.optional;
  openedAt @4 :Int64 $T.is("Timestamp");
  locked @5 :Bool;
  tokens @6 :List(Token) $T.maxItems(256);
}

struct Token {
  token @0 :Id $T.is("TokenId");
  kind @1 :T.TokenKind $T.optional;              # unspecified: an invite
  expires @2 :Int64 $T.is("Timestamp");
  clientSystem @3 :Id $T.is("PersonId") $T.optional;
  ended @4 :Bool;
}

struct CalendarFilter {
  kind @0 :T.PeriodKind $T.optional;
  from @1 :Int32 = -1 $T.is("Date") $T.optional;
  until @2 :Int32 = -1 $T.is("Date") $T.optional;
}

struct CalendarLine {
  kind @0 :T.PeriodKind;
  period @1 :T.CalendarPeriod;
}

# --- pay ------------------------------------------------------------------------------------------------------------

struct PayBalance {
  # What the employer owes a worker, and he the employer. For the worker and staff.
  employment @0 :Id $T.is("EmploymentId");
  worker @1 :Id $T.is("WorkerId");
  workerName @2 :Text $T.optional;
  payslips @3 :UInt32;
  minutes @4 :Int32 $T.is("Minutes");               # paid
  gross @5 :Int64 $T.is("Money");
  net @6 :Int64 $T.is("Money");                     # of all payslips
  due @7 :Int64 $T.is("Money");                     # net amounts and advances that are in no batch of payments
  inPayment @8 :Int64 $T.is("Money");               # in a batch, or paid by it
  advances @9 :Int64 $T.is("Money");                # to be recovered by payslips
  holidayAllowance @10 :Int64 $T.is("Money");       # reserved
  leave @11 :Int32 $T.is("Minutes");                # earned
  leaveReserve @12 :Int64 $T.is("Money");           # what it is worth
}

struct Payslip {
  payslip @0 :Id $T.is("PayslipId");
  position @1 :UInt64 $T.is("LogPosition");
  employment @2 :Id $T.is("EmploymentId");
  worker @3 :Id $T.is("WorkerId");
  workerName @4 :Text $T.optional;
  run @5 :Id $T.is("RunId");
  bookedOn @6 :Int32 $T.is("Date");
  at @7 :Int64 $T.is("Timestamp");
  minutes @8 :Int32 $T.is("Minutes");
  gross @9 :Int64 $T.is("Money");
  net @10 :Int64 $T.is("Money");
  parameters @11 :UInt64 $T.is("LogPosition");
  lines @12 :List(T.PayslipLine) $T.maxItems(512);
}

enum RunStatus {
  unspecified @0;
  opened @1;
  approved @2;
  closed @3;
}

struct Run {
  run @0 :Id $T.is("RunId");
  status @1 :RunStatus;
  period @2 :T.Period;
  bookedOn @3 :Int32 $T.is("Date");
  payOn @4 :Int32 $T.is("Date");
  basis @5 :UInt64;
  payslips @6 :UInt32;
  gross @7 :Int64 $T.is("Money");
  net @8 :Int64 $T.is("Money");
  hash @9 :Data;                                    # what an approval echoes
}

# --- payments -------------------------------------------------------------------------------------------------------

enum PaymentStatus {
  unspecified @0;
  prepared @1;
  released @2;
  settled @3;
  withdrawn @4;
  returned @5;
}

struct Payment {
  payment @0 :Id $T.is("PaymentId");
  position @1 :UInt64 $T.is("LogPosition");
  batch @2 :Id $T.is("BatchId");
  status @3 :PaymentStatus;
  employment @4 :Id $T.is("EmploymentId");
  worker @5 :Id $T.is("WorkerId");
  workerName @6 :Text $T.optional;
  amount @7 :Int64 $T.is("Money");
  account @8 :UInt64 $T.is("LogPosition");          # the fact that says where it goes
  why @9 :T.ReturnReason $T.optional;
}

struct NamedPerson {
  person @0 :Id $T.is("PersonId");
  name @1 :Text $T.optional;
}

struct PaymentBatch {
  # For staff.
  batch @0 :Id $T.is("BatchId");
  status @1 :PaymentStatus;
  count @2 :UInt32;
  amount @3 :Int64 $T.is("Money");
  returned @4 :Int64 $T.is("Money");
  hash @5 :Data;                                    # what a release echoes
  heldFor @6 :List(NamedPerson);                    # who may not release it, having changed an account
  heldUntil @7 :Int64 = -1 $T.is("Timestamp") $T.optional;
}

# --- invoices -------------------------------------------------------------------------------------------------------

enum InvoiceStatus {
  unspecified @0;
  draft @1;        # for staff
  open @2;
  partlyPaid @3;
  paid @4;         # or set off, or credited
}

struct InvoiceFilter {
  client @0 :Id $T.is("ClientId") $T.optional;
  agency @1 :Id $T.is("AgencyId") $T.optional;
  status @2 :InvoiceStatus $T.optional;
}

struct Invoice {
  invoice @0 :Id $T.is("InvoiceId");
  kind @1 :T.InvoiceKind;
  number @2 :Text $T.optional;                      # year and number; of a credit note with a C
  status @3 :InvoiceStatus;
  client @4 :Id $T.is("ClientId");
  clientName @5 :Text $T.optional;
  agency @6 :Id $T.is("AgencyId") $T.optional;
  agencyName @7 :Text $T.optional;
  issuedOn @8 :Int32 = -1 $T.is("Date") $T.optional;
  dueOn @9 :Int32 = -1 $T.is("Date") $T.optional;
  lines @10 :UInt32;
  net @11 :Int64 $T.is("Money");
  vat @12 :Int64 $T.is("Money");
  gross @13 :Int64 $T.is("Money");
  paid @14 :Int64 $T.is("Money");                   # by the client
  credited @15 :Int64 $T.is("Money");               # by credit notes, with VAT
  open @16 :Int64 $T.is("Money");                   # still owed; of a credit note still worth, below 0
  credits @17 :Id $T.is("InvoiceId") $T.optional;
  hash @18 :Data;                                   # of its lines: what issuing it echoes
}

struct BilledLine {
  # Of an invoice or credit note.
  line @0 :UInt32;
  parties @1 :Parties;
  period @2 :T.Period;
  hours @3 :T.PricedLine;
  # For the agency and staff.
  purchase @4 :Int64 = -9223372036854775807 $T.is("Money") $T.optional;
  margin @5 :Int64 = -9223372036854775807 $T.is("Money") $T.optional;
}

# --- books ----------------------------------------------------------------------------------------------------------

struct JournalFilter {
  from @0 :Int32 = -1 $T.is("Date") $T.optional;    # day in the books
  until @1 :Int32 = -1 $T.is("Date") $T.optional;
}

struct JournalEntry {
  position @0 :UInt64 $T.is("LogPosition");         # the record that it follows from
  on @1 :Int32 $T.is("Date");
  event @2 :Text;                                   # its type
  account @3 :Text;                                 # RGS code
  name @4 :Text;
  debit @5 :Int64 $T.is("Money");
  credit @6 :Int64 $T.is("Money");
  party @7 :Id $T.is("PartyId") $T.optional;        # of a sub-ledger: client, employment, agency, batch of payments
}

struct AccountBalance {
  account @0 :Text;
  name @1 :Text;
  debit @2 :Int64 $T.is("Money");
  credit @3 :Int64 $T.is("Money");
  balance @4 :Int64 $T.is("Money");                 # debit less credit
  subLedger @5 :Int64 $T.is("Money");               # of accounts that are kept per party: the sum of those; else balance
}

struct ReconciledSheet {
  # Minutes of one sheet in four books that are kept apart. Both differences are 0, or a book is wrong.
  sheet @0 :Id $T.is("SheetId");
  parties @1 :Parties;
  period @2 :T.Period;
  payable @3 :Int32 $T.is("Minutes");               # approved or accepted for pay, by `timesheets`
  paid @4 :Int32 $T.is("Minutes");                  # by `payroll_balances`
  toPay @5 :Int32 $T.is("Minutes");                 # by `open_items`
  toRecover @6 :Int32 $T.is("Minutes");
  payDifference @7 :Int32 $T.is("Minutes");         # payable + toRecover - paid - toPay
  approved @8 :Int32 $T.is("Minutes");
  invoiced @9 :Int32 $T.is("Minutes");              # by `invoices`, drafts too
  onDraft @10 :Int32 $T.is("Minutes");              # of those
  toInvoice @11 :Int32 $T.is("Minutes");
  toCredit @12 :Int32 $T.is("Minutes");
  invoiceDifference @13 :Int32 $T.is("Minutes");    # approved + toCredit - invoiced - toInvoice
}

struct ReconciledDebtor {
  client @0 :Id $T.is("ClientId");
  clientName @1 :Text $T.optional;
  invoices @2 :Int64 $T.is("Money");                # what is open of them, less what credit notes are still worth
  account @3 :Int64 $T.is("Money");                 # of the client in the journal
  difference @4 :Int64 $T.is("Money");
}

enum StepKind {
  # What an amount rests on, in the order in which it came to be.
  unspecified @0;
  entry @1;        # hours as they were entered
  submitted @2;
  approved @3;     # by whom and by what right
  terms @4;        # the rate, and who agreed to it
  rule @5;         # how the amount follows
  document @6;     # the payslip or invoice
}

struct Step {
  kind @0 :StepKind;
  position @1 :UInt64 $T.is("LogPosition");         # of the record that says so; `prove` gives its receipt
  at @2 :Int64 = -1 $T.is("Timestamp") $T.optional;
  day @3 :Int32 = -1 $T.is("Date") $T.optional;     # worked, or from which the terms hold
  minutes @4 :Int32 = -2147483648 $T.is("Minutes") $T.optional;
  amount @5 :Int64 = -9223372036854775807 $T.is("Money") $T.optional;
  person @6 :Id $T.is("PersonId") $T.optional;
  personName @7 :Text $T.optional;
  text @8 :Text $T.optional $T.maxBytes(512);
}
