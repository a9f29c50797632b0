@0x9f4cb2ad51e08604;
# One stored event: a Cap'n Proto message of one segment with its standard framing, at most 65,535 bytes. Exactly these
# bytes are the leaf of the Merkle tree, what a subscriber receives and what any language with this schema can read.
# Ids are groups here (they lie inline): the envelope is on every record.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("placet::schema");
using T = import "types.capnp";
using import "events.capnp".Event;

struct Record {
  position @0 :UInt64;       # index in the log, from 0
  stream :group {
    hi @1 :UInt64;
    lo @2 :UInt64;
  }
  version @3 :UInt32;        # index in the stream, from 0
  index @4 :UInt16;          # place in its command, from 0
  count @5 :UInt16;          # events of that command
  recordedAt @6 :Int64 $T.is("Timestamp");  # of the commit group; never decreases
  effectiveOn @7 :Int32 $T.is("Date");      # first local day the fact bears on
  audience @8 :UInt16;       # roles that may see it when they are party to it
  category @9 :T.Category;   # of the stream
  person :group {
    hi @10 :UInt64;
    lo @11 :UInt64;
  }
  account :group {
    hi @12 :UInt64;
    lo @13 :UInt64;
  }
  strength @14 :T.Strength;
  channel @15 :T.Channel;
  right @16 :T.Right;
  commandId :group {
    hi @17 :UInt64;
    lo @18 :UInt64;
  }
  cause @19 :UInt64 = 0xffffffffffffffff;  # position of the event that led to it; the default: none
  producer @20 :UInt64;      # position of the `systemStarted` event of the program that wrote it
  parties @21 :List(T.Id);   # at most 4: worker, client, agency, placement
  requestHash @22 :Data;     # HMAC-SHA-256 of the command as sent; on the first event of a command only
  onBehalfOf @23 :T.Id;      # person, when acting by substitution or delegation
  event @24 :Event;
}
