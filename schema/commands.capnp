@0xc0a2d17e64f35b03;
# What somebody asks for. The JSON form of `Command` is what `placet submit` reads.

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
  }
}

struct FoundLedger {
  # Only `placet init` can: the first command of a ledger.
  ledger @0 :Id $T.is("LedgerId");
  origin @1 :Text;
  zone @2 :Text;
}

struct StartSystem {
  # Only the service itself.
  version @0 :Text;
  settingsHash @1 :Data $T.is("Digest");
}

struct StopSystem {
}

struct AcceptClock {
  now @0 :Int64 $T.is("Timestamp") $T.server;
}

struct RegisterPerson {
  person @0 :Id $T.is("PersonId");
  name @1 :Secret $T.sealed(event = "personRegistered", field = "name", subject = "person", class = contact);
}

struct GrantRole {
  person @0 :Id $T.is("PersonId");
  role @1 :Role;
  scope @2 :Id $T.is("PartyId") $T.optional;
}

struct OpenAccount {
  account @0 :Id $T.is("AccountId");
  person @1 :Id $T.is("PersonId");
  email @2 :Secret $T.sealed(event = "accountOpened", field = "email", subject = "person", class = contact, blindIndex = "emailKey");
  emailKey @3 :Id $T.is("ReservationId") $T.server;
}

struct IssueInvite {
  account @0 :Id $T.is("AccountId");
  token @1 :Id $T.is("TokenId") $T.server;
}

struct RedeemInvite {
  # Only the service itself, for somebody who showed the invite.
  account @0 :Id $T.is("AccountId");
  invite @1 :Id $T.is("TokenId");
  token @2 :Id $T.is("TokenId") $T.server;
}

struct RevokeToken {
  account @0 :Id $T.is("AccountId");
  token @1 :Id $T.is("TokenId");
}

struct RecordEntry {
  entry @0 :Id $T.is("EntryId");
  placement @1 :Id $T.is("PlacementId");
  worker @2 :Id $T.is("WorkerId");
  period @3 :T.Period;
  hourType @4 :T.HourType;
  worked @5 :T.Worked;
  note @6 :Secret $T.sealed(event = "entryRecorded", field = "note", subject = "worker", class = hours);
}
