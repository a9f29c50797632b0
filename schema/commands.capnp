@0xc0a2d17e64f35b03;
# What somebody asks for. The JSON form of `Command` is what `placet submit` reads. A field marked "hint" says where
# to look: the server fills it in when it is left out, and decide answers `stale` when it does not hold.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("placet::schema");
using import "types.capnp".Id;
using import "types.capnp".Role;
using import "types.capnp".Secret;
using T = import "types.capnp";

struct Command {
  union {
    unspecified @0 :Void;
    foundLedger @1 :FoundLedger;
    startSystem @2 :StartSystem;
    stopSystem @3 :StopSystem;
    acceptClock @4 :AcceptClock;
    registerPerson @5 :RegisterPerson;
    grantRole @6 :GrantRole;
    openAccount @7 :OpenAccount;
    issueInvite @8 :IssueInvite;
    redeemInvite @9 :RedeemInvite;
    revokeToken @10 :RevokeToken;
    recordEntry @11 :RecordEntry;
    verifyPerson @12 :VerifyPerson;
    joinPersons @13 :JoinPersons;
    revokeRole @14 :RevokeRole;
    delegateRole @15 :DelegateRole;
    endDelegation @16 :EndDelegation;
    issueToken @17 :IssueToken;
    lockAccount @18 :LockAccount;
    unlockAccount @19 :UnlockAccount;
    registerWorker @20 :RegisterWorker;
    changeWorkerDetails @21 :ChangeWorkerDetails;
    recordCitizenNumber @22 :RecordCitizenNumber;
    verifyIdentity @23 :VerifyIdentity;
    expireDocument @24 :ExpireDocument;
    changeWorkerBankAccount @25 :ChangeWorkerBankAccount;
    declareWageTax @26 :DeclareWageTax;
    completeWorkerFile @27 :CompleteWorkerFile;
    registerClient @28 :RegisterClient;
    addContact @29 :AddContact;
    removeContact @30 :RemoveContact;
    askCreditCheck @31 :AskCreditCheck;
    answerCreditCheck @32 :AnswerCreditCheck;
    withdrawCreditCheck @33 :WithdrawCreditCheck;
    acceptConditions @34 :AcceptConditions;
    completeClientFile @35 :CompleteClientFile;
    changeBilling @36 :ChangeBilling;
    registerAgency @37 :RegisterAgency;
    signCooperation @38 :SignCooperation;
    changeAgencyBankAccount @39 :ChangeAgencyBankAccount;
    recordAdmission @40 :RecordAdmission;
    drawUpContract @41 :DrawUpContract;
    sendContract @42 :SendContract;
    signContract @43 :SignContract;
    amendContract @44 :AmendContract;
    renewContract @45 :RenewContract;
    announceEmploymentEnd @46 :AnnounceEmploymentEnd;
    endEmployment @47 :EndEmployment;
    proposePlacement @48 :ProposePlacement;
    agreePayTerms @49 :AgreePayTerms;
    agreeClientTerms @50 :AgreeClientTerms;
    agreePurchaseTerms @51 :AgreePurchaseTerms;
    sendAgreement @52 :SendAgreement;
    acceptAgreement @53 :AcceptAgreement;
    confirmAssignment @54 :ConfirmAssignment;
    startPlacement @55 :StartPlacement;
    appointApprover @56 :AppointApprover;
    replaceApprover @57 :ReplaceApprover;
    endApprover @58 :EndApprover;
    nameSubstitute @59 :NameSubstitute;
    extendPlacement @60 :ExtendPlacement;
    endPlacement @61 :EndPlacement;
    changePeriodKind @62 :ChangePeriodKind;
    publishCalendar @63 :PublishCalendar;
    changeEntry @64 :ChangeEntry;
    removeEntry @65 :RemoveEntry;
    submitSheet @66 :SubmitSheet;
    submitEmpty @67 :SubmitEmpty;
    approveHours @68 :ApproveHours;
    refuseHours @69 :RefuseHours;
    objectToHours @70 :ObjectToHours;
    withdrawSheet @71 :WithdrawSheet;
    reopenSheet @72 :ReopenSheet;
    requestAddition @73 :RequestAddition;
    takeApprovalBack @74 :TakeApprovalBack;
    acceptForPay @75 :AcceptForPay;
    agreeToAct @76 :AgreeToAct;
    importHours @77 :ImportHours;
    reverseHours @78 :ReverseHours;
    publishParameters @79 :PublishParameters;
    openRun @80 :OpenRun;
    calculatePayslip @81 :CalculatePayslip;
    approveRun @82 :ApproveRun;
    closeRun @83 :CloseRun;
    grantAdvance @84 :GrantAdvance;
    preparePayments @85 :PreparePayments;
    withdrawPayment @86 :WithdrawPayment;
    releasePayments @87 :ReleasePayments;
    settlePayments @88 :SettlePayments;
    returnPayment @89 :ReturnPayment;
    draftInvoice @90 :DraftInvoice;
    draftCreditNote @91 :DraftCreditNote;
    addInvoiceLines @92 :AddInvoiceLines;
    issueInvoice @93 :IssueInvoice;
    issueCreditNote @94 :IssueCreditNote;
    receivePayment @95 :ReceivePayment;
    setOffCredit @96 :SetOffCredit;
    closePeriod @97 :ClosePeriod;
    dropInvoiceLines @98 :DropInvoiceLines;
    readWholeLedger @99 :ReadWholeLedger;
    acceptInvite @100 :AcceptInvite;
    signIn @101 :SignIn;
    changeKey @102 :ChangeKey;
    removeKey @103 :RemoveKey;
    sendInvite @104 :SendInvite;
    forgetPassword @105 :ForgetPassword;
    remindOfHours @106 :RemindOfHours;
    attemptNotice @107 :AttemptNotice;
    recordDelivery @108 :RecordDelivery;
  }
}

struct FoundLedger $T.service {
  # Only `placet init` can: the first command of a ledger.
  ledger @0 :Id $T.is("LedgerId");
  origin @1 :Text;
  zone @2 :Text;
}

struct StartSystem $T.service {
  # Only the service itself.
  version @0 :Text;
  settingsHash @1 :Data $T.is("Digest");
}

struct StopSystem $T.service {
}

struct AcceptClock $T.by(.T.byAdministrator) {
  now @0 :Int64 $T.is("Timestamp") $T.server;
}

struct ReadWholeLedger $T.by(.T.byAuditor) {
  # Says that the caller takes a copy of everything; `Proofs.pin` does, before it hands it out.
}

struct RegisterPerson $T.by(.T.byOffice) {
  person @0 :Id $T.is("PersonId");
  name @1 :Secret $T.sealed(event = "personRegistered", field = "name", subject = "person", class = contact);
}

struct GrantRole $T.by(.T.byOffice) {
  person @0 :Id $T.is("PersonId");
  role @1 :Role;
  scope @2 :Id $T.is("PartyId") $T.optional;
  from @3 :Int32 = -1 $T.is("Date") $T.optional;   # first day; left out: today
  until @4 :Int32 = -1 $T.is("Date") $T.optional;  # last day
}

struct OpenAccount $T.by(.T.byOffice) {
  account @0 :Id $T.is("AccountId");
  person @1 :Id $T.is("PersonId");
  email @2 :Secret $T.sealed(event = "accountOpened", field = "email", subject = "person", class = contact, blindIndex = "emailKey");
  emailKey @3 :Id $T.is("ReservationId") $T.server;
}

struct IssueInvite $T.by(.T.byOffice) {
  account @0 :Id $T.is("AccountId");
  token @1 :Id $T.is("TokenId") $T.server;
  brief @2 :Bool;                                # good for two hours, not for two weeks
}

struct RedeemInvite $T.service {
  # Only the service itself, for somebody who showed the invite.
  account @0 :Id $T.is("AccountId");
  invite @1 :Id $T.is("TokenId");
  token @2 :Id $T.is("TokenId") $T.server;
}

struct RevokeToken $T.by(.T.byHimselfOrOffice) {
  account @0 :Id $T.is("AccountId");
  token @1 :Id $T.is("TokenId");
}

struct RecordEntry $T.by(.T.byEnterers) {
  entry @0 :Id $T.is("EntryId");
  placement @1 :Id $T.is("PlacementId");
  worker @2 :Id $T.is("WorkerId") $T.optional;        # hint
  period @3 :T.Period;
  hourType @4 :T.HourType;
  worked @5 :T.Worked;
  note @6 :Secret $T.sealed(event = "entryRecorded", field = "note", subject = "worker", class = hours);
  employment @7 :Id $T.is("EmploymentId") $T.optional;  # hint
  otherSheets @8 :List(Id) $T.is("SheetId") $T.maxItems(40) $T.server;  # hint: what he may have worked at that time
  person @9 :Id $T.is("PersonId") $T.server;                            # hint: the worker's
  joined @10 :List(T.JoinedPerson) $T.maxItems(31) $T.server;           # hint: who else he is
}

# --- person, account ------------------------------------------------------------------------------------------------

struct VerifyPerson $T.by(.T.byOffice) {
  person @0 :Id $T.is("PersonId");
  how @1 :T.VerificationMethod;
}

struct JoinPersons $T.twoPersons $T.by(.T.byOversight) {
  # The two are one human being.
  person @0 :Id $T.is("PersonId");
  other @1 :Id $T.is("PersonId");
  members @2 :List(Id) $T.is("PersonId") $T.maxItems(32) $T.server;  # hint: all who are one with either
}

struct RevokeRole $T.by(.T.byOffice) {
  person @0 :Id $T.is("PersonId");
  role @1 :Role;
  scope @2 :Id $T.is("PartyId") $T.optional;
  delegates @3 :List(Id) $T.is("PersonId") $T.maxItems(32) $T.server;  # hint: who act for this person in that role
}

struct DelegateRole $T.by(.T.byHimself) {
  # The actor lets somebody act for him.
  to @0 :Id $T.is("PersonId");
  role @1 :Role;
  scope @2 :Id $T.is("PartyId");
  from @3 :Int32 = -1 $T.is("Date") $T.optional;
  until @4 :Int32 $T.is("Date");
}

struct EndDelegation $T.by(.T.byHimselfOrOffice) {
  giver @0 :Id $T.is("PersonId");
  to @1 :Id $T.is("PersonId");
  role @2 :Role;
  scope @3 :Id $T.is("PartyId");
}

struct IssueToken $T.by(.T.byHimselfOrOffice) {
  account @0 :Id $T.is("AccountId");
  kind @1 :T.TokenKind;
  clientSystem @2 :Id $T.is("PersonId") $T.optional;
  token @3 :Id $T.is("TokenId") $T.server;
}

struct LockAccount $T.by(.T.byAdministrator) {
  account @0 :Id $T.is("AccountId");
}

struct UnlockAccount $T.by(.T.byAdministrator) {
  account @0 :Id $T.is("AccountId");
}

struct AcceptInvite $T.service {
  # Only the service itself, for somebody who showed the invite and chose a password with it: he is signed in.
  account @0 :Id $T.is("AccountId");
  person @1 :Id $T.is("PersonId");               # whose account it is
  invite @2 :Id $T.is("TokenId");
  key @3 :Id $T.is("TokenId") $T.server;         # of what is kept of the password
  session @4 :Id $T.is("TokenId") $T.server;
}

struct SignIn $T.service {
  # Only the service itself, for somebody who showed a key of his.
  account @0 :Id $T.is("AccountId");
  person @1 :Id $T.is("PersonId");               # whose account it is
  strength @2 :T.Strength;
  remember @3 :Bool;                             # this browser, for 30 days
  session @4 :Id $T.is("TokenId") $T.server;
}

struct ChangeKey $T.service {
  # Only the service itself, for somebody who showed the old key, or got a link to forget it.
  account @0 :Id $T.is("AccountId");
  kind @1 :T.KeyKind;
  session @2 :Id $T.is("TokenId") $T.optional;   # in which he is signed in
  key @3 :Id $T.is("TokenId") $T.server;         # of what is kept of it
}

struct RemoveKey $T.by(.T.byAdministrator) {
  # Of somebody who has lost it: he chooses another one when he signs in next.
  account @0 :Id $T.is("AccountId");
  kind @1 :T.KeyKind;
}

struct SendInvite $T.by(.T.byOffice) {
  # By mail. The invite is made when the mail goes out, and stands nowhere else.
  account @0 :Id $T.is("AccountId");
}

struct ForgetPassword $T.service {
  # Only the service itself, for somebody who says that he forgot his password: a mail brings him a link.
  account @0 :Id $T.is("AccountId");
}

# --- notice ---------------------------------------------------------------------------------------------------------

struct RemindOfHours $T.service {
  # Only the service itself, when a deadline of the calendar comes near or has passed.
  placement @0 :Id $T.is("PlacementId");
  period @1 :T.Period;
  kind @2 :T.NoticeKind;                                          # hoursMissing, approvalDue or approvalLate
  contacts @3 :List(Id) $T.is("PersonId") $T.maxItems(16);        # of approvalLate: those of the agency
}

struct AttemptNotice $T.service {
  # Only the service itself, before it hands a mail to the mail server.
  notices @0 :Id $T.is("NoticeId");
  notice @1 :UInt32 $T.is("StreamVersion");
}

struct RecordDelivery $T.service {
  # Only the service itself: what became of a mail. No fault: the mail server took it.
  notices @0 :Id $T.is("NoticeId");
  notice @1 :UInt32 $T.is("StreamVersion");
  fault @2 :T.DeliveryFault $T.optional;
  reply @3 :UInt16;
}

# --- worker ---------------------------------------------------------------------------------------------------------

struct RegisterWorker $T.by(.T.byAgencyOrOffice) {
  worker @0 :Id $T.is("WorkerId");
  person @1 :Id $T.is("PersonId");
  agency @2 :Id $T.is("AgencyId") $T.optional;
}

struct ChangeWorkerDetails $T.by(.T.byWorkerOrOffice) {
  # What is left out stays.
  worker @0 :Id $T.is("WorkerId");
  address @1 :Secret $T.sealed(event = "workerDetailsChanged", field = "address", subject = "worker", class = contact);
  phone @2 :Secret $T.sealed(event = "workerDetailsChanged", field = "phone", subject = "worker", class = contact);
  birthDate @3 :Secret $T.sealed(event = "workerDetailsChanged", field = "birthDate", subject = "worker", class = identity);
}

struct RecordCitizenNumber $T.by(.T.byBackOffice) {
  worker @0 :Id $T.is("WorkerId");
  number @1 :Secret $T.sealed(event = "citizenNumberRecorded", field = "number", subject = "worker", class = identity, blindIndex = "numberKey");
  numberKey @2 :Id $T.is("ReservationId") $T.server;
}

struct VerifyIdentity $T.by(.T.byBackOffice) {
  worker @0 :Id $T.is("WorkerId");
  how @1 :T.VerificationMethod;
  document @2 :T.DocumentKind;
  documentNumber @3 :Secret $T.sealed(event = "identityVerified", field = "documentNumber", subject = "worker", class = identity);
  validUntil @4 :Int32 $T.is("Date");
  rightToWork @5 :T.RightToWork;
  rightToWorkUntil @6 :Int32 = -1 $T.is("Date") $T.optional;
}

struct ExpireDocument $T.by(.T.byBackOffice) {
  worker @0 :Id $T.is("WorkerId");
}

struct ChangeWorkerBankAccount $T.twoPersons $T.by(.T.byBackOffice) {
  worker @0 :Id $T.is("WorkerId");
  iban @1 :Secret $T.sealed(event = "workerBankAccountChanged", field = "iban", subject = "worker", class = payment);
  employment @2 :Id $T.is("EmploymentId") $T.server;  # hint: his, if he has one
  batches @3 :List(Id) $T.is("BatchId") $T.maxItems(16) $T.server;  # hint: of his payments; what waits is taken out
}

struct DeclareWageTax $T.by(.T.byWorkerOrOffice) {
  worker @0 :Id $T.is("WorkerId");
  credit @1 :Bool;
  from @2 :Int32 $T.is("Date");
}

struct CompleteWorkerFile $T.by(.T.byBackOffice) {
  worker @0 :Id $T.is("WorkerId");
}

# --- client ---------------------------------------------------------------------------------------------------------

struct RegisterClient $T.by(.T.byAgencyOrOffice) {
  client @0 :Id $T.is("ClientId");
  company @1 :T.Company;
  agency @2 :Id $T.is("AgencyId") $T.optional;
}

struct AddContact $T.by(.T.byClientOrOffice) {
  client @0 :Id $T.is("ClientId");
  person @1 :Id $T.is("PersonId");
  kind @2 :T.ContactKind;
}

struct RemoveContact $T.by(.T.byClientOrOffice) {
  client @0 :Id $T.is("ClientId");
  person @1 :Id $T.is("PersonId");
  kind @2 :T.ContactKind;
}

struct AskCreditCheck $T.by(.T.byAgencyOrOffice) {
  client @0 :Id $T.is("ClientId");
}

struct AnswerCreditCheck $T.by(.T.byBackOffice) {
  client @0 :Id $T.is("ClientId");
  granted @1 :Bool;
  limit @2 :Int64 $T.is("Money");
  validUntil @3 :Int32 = -1 $T.is("Date") $T.optional;
}

struct WithdrawCreditCheck $T.by(.T.byBackOffice) {
  client @0 :Id $T.is("ClientId");
}

struct AcceptConditions $T.by(.T.byClient) {
  client @0 :Id $T.is("ClientId");
  textHash @1 :Data $T.is("Digest");
}

struct CompleteClientFile $T.by(.T.byBackOffice) {
  client @0 :Id $T.is("ClientId");
}

struct ChangeBilling $T.by(.T.byClientOrOffice) {
  client @0 :Id $T.is("ClientId");
  billing @1 :T.Billing;
}

# --- agency ---------------------------------------------------------------------------------------------------------

struct RegisterAgency $T.by(.T.byOffice) {
  agency @0 :Id $T.is("AgencyId");
  company @1 :T.Company;
}

struct SignCooperation $T.by(.T.byBackOffice) {
  agency @0 :Id $T.is("AgencyId");
  textHash @1 :Data $T.is("Digest");
  terms @2 :T.Cooperation;
  from @3 :Int32 $T.is("Date");
}

struct ChangeAgencyBankAccount $T.twoPersons $T.by(.T.byBackOffice) {
  agency @0 :Id $T.is("AgencyId");
  iban @1 :Secret $T.sealed(event = "agencyBankAccountChanged", field = "iban", subject = "agency", class = payment);
}

struct RecordAdmission $T.by(.T.byBackOffice) {
  agency @0 :Id $T.is("AgencyId");
  scheme @1 :Text $T.maxBytes(64);
  number @2 :Text $T.maxBytes(64);
  validUntil @3 :Int32 = -1 $T.is("Date") $T.optional;
}

# --- employment -----------------------------------------------------------------------------------------------------

struct DrawUpContract $T.by(.T.byBackOffice) {
  employment @0 :Id $T.is("EmploymentId");
  worker @1 :Id $T.is("WorkerId");
  textHash @2 :Data $T.is("Digest");
  terms @3 :T.ContractTerms;
}

struct SendContract $T.by(.T.byBackOffice) {
  employment @0 :Id $T.is("EmploymentId");
}

struct SignContract $T.by(.T.byWorkerOrOffice) {
  employment @0 :Id $T.is("EmploymentId");
  party @1 :T.ContractParty;
  textHash @2 :Data $T.is("Digest");  # of the text that was read
}

struct AmendContract $T.by(.T.byBackOffice) {
  employment @0 :Id $T.is("EmploymentId");
  textHash @1 :Data $T.is("Digest");
  terms @2 :T.ContractTerms;
}

struct RenewContract $T.by(.T.byBackOffice) {
  employment @0 :Id $T.is("EmploymentId");
  textHash @1 :Data $T.is("Digest");
  terms @2 :T.ContractTerms;
}

struct AnnounceEmploymentEnd $T.by(.T.byWorkerOrOffice) {
  employment @0 :Id $T.is("EmploymentId");
  lastDay @1 :Int32 $T.is("Date");
}

struct EndEmployment $T.by(.T.byBackOffice) {
  employment @0 :Id $T.is("EmploymentId");
  lastDay @1 :Int32 $T.is("Date");
}

# --- placement ------------------------------------------------------------------------------------------------------

struct ProposePlacement $T.by(.T.byAgencyOrOffice) {
  placement @0 :Id $T.is("PlacementId");
  worker @1 :Id $T.is("WorkerId");
  client @2 :Id $T.is("ClientId");
  agency @3 :Id $T.is("AgencyId") $T.optional;
  employment @4 :Id $T.is("EmploymentId");
  kind @5 :T.PeriodKind;
  from @6 :Int32 $T.is("Date");
  until @7 :Int32 = -1 $T.is("Date") $T.optional;
}

struct AgreePayTerms $T.twoPersons $T.by(.T.byBackOffice) {
  placement @0 :Id $T.is("PlacementId");
  terms @1 :T.PayTerms;
  from @2 :Int32 $T.is("Date");
}

struct AgreeClientTerms $T.twoPersons $T.by(.T.byBackOffice) {
  placement @0 :Id $T.is("PlacementId");
  terms @1 :T.ClientTerms;
  from @2 :Int32 $T.is("Date");
}

struct AgreePurchaseTerms $T.twoPersons $T.by(.T.byBackOffice) {
  placement @0 :Id $T.is("PlacementId");
  terms @1 :T.PurchaseTerms;
  from @2 :Int32 $T.is("Date");
}

struct SendAgreement $T.by(.T.byBackOffice) {
  placement @0 :Id $T.is("PlacementId");
  client @1 :Id $T.is("ClientId") $T.optional;  # hint
  textHash @2 :Data $T.is("Digest");
  approvers @3 :List(Id) $T.is("PersonId") $T.maxItems(8);
}

struct AcceptAgreement $T.by(.T.byClient) {
  placement @0 :Id $T.is("PlacementId");
  client @1 :Id $T.is("ClientId") $T.optional;  # hint
  textHash @2 :Data $T.is("Digest");  # of the text that was read
}

struct ConfirmAssignment $T.by(.T.byBackOffice) {
  placement @0 :Id $T.is("PlacementId");
  textHash @1 :Data $T.is("Digest");
}

struct StartPlacement $T.by(.T.byBackOffice) {
  placement @0 :Id $T.is("PlacementId");
  firstDay @1 :Int32 $T.is("Date");
  worker @2 :Id $T.is("WorkerId") $T.optional;  # hint
  client @3 :Id $T.is("ClientId") $T.optional;  # hint
  employment @4 :Id $T.is("EmploymentId") $T.optional;  # hint
  override @5 :T.Gates;  # what may be missing; takes two persons
  reason @6 :Secret $T.sealed(event = "gatesOverridden", field = "reason", subject = "worker", class = dossier);
}

struct AppointApprover $T.by(.T.byClientOrOffice) {
  placement @0 :Id $T.is("PlacementId");
  client @1 :Id $T.is("ClientId") $T.optional;  # hint
  person @2 :Id $T.is("PersonId");
  from @3 :Int32 = -1 $T.is("Date") $T.optional;
  until @4 :Int32 = -1 $T.is("Date") $T.optional;
}

struct ReplaceApprover $T.by(.T.byClientOrOffice) {
  placement @0 :Id $T.is("PlacementId");
  client @1 :Id $T.is("ClientId") $T.optional;  # hint
  person @2 :Id $T.is("PersonId");
  successor @3 :Id $T.is("PersonId");
  from @4 :Int32 = -1 $T.is("Date") $T.optional;
}

struct EndApprover $T.by(.T.byClientOrOffice) {
  placement @0 :Id $T.is("PlacementId");
  client @1 :Id $T.is("ClientId") $T.optional;  # hint
  person @2 :Id $T.is("PersonId");
  lastDay @3 :Int32 $T.is("Date");
}

struct NameSubstitute $T.by(.T.byClientOrOffice) {
  placement @0 :Id $T.is("PlacementId");
  client @1 :Id $T.is("ClientId") $T.optional;  # hint
  approver @2 :Id $T.is("PersonId");
  substitute @3 :Id $T.is("PersonId");
  from @4 :Int32 = -1 $T.is("Date") $T.optional;
  until @5 :Int32 $T.is("Date");
}

struct ExtendPlacement $T.by(.T.byAgencyOrOffice) {
  placement @0 :Id $T.is("PlacementId");
  employment @1 :Id $T.is("EmploymentId") $T.optional;  # hint
  until @2 :Int32 $T.is("Date");
}

struct EndPlacement $T.by(.T.byAgencyOrOffice) {
  placement @0 :Id $T.is("PlacementId");
  employment @1 :Id $T.is("EmploymentId") $T.optional;  # hint
  lastDay @2 :Int32 $T.is("Date");
}

struct ChangePeriodKind $T.by(.T.byBackOffice) {
  placement @0 :Id $T.is("PlacementId");
  employment @1 :Id $T.is("EmploymentId") $T.optional;  # hint
  kind @2 :T.PeriodKind;
  from @3 :Int32 $T.is("Date");
  calendarYear @4 :UInt16;  # of the calendar that holds the periods of four weeks
}

# --- calendar -------------------------------------------------------------------------------------------------------

struct PublishCalendar $T.by(.T.byBackOffice) {
  kind @0 :T.PeriodKind;
  year @1 :UInt16;
  periods @2 :List(T.CalendarPeriod);
}

# --- timesheet ------------------------------------------------------------------------------------------------------

struct ImportHours $T.by(.T.byEnterers) {
  # Hours from a file or a roster, of one sheet or of several: all of them or none. A refusal names the first entry that
  # is in the way, `entries[N]`, from 0. At most 64 streams in all, so that many sheets take several commands.
  entries @0 :List(RecordEntry) $T.maxItems(4096);
}

struct ChangeEntry $T.by(.T.byEnterers) {
  # An empty note takes the old one away.
  entry @0 :Id $T.is("EntryId");
  placement @1 :Id $T.is("PlacementId");
  worker @2 :Id $T.is("WorkerId") $T.optional;  # hint
  period @3 :T.Period;
  hourType @4 :T.HourType;
  worked @5 :T.Worked;
  note @6 :Secret $T.sealed(event = "entryChanged", field = "note", subject = "worker", class = hours);
  employment @7 :Id $T.is("EmploymentId") $T.optional;  # hint
  otherSheets @8 :List(Id) $T.is("SheetId") $T.maxItems(40) $T.server;  # hint
  person @9 :Id $T.is("PersonId") $T.server;                            # hint
  joined @10 :List(T.JoinedPerson) $T.maxItems(31) $T.server;           # hint
}

struct RemoveEntry $T.by(.T.byEnterers) {
  entry @0 :Id $T.is("EntryId");
  placement @1 :Id $T.is("PlacementId");
  period @2 :T.Period;
}

struct SubmitSheet $T.by(.T.byEnterers) {
  # All its open days.
  placement @0 :Id $T.is("PlacementId");
  period @1 :T.Period;
}

struct SubmitEmpty $T.by(.T.byEnterers) {
  # No hours in this period.
  placement @0 :Id $T.is("PlacementId");
  period @1 :T.Period;
}

struct ApproveHours $T.by(.T.byApprovers) {
  placement @0 :Id $T.is("PlacementId");
  period @1 :T.Period;
  days @2 :List(Int32) $T.is("Date");  # none: all that are submitted
  seen @3 :Data $T.is("Digest");  # content hash of those days, as shown
  lender @4 :Id $T.is("PersonId") $T.server;  # hint: by whose delegation; none: by a right of his own
}

struct RefuseHours $T.by(.T.byApprovers) {
  placement @0 :Id $T.is("PlacementId");
  period @1 :T.Period;
  worker @2 :Id $T.is("WorkerId") $T.optional;  # hint
  days @3 :List(Int32) $T.is("Date");  # none: all that are submitted
  reason @4 :Secret $T.sealed(event = "daysRefused", field = "reason", subject = "worker", class = hours);
}

struct ObjectToHours $T.by(.T.byWorker) {
  placement @0 :Id $T.is("PlacementId");
  period @1 :T.Period;
  worker @2 :Id $T.is("WorkerId") $T.optional;  # hint
  reason @3 :Secret $T.sealed(event = "hoursObjected", field = "reason", subject = "worker", class = hours);
}

struct WithdrawSheet $T.by(.T.byWorkerAgencyOrOffice) {
  placement @0 :Id $T.is("PlacementId");
  period @1 :T.Period;
}

struct ReopenSheet $T.by(.T.byClientOrOffice) {
  placement @0 :Id $T.is("PlacementId");
  period @1 :T.Period;
  worker @2 :Id $T.is("WorkerId") $T.optional;  # hint
  days @3 :List(Int32) $T.is("Date");  # none: all that are submitted
  reason @4 :Secret $T.sealed(event = "sheetReopened", field = "reason", subject = "worker", class = hours);
}

struct RequestAddition $T.by(.T.byEnterers) {
  placement @0 :Id $T.is("PlacementId");
  period @1 :T.Period;
  worker @2 :Id $T.is("WorkerId") $T.optional;  # hint
  days @3 :List(Int32) $T.is("Date");
  reason @4 :Secret $T.sealed(event = "additionRequested", field = "reason", subject = "worker", class = hours);
}

struct TakeApprovalBack $T.by(.T.byClientOrOffice) {
  placement @0 :Id $T.is("PlacementId");
  period @1 :T.Period;
  worker @2 :Id $T.is("WorkerId") $T.optional;  # hint
  days @3 :List(Int32) $T.is("Date");  # none: all that are approved
  reason @4 :Secret $T.sealed(event = "approvalTakenBack", field = "reason", subject = "worker", class = hours);
}

struct AcceptForPay $T.twoPersons $T.by(.T.byBackOffice) {
  placement @0 :Id $T.is("PlacementId");
  period @1 :T.Period;
  worker @2 :Id $T.is("WorkerId") $T.optional;  # hint
  days @3 :List(Int32) $T.is("Date");  # none: all that are submitted
  seen @4 :Data $T.is("Digest");
  reason @5 :Secret $T.sealed(event = "daysAcceptedForPay", field = "reason", subject = "worker", class = hours);
}

struct ReverseHours $T.twoPersons $T.by(.T.byBackOffice) {
  # Of hours that were approved and paid or invoiced by mistake. Others: takeApprovalBack.
  placement @0 :Id $T.is("PlacementId");
  period @1 :T.Period;
  worker @2 :Id $T.is("WorkerId") $T.optional;  # hint
  days @3 :List(Int32) $T.is("Date");           # none: all that are settled
  reason @4 :Secret $T.sealed(event = "hoursReversed", field = "reason", subject = "worker", class = hours);
}

# --- parameters, books ----------------------------------------------------------------------------------------------

struct PublishParameters $T.twoPersons $T.by(.T.byBackOffice) {
  from @0 :Int32 $T.is("Date");
  values @1 :List(T.Parameter);
  source @2 :Text;
}

struct ClosePeriod $T.twoPersons $T.by(.T.byBackOffice) {
  through @0 :Int32 $T.is("Date");  # a day that is over
}

# --- pay ------------------------------------------------------------------------------------------------------------

struct OpenRun $T.by(.T.byBackOffice) {
  # A payroll run for a period. What it pays may be of others: corrections, hours that came late.
  run @0 :Id $T.is("RunId");
  period @1 :T.Period;
  bookedOn @2 :Int32 $T.is("Date");  # in the books; the period of that day is open
  payOn @3 :Int32 $T.is("Date");
  basis @4 :UInt64;                  # size of the log at which its input was looked at
}

struct CalculatePayslip $T.by(.T.byBackOffice) {
  # All that is payable of those sheets of one worker, and was not paid yet; what was paid and no longer is payable is
  # taken back. With the rates in force on each day worked.
  run @0 :Id $T.is("RunId");
  employment @1 :Id $T.is("EmploymentId");
  sheets @2 :List(T.SheetSeen) $T.maxItems(24);
  carry @3 :Bool;  # what he would owe becomes an advance, which later payslips recover; refused otherwise
}

struct ApproveRun $T.twoPersons $T.by(.T.byBackOffice) {
  # Whoever proposes it has checked the payslips; another person agrees.
  run @0 :Id $T.is("RunId");
  seen @1 :Data $T.is("Digest");  # hash of its payslips, as looked at
}

struct CloseRun $T.by(.T.byBackOffice) {
  run @0 :Id $T.is("RunId");
}

struct GrantAdvance $T.twoPersons $T.by(.T.byBackOffice) {
  employment @0 :Id $T.is("EmploymentId");
  worker @1 :Id $T.is("WorkerId");
  amount @2 :Int64 $T.is("Money");
  reason @3 :Secret $T.sealed(event = "advanceGranted", field = "reason", subject = "worker", class = dossier);
}

# --- payment --------------------------------------------------------------------------------------------------------

struct PreparePayments $T.by(.T.byBackOffice) {
  # Puts all that is due to those workers into a batch. The first such command makes the batch.
  batch @0 :Id $T.is("BatchId");
  run @1 :Id $T.is("RunId") $T.optional;  # what its payslips made due; nil: advances, and payments that came back
  payees @2 :List(T.Payee) $T.maxItems(24);
  held @3 :Bool;  # those too whose account changed less than 7 days ago: who changed it cannot release this batch
}

struct WithdrawPayment $T.by(.T.byBackOffice) {
  batch @0 :Id $T.is("BatchId");
  employment @1 :Id $T.is("EmploymentId");
}

struct ReleasePayments $T.twoPersons $T.by(.T.byBackOffice) {
  # Neither of the two has changed the account of a payee in the last 7 days.
  batch @0 :Id $T.is("BatchId");
  seen @1 :Data $T.is("Digest");  # hash of its payments, as looked at
}

struct SettlePayments $T.by(.T.byBackOffice) {
  batch @0 :Id $T.is("BatchId");
  amount @1 :Int64 $T.is("Money");  # that the bank took off
}

struct ReturnPayment $T.by(.T.byBackOffice) {
  batch @0 :Id $T.is("BatchId");
  employment @1 :Id $T.is("EmploymentId");
  worker @2 :Id $T.is("WorkerId");
  payment @3 :Id $T.is("PaymentId");
  why @4 :T.ReturnReason;
  batches @5 :List(Id) $T.is("BatchId") $T.maxItems(16) $T.server;  # hint: of his payments; what waits is taken out
}

# --- invoice --------------------------------------------------------------------------------------------------------

struct DraftInvoice $T.by(.T.byBackOffice) {
  invoice @0 :Id $T.is("InvoiceId");
  client @1 :Id $T.is("ClientId");
  agency @2 :Id $T.is("AgencyId") $T.optional;  # whose placements it is about; nil: the employer's own
}

struct DraftCreditNote $T.by(.T.byBackOffice) {
  creditNote @0 :Id $T.is("InvoiceId");
  invoice @1 :Id $T.is("InvoiceId");
}

struct AddInvoiceLines $T.by(.T.byBackOffice) {
  # To a draft: of an invoice all approved hours of those sheets that are on none yet, at the rates in force on each day
  # worked, and what a rate that was raised since adds; of a credit note what its invoice has of them.
  invoice @0 :Id $T.is("InvoiceId");
  sheets @1 :List(T.SheetSeen) $T.maxItems(24);
}

struct DropInvoiceLines $T.by(.T.byBackOffice) {
  # Off a draft of an invoice: those hours may go on another one.
  invoice @0 :Id $T.is("InvoiceId");
  sheets @1 :List(T.SheetSeen) $T.maxItems(24);
}

struct IssueInvoice $T.by(.T.byBackOffice) {
  invoice @0 :Id $T.is("InvoiceId");
  client @1 :Id $T.is("ClientId");
  seen @2 :Data $T.is("Digest");  # hash of its lines, as looked at
  vat @3 :T.VatTreatment;
  dueOn @4 :Int32 = -1 $T.is("Date") $T.optional;  # left out: in 30 days
}

struct IssueCreditNote $T.twoPersons $T.by(.T.byBackOffice) {
  creditNote @0 :Id $T.is("InvoiceId");
  invoice @1 :Id $T.is("InvoiceId");
  seen @2 :Data $T.is("Digest");
}

struct ReceivePayment $T.by(.T.byBackOffice) {
  # The client paid the invoice, or a part of it.
  invoice @0 :Id $T.is("InvoiceId");
  amount @1 :Int64 $T.is("Money");
}

struct SetOffCredit $T.by(.T.byBackOffice) {
  # What is left of a credit note against another invoice of the same client.
  creditNote @0 :Id $T.is("InvoiceId");
  invoice @1 :Id $T.is("InvoiceId");
  amount @2 :Int64 $T.is("Money");
}

# --- two persons ----------------------------------------------------------------------------------------------------

struct AgreeToAct {
  # Who may: whoever may send the proposed command itself.
  category @0 :T.Category;                      # of the stream on which the proposal stands
  stream @1 :Id;
  proposal @2 :UInt64 $T.is("LogPosition");
  hash @3 :Data $T.is("Digest");                # of the act that was read
  proposer @4 :Id $T.is("PersonId") $T.server;  # hint
}
