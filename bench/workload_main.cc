// How fast all projections are made anew (bench/workload.h).
//
//   placet_bench_workload [--workers 40000] [--weeks 52] [--dir FOLDER] [--log FOLDER]

#include <CLI/CLI.hpp>

#include "bench/measure.h"
#include "bench/workload.h"

int main(int argc, char** argv) {
  CLI::App app("How fast all projections are made anew from the log of a large employer");
  placet::bench::WorkloadOptions options;
  app.add_option("--workers", options.workers)->capture_default_str();
  app.add_option("--weeks", options.weeks)->capture_default_str();
  app.add_option("--dir", options.dir, "where log and rows go")->capture_default_str();
  app.add_option("--log", options.log,
                 "a log that stays: written when it is not there, and nothing is compared; for profiles");
  app.add_option("--snapshot-every", options.past.snapshot_every, "events")->capture_default_str();
  app.add_option("--looks", options.past.looks, "at the whole books as of random sizes; 0: leaves out the past")
      ->capture_default_str();
  app.add_option("--worker-looks", options.past.workers_at, "at one worker as of random sizes")->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  return placet::bench::exit_code_of([&] { placet::bench::run_workload(options); });
}
