#pragma once

#include "base/clock.h"
#include "domain/states.h"
#include "merkle/tree.h"
#include "store/event_log.h"
#include "store/head_file.h"

namespace placet::engine {

/// What the engine must know to go on with a log: found again at every start, from bounded reads.
struct Recovered {
  merkle::Tree tree;
  domain::StreamState system;
  Timestamp last_recorded;
  store::NearestIds command_ids;  // next to what lies far ahead of the last record
};

/// Looks whether the log is what the head file says that it was, and rebuilds the tree's right edge.
///
///   log longer than the head    an ordinary stop between a sync and the head's own: the root at the head's size is
///                               recomputed and compared, then the log counts
///   log shorter, another root,  acknowledged records are gone or changed: `corrupt`, and the service does not start
///   no readable slot            (P10). The message names the procedure.
Result<Recovered> recover(const store::EventLog& log, store::HeadFile& head);

}  // namespace placet::engine
