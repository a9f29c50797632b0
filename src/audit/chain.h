#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/result.h"
#include "merkle/checkpoint.h"
#include "store/head_file.h"
#include "store/log_tables.h"

namespace placet::audit {

/// Something that is not as it was written. `first` and `last` are positions of records, or the same twice where it is
/// known exactly; none: it is not about a position.
struct Fault {
  std::optional<LogPosition> first;
  LogPosition last;
  std::string what;
};

struct ChainReport {
  std::uint64_t records = 0;
  std::uint64_t stream_rows = 0;
  std::uint64_t heads = 0;
  std::uint64_t commands = 0;
  std::uint64_t tiles = 0;
  std::uint64_t checkpoints = 0;
  Digest root{};
  LogSize signed_size;  // the largest checkpoint to which the records lead
  bool head_checked = false;
  bool since_checked = false;
  std::vector<Fault> faults;             // by the first position; those without one last
  std::vector<std::string> not_checked;  // and why
};

struct ChainInput {
  const store::LogTables& tables;
  merkle::LogIdentity identity;
  std::optional<store::Head> head;
  std::optional<merkle::Checkpoint> since;  // an auditor's own, from before
  std::function<void(LogSize)> progress;    // called now and then; may be empty
};

/// Checks a log by itself: every record and its hash, tiles, root, kept checkpoints with their signatures, the head,
/// and that the indexes name these records and no others. Shares no code with what wrote them but the decoding of an
/// envelope. Fails only when it could not find out.
Result<ChainReport> check_chain(const ChainInput& input);

}  // namespace placet::audit
