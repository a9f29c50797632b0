@0xd8831fc2b60fa905;
# How programs talk to a ledger. The bootstrap capability can only let somebody in; what he gets then are capabilities
# for what his roles allow. A refusal is a value in a result. An exception means that the call was not answered:
# disconnected, overloaded, unimplemented, or a bug of ours.
#
# Limits per connection: messages of 8 MiB, 16 calls outstanding on one capability in flow control of 16 MiB; 256
# connections in all.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("placet::schema");
using T = import "types.capnp";
using import "types.capnp".Id;
using import "commands.capnp".Command;

struct Basis {
  # What an answer is true of: the first `size` records of this ledger.
  ledger @0 :Id;
  size @1 :UInt64;
}

struct Refusal {
  code @0 :T.RejectionCode;
  message @1 :Text;  # what is wrong, where, and what to do
}

interface Bootstrap {
  authenticate @0 (token :Text) -> (result :SignedIn);
  # With a personal, delegated or system token.

  redeem @1 (invite :Text) -> (result :Redeemed);
  # Spends an invite. The answer holds the token once and for all: it is stored nowhere.
}

struct SignedIn {
  union {
    refused @0 :Refusal;
    session @1 :Session;
  }
}

struct Redeemed {
  union {
    refused @0 :Refusal;
    token @1 :Text;
  }
}

interface Session {
  # Everything below is decided again on each call: a role or token taken away ends it at once.

  whoAmI @0 () -> (person :Id, account :Id, roles :List(Grant), basis :Basis, origin :Text, zone :Text, version :Text);
  commands @1 () -> (commands :Commands);
  events @2 () -> (events :Events);
  accounts @3 () -> (accounts :Accounts);
}

interface Accounts {
  # Ways to sign in. Each answer holds a secret once and for all: it is stored nowhere, and a call that was not answered
  # is made again, for another one.

  invite @0 (account :Id) -> (result :Redeemed);
  # For somebody to exchange for a token of his own, within 14 days.

  issueToken @1 (account :Id, kind :T.TokenKind, clientSystem :Id) -> (result :Redeemed);
  # A further personal token, one that a named client system uses in its person's name, or a machine's own.
}

struct Grant {
  role @0 :T.Role;
  scope @1 :Id;  # a worker, client or agency; nil for staff, who see the whole ledger
}

interface Commands {
  submit @0 (submissions :List(Submission)) -> (outcomes :List(Outcome), basis :Basis);
  # Decides them in order, each for itself, and answers when all of them are durable. At most 4,096 in 8 MiB. A retry
  # with the same id and content gets the first answer.
}

struct Submission {
  id @0 :Id;                  # the caller's, new for each command: a random UUID
  expectedVersion @1 :Int64 = -1;
  # How many events the first stream that it writes must have; 0: it must not exist. The default: any.
  propose @2 :Bool;           # only write it down for a second person to agree to
  command @3 :Command;
}

struct Outcome {
  union {
    refused @0 :Refusal;
    accepted @1 :Accepted;
  }
}

struct Accepted {
  first @0 :UInt64;    # position of its first event
  count @1 :UInt32;    # its events; 0 where nothing needed to change
  repeated @2 :Bool;   # this id was answered before, and this is that answer
}

struct Cursor {
  # Where a follower stands. Start with the ledger's id and size 0; keep what `next` returns together with the effect.
  ledger @0 :Id;
  size @1 :UInt64;
  mark @2 :UInt64;     # the first 8 bytes of the leaf hash of the record before it: another history shows
}

interface Events {
  next @0 (cursor :Cursor, maxEvents :UInt32 = 1000, maxBytes :UInt32 = 1048576, waitMs :UInt32 = 0) -> (page :Page);
  # The events from the cursor on that the caller may see, each as it is stored (record.capnp). Waits at most waitMs (30
  # seconds) for one. The cursor moves over what he may not see. At most 10,000 events and 4 MiB.
}

struct Page {
  union {
    refused @0 :Refusal;
    events :group {
      records @1 :List(Data);
      next @2 :Cursor;
      caughtUp @3 :Bool;
      basis @4 :Basis;
    }
  }
}
