@0xe5a1c0de77b84f02;
# What has happened. One struct per event type; the number of a type in `Event` never changes and is never used again.
# EVENTS.md is the catalogue for people; EVOLUTION.md says what may change.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("placet::schema");
using import "types.capnp".Id;
using import "types.capnp".Role;
using T = import "types.capnp";

struct Event {
  union {
    unspecified @0 :Void;
    ledgerFounded @1 :LedgerFounded;
    systemStarted @2 :SystemStarted;
    systemStopped @3 :SystemStopped;
    clockAccepted @4 :ClockAccepted;
    personRegistered @5 :PersonRegistered;
    roleGranted @6 :RoleGranted;
    accountOpened @7 :AccountOpened;
    inviteIssued @8 :InviteIssued;
    inviteRedeemed @9 :InviteRedeemed;
    tokenRevoked @10 :TokenRevoked;
    reserved @11 :Reserved;
    refusedByControl @12 :RefusedByControl;
    refusalsSummarised @13 :RefusalsSummarised;
    entryRecorded @14 :EntryRecorded;
    personVerified @15 :PersonVerified;
    personsJoined @16 :PersonsJoined;
    roleRevoked @17 :RoleRevoked;
    roleDelegated @18 :RoleDelegated;
    delegationReceived @19 :DelegationReceived;
    delegationEnded @20 :DelegationEnded;
    tokenIssued @21 :TokenIssued;
    accountLocked @22 :AccountLocked;
    accountUnlocked @23 :AccountUnlocked;
    workerRegistered @24 :WorkerRegistered;
    workerDetailsChanged @25 :WorkerDetailsChanged;
    citizenNumberRecorded @26 :CitizenNumberRecorded;
    identityVerified @27 :IdentityVerified;
    documentExpired @28 :DocumentExpired;
    workerBankAccountChanged @29 :WorkerBankAccountChanged;
    wageTaxDeclared @30 :WageTaxDeclared;
    workerFileCompleted @31 :WorkerFileCompleted;
    clientRegistered @32 :ClientRegistered;
    contactAdded @33 :ContactAdded;
    contactRemoved @34 :ContactRemoved;
    creditCheckAsked @35 :CreditCheckAsked;
    creditCheckAnswered @36 :CreditCheckAnswered;
    creditCheckWithdrawn @37 :CreditCheckWithdrawn;
    conditionsAccepted @38 :ConditionsAccepted;
    clientFileCompleted @39 :ClientFileCompleted;
    billingChanged @40 :BillingChanged;
    agencyRegistered @41 :AgencyRegistered;
    cooperationSigned @42 :CooperationSigned;
    agencyBankAccountChanged @43 :AgencyBankAccountChanged;
    admissionRecorded @44 :AdmissionRecorded;
    contractDrawnUp @45 :ContractDrawnUp;
    contractSent @46 :ContractSent;
    contractSigned @47 :ContractSigned;
    contractAmended @48 :ContractAmended;
    contractRenewed @49 :ContractRenewed;
    employmentEndAnnounced @50 :EmploymentEndAnnounced;
    employmentEnded @51 :EmploymentEnded;
    placementLinked @52 :PlacementLinked;
    placementSpanChanged @53 :PlacementSpanChanged;
    placementProposed @54 :PlacementProposed;
    payTermsAgreed @55 :PayTermsAgreed;
    clientTermsAgreed @56 :ClientTermsAgreed;
    purchaseTermsAgreed @57 :PurchaseTermsAgreed;
    agreementSent @58 :AgreementSent;
    agreementAccepted @59 :AgreementAccepted;
    assignmentConfirmed @60 :AssignmentConfirmed;
    gatesOverridden @61 :GatesOverridden;
    placementStarted @62 :PlacementStarted;
    approverAppointed @63 :ApproverAppointed;
    approverEnded @64 :ApproverEnded;
    substituteNamed @65 :SubstituteNamed;
    placementExtended @66 :PlacementExtended;
    placementEnded @67 :PlacementEnded;
    periodKindChanged @68 :PeriodKindChanged;
    calendarPublished @69 :CalendarPublished;
    entryChanged @70 :EntryChanged;
    entryRemoved @71 :EntryRemoved;
    sheetSubmitted @72 :SheetSubmitted;
    sheetSubmittedEmpty @73 :SheetSubmittedEmpty;
    daysApproved @74 :DaysApproved;
    daysRefused @75 :DaysRefused;
    hoursObjected @76 :HoursObjected;
    sheetWithdrawn @77 :SheetWithdrawn;
    sheetReopened @78 :SheetReopened;
    additionRequested @79 :AdditionRequested;
    approvalTakenBack @80 :ApprovalTakenBack;
    daysAcceptedForPay @81 :DaysAcceptedForPay;
    noticeQueued @82 :NoticeQueued;
    actProposed @83 :ActProposed;
    actAgreed @84 :ActAgreed;
    hoursPaid @85 :HoursPaid;
    hoursInvoiced @86 :HoursInvoiced;
    hoursCredited @87 :HoursCredited;
    hoursReversed @88 :HoursReversed;
    payslipCalculated @89 :PayslipCalculated;
    advanceGranted @90 :AdvanceGranted;
    paymentPrepared @91 :PaymentPrepared;
    paymentWithdrawn @92 :PaymentWithdrawn;
    paymentReturned @93 :PaymentReturned;
    runOpened @94 :RunOpened;
    payslipAdded @95 :PayslipAdded;
    runApproved @96 :RunApproved;
    runClosed @97 :RunClosed;
    paymentsAdded @98 :PaymentsAdded;
    paymentTakenOut @99 :PaymentTakenOut;
    paymentsReleased @100 :PaymentsReleased;
    paymentsSettled @101 :PaymentsSettled;
    invoiceDrafted @102 :InvoiceDrafted;
    invoiceLinesAdded @103 :InvoiceLinesAdded;
    invoiceCredited @104 :InvoiceCredited;
    invoiceIssued @105 :InvoiceIssued;
    invoicePaid @106 :InvoicePaid;
    creditSetOff @107 :CreditSetOff;
    numberTaken @108 :NumberTaken;
    parametersPublished @109 :ParametersPublished;
    periodClosed @110 :PeriodClosed;
    bankAccountClosed @111 :BankAccountClosed;
    marginBooked @112 :MarginBooked;
    wholeLedgerRead @113 :WholeLedgerRead;
    keyAdded @114 :KeyAdded;
    sessionBegun @115 :SessionBegun;
    keyRemoved @116 :KeyRemoved;
    noticeAttempted @117 :NoticeAttempted;
    noticeSent @118 :NoticeSent;
    noticeFailed @119 :NoticeFailed;
    noticeGivenUp @120 :NoticeGivenUp;
  }
}

# --- system ---------------------------------------------------------------------------------------------------------

struct LedgerFounded $T.stream(system) $T.audience(.T.toStaff) {
  ledger @0 :Id $T.is("LedgerId");
  origin @1 :Text;    # the name under which checkpoints are signed
  zone @2 :Text;      # IANA name of the employer's time zone
  format @3 :UInt32;  # of the records
}

struct SystemStarted $T.stream(system) $T.audience(.T.toStaff) {
  version @0 :Text;
  settingsHash @1 :Data $T.is("Digest");
  highestEventType @2 :UInt16;  # the highest number in `Event` that this program writes
}

struct SystemStopped $T.stream(system) $T.audience(.T.toStaff) {
}

struct ClockAccepted $T.stream(system) $T.audience(.T.toStaff) {
  # An operator accepts that the clock was set: recorded time goes on from here.
  now @0 :Int64 $T.is("Timestamp");
}

struct WholeLedgerRead $T.stream(system) $T.audience(.T.toStaff) {
  # The actor took a copy of everything up to here, to check it or to keep it.
}

# --- person, account ------------------------------------------------------------------------------------------------

struct PersonRegistered $T.stream(person) $T.audience(.T.toStaff) {
  name @0 :Data $T.is("Box");
}

struct RoleGranted $T.stream(person) $T.audience(.T.toStaff) {
  role @0 :Role;
  scope @1 :Id $T.is("PartyId") $T.optional;  # whose rows: a worker, client or agency; nil for staff, who see the whole ledger
  from @2 :Int32 $T.is("Date");                         # first day in force
  until @3 :Int32 = -1 $T.is("Date") $T.optional;       # last day in force
}

struct PersonVerified $T.stream(person) $T.audience(.T.toStaff) {
  how @0 :T.VerificationMethod;
}

struct PersonsJoined $T.stream(person) $T.audience(.T.toStaff) {
  # These are one human being. Written on the stream of each of them.
  persons @0 :List(Id) $T.is("PersonId") $T.maxItems(32);
}

struct RoleRevoked $T.stream(person) $T.audience(.T.toStaff) {
  role @0 :Role;
  scope @1 :Id $T.is("PartyId") $T.optional;
}

struct RoleDelegated $T.stream(person) $T.audience(.T.toStaff) {
  # This person lets `to` act for him.
  to @0 :Id $T.is("PersonId");
  role @1 :Role;
  scope @2 :Id $T.is("PartyId");
  from @3 :Int32 $T.is("Date");
  until @4 :Int32 $T.is("Date");
}

struct DelegationReceived $T.stream(person) $T.audience(.T.toStaff) {
  # The other side of roleDelegated, on the stream of who may act for `giver`.
  giver @0 :Id $T.is("PersonId");
  role @1 :Role;
  scope @2 :Id $T.is("PartyId");
  from @3 :Int32 $T.is("Date");
  until @4 :Int32 $T.is("Date");
}

struct DelegationEnded $T.stream(person) $T.audience(.T.toStaff) {
  # Before its last day. Written on the streams of both.
  giver @0 :Id $T.is("PersonId");
  to @1 :Id $T.is("PersonId");
  role @2 :Role;
  scope @3 :Id $T.is("PartyId");
}

struct AccountOpened $T.stream(account) $T.audience(.T.toStaff) {
  person @0 :Id $T.is("PersonId");
  email @1 :Data $T.is("Box");
}

struct InviteIssued $T.stream(account) $T.audience(.T.toStaff) {
  token @0 :Id $T.is("TokenId");
  expires @1 :Int64 $T.is("Timestamp");
}

struct InviteRedeemed $T.stream(account) $T.audience(.T.toStaff) {
  # The invite is spent; the account holds a token from here on.
  invite @0 :Id $T.is("TokenId");
  token @1 :Id $T.is("TokenId");
  kind @2 :T.TokenKind;
  expires @3 :Int64 $T.is("Timestamp");
}

struct TokenRevoked $T.stream(account) $T.audience(.T.toStaff) {
  token @0 :Id $T.is("TokenId");
}

struct TokenIssued $T.stream(account) $T.audience(.T.toStaff) {
  token @0 :Id $T.is("TokenId");
  kind @1 :T.TokenKind;
  expires @2 :Int64 $T.is("Timestamp");
  clientSystem @3 :Id $T.is("PersonId") $T.optional;  # of a delegated token: the system that holds it
}

struct AccountLocked $T.stream(account) $T.audience(.T.toStaff) {
  # None of its tokens is good until it is unlocked.
}

struct AccountUnlocked $T.stream(account) $T.audience(.T.toStaff) {
}

struct KeyAdded $T.stream(account) $T.audience(.T.toStaff) {
  # The person signs in with it from here on, and no longer with the one of that kind before it. Sessions end, but for
  # the one in which it was added.
  kind @0 :T.KeyKind;
  key @1 :Id $T.is("TokenId");                     # of what is kept of it
  session @2 :Id $T.is("TokenId") $T.optional;
}

struct KeyRemoved $T.stream(account) $T.audience(.T.toStaff) {
  # He no longer has one of that kind. His sessions end.
  kind @0 :T.KeyKind;
}

struct SessionBegun $T.stream(account) $T.audience(.T.toStaff) {
  # A browser acts as the person from here on.
  session @0 :Id $T.is("TokenId");
  strength @1 :T.Strength;
  expires @2 :Int64 $T.is("Timestamp");
}

# --- reservation, control -------------------------------------------------------------------------------------------

struct Reserved $T.stream(reservation) $T.audience(.T.toStaff) {
  # The first event of a stream whose id is the (keyed) hash of something that may exist once.
  kind @0 :ReservationKind;
  owner @1 :Id;
}

enum ReservationKind {
  unspecified @0;
  accountEmail @1;
  citizenNumber @2;
  workerOfPerson @3;
  employmentOfWorker @4;
}

struct RefusedByControl $T.stream(control) $T.audience(.T.toStaff) {
  # Somebody tried what a control forbids. Stands on control/<person>, never on the stream it would have touched.
  code @0 :T.RejectionCode;
  command @1 :UInt16;                          # its number in `Command`
  target @2 :Id $T.optional;                   # id of the stream it would have written
}

struct RefusalsSummarised $T.stream(control) $T.audience(.T.toStaff) {
  # More than 100 in the hour: from here to the end of it they are refused without a fact of their own.
  hourStart @0 :Int64 $T.is("Timestamp");
}

# --- timesheet ------------------------------------------------------------------------------------------------------

struct EntryRecorded $T.stream(timesheet) $T.audience(.T.toAll) {
  entry @0 :Id $T.is("EntryId");
  placement @1 :Id $T.is("PlacementId");
  period @2 :T.Period;
  hourType @3 :T.HourType;
  worked @4 :T.Worked;
  note @5 :Data $T.is("Box");
}

struct EntryChanged $T.stream(timesheet) $T.audience(.T.toAll) {
  entry @0 :Id $T.is("EntryId");
  hourType @1 :T.HourType;
  worked @2 :T.Worked;
  note @3 :Data $T.is("Box");
}

struct EntryRemoved $T.stream(timesheet) $T.audience(.T.toAll) {
  entry @0 :Id $T.is("EntryId");
}

struct SheetSubmitted $T.stream(timesheet) $T.audience(.T.toAll) {
  # All its open days.
  days @0 :List(Int32) $T.is("Date");
  minutes @1 :Int32 $T.is("Minutes");          # of those days
  contentHash @2 :Data $T.is("Digest");        # of those days
}

struct SheetSubmittedEmpty $T.stream(timesheet) $T.audience(.T.toAll) {
  # No hours in this period.
  placement @0 :Id $T.is("PlacementId");
  period @1 :T.Period;
}

struct DaysApproved $T.stream(timesheet) $T.audience(.T.toAll) {
  # The approver is the actor; by which right, and for whom he stood in, stands here.
  days @0 :List(Int32) $T.is("Date");
  minutes @1 :Int32 $T.is("Minutes");
  contentHash @2 :Data $T.is("Digest");        # of those days, as he saw them
  right @3 :T.Right;                           # appointment, substitution, delegation
  holder @4 :Id $T.is("PersonId");             # who holds the appointment
}

struct DaysRefused $T.stream(timesheet) $T.audience(.T.toAll) {
  days @0 :List(Int32) $T.is("Date");
  reason @1 :Data $T.is("Box");
}

struct HoursObjected $T.stream(timesheet) $T.audience(.T.toAll) {
  # The worker does not agree with what became of his hours.
  reason @0 :Data $T.is("Box");
}

struct SheetWithdrawn $T.stream(timesheet) $T.audience(.T.toAll) {
  # Its submitted days are open again.
  days @0 :List(Int32) $T.is("Date");
}

struct SheetReopened $T.stream(timesheet) $T.audience(.T.toAll) {
  # As withdrawn, by somebody else than who submits, with a reason.
  days @0 :List(Int32) $T.is("Date");
  reason @1 :Data $T.is("Box");
}

struct AdditionRequested $T.stream(timesheet) $T.audience(.T.toAll) {
  # Entries may be added to approved days; only what is added is open, submitted and approved.
  days @0 :List(Int32) $T.is("Date");
  reason @1 :Data $T.is("Box");
}

struct ApprovalTakenBack $T.stream(timesheet) $T.audience(.T.toAll) {
  # Those days are submitted again.
  days @0 :List(Int32) $T.is("Date");
  reason @1 :Data $T.is("Box");
}

struct DaysAcceptedForPay $T.stream(timesheet) $T.audience(.T.toWorkerAgency) {
  # Payable without the client's approval; not invoiceable. Two persons of the employer.
  days @0 :List(Int32) $T.is("Date");
  minutes @1 :Int32 $T.is("Minutes");
  contentHash @2 :Data $T.is("Digest");
  reason @3 :Data $T.is("Box");
}

# --- notice ---------------------------------------------------------------------------------------------------------

struct NoticeQueued $T.stream(notice) $T.audience(.T.toStaff) {
  # Somebody is to be told; queued in the same commit as its cause. The facts below call it by its version.
  kind @0 :T.NoticeKind;
  to @1 :Id $T.is("PersonId");
  placement @2 :Id $T.is("PlacementId") $T.optional;
  sheet @3 :Id $T.is("SheetId") $T.optional;
  account @4 :Id $T.is("AccountId") $T.optional;
  period @5 :T.Period $T.optional;        # of a sheet that need not exist: somebody is reminded of it
}

struct NoticeAttempted $T.stream(notice) $T.audience(.T.toStaff) {
  # It is about to be handed to the mail server. Where nothing follows, nobody knows whether that took it.
  notice @0 :UInt32 $T.is("StreamVersion");
}

struct NoticeSent $T.stream(notice) $T.audience(.T.toStaff) {
  # The mail server took it.
  notice @0 :UInt32 $T.is("StreamVersion");
}

struct NoticeFailed $T.stream(notice) $T.audience(.T.toStaff) {
  # The mail server did not take it, and is asked again.
  notice @0 :UInt32 $T.is("StreamVersion");
  fault @1 :T.DeliveryFault;
  reply @2 :UInt16;                       # the mail server's code; 0: it gave none
  again @3 :Int64 $T.is("Timestamp");     # not before
}

struct NoticeGivenUp $T.stream(notice) $T.audience(.T.toStaff) {
  # It will not be sent.
  notice @0 :UInt32 $T.is("StreamVersion");
  fault @1 :T.DeliveryFault;
  reply @2 :UInt16;
}

# --- worker ---------------------------------------------------------------------------------------------------------

struct WorkerRegistered $T.stream(worker) $T.audience(.T.toWorkerAgency) {
  person @0 :Id $T.is("PersonId");
  agency @1 :Id $T.is("AgencyId") $T.optional;  # who recruited
}

struct WorkerDetailsChanged $T.stream(worker) $T.audience(.T.toStaff) {
  # What is left out did not change.
  address @0 :Data $T.is("Box");
  phone @1 :Data $T.is("Box");
  birthDate @2 :Data $T.is("Box");
}

struct CitizenNumberRecorded $T.stream(worker) $T.audience(.T.toStaff) {
  number @0 :Data $T.is("Box");
}

struct IdentityVerified $T.stream(worker) $T.audience(.T.toStaff) {
  how @0 :T.VerificationMethod;
  document @1 :T.DocumentKind;
  documentNumber @2 :Data $T.is("Box");
  validUntil @3 :Int32 $T.is("Date");                          # last day of the document
  rightToWork @4 :T.RightToWork;
  rightToWorkUntil @5 :Int32 = -1 $T.is("Date") $T.optional;   # last day of a permit
}

struct DocumentExpired $T.stream(worker) $T.audience(.T.toStaff) {
  validUntil @0 :Int32 $T.is("Date");
}

struct WorkerBankAccountChanged $T.stream(worker) $T.audience(.T.toStaff) {
  # By two persons: the actor, and who proposed it.
  iban @0 :Data $T.is("Box");
  proposer @1 :Id $T.is("PersonId") $T.optional;
}

struct BankAccountClosed $T.stream(worker) $T.audience(.T.toStaff) {
  # A payment came back because the account is closed or unknown: nothing is paid to it any more.
}

struct WageTaxDeclared $T.stream(worker) $T.audience(.T.toStaff) {
  # The worker's statement for the wage tax.
  credit @0 :Bool;                       # apply the tax credit
  from @1 :Int32 $T.is("Date");
}

struct WorkerFileCompleted $T.stream(worker) $T.audience(.T.toStaff) {
}

# --- client ---------------------------------------------------------------------------------------------------------

struct ClientRegistered $T.stream(client) $T.audience(.T.toClientAgency) {
  company @0 :T.Company;
  agency @1 :Id $T.is("AgencyId") $T.optional;  # whose client it is
}

struct ContactAdded $T.stream(client) $T.audience(.T.toClientAgency) {
  person @0 :Id $T.is("PersonId");
  kind @1 :T.ContactKind;
}

struct ContactRemoved $T.stream(client) $T.audience(.T.toClientAgency) {
  person @0 :Id $T.is("PersonId");
  kind @1 :T.ContactKind;
}

struct CreditCheckAsked $T.stream(client) $T.audience(.T.toAgency) {
}

struct CreditCheckAnswered $T.stream(client) $T.audience(.T.toAgency) {
  granted @0 :Bool;
  limit @1 :Int64 $T.is("Money");                         # most that may stand out; 0 when refused
  validUntil @2 :Int32 = -1 $T.is("Date") $T.optional;    # last day
}

struct CreditCheckWithdrawn $T.stream(client) $T.audience(.T.toAgency) {
}

struct ConditionsAccepted $T.stream(client) $T.audience(.T.toClientAgency) {
  # The general conditions, by a signatory, who is the actor.
  textHash @0 :Data $T.is("Digest");
}

struct ClientFileCompleted $T.stream(client) $T.audience(.T.toStaff) {
}

struct BillingChanged $T.stream(client) $T.audience(.T.toClient) {
  billing @0 :T.Billing;
}

# --- agency ---------------------------------------------------------------------------------------------------------

struct AgencyRegistered $T.stream(agency) $T.audience(.T.toAgency) {
  company @0 :T.Company;
}

struct CooperationSigned $T.stream(agency) $T.audience(.T.toAgency) {
  textHash @0 :Data $T.is("Digest");
  terms @1 :T.Cooperation;
  from @2 :Int32 $T.is("Date");
}

struct AgencyBankAccountChanged $T.stream(agency) $T.audience(.T.toStaff) {
  iban @0 :Data $T.is("Box");
}

struct AdmissionRecorded $T.stream(agency) $T.audience(.T.toAgency) {
  # Admission to or registration in a public scheme for suppliers of labour.
  scheme @0 :Text $T.maxBytes(64);
  number @1 :Text $T.maxBytes(64);
  validUntil @2 :Int32 = -1 $T.is("Date") $T.optional;
}

# --- employment -----------------------------------------------------------------------------------------------------

struct ContractDrawnUp $T.stream(employment) $T.audience(.T.toWorker) {
  worker @0 :Id $T.is("WorkerId");
  person @1 :Id $T.is("PersonId");     # the worker's, as then known
  textHash @2 :Data $T.is("Digest");
  terms @3 :T.ContractTerms;
}

struct ContractSent $T.stream(employment) $T.audience(.T.toWorker) {
  textHash @0 :Data $T.is("Digest");
}

struct ContractSigned $T.stream(employment) $T.audience(.T.toWorker) {
  party @0 :T.ContractParty;
  textHash @1 :Data $T.is("Digest");
}

struct ContractAmended $T.stream(employment) $T.audience(.T.toWorker) {
  # A new text; both sign again.
  textHash @0 :Data $T.is("Digest");
  terms @1 :T.ContractTerms;
}

struct ContractRenewed $T.stream(employment) $T.audience(.T.toWorker) {
  # A following contract; both sign again.
  textHash @0 :Data $T.is("Digest");
  terms @1 :T.ContractTerms;
}

struct EmploymentEndAnnounced $T.stream(employment) $T.audience(.T.toWorker) {
  lastDay @0 :Int32 $T.is("Date");
}

struct EmploymentEnded $T.stream(employment) $T.audience(.T.toWorker) {
  lastDay @0 :Int32 $T.is("Date");
}

struct PlacementLinked $T.stream(employment) $T.audience(.T.toWorkerAgency) {
  # From this day the placement's hours are kept by this kind of period. Again when the kind changes.
  placement @0 :Id $T.is("PlacementId");
  kind @1 :T.PeriodKind;
  from @2 :Int32 $T.is("Date");
  until @3 :Int32 = -1 $T.is("Date") $T.optional;   # last day of the placement
}

struct PlacementSpanChanged $T.stream(employment) $T.audience(.T.toWorkerAgency) {
  placement @0 :Id $T.is("PlacementId");
  until @1 :Int32 $T.is("Date");
}

# --- placement ------------------------------------------------------------------------------------------------------

struct PlacementProposed $T.stream(placement) $T.audience(.T.toAll) {
  worker @0 :Id $T.is("WorkerId");
  person @1 :Id $T.is("PersonId");                  # the worker's, as then known
  client @2 :Id $T.is("ClientId");
  agency @3 :Id $T.is("AgencyId") $T.optional;
  employment @4 :Id $T.is("EmploymentId");
  kind @5 :T.PeriodKind;                            # how its hours are kept
  from @6 :Int32 $T.is("Date");
  until @7 :Int32 = -1 $T.is("Date") $T.optional;   # last day
}

struct PayTermsAgreed $T.stream(placement) $T.audience(.T.toWorkerAgency) {
  terms @0 :T.PayTerms;
  from @1 :Int32 $T.is("Date");
}

struct ClientTermsAgreed $T.stream(placement) $T.audience(.T.toClientAgency) {
  terms @0 :T.ClientTerms;
  from @1 :Int32 $T.is("Date");
}

struct PurchaseTermsAgreed $T.stream(placement) $T.audience(.T.toAgency) {
  terms @0 :T.PurchaseTerms;
  from @1 :Int32 $T.is("Date");
}

struct AgreementSent $T.stream(placement) $T.audience(.T.toClientAgency) {
  # To the client: the details of the placement and its first approvers.
  textHash @0 :Data $T.is("Digest");
  approvers @1 :List(Id) $T.is("PersonId") $T.maxItems(8);
}

struct AgreementAccepted $T.stream(placement) $T.audience(.T.toClientAgency) {
  # By a signatory of the client, who is the actor.
  textHash @0 :Data $T.is("Digest");
}

struct AssignmentConfirmed $T.stream(placement) $T.audience(.T.toWorkerAgency) {
  # To the worker.
  textHash @0 :Data $T.is("Digest");
}

struct GatesOverridden $T.stream(placement) $T.audience(.T.toStaff) {
  # What is missing, accepted by two persons until a day.
  missing @0 :T.Gates;
  dueOn @1 :Int32 $T.is("Date");                    # 5 working days later
  reason @2 :Data $T.is("Box");
}

struct PlacementStarted $T.stream(placement) $T.audience(.T.toAll) {
  firstDay @0 :Int32 $T.is("Date");
}

struct ApproverAppointed $T.stream(placement) $T.audience(.T.toAll) {
  person @0 :Id $T.is("PersonId");
  from @1 :Int32 $T.is("Date");
  until @2 :Int32 = -1 $T.is("Date") $T.optional;
  isWorker @3 :Bool;  # a warning: the hours are his own, so that he cannot approve them
}

struct ApproverEnded $T.stream(placement) $T.audience(.T.toAll) {
  person @0 :Id $T.is("PersonId");
  lastDay @1 :Int32 $T.is("Date");
}

struct SubstituteNamed $T.stream(placement) $T.audience(.T.toAll) {
  # May approve in place of an approver.
  approver @0 :Id $T.is("PersonId");
  substitute @1 :Id $T.is("PersonId");
  from @2 :Int32 $T.is("Date");
  until @3 :Int32 $T.is("Date");
}

struct PlacementExtended $T.stream(placement) $T.audience(.T.toAll) {
  until @0 :Int32 $T.is("Date");
}

struct PlacementEnded $T.stream(placement) $T.audience(.T.toAll) {
  lastDay @0 :Int32 $T.is("Date");
}

struct PeriodKindChanged $T.stream(placement) $T.audience(.T.toAll) {
  kind @0 :T.PeriodKind;
  from @1 :Int32 $T.is("Date");       # starts a period of the old kind and one of the new
}

# --- calendar -------------------------------------------------------------------------------------------------------

struct CalendarPublished $T.stream(calendar) $T.audience(.T.toAll) {
  kind @0 :T.PeriodKind;
  year @1 :UInt16;
  periods @2 :List(T.CalendarPeriod);
}

# --- hours become money ---------------------------------------------------------------------------------------------

struct HoursPaid $T.stream(timesheet) $T.audience(.T.toWorkerAgency) {
  # All payable hours of the sheet are paid from here on, and no others: these lines are what that adds to, or takes
  # from, all that was paid for the sheet before.
  payslip @0 :Id $T.is("PayslipId");
  lines @1 :List(T.PricedLine);
}

struct HoursInvoiced $T.stream(timesheet) $T.audience(.T.toClientAgency) {
  # All approved hours of the sheet are on an invoice from here on; these lines are what this one adds.
  invoice @0 :Id $T.is("InvoiceId");
  lines @1 :List(T.PricedLine);
}

struct HoursCredited $T.stream(timesheet) $T.audience(.T.toClientAgency) {
  # What that invoice had of this sheet is free again: to be invoiced once more, as soon as the credit note is issued.
  invoice @0 :Id $T.is("InvoiceId");
  creditNote @1 :Id $T.is("InvoiceId") $T.optional;  # nil: the invoice was a draft, and they were taken off it
}

struct MarginBooked $T.stream(timesheet) $T.audience(.T.toAgency) {
  # Of the invoice lines that the event before it stands for. Not for the client, nor for the worker.
  invoice @0 :Id $T.is("InvoiceId");
  margins @1 :List(T.LineMargin);
}

struct HoursReversed $T.stream(timesheet) $T.audience(.T.toAll) {
  # Of days that were approved and paid or invoiced: they wait for the client's judgement again. The next payslip takes
  # back what was paid, unless they are approved again by then; an invoice needs a credit note.
  days @0 :List(Int32) $T.is("Date");
  reason @1 :Data $T.is("Box");
}

# --- pay ------------------------------------------------------------------------------------------------------------

struct PayslipCalculated $T.stream(payAccount) $T.audience(.T.toWorker) {
  # What the worker earned and gets. Gross is the sum of the hours' lines; net is gross less what is taken off.
  payslip @0 :Id $T.is("PayslipId");
  run @1 :Id $T.is("RunId");
  worker @2 :Id $T.is("WorkerId");
  bookedOn @3 :Int32 $T.is("Date");
  lines @4 :List(T.PayslipLine) $T.maxItems(512);
  minutes @5 :Int32 $T.is("Minutes");           # paid
  gross @6 :Int64 $T.is("Money");
  net @7 :Int64 $T.is("Money");
  parameters @8 :UInt64 $T.is("LogPosition");   # the latest publication by which it was calculated
}

struct AdvanceGranted $T.stream(payAccount) $T.audience(.T.toWorker) {
  # Due at once, and taken off later payslips. By two persons.
  worker @0 :Id $T.is("WorkerId");
  amount @1 :Int64 $T.is("Money");
  bookedOn @2 :Int32 $T.is("Date");
  reason @3 :Data $T.is("Box");
}

struct PaymentPrepared $T.stream(payAccount) $T.audience(.T.toWorker) {
  # What was due is in a batch of payments, and to be paid to the account of that fact.
  payment @0 :Id $T.is("PaymentId");
  batch @1 :Id $T.is("BatchId");
  worker @2 :Id $T.is("WorkerId");
  amount @3 :Int64 $T.is("Money");
  account @4 :UInt64 $T.is("LogPosition");   # of workerBankAccountChanged
  run @5 :Id $T.is("RunId") $T.optional;     # whose payslips made it due; nil: an advance, or one that came back
}

struct PaymentWithdrawn $T.stream(payAccount) $T.audience(.T.toWorker) {
  # Out of the batch before it was released: due again.
  payment @0 :Id $T.is("PaymentId");
  batch @1 :Id $T.is("BatchId");
  amount @2 :Int64 $T.is("Money");
}

struct PaymentReturned $T.stream(payAccount) $T.audience(.T.toWorker) {
  # The bank sent it back: due again.
  payment @0 :Id $T.is("PaymentId");
  batch @1 :Id $T.is("BatchId");
  amount @2 :Int64 $T.is("Money");
  why @3 :T.ReturnReason;
  bookedOn @4 :Int32 $T.is("Date");
}

# --- payroll run ----------------------------------------------------------------------------------------------------

struct RunOpened $T.stream(payrollRun) $T.audience(.T.toStaff) {
  period @0 :T.Period;
  bookedOn @1 :Int32 $T.is("Date");   # the day in the books of all its payslips
  payOn @2 :Int32 $T.is("Date");
  basis @3 :UInt64;                   # size of the log at which its input was looked at
}

struct PayslipAdded $T.stream(payrollRun) $T.audience(.T.toStaff) {
  payslip @0 :Id $T.is("PayslipId");
  employment @1 :Id $T.is("EmploymentId");
  gross @2 :Int64 $T.is("Money");
  net @3 :Int64 $T.is("Money");
}

struct RunApproved $T.stream(payrollRun) $T.audience(.T.toStaff) {
  # By two persons, who saw exactly these payslips. None is added any more; what they make due may be paid.
  payslips @0 :UInt32;
  gross @1 :Int64 $T.is("Money");
  net @2 :Int64 $T.is("Money");
  hash @3 :Data $T.is("Digest");   # of all of them, in their order: domain/payroll_run
}

struct RunClosed $T.stream(payrollRun) $T.audience(.T.toStaff) {
}

# --- payment --------------------------------------------------------------------------------------------------------

struct PaymentsAdded $T.stream(paymentBatch) $T.audience(.T.toStaff) {
  run @0 :Id $T.is("RunId") $T.optional;        # nil: advances and returned payments
  count @1 :UInt32;
  amount @2 :Int64 $T.is("Money");
  hash @3 :Data $T.is("Digest");                # of these, in their order: domain/payment
  changes @4 :List(T.AccountChange);            # of their accounts, in the last 7 days
}

struct PaymentTakenOut $T.stream(paymentBatch) $T.audience(.T.toStaff) {
  payment @0 :Id $T.is("PaymentId");
  amount @1 :Int64 $T.is("Money");
}

struct PaymentsReleased $T.stream(paymentBatch) $T.audience(.T.toStaff) {
  # By two persons, who saw exactly these payments. The header: batch and bank file are complete.
  count @0 :UInt32;
  amount @1 :Int64 $T.is("Money");
  hash @2 :Data $T.is("Digest");
  bookedOn @3 :Int32 $T.is("Date");
}

struct PaymentsSettled $T.stream(paymentBatch) $T.audience(.T.toStaff) {
  # The bank has paid all of them.
  amount @0 :Int64 $T.is("Money");
  bookedOn @1 :Int32 $T.is("Date");
}

# --- invoice --------------------------------------------------------------------------------------------------------

struct InvoiceDrafted $T.stream(invoice) $T.audience(.T.toStaff) {
  kind @0 :T.InvoiceKind;
  client @1 :Id $T.is("ClientId");
  agency @2 :Id $T.is("AgencyId") $T.optional;    # whose placements it is about
  credits @3 :Id $T.is("InvoiceId") $T.optional;  # of a credit note: the invoice whose hours it frees
}

struct InvoiceLinesAdded $T.stream(invoice) $T.audience(.T.toClientAgency) {
  first @0 :UInt32;                                  # number of the first of them, from 0
  lines @1 :List(T.InvoiceLine) $T.maxItems(200);
  net @2 :Int64 $T.is("Money");                      # their sum
}

struct InvoiceCredited $T.stream(invoice) $T.audience(.T.toClientAgency) {
  # On the stream of the invoice: a credit note takes back so much of it.
  creditNote @0 :Id $T.is("InvoiceId");
  net @1 :Int64 $T.is("Money");
  vat @2 :Int64 $T.is("Money");
}

struct InvoiceIssued $T.stream(invoice) $T.audience(.T.toClientAgency) {
  # The header: it is complete, and has its number. Of a credit note the amounts are negative.
  kind @0 :T.InvoiceKind;
  year @1 :UInt16;
  number @2 :UInt32;                           # in the series of its kind and year, from 1 without a gap
  issuedOn @3 :Int32 $T.is("Date");
  dueOn @4 :Int32 $T.is("Date");
  lines @5 :UInt32;
  net @6 :Int64 $T.is("Money");
  vat @7 :List(T.VatLine) $T.maxItems(8);
  gross @8 :Int64 $T.is("Money");
  hash @9 :Data $T.is("Digest");               # of all lines, in their order: domain/invoice
  credits @10 :Id $T.is("InvoiceId") $T.optional;
}

struct InvoicePaid $T.stream(invoice) $T.audience(.T.toClientAgency) {
  # By the client: in part, or the rest.
  amount @0 :Int64 $T.is("Money");
  bookedOn @1 :Int32 $T.is("Date");
}

struct CreditSetOff $T.stream(invoice) $T.audience(.T.toClientAgency) {
  # On the streams of both: the invoice is owed, and the credit note is worth, that much less.
  creditNote @0 :Id $T.is("InvoiceId");
  invoice @1 :Id $T.is("InvoiceId");
  amount @2 :Int64 $T.is("Money");
}

struct NumberTaken $T.stream(numberSeries) $T.audience(.T.toStaff) {
  # The next number of a series: the version of this event, plus 1.
  kind @0 :T.InvoiceKind;
  year @1 :UInt16;
  number @2 :UInt32;
  invoice @3 :Id $T.is("InvoiceId");
}

# --- parameters, books ----------------------------------------------------------------------------------------------

struct ParametersPublished $T.stream(parameters) $T.audience(.T.toAll) {
  # They hold from a day; we learnt of them when this was recorded. The latest publication for a day counts.
  from @0 :Int32 $T.is("Date");
  values @1 :List(T.Parameter);
  source @2 :Text;                 # the law or agreement
}

struct PeriodClosed $T.stream(books) $T.audience(.T.toStaff) {
  # By two persons: nothing is booked on this day or before it any more.
  through @0 :Int32 $T.is("Date");
}

# --- two persons ----------------------------------------------------------------------------------------------------

struct ActProposed $T.audience(.T.toStaff) {
  # A command that takes two persons, on the first stream that it would change. The actor proposes it.
  command @0 :UInt16;                         # its number in `Command`
  act @1 :Data $T.maxBytes(60000);            # the sealed `Command`, canonical
  hash @2 :Data $T.is("Digest");              # SHA-256 of `act`
}

struct ActAgreed $T.audience(.T.toStaff) {
  # The second person, the actor, agrees; the act's events follow in the same command.
  proposal @0 :UInt64 $T.is("LogPosition");
  proposer @1 :Id $T.is("PersonId");
  hash @2 :Data $T.is("Digest");
}
