#pragma once

#include <string>

#include "bench/past.h"

namespace placet::bench {

struct WorkloadOptions {
  unsigned workers = 40'000;
  unsigned weeks = 52;
  std::string dir = "bench-data";
  std::string log;  // one that stays: written when it is not there, and nothing is compared
  PastOptions past;
};

/// The read side at the size of a large employer: how fast all projections are made anew from the log, in events a
/// second. Says how it went meanwhile; throws std::runtime_error where a row or the log is wrong.
///
/// The log is the sample agency, scaled: workers at clients of 40 each enter five days a week and every other week a
/// sixth line, are approved, and are paid and invoiced every other week. 55% of the events are entries, 20% what
/// becomes of sheets, 15% pay, 10% invoices. It is written here, as the engine would have written it, and followed by
/// live projections meanwhile; then the views are made anew from 0, and every row is compared with the live one. Then
/// comes the past. Last the log is checked as `placet verify` does.
double run_workload(const WorkloadOptions& options);

}  // namespace placet::bench
