// Placet beside PostgreSQL, Redis and RocksDB, which get the same work in turn; and what concerns Placet alone at the
// size of a few years. What it prints is Markdown, and last a line of JSON.

#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>
#include <CLI/CLI.hpp>

#include <cmath>
#include <fstream>
#include <map>

#include "bench/peers/own.h"
#include "bench/peers/rounds.h"
#include "bench/raw.h"
#include "bench/workload.h"
#include "tools/client/scratch_folder.h"

namespace placet::bench {

namespace {

constexpr unsigned kKills = 5;

struct Options {
  unsigned syncs = 10'000;
  int rounds = 5;
  int seconds = 20;
  std::vector<Shape> shapes{kShapes.begin(), kShapes.end()};
  std::uint64_t events = 10'000'000;
  int live_seconds = 600;
  WorkloadOptions workload;
  std::string dir = "bench-data";
  std::string plot;
  bool socket_files = false;
  bool json = false;

  void hurry() {
    syncs = 500;
    rounds = 1;
    seconds = 2;
    events = 500'000;
    live_seconds = 5;
    workload.workers = 2'000;
    workload.weeks = 6;
  }
};

template <class... Arguments>
void say(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
  fmt::print(format, std::forward<Arguments>(arguments)...);
  std::fflush(stdout);
}

/// What follows `field` in a file of the kernel such as cpuinfo.
std::string kernel_says(const char* path, std::string_view field) {
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);)
    if (line.starts_with(field)) return line.substr(line.find_first_not_of(" \t:", field.size()));
  return "?";
}

std::string machine() {
  utsname system{};
  ::uname(&system);
  return fmt::format("{} processors ({}), {} of memory, Linux {}", ::sysconf(_SC_NPROCESSORS_ONLN),
                     kernel_says("/proc/cpuinfo", "model name"), kernel_says("/proc/meminfo", "MemTotal"),
                     static_cast<const char*>(system.release));
}

/// In thousandths.
double rounded(double value) { return std::round(value * 1'000) / 1'000; }

nlohmann::ordered_json side_by_side(const Options& options, const std::filesystem::path& folder) {
  const Road road = options.socket_files ? Road::socket_file : Road::tcp;
  const double sync_micros = static_cast<double>(median(fdatasync_micros(folder, options.syncs)));
  auto placet = std::make_unique<PlacetSystem>(folder / "ledger", road);
  placet->work(Shape::batches, 1);  // warms up, and leaves entries to be measured
  const std::size_t event_bytes = entry_bytes(placet->connection());
  std::vector<std::unique_ptr<System>> systems;
  systems.push_back(std::move(placet));
  for (auto& one : start_postgres(folder / "postgres", road, event_bytes)) systems.push_back(std::move(one));
  systems.push_back(start_redis(folder / "redis", road, event_bytes));
  systems.push_back(open_rocksdb(folder / "rocksdb", event_bytes));
  say("{}\n\nAn hour entry is stored in {} bytes, and so has every event elsewhere. Clients come over {}. Appending "
      "fdatasync of 4 KiB, before the rounds: median {:.0f} us. {} rounds of {} s for each number:\n\n",
      machine(), event_bytes, options.socket_files ? "socket files" : "TCP", sync_micros, options.rounds,
      options.seconds);
  for (const auto& system : systems) say("* {}\n", system->about());

  Rounds rounds(systems, folder);
  for (int i = 0; i < options.rounds; ++i) rounds.round(options.shapes, options.seconds);
  say("\n{}\n", rounds.tables());
  if (const auto p99 = rounds.p99_micros())
    say("The p99 of placet's 64 connections is {:.1f} appending fdatasyncs (wanted 30, aim 15).\n", *p99 / sync_micros);
  auto json = rounds.json();
  json["append_fdatasync_ms"] = rounded(sync_micros / 1'000);
  return json;
}

void add_own(const Options& options, const std::filesystem::path& folder, nlohmann::ordered_json& json) {
  PlacetSystem placet(folder / "ledger", Road::tcp);
  const std::vector<Cost> costs = fill(placet, options.events);
  say("\n| events | us per event until answered | us of placetd's processor time |\n|---|---|---|\n");
  for (const Cost& cost : costs) say("| {} | {:.2f} | {:.2f} |\n", cost.events, cost.wall_micros, cost.server_micros);
  if (!options.plot.empty()) std::ofstream(options.plot) << plot(costs);

  const std::vector<double> starts = start_millis(placet, kKills);
  const std::uint64_t events = placet.connection().size().value;
  say("\nKilled under batches, with 100 MB in the write-ahead log; {} events at last. Until the first durable answer:",
      events);
  for (const double millis : starts) say(" {:.0f} ms", millis);
  json["startup_ms"] = std::llround(median(starts));

  const std::uint64_t mib = live_mib(placet, options.live_seconds);
  say("\n\nMemory over {} s, 1,000 commands a second, 100 followers of everything: {} MiB at most.\n",
      options.live_seconds, mib);
  json["rss_mib"] = mib;

  placet.stop();
  const LogBytes bytes = log_bytes(placet.log_folder());
  say("\nBytes of log/ per event, {} events, compacted: an event's record {:.1f}, its framing {:.1f}; on disk",
      bytes.events, bytes.records, bytes.framed);
  for (const auto& [column, of_column] : bytes.files) say(" {} {:.1f},", column, of_column);
  say(" other files {:.1f}. All but the records: {:.1f}.\n\n", bytes.other_files, bytes.overhead());
  json["overhead_bytes"] = rounded(bytes.overhead());
}

void run(Options options) {
  const client::ScratchFolder scratch(std::filesystem::absolute(options.dir));
  ::chmod(scratch.path().c_str(), 0711);  // PostgreSQL's user passes through.
  nlohmann::ordered_json json;
  if (options.rounds > 0) json = side_by_side(options, scratch.path());
  if (options.workload.workers > 0) {
    say("\n");
    options.workload.dir = scratch.path();
    options.workload.past.looks = 0;
    json["rebuild_events_s"] = std::llround(run_workload(options.workload));
  }
  if (options.events > 0) add_own(options, scratch.path() / "own", json);
  if (options.json) say("{}\n", json.dump());
}

}  // namespace

}  // namespace placet::bench

int main(int argc, char** argv) {
  CLI::App app("Placet beside what people use today");
  placet::bench::Options options;
  std::map<std::string, placet::bench::Shape> shapes;
  for (const placet::bench::Shape shape : placet::bench::kShapes) shapes[std::string(name_of(shape))] = shape;
  app.add_flag_callback(
         "--quick", [&] { options.hurry(); }, "small and short, to see that it works")
      ->trigger_on_parse();
  app.add_option("--rounds", options.rounds, "of all systems; 0: none")->capture_default_str();
  app.add_option("--seconds", options.seconds, "per measurement; 18 in a round")->capture_default_str();
  app.add_option("--shapes", options.shapes, "the work of a round; by default all of it")
      ->transform(CLI::CheckedTransformer(shapes));
  app.add_option("--events", options.events, "of the ledger that is killed, followed and weighed; 0: none")
      ->capture_default_str();
  app.add_option("--live-seconds", options.live_seconds, "how long it is followed")->capture_default_str();
  app.add_option("--workers", options.workload.workers, "of the log that is made anew; 0: none")->capture_default_str();
  app.add_option("--weeks", options.workload.weeks, "of that log")->capture_default_str();
  app.add_option("--plot", options.plot, "an SVG of what an event costs as the log grows");
  app.add_option("--dir", options.dir, "where the databases go: the disk that is measured")->capture_default_str();
  app.add_flag("--socket-files", options.socket_files, "clients reach all servers by socket files instead of TCP");
  app.add_flag("--json", options.json, "end with one line of JSON");
  CLI11_PARSE(app, argc, argv);
  return placet::bench::exit_code_of([&] { placet::bench::run(options); });
}
