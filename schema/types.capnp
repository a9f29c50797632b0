@0xb1d5f0a4c2e97311;
# The vocabulary of all schemas: ids, secrets, and the annotations from which the plain C++ types are generated
# (tools/capnpc_placet.cc). A field without an annotation keeps its Cap'n Proto type.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("placet::schema");

annotation is @0xd3ba9a3f3f2a4b01 (field) :Text;
# The C++ type of the plain field: an id ("PersonId"), "Date" (days since 1970), "Timestamp" (UTC microseconds),
# "Minutes", "Money" (cents), "LogPosition", "StreamVersion", "Digest" (32 bytes) or "Box" (a sealed box).

annotation optional @0xd3ba9a3f3f2a4b02 (field) :Void;
# May be left out: an id is nil then, an enum unspecified, and a number that equals its default becomes std::nullopt.
# Every other id and enum is required; one that is missing is refused with its path.

annotation maxBytes @0xd3ba9a3f3f2a4b03 (field) :UInt32;
# Of a text or of data: the most bytes allowed. 256 unless said.

annotation maxItems @0xd3ba9a3f3f2a4b04 (field) :UInt32;
# Of a list: the most items allowed. 64 unless said.

annotation server @0xd3ba9a3f3f2a4b05 (field) :Void;
# Filled in by the server before decide; what a client puts there is dropped.

annotation sealed @0xd3ba9a3f3f2a4b06 (field) :Sealing;
# A personal field: the adapter seals it into a box for its subject before the command enters the engine.

annotation audience @0xd3ba9a3f3f2a4b07 (struct) :UInt16;
# Of an event: which roles may see it when they are party to it; the bits of `role` below.

annotation stream @0xd3ba9a3f3f2a4b08 (struct) :Category;
# Of an event: the category of the streams on which it stands. Without it: on streams of any category.

annotation twoPersons @0xd3ba9a3f3f2a4b09 (struct) :Void;
# Of a command: takes effect only when a second person agrees (proposeAct, agreeToAct).

annotation by @0xd3ba9a3f3f2a4b0a (struct) :UInt16;
# Of a command: who may send it when it concerns them; the bits of `role` below, and bit 0 for the person it is about.
# Nobody but the service itself where it is missing.

annotation service @0xd3ba9a3f3f2a4b0b (struct) :Void;
# Of a command: only the service itself sends it.

struct Id {
  # 128 bits, written as a UUID. Nil (all zero) never names a thing.
  hi @0 :UInt64;
  lo @1 :UInt64;
}

struct Secret {
  # A personal text: plain on the way in, a sealed box from the adapter on.
  union {
    none @0 :Void;
    text @1 :Text;
    box @2 :Data;
  }
}

struct Sealing {
  event @0 :Text;         # the event type that will hold the box
  field @1 :Text;         # and its field there
  subject @2 :Text;       # the command's field that names whose data it is
  class @3 :RetentionClass;
  blindIndex @4 :Text;    # the command's field that receives the keyed blind index of the text, if it needs one
}

enum RetentionClass {
  # One key per subject, class and calendar year: what expires together is sealed together.
  unspecified @0;
  contact @1;   # names and addresses
  hours @2;     # notes on hours, 7 years
  identity @3;  # citizen number, documents
  payment @4;   # bank accounts
  dossier @5;   # questions, reasons, everything else that is free text
}

enum Category {
  unspecified @0;
  system @1;
  person @2;
  account @3;
  reservation @4;
  control @5;
  worker @6;
  client @7;
  agency @8;
  employment @9;
  placement @10;
  calendar @11;
  timesheet @12;
  notice @13;
  payAccount @14;
  payrollRun @15;
  paymentBatch @16;
  invoice @17;
  numberSeries @18;
  parameters @19;
  books @20;
}

enum Role {
  unspecified @0;
  worker @1;
  clientContact @2;
  agency @3;
  backOffice @4;
  compliance @5;
  auditor @6;
  clientSystem @7;
  administrator @8;
}

# Audiences: bit n stands for the role with ordinal n.
const toStaff :UInt16 = 0x0170;        # back office, compliance, auditor, administrator
const toWorker :UInt16 = 0x0172;       # staff and the worker concerned
const toClient :UInt16 = 0x01f4;       # staff, the client's contacts and systems
const toAgency :UInt16 = 0x0178;       # staff and the agency
const toWorkerAgency :UInt16 = 0x017a; # staff, worker, agency
const toClientAgency :UInt16 = 0x01fc; # staff, client, agency
const toAll :UInt16 = 0x01fe;          # everyone who is party to it

# Who may send a command: bits as above, bit 0 is the person whom it is about.
const byBackOffice :UInt16 = 0x0010;
const byAdministrator :UInt16 = 0x0100;
const byAuditor :UInt16 = 0x0040;
const byOffice :UInt16 = 0x0110;             # back office, administrator
const byOversight :UInt16 = 0x0130;          # and compliance
const byHimself :UInt16 = 0x0001;
const byHimselfOrOffice :UInt16 = 0x0111;
const byWorker :UInt16 = 0x0002;
const byWorkerOrOffice :UInt16 = 0x0012;     # the worker, back office
const byAgencyOrOffice :UInt16 = 0x0018;     # the agency, back office
const byWorkerAgencyOrOffice :UInt16 = 0x001a;
const byClient :UInt16 = 0x0004;
const byClientOrOffice :UInt16 = 0x0014;     # the client's contacts, back office
const byClientAgencyOrOffice :UInt16 = 0x001c;
const byApprovers :UInt16 = 0x0084;          # the client's contacts; its systems, to be told that a machine cannot
const byEnterers :UInt16 = 0x009e;           # whoever may enter hours: all but compliance, auditor, administrator

enum Strength {
  # How the acting account had signed in.
  unspecified @0;
  system @1;       # the service itself
  token @2;        # a personal token
  delegated @3;    # a personal token handed to a named client system
  password @4;
  totp @5;
  mailLink @6;
  machine @7;      # a machine's own token: never approves
}

enum Channel {
  unspecified @0;
  service @1;  # the service itself: start, stop, reactors
  rpc @2;
  cli @3;
  portal @4;
  system @5;   # a client system with its user's delegated token
  import @6;
}

enum Right {
  # By what right a person acts for somebody.
  unspecified @0;
  own @1;
  appointment @2;
  substitution @3;
  delegation @4;
}

struct Period {
  kind @0 :PeriodKind;
  first @1 :Int32 $is("Date");  # its first day
}

enum PeriodKind {
  unspecified @0;
  week @1;       # ISO week, from Monday
  fourWeeks @2;
  month @3;      # calendar month
}

enum HourType {
  unspecified @0;
  normal @1;
  overtime @2;
  irregular @3;
  standby @4;
  travel @5;
}

struct Worked {
  # Hours of one local day, either from start to end less the break, or plain minutes.
  day @0 :Int32 $is("Date");                                    # the local day on which they start
  startAt @1 :Int64 = -1 $is("Timestamp") $optional $server;
  endAt @2 :Int64 = -1 $is("Timestamp") $optional $server;
  breakMinutes @3 :Int32 $is("Minutes");                        # unpaid
  minutes @4 :Int32 $is("Minutes");                             # paid; what counts
  dayMinutes @5 :Int32 $is("Minutes") $server;                # length of that local day: 1,380, 1,440 or 1,500
  startLocal @6 :Int16 = -1 $optional;                          # minutes after local midnight, as typed
  endLocal @7 :Int16 = -1 $optional;                            # not after the start: on the next day
  startOffset @8 :Int16 = 32767 $optional;                      # minutes east of UTC, where the hour occurs twice
  endOffset @9 :Int16 = 32767 $optional;
}

struct JoinedPerson {
  # Somebody who turned out to be the same human being as the worker, and where hours of his stand.
  person @0 :Id $is("PersonId");
  worker @1 :Id $is("WorkerId") $optional;          # nil: is none
  employment @2 :Id $is("EmploymentId") $optional;  # nil: has none
}

enum TokenKind {
  unspecified @0;
  personal @1;   # acts as the person, may approve
  delegated @2;  # personal, names a client system, channel `system`, may approve
  system @3;     # a machine: never approves
  session @4;    # a browser that is signed in to the portal
}

enum KeyKind {
  # What somebody signs in to the portal with.
  unspecified @0;
  password @1;
  totp @2;      # a time-based one-time password (RFC 6238): the second factor
}

enum RejectionCode {
  # Why a command was refused. Controls (marked) leave a fact on control/<person>.
  unspecified @0;
  bug @1;                   # a check of ours failed while deciding; nothing was changed
  overloaded @2;            # the inbox is full: try again, with the same command id
  diskLow @3;               # free space is below the mark
  clockJumped @4;           # the machine's clock was set; an operator must accept it
  notFound @5;              # no such thing, or not yours to see
  notAllowed @6;            # control: your roles do not allow this act
  malformed @7;             # what, where and how it must be stands in the message
  tooLarge @8;              # over a limit; the message names it
  commandIdReused @9;       # this id was used for another content
  versionMoved @10;         # the stream is not at the expected version
  stale @11;                # a hint or condition no longer holds: read again and retry
  alreadyExists @12;
  noSuchTime @13;           # the clock skipped it
  ambiguousTime @14;        # it occurs twice: give the offset
  hoursOverDay @15;         # more than the length of that local day
  hoursOverlap @16;
  tokenSpent @17;
  tokenExpired @18;
  erased @19;               # new personal data for an erased subject
  needsSecondPerson @20;    # propose it; another person agrees
  samePerson @21;           # control: the second person must be another one
  moved @22;                # what was seen or proposed is no longer so: look again
  proposalExpired @23;
  ownHours @24;             # control
  enteredByYou @25;         # control: nobody approves hours that he entered
  machineCannotApprove @26; # control
  notAnApprover @27;        # control: no appointment, substitution or delegation in force
  notASignatory @28;        # control: the client did not name this person as one who signs
  needsSecondContact @29;   # nobody else in force could approve what this person enters
  entriesMoved @30;         # the hours are no longer those that were seen
  notSubmitted @31;
  submitted @32;            # withdraw it first
  approved @33;             # frozen: request an addition or take the approval back
  notApproved @34;
  settled @35;              # paid or invoiced: only a correction is left
  notPublished @36;         # the payroll calendar does not hold this period
  outsidePlacement @37;     # the placement is not running on that day
  identityMissing @38;      # identity or right to work is not verified for that day; cannot be overridden
  gateClosed @39;           # something is missing before the start; the message names it
  ended @40;                # the placement or employment ended
  notReady @41;             # an earlier step is missing; the message names it
  locked @42;               # the account is locked
  noTerms @43;              # no rate was agreed for that day
  negativeNet @44;          # a payslip pays nothing below 0: carry the rest to later ones
  notSettled @45;           # those hours are not on that invoice
  aboveInvoice @46;         # more than what is left of the invoice
  vatDoesNotFit @47;        # the treatment asks for something that is missing
  accountClosed @48;        # the bank account was closed, or none is known
  accountChangedByYou @49;  # control: whoever changed a payee's account releases nothing to it for 7 days
  periodClosed @50;         # the books are closed for that day; book in the open period
  ownMoney @51;             # control: nobody decides on money for himself
  accountHeld @52;          # the bank account changed less than 7 days ago
}

enum VerificationMethod {
  # How somebody made sure who a person is.
  unspecified @0;
  inPerson @1;
  video @2;
  identityService @3;
  documentCopy @4;
}

enum DocumentKind {
  unspecified @0;
  passport @1;
  identityCard @2;
  residencePermit @3;
}

enum RightToWork {
  unspecified @0;
  unrestricted @1;  # citizen of a country whose citizens may work here
  permit @2;        # until a day
}

enum ContactKind {
  unspecified @0;
  signatory @1;
  approver @2;
  finance @3;
}

struct Company {
  name @0 :Text;
  tradeRegister @1 :Text $optional $maxBytes(16);
  vatId @2 :Text $optional $maxBytes(16);
}

struct Billing {
  orderNumber @0 :Text $optional $maxBytes(64);
  eInvoiceAddress @1 :Text $optional;
  gAccountPercent @2 :UInt16;  # of the amount with VAT, paid on the blocked account
}

struct Cooperation {
  # What employer and agency agreed for all placements.
  purchaseFactor @0 :Int32;                    # purchase rate = pay rate x this / 10,000
  feePerHour @1 :Int64 $is("Money");
  payOut @2 :PayOutBasis;
  badDebtAtAgency @3 :Bool;                    # who bears an unpaid invoice
}

enum PayOutBasis {
  unspecified @0;
  onInvoicing @1;
  onClientPayment @2;
}

struct ContractTerms {
  regime @0 :ContractRegime;
  phase @1 :ContractPhase;
  hours @2 :ContractHours;
  minutesPerWeek @3 :Int32 $is("Minutes");     # agreed working time; 0 for on-call
  from @4 :Int32 $is("Date");
  until @5 :Int32 = -1 $is("Date") $optional;  # last day; left out: indefinite
}

enum ContractRegime {
  unspecified @0;
  agencyWork @1;
  secondment @2;
  payroll @3;
}

enum ContractPhase {
  unspecified @0;
  a @1;
  b @2;
  c @3;
}

enum ContractHours {
  unspecified @0;
  fixed @1;
  onCall @2;
}

enum ContractParty {
  unspecified @0;
  worker @1;
  employer @2;
}

struct Surcharge {
  hourType @0 :HourType;
  basisPoints @1 :Int32;  # of the hourly rate, on top of it
}

struct PayTerms {
  # What the worker earns.
  perHour @0 :Int64 $is("Money");
  travelPerKm @1 :Int64 $is("Money");
  surcharges @2 :List(Surcharge) $maxItems(16);
}

struct ClientTerms {
  # What the client pays.
  perHour @0 :Int64 $is("Money");
  travelPerKm @1 :Int64 $is("Money");
  surcharges @2 :List(Surcharge) $maxItems(16);
}

struct PurchaseTerms {
  # What the agency pays the employer.
  factor @0 :Int32;                    # pay rate x this / 10,000
  feePerHour @1 :Int64 $is("Money");
}

struct Gates {
  # What may be missing at the start of a placement, if two persons accept that.
  contract @0 :Bool;    # signed by worker and employer
  agreement @1 :Bool;   # accepted by a signatory of the client
  assignment @2 :Bool;  # its details confirmed to the worker
  workerFile @3 :Bool;
  clientFile @4 :Bool;
}

struct CalendarPeriod {
  # One period of the payroll calendar, every date written out.
  first @0 :Int32 $is("Date");
  last @1 :Int32 $is("Date");
  submitBy @2 :Int32 $is("Date");
  approveBy @3 :Int32 $is("Date");
  run @4 :Int32 $is("Date");
  payDay @5 :Int32 $is("Date");
  invoiceDay @6 :Int32 $is("Date");
}

enum NoticeKind {
  unspecified @0;
  hoursSubmitted @1;  # to each approver in force
  hoursRefused @2;    # to the worker
  hoursApproved @3;   # to the worker
  hoursReopened @4;   # to the worker: submitted hours are open again
  approvalTakenBack @5;  # to the worker
  hoursAcceptedForPay @6;  # to the worker
  hoursReversed @7;  # to the worker: hours that were paid or invoiced are judged again
  hoursMissing @8;       # to the worker: the hours of a period are due, and he has not submitted them
  approvalDue @9;        # to each approver in force: a reminder
  approvalLate @10;      # to the agency's contacts and to substitutes: the deadline has passed
  invited @11;           # to whoever has an account: with a fresh invite
  passwordForgotten @12; # to whoever has an account: with a link to choose another password
}

enum DeliveryFault {
  # Why a mail was not taken.
  unspecified @0;
  unreachable @1;     # no answer from the mail server, or the line broke: tried again
  refusedForNow @2;   # the mail server said so (4xx): tried again
  refused @3;         # the mail server does not want it (5xx)
  noAddress @4;       # he has no account, or his address was erased
  notForHim @5;       # he may not see any longer what it is about
  overtaken @6;       # what it would say is no longer so
  tooLate @7;         # three days after it was queued
}

struct SheetSeen {
  # A sheet as whoever names it knows it.
  placement @0 :Id $is("PlacementId");
  period @1 :Period;
  events @2 :UInt32;  # how many events it had then: with others it is `stale`. 0: as it is
  creditNote @3 :Id $is("InvoiceId") $optional $server;  # hint: the last one that freed hours of it
}

struct PricedLine {
  # Hours of one sheet of one type at one price, worth their minutes x the price, half up to cents. What takes an earlier
  # one back has negative minutes and a negative amount; a new sum of minutes at the same price is the difference of
  # two such lines, so that parts add up to the whole.
  hourType @0 :HourType;
  perHour @1 :Int64 $is("Money");
  surcharge @2 :Int32;              # basis points on top of it
  minutes @3 :Int32 $is("Minutes");
  amount @4 :Int64 $is("Money");
}

enum PayslipLineKind {
  unspecified @0;
  hours @1;              # gross
  advanceRecovered @2;   # taken off the net amount
  carriedForward @3;     # what he would owe: an advance, recovered by later payslips
  holidayAllowance @4;   # reserved, not paid out now
  leaveHours @5;         # earned: minutes
  leaveReserve @6;       # what they are worth
}

struct PayslipLine {
  kind @0 :PayslipLineKind;
  placement @1 :Id $is("PlacementId") $optional;  # of hours
  period @2 :Period $optional;                    # of hours: an earlier one than the run's is a correction
  hours @3 :PricedLine $optional;                 # of hours
  minutes @4 :Int32 $is("Minutes");               # of hours and leave hours
  amount @5 :Int64 $is("Money");
  # What is reserved is a part of a sum that runs on, so that roundings do not add up: floor(base x rate) less what that
  # was before. The sum begins anew each year, and when the rate changes.
  rate @6 :Parameter $optional;
  base @7 :Int64;                                 # the sum with this payslip: cents, of leave hours minutes
}

enum InvoiceKind {
  unspecified @0;
  invoice @1;
  creditNote @2;
}

struct InvoiceLine {
  placement @0 :Id $is("PlacementId");
  period @1 :Period;
  hours @2 :PricedLine;
}

struct LineMargin {
  # What the agency keeps of an invoice line: its amount less what the agency buys those hours for. Without VAT.
  line @0 :UInt32;                     # of the invoice, from 0
  purchase @1 :Int64 $is("Money");     # of the hours that it invoices for the first time: minutes x purchase rate, half up
  margin @2 :Int64 $is("Money");
}

enum VatTreatment {
  unspecified @0;
  standard @1;         # at the rate in force on the day of issue
  reverseCharged @2;   # the client owes it
}

struct VatLine {
  treatment @0 :VatTreatment;
  basisPoints @1 :Int32;
  base @2 :Int64 $is("Money");
  amount @3 :Int64 $is("Money");   # half up to cents, of the sum at this rate
}

enum ParameterKind {
  # A number that a law or an agreement can change, as a fraction.
  unspecified @0;
  holidayAllowance @1;   # of gross wages
  leave @2;              # of paid minutes, and of gross wages for what they are worth
  vat @3;                # the standard rate
}

struct Parameter {
  kind @0 :ParameterKind;
  numerator @1 :Int64;
  denominator @2 :Int64;
}

enum ReturnReason {
  # Why a bank sent a payment back.
  unspecified @0;
  accountClosed @1;
  accountUnknown @2;
  refusedByBank @3;
}

struct Payee {
  # Whom to pay what is due.
  employment @0 :Id $is("EmploymentId");
  worker @1 :Id $is("WorkerId") $optional;  # hint
  forgets @2 :Id $is("BatchId") $optional;  # hint: of the oldest of his payments, when this one takes its place
}

struct AccountChange {
  # Who changed a payee's bank account, and when.
  person @0 :Id $is("PersonId");
  at @1 :Int64 $is("Timestamp");
}
