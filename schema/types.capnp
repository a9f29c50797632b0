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
# Of an event: the category of the streams on which it stands.

annotation twoPersons @0xd3ba9a3f3f2a4b09 (struct) :Void;
# Of a command: takes effect only when a second person agrees (proposeAct, agreeToAct).

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

enum Strength {
  # How the acting account had signed in.
  unspecified @0;
  system @1;       # the service itself
  token @2;        # a personal token
  delegated @3;    # a personal token handed to a named client system
  password @4;
  totp @5;
  mailLink @6;
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

enum TokenKind {
  unspecified @0;
  personal @1;   # acts as the person, may approve
  delegated @2;  # personal, names a client system, channel `system`, may approve
  system @3;     # a machine: never approves
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
}
