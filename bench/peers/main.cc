// Placet beside PostgreSQL, Redis and RocksDB, which get the same work in turn.
//
//   placet_bench_peers [--rounds 5] [--seconds 20] [--dir FOLDER] [--socket-files] [--json]

#include <fmt/format.h>
#include <sys/stat.h>
#include <CLI/CLI.hpp>

#include "bench/peers/placet.h"
#include "bench/peers/rounds.h"
#include "bench/raw.h"
#include "tools/client/scratch_folder.h"

namespace placet::bench {

namespace {

constexpr unsigned kSyncs = 10'000;

struct Options {
  int rounds = 5;
  int seconds = 20;
  std::string dir = "bench-data";
  bool socket_files = false;
  bool json = false;
};

void run(const Options& options) {
  const client::ScratchFolder scratch(std::filesystem::absolute(options.dir));
  ::chmod(scratch.path().c_str(), 0711);  // PostgreSQL's user passes through.
  const Road road = options.socket_files ? Road::socket_file : Road::tcp;
  const double sync_micros = static_cast<double>(median(fdatasync_micros(scratch.path(), kSyncs)));

  auto placet = std::make_unique<PlacetSystem>(scratch.path() / "ledger", road);
  placet->work(Shape::batches, 1);  // warms up, and leaves entries to be measured
  const std::size_t event_bytes = entry_bytes(placet->connection());
  std::vector<std::unique_ptr<System>> systems;
  systems.push_back(std::move(placet));
  systems.push_back(start_postgres(scratch.path() / "postgres", road, event_bytes));
  systems.push_back(start_redis(scratch.path() / "redis", road, event_bytes));
  systems.push_back(open_rocksdb(scratch.path() / "rocksdb", event_bytes));
  fmt::print("An entry is stored in {} bytes; appending fdatasync of 4 KiB: median {:.0f} us.\n\n", event_bytes,
             sync_micros);
  for (const auto& system : systems) fmt::print("* {}\n", system->about());
  std::fflush(stdout);

  Rounds rounds(systems, scratch.path());
  for (int i = 0; i < options.rounds; ++i) rounds.round(options.seconds);
  fmt::print("\n{}\n", rounds.tables());
  auto json = rounds.json();
  json["append_fdatasync_ms"] = sync_micros / 1'000;
  if (options.json) fmt::print("{}\n", json.dump());
}

}  // namespace

}  // namespace placet::bench

int main(int argc, char** argv) {
  CLI::App app("Placet beside what people use today");
  placet::bench::Options options;
  app.add_option("--rounds", options.rounds)->capture_default_str();
  app.add_option("--seconds", options.seconds, "per measurement; 19 in a round")->capture_default_str();
  app.add_option("--dir", options.dir, "where the databases go: the disk that is measured")->capture_default_str();
  app.add_flag("--socket-files", options.socket_files, "clients reach all servers by socket files instead of TCP");
  app.add_flag("--json", options.json, "end with one line of JSON");
  CLI11_PARSE(app, argc, argv);
  return placet::bench::exit_code_of([&] { placet::bench::run(options); });
}
