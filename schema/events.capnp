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
  }
}

# --- system ---------------------------------------------------------------------------------------------------------

struct LedgerFounded $T.stream(system) $T.audience(.T.toStaff) {
  ledger @0 :Id $T.is("LedgerId");
  origin @1 :Text;    # the name under which checkpoints are signed
  zone @2 :Text;      # IANA name of the employer's time zone
  format @3 :UInt32;  # of the stored log
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

# --- person, account ------------------------------------------------------------------------------------------------

struct PersonRegistered $T.stream(person) $T.audience(.T.toStaff) {
  name @0 :Data $T.is("Box");
}

struct RoleGranted $T.stream(person) $T.audience(.T.toStaff) {
  role @0 :Role;
  scope @1 :Id $T.is("PartyId") $T.optional;  # whose rows: a worker, client or agency; nil for staff, who see the whole ledger
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

# --- reservation, control -------------------------------------------------------------------------------------------

struct Reserved $T.stream(reservation) $T.audience(.T.toStaff) {
  # The first event of a stream whose id is the (keyed) hash of something that may exist once.
  kind @0 :ReservationKind;
  owner @1 :Id;
}

enum ReservationKind {
  unspecified @0;
  accountEmail @1;
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
