#include "bench/past.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <random>
#include <set>
#include <stdexcept>
#include <vector>

#include "bench/measure.h"
#include "crypto/sha256.h"
#include "projections/all.h"
#include "readside/catalog.h"
#include "store/rocks/event_log.h"
#include "store/rocks/row_archive.h"
#include "store/rocks/row_store.h"

namespace placet::bench {

using namespace std::chrono_literals;

namespace {

/// The next read of a file reads the disk. Needs root; without it figures are those of warm caches, and it says so.
bool drop_caches() {
  ::sync();
  std::ofstream control("/proc/sys/vm/drop_caches");
  return static_cast<bool>(control << "3" << std::flush);
}

/// Folds from 0 by itself, on and on.
class Reference {
 public:
  Reference(const store::EventLog& log, LedgerId ledger, const std::filesystem::path& folder)
      : rows_(require(store::open_row_store(folder, store::RowKind::rebuildable, store::OpenMode::create, {}))),
        ledger_(ledger),
        fold_(log, {}, readside::Fold::kFromFar,
              {.commit = [this](store::RowBatch& batch,
                                LogSize) { return rows_->write(batch, store::Durability::buffered); },
               .stopped = [](const readside::Stopped& why) { throw std::runtime_error(why.why); }}) {
    require(readside::Catalog(*rows_).lay_out(types_, ledger));
    std::uint32_t generation = 0;
    for (const auto& type : types_) {
      generations_.push_back(
          std::make_shared<const readside::Generation>(readside::Generation{std::string(type.name), ++generation}));
      fold_.add(type.make(*rows_, generations_.back()->suffix()));
    }
  }
  RowsByTable rows_at(LogSize size) {
    require(fold_.advance(size));
    if (fold_.size() != size) throw std::runtime_error("not the end of a command");
    return rows_of(readside::View({ledger_, size}, rows_, generations_, false));
  }

 private:
  const std::vector<projections::ProjectionType> types_ = projections::all();
  const std::shared_ptr<store::RowStore> rows_;
  const LedgerId ledger_;
  readside::View::Generations generations_;
  readside::Fold fold_;
};

std::uint64_t bytes_in(const std::filesystem::path& folder) {
  std::uint64_t bytes = 0;
  std::set<ino_t> counted;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    struct stat status{};
    if (entry.is_regular_file() && ::stat(entry.path().c_str(), &status) == 0 && counted.insert(status.st_ino).second)
      bytes += static_cast<std::uint64_t>(status.st_size);
  }
  return bytes;
}

}  // namespace

RowsByTable rows_of(const readside::View& view) {
  RowsByTable tables;
  for (const auto& type : projections::all()) {
    for (const std::string_view table : type.tables) {
      auto& [count, hash] = tables[std::string(table)];
      crypto::Sha256 sum;
      require(view.scan_bytes(table, [&](BytesView key, BytesView row) {
        sum.update(key).update(row);
        return ++count != 0;
      }));
      hash = sum.finish();
    }
  }
  return tables;
}

readside::View caught_up(readside::ProjectionHost& host, LogSize size) {
  while (true) {
    auto answer = require(host.at_least(size, 10s));
    if (auto* ready = std::get_if<readside::Ready>(&answer)) return std::move(ready->view);
    if (const auto* stopped = std::get_if<readside::Stopped>(&answer)) throw std::runtime_error(stopped->why);
  }
}

void measure_past(const std::filesystem::path& log_folder, LedgerId ledger, const std::filesystem::path& scratch,
                  std::uint64_t snapshot_every, unsigned looks) {
  const auto opened_log = require(store::open_event_log(log_folder, store::OpenMode::existing));
  const store::EventLog& log = *opened_log;
  const auto folder = scratch / "past";
  const auto rows =
      require(store::open_row_store(folder / "views", store::RowKind::rebuildable, store::OpenMode::create, {}));
  const auto archive = require(store::open_row_archive(folder / "snapshots"));
  const auto begun = Steady::now();
  const auto owned = require(readside::ProjectionHost::start(
      log, *rows, *archive,
      {.ledger = ledger, .projections = projections::all(), .advanced = {}, .snapshot_every = snapshot_every}));
  readside::ProjectionHost& host = *owned;
  host.advance(log.size());
  caught_up(host, log.size());
  std::printf("rows made in %.1f s with %zu snapshots on the way; with them %.0f MB on disk, without %.0f MB\n",
              seconds_since(begun), host.snapshots().size(), static_cast<double>(bytes_in(folder)) / 1e6,
              static_cast<double>(bytes_in(folder / "views")) / 1e6);
  std::mt19937_64 random(20261012);
  std::vector<std::pair<LogSize, RowsByTable>> seen;
  std::vector<double> took;
  bool cold = true;
  for (unsigned i = 0; i < looks; ++i) {
    const LogSize size = require(readside::command_end_at(log, {random() % log.size().value})).size;
    cold &= drop_caches();
    const auto start = Steady::now();
    const readside::View view = require(host.as_of().at(size));
    took.push_back(seconds_since(start));
    seen.emplace_back(size, rows_of(view));
  }
  std::printf("whole books as of %u random sizes, %s caches: median %.2f s, longest %.2f s\n", looks,
              cold ? "cold" : "WARM", median(took), *std::ranges::max_element(took));
  std::fflush(stdout);
  std::ranges::sort(seen, {}, [](const auto& one) { return one.first; });
  Reference reference(log, ledger, scratch / "reference");
  for (const auto& [size, then] : seen)
    if (reference.rows_at(size) != then) throw std::runtime_error("rows of the past are not those of a fold from 0");
  std::printf("all %u equal a fold from 0, byte for byte\n", looks);
}

}  // namespace placet::bench
