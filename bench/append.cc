// The canonical benchmark: durable hour entries over RPC, from a client on the same machine, against RocksDB alone, the
// two in turn. Two numbers: the throughput of batches of 1,000 commands, and the p99 of 64 connections with one command
// outstanding each, both over placetd's socket file; the second also over TCP.
//
//   placet_bench_append [--rounds 5] [--seconds 30] [--dir FOLDER] [--alone]

#include <CLI/CLI.hpp>
#include <cstdio>
#include <limits>
#include <vector>

#include "bench/callers.h"
#include "bench/measure.h"
#include "bench/raw.h"
#include "tools/client/connection.h"
#include "tools/client/daemon.h"
#include "tools/client/hours.h"
#include "tools/client/scratch.h"
#include "tools/client/world.h"

namespace placet::bench {

namespace {

constexpr unsigned kBatch = 1'000;
constexpr unsigned kBatchesOutstanding = 32;
constexpr unsigned kConnections = 64;
constexpr unsigned kSyncs = 10'000;
constexpr double kNotMeasured = std::numeric_limits<double>::quiet_NaN();
// Enough workers and weeks up to today for three minutes of batches, and no more workers than the engine keeps warm.
constexpr unsigned kWorkers = 4'000;
constexpr unsigned kWorkersPerCaller = 20;
constexpr Date kFirstMonday{3'658};  // 1980-01-07

void run(int rounds, int seconds, const std::filesystem::path& dir, bool alone) {
  const client::ScratchFolder scratch(dir);
  const auto syncs = fdatasync_micros(scratch.path(), kSyncs);
  const auto invites = client::found_ledger(scratch.path() / "ledger", "bench.placet.example");
  const client::Daemon daemon(scratch.path() / "ledger",
                              {"unix:" + (scratch.path() / "ledger.sock").string(), "127.0.0.1:0"});
  const std::string& socket_file = daemon.servers()[0];
  const std::string& port = daemon.servers()[1];
  client::World world(socket_file, invites[0], invites[1], kFirstMonday);
  std::vector<client::HourCommands> callers_hours;
  for (unsigned i = 0; i < kConnections; ++i)
    callers_hours.emplace_back(2 + i, world.place(kWorkersPerCaller), kFirstMonday);
  client::HourCommands hours(1, world.place(kWorkers), kFirstMonday);
  client::Connection& connection = world.office().connection();
  const FillCall batch = batches_of(hours, kBatch);
  calls(connection, kBatchesOutstanding, batch, lasting(1));  // warms up, and leaves records to be measured
  const std::size_t bytes = entry_bytes(connection);
  std::printf("an entry is stored in %zu bytes; fdatasync of 4 KiB: median %lld us (%u, idle)\n\n", bytes,
              static_cast<long long>(median(syncs)), kSyncs);
  std::printf(
      "| round | batches: placet /s | raw /s | ratio | s until at rest | singles: placet /s | raw /s | ratio | p50 us "
      "| p99 us | over TCP: /s | ratio | p50 us | p99 us |\n");
  std::printf("|---|---|---|---|---|---|---|---|---|---|---|---|---|---|\n");
  std::fflush(stdout);
  std::vector<double> batch_ratios, single_ratios, batch_rates, single_rates;
  std::vector<std::int64_t> p99s;
  for (int round = 1; round <= rounds; ++round) {
    rest(daemon);
    const double batches = calls(connection, kBatchesOutstanding, batch, lasting(seconds)).per_second();
    const double rested = rest(daemon);
    const double raw_in_batches =
        alone ? kNotMeasured : raw_batches(scratch.path() / "raw", bytes, kBatch, seconds).per_second();
    rest(daemon);
    const Work ours = singles(connection, socket_file, world.office_token(), seconds, callers_hours);
    rest(daemon);
    const Work by_tcp = singles(connection, port, world.office_token(), seconds, callers_hours);
    rest(daemon);
    const double raw_singles =
        alone ? kNotMeasured : raw_single_puts(scratch.path() / "raw", bytes, kConnections, seconds).per_second();
    batch_rates.push_back(batches);
    single_rates.push_back(ours.per_second());
    batch_ratios.push_back(batches / raw_in_batches);
    single_ratios.push_back(ours.per_second() / raw_singles);
    p99s.push_back(ours.p99_micros());
    std::printf("| %d | %.0f | %.0f | %.2f | %.1f | %.0f | %.0f | %.2f | %lld | %lld | %.0f | %.2f | %lld | %lld |\n",
                round, batches, raw_in_batches, batch_ratios.back(), rested, ours.per_second(), raw_singles,
                single_ratios.back(), static_cast<long long>(ours.p50_micros()),
                static_cast<long long>(ours.p99_micros()), by_tcp.per_second(), by_tcp.per_second() / raw_singles,
                static_cast<long long>(by_tcp.p50_micros()), static_cast<long long>(by_tcp.p99_micros()));
    std::fflush(stdout);
  }
  std::printf(
      "\nmedians: batches %.2f of raw; singles %.0f/s, %.2f of raw; p99 %.1f x fdatasync; placetd used at most %llu "
      "MiB\n",
      median(batch_ratios), median(single_rates), median(single_ratios),
      static_cast<double>(median(p99s)) / static_cast<double>(median(syncs)),
      static_cast<unsigned long long>(memory_of(daemon.pid())));
  const double rate = median(batch_rates), p99_ms = static_cast<double>(median(p99s)) / 1'000;
  std::printf("throughput %.0f events/s, p99 %.3f ms\n{\"events_s\":%.0f,\"p99_ms\":%.3f}\n", rate, p99_ms, rate,
              p99_ms);
}

}  // namespace

}  // namespace placet::bench

int main(int argc, char** argv) {
  CLI::App app("Durable appends over RPC against RocksDB alone");
  int rounds = 5, seconds = 30;
  std::string dir = "bench-data";
  app.add_option("--rounds", rounds)->capture_default_str();
  app.add_option("--seconds", seconds, "per measurement; five in a round")->capture_default_str();
  app.add_option("--dir", dir, "where the databases go: the disk that is measured")->capture_default_str();
  bool alone = false;
  app.add_flag("--alone", alone, "placet without RocksDB beside it: for profiles");
  CLI11_PARSE(app, argc, argv);
  return placet::bench::exit_code_of([&] { placet::bench::run(rounds, seconds, dir, alone); });
}
