// The canonical benchmark: durable hour entries over RPC, from a client on the same machine, against RocksDB alone, the
// two in turn. Two numbers: batches of 1,000 commands, and 64 connections with one command outstanding each, both over
// placetd's socket file; the second also over TCP.
//
//   placet_bench_append [--rounds 5] [--seconds 30] [--dir FOLDER] [--alone]

#include <CLI/CLI.hpp>
#include <cstdio>
#include <deque>
#include <limits>
#include <stdexcept>
#include <vector>

#include "bench/callers.h"
#include "bench/measure.h"
#include "bench/raw.h"
#include "codec/record.h"
#include "tools/client/connection.h"
#include "tools/client/daemon.h"
#include "tools/client/follower.h"
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

/// One connection, a few batches outstanding, so that the ledger never waits for its client.
double batches_per_second(client::Connection& connection, client::HourCommands& hours, int seconds) {
  std::deque<capnp::RemotePromise<schema::Commands::SubmitResults>> outstanding;
  std::uint64_t events = 0;
  const auto start = Steady::now();
  const auto settle = [&] {
    const auto response = outstanding.front().wait(connection.wait_scope());
    require_accepted(response.getOutcomes());
    events += response.getOutcomes().size();
    outstanding.pop_front();
  };
  while (seconds_since(start) < seconds) {
    auto request = connection.commands().submitRequest(capnp::MessageSize{std::uint64_t{kBatch} * 64, 0});
    auto submissions = request.initSubmissions(kBatch);
    for (unsigned i = 0; i < kBatch; ++i) hours.fill(submissions[i]);
    outstanding.push_back(request.send());
    if (outstanding.size() == kBatchesOutstanding) settle();
  }
  while (!outstanding.empty()) settle();
  return static_cast<double>(events) / seconds_since(start);
}

/// The stored bytes of an entry, as the ledger made them.
std::size_t record_bytes(client::Connection& connection) {
  std::size_t bytes = 0;
  std::size_t entries = 0;
  client::Follower().read_on(connection, [&](BytesView record) {
    const auto stored = codec::read_record(record);
    if (!stored) throw std::runtime_error(stored.error().message);
    if (!std::holds_alternative<domain::EntryRecorded>(stored->event)) return;
    bytes += record.size();
    ++entries;
  });
  return bytes / entries;
}

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
  batches_per_second(connection, hours, 1);  // warms up, and leaves records to be measured
  const std::size_t bytes = record_bytes(connection);
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
    const double batches = batches_per_second(connection, hours, seconds);
    const double rested = rest(daemon);
    const double raw_batches =
        alone ? kNotMeasured : raw_batches_per_second(scratch.path() / "raw", bytes, kBatch, seconds);
    rest(daemon);
    const Singles ours = singles(connection, socket_file, world.office_token(), seconds, callers_hours);
    rest(daemon);
    const Singles by_tcp = singles(connection, port, world.office_token(), seconds, callers_hours);
    rest(daemon);
    const double raw_singles =
        alone ? kNotMeasured : raw_single_puts_per_second(scratch.path() / "raw", bytes, kConnections, seconds);
    batch_rates.push_back(batches);
    single_rates.push_back(ours.per_second);
    batch_ratios.push_back(batches / raw_batches);
    single_ratios.push_back(ours.per_second / raw_singles);
    p99s.push_back(ours.p99_micros);
    std::printf("| %d | %.0f | %.0f | %.2f | %.1f | %.0f | %.0f | %.2f | %lld | %lld | %.0f | %.2f | %lld | %lld |\n",
                round, batches, raw_batches, batch_ratios.back(), rested, ours.per_second, raw_singles,
                single_ratios.back(), static_cast<long long>(ours.p50_micros), static_cast<long long>(ours.p99_micros),
                by_tcp.per_second, by_tcp.per_second / raw_singles, static_cast<long long>(by_tcp.p50_micros),
                static_cast<long long>(by_tcp.p99_micros));
    std::fflush(stdout);
  }
  std::printf(
      "\nmedians: batches %.0f/s, %.2f of raw; singles %.0f/s, %.2f of raw; p99 %.1f x fdatasync; placetd "
      "used at most %llu MiB\n",
      median(batch_rates), median(batch_ratios), median(single_rates), median(single_ratios),
      static_cast<double>(median(p99s)) / static_cast<double>(median(syncs)),
      static_cast<unsigned long long>(memory_of(daemon.pid())));
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
