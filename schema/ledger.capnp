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
using Q = import "queries.capnp";

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
  queries @4 () -> (queries :Queries);
  operations @5 () -> (result :OperationsOrRefusal);
  # For staff.
  proofs @6 () -> (proofs :Proofs);
}

struct OperationsOrRefusal {
  union {
    refused @0 :Refusal;
    operations @1 :Operations;
  }
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
  id @0 :Id;                  # the caller's, new for each command: a UUID, best of version 7, which begins with its time
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
  mark @2 :UInt64;     # the first 8 bytes of the leaf hash of the record before it: another history shows. 0: start here,
                       # whatever is before
}

interface Events {
  next @0 (cursor :Cursor, maxEvents :UInt32 = 1000, maxBytes :UInt32 = 1048576, waitMs :UInt32 = 0, filter :EventFilter)
      -> (page :Page);
  # The events from the cursor on that the caller may see and that fit the filter, each as it is stored (record.capnp).
  # Waits at most waitMs (30 seconds) for one. The cursor moves over all others. At most 10,000 events and 4 MiB.
  begin @1 (at :Place) -> (cursor :CursorOrRefusal);
  # A cursor to start with.
}

struct EventFilter {
  # Of each list that is not empty, one must be the event's. At most 1,000 in all of them.
  categories @0 :List(T.Category);  # of streams
  types @1 :List(UInt16);           # numbers of events, as in EVENTS.md
  streams @2 :List(Id);
  parties @3 :List(Id);             # workers, clients, agencies, placements that it concerns
}

struct Place {
  union {
    now @0 :Void;                          # what comes from here on
    since @1 :Int64 $T.is("Timestamp");    # what was recorded at that instant and later
    size @2 :UInt64;                       # what comes after so many records, or after the command that this cuts
  }
}

struct CursorOrRefusal {
  union {
    refused @0 :Refusal;
    cursor @1 :Cursor;
  }
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

struct Answer {
  # How a query went. The rows beside it count under `rows` only.
  union {
    refused @0 :Refusal;
    rows :group {
      basis @1 :Basis;
      roundedDown @2 :Bool;        # `asOfSize` was in the middle of a command: this is the end of the one before
      next @3 :Data;               # where the next page starts; empty: this was the last
    }
    behind @4 :Basis;              # the time was up; this is how far the rows are
    stopped @5 :StoppedProjection; # it failed on an event and waits for a rebuild or a newer program
    unknownPosition @6 :UInt64;    # the ledger has no such size: this is its size
  }
}

struct StoppedProjection {
  projection @0 :Text;
  position @1 :UInt64;  # of the event
  why @2 :Text;
}

interface Queries {
  # Each caller sees his own rows, staff all. An id that he may not see is `not_found`.

  timesheets @0 (asked :Q.Asked, filter :Q.HoursFilter) -> (answer :Answer, rows :List(Q.Sheet));
  # By period, oldest first.
  entries @1 (asked :Q.Asked, sheet :Id) -> (answer :Answer, rows :List(Q.Entry));
  # Of one sheet, by day and start.
  approvals @2 (asked :Q.Asked, filter :Q.HoursFilter) -> (answer :Answer, rows :List(Q.Approval));
  # Who approved what, by what right, and how late; by position.
  open @3 (asked :Q.Asked, filter :Q.HoursFilter) -> (answer :Answer, rows :List(Q.OpenItem));
  # Hours that wait for somebody.
  missing @4 (asked :Q.Asked, filter :Q.PartyFilter) -> (answer :Answer, rows :List(Q.MissingSheet));
  # Sheets that were expected by the day asked for and did not come, and calendars without which they could not.
  proposals @5 (asked :Q.Asked) -> (answer :Answer, rows :List(Q.Proposal));
  # Acts that wait for a second person. For staff.
  placements @6 (asked :Q.Asked, filter :Q.PartyFilter) -> (answer :Answer, rows :List(Q.Placement));
  # With the terms and approvers in force on the day asked for.
  workers @7 (asked :Q.Asked, filter :Q.PartyFilter) -> (answer :Answer, rows :List(Q.Worker));
  clients @8 (asked :Q.Asked, filter :Q.PartyFilter) -> (answer :Answer, rows :List(Q.Organisation));
  agencies @9 (asked :Q.Asked, filter :Q.PartyFilter) -> (answer :Answer, rows :List(Q.Organisation));
  persons @10 (asked :Q.Asked) -> (answer :Answer, rows :List(Q.Person));
  # With the roles in force on the day asked for. For staff; to others: themselves.
  accounts @11 (asked :Q.Asked) -> (answer :Answer, rows :List(Q.Account));
  # For staff; to others: their own.
  calendar @12 (asked :Q.Asked, filter :Q.CalendarFilter) -> (answer :Answer, rows :List(Q.CalendarLine));
  # For everybody.
  history @13 (asked :Q.Asked, entity :Id) -> (answer :Answer, rows :List(Data));
  # Every fact on the streams of one id that the caller may see, each as it is stored (record.capnp); by position.
  balances @14 (asked :Q.Asked, filter :Q.PartyFilter) -> (answer :Answer, rows :List(Q.PayBalance));
  payslips @15 (asked :Q.Asked, filter :Q.PartyFilter) -> (answer :Answer, rows :List(Q.Payslip));
  # By position.
  runs @16 (asked :Q.Asked) -> (answer :Answer, rows :List(Q.Run));
  # For staff.
  payments @17 (asked :Q.Asked, filter :Q.PartyFilter) -> (answer :Answer, rows :List(Q.Payment));
  paymentBatches @18 (asked :Q.Asked) -> (answer :Answer, rows :List(Q.PaymentBatch));
  # For staff.
  invoices @19 (asked :Q.Asked, filter :Q.InvoiceFilter) -> (answer :Answer, rows :List(Q.Invoice));
  # And credit notes; in the order in which they were drafted.
  invoiceLines @20 (asked :Q.Asked, invoice :Id) -> (answer :Answer, rows :List(Q.BilledLine));
  journal @21 (asked :Q.Asked, filter :Q.JournalFilter) -> (answer :Answer, rows :List(Q.JournalEntry));
  # By day in the books, then position. For staff.
  trialBalance @22 (asked :Q.Asked, filter :Q.JournalFilter) -> (answer :Answer, rows :List(Q.AccountBalance));
  # Of whole months. For staff.
  reconcileHours @23 (asked :Q.Asked) -> (answer :Answer, rows :List(Q.ReconciledSheet));
  # Every sheet, by period. For staff.
  reconcileDebtors @24 (asked :Q.Asked) -> (answer :Answer, rows :List(Q.ReconciledDebtor));
  # For staff.
  explain @25 (asked :Q.Asked, document :Id, line :UInt32) -> (answer :Answer, rows :List(Q.Step));
  # What a line of a payslip or an invoice rests on, from 0.
}

interface Proofs {
  # That the ledger shows everybody one history and does not change it, in the formats of transparency logs (c2sp.org),
  # which programs verify that are not ours. Checkpoints say nothing about anybody, so everybody gets them.

  checkpoint @0 (atLeast :UInt64) -> (result :SignedCheckpoint);
  # Over at least so many records; 0: over all there are. Waits up to a second: that often one is signed.
  prove @1 (position :UInt64) -> (result :ProvenRecord);
  # That a record is under a checkpoint. For who may see the record.
  consistency @2 (oldSize :UInt64, size :UInt64) -> (result :ProvenGrowth);
  # That the checkpoint over `size` records extends every earlier one over `oldSize`. 0: over all there are. Another size
  # must be one that was signed.
  pin @3 () -> (result :PinnedOrRefusal);
  # Everything, to be checked or kept by somebody else. For auditors; that one took it is a fact in the log, and in what
  # he gets. At most 4 at a time.
}

struct PinnedOrRefusal {
  union {
    refused @0 :Refusal;
    pinned @1 :PinnedLedger;
  }
}

interface PinnedLedger {
  # The ledger as it is stored, as of one moment, whatever is written meanwhile; for as long as somebody holds it.

  rows @0 (table :Text, from :Data, maxBytes :UInt32 = 1048576) -> (result :StoredRows);
  # The rows of a table from the key `from` on, in their order: at least one, then as many as fit; at most 4 MiB. Tables:
  # those of the log (log_format.h) with `log/` before their names, those of projections with `views/`.
}

struct StoredRows {
  union {
    refused @0 :Refusal;
    page :group {
      rows @1 :List(StoredRow);
      more @2 :Bool;
    }
  }
}

struct StoredRow {
  key @0 :Data;
  row @1 :Data;
}

struct SignedCheckpoint {
  union {
    refused @0 :Refusal;
    signed :group {
      note @1 :Text;  # c2sp.org/tlog-checkpoint
      key @2 :Text;   # who signed it, as the ledger says: an auditor compares it with the one that he was given
    }
  }
}

struct ProvenRecord {
  union {
    refused @0 :Refusal;
    proven :group {
      record @1 :Data;  # as it is stored (record.capnp): what the proof is about
      proof @2 :Text;   # c2sp.org/tlog-proof
    }
  }
}

struct ProvenGrowth {
  union {
    refused @0 :Refusal;
    proof @1 :Text;  # as a witness gets it (c2sp.org/tlog-witness): old size, hashes, checkpoint
  }
}

interface Operations {
  status @0 () -> (result :Status);
  rebuild @1 (projection :Text) -> (result :Done);
  # Makes its rows anew from the log, beside the old ones, which answer meanwhile. For administrators and back office.
  cancelRebuild @2 (projection :Text) -> (result :Done);
  # What is done is kept for the next `rebuild`.
  moveClock @3 (to :Int64, tick :Bool) -> (result :Done);
  # UTC microseconds: forward, at most 62 days in one call; the clock stands there, or ticks from there on. For
  # administrators of a demo ledger: one whose origin starts with `demo.`. A command that is decided at that very
  # moment may be refused as `clockJumped`.
  backup @4 () -> (result :BackedUp);
  # Copies log and state into the folder that placetd was given (--backups), beside all else that it does, and reads the
  # copy back. Shares with the copies before it what did not change. For administrators; one at a time.
}

struct BackedUp {
  union {
    refused @0 :Refusal;
    backup :group {
      id @1 :UInt32;         # of the log: what `placet restore` asks for
      stateId @2 :UInt32;
      size @3 :UInt64;       # how many events the checkpoint covers; those that came meanwhile are in it too
      checkpoint @4 :Text;   # the signed note, to be kept elsewhere
      folder @5 :Text;       # on the machine of placetd
    }
  }
}

struct Done {
  union {
    refused @0 :Refusal;
    done @1 :Void;
  }
}

struct Status {
  union {
    refused @0 :Refusal;
    ledger :group {
      version @1 :Text;
      origin @2 :Text;
      zone @3 :Text;
      basis @4 :Basis;                 # of the log
      now @5 :Int64 $T.is("Timestamp");
      diskFreeBytes @6 :UInt64;
      projections @7 :List(ProjectionStatus);
      followers @8 :List(FollowerStatus);  # since the start, by who follows
      backups @9 :BackupStatus;
      snapshots @10 :List(UInt64);         # sizes from which looks at the past start, smallest first
    }
  }
}

struct BackupStatus {
  # Of the folder that placetd was given.
  newest @0 :BackupAt;     # none was made: all 0
  restored @1 :BackupAt;   # the last one that was restored, into any folder, and was right; none: all 0
  fault @2 :Text;          # why that is not known
}

struct BackupAt {
  id @0 :UInt32;
  size @1 :UInt64;
  at @2 :Int64 $T.is("Timestamp");
}

struct FollowerStatus {
  # A token that asked for events.
  account @0 :Id;
  token @1 :Id;
  size @2 :UInt64;                       # where it stood when it asked last
  asked @3 :Int64 $T.is("Timestamp");
  behind @4 :UInt64;                     # how many events have come since
}

struct ProjectionStatus {
  name @0 :Text;
  version @1 :UInt32;
  state @2 :State;
  size @3 :UInt64;            # of the rows that queries read, or of those being built
  rebuilt @4 :Int64 = -1;     # how far a rebuild beside the live rows is
  stopped @5 :StoppedProjection;

  enum State {
    live @0;
    building @1;
    stopped @2;
  }
}
