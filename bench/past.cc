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
#include "projections/directory/directory.h"
#include "projections/payroll_balances/payroll_balances.h"
#include "projections/timesheets/timesheets.h"
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

namespace {

/// What the questions for the sheets and for the balance of a worker read. Answers how many events they are about.
Result<std::uint64_t> look_at(const readside::View& view, WorkerId worker) {
  using namespace projections;
  std::uint64_t events = 0;
  Result<void> outcome;
  const auto add_sheet = [&](const SheetsOfParty::Key& key, const Present&) -> Result<void> {
    PLACET_ASSIGN(const auto sheet, view.get<Sheets>(std::get<SheetId>(key)));
    PLACET_ASSIGN(const auto head, view.get<SheetHeads>(std::get<SheetId>(key)));
    if (!sheet || !head) return fail(ErrorCode::corrupt, "a sheet that is not there");
    events += head->events;
    PLACET_ASSIGN(const auto placement, view.get<Placements>(sheet->parties.placement));
    if (!placement) return fail(ErrorCode::corrupt, "a placement that is not there");
    PLACET_TRY(view.get<Clients>(sheet->parties.client));
    return {};
  };
  const auto add_balance = [&](const PayBalancesOfWorker::Key& key, const Present&) -> Result<void> {
    PLACET_ASSIGN(const auto balance, view.get<PayBalances>(std::get<EmploymentId>(key)));
    events += balance ? balance->payslips : 0;
    return {};
  };
  const auto each = [&outcome](const auto& add) {
    return [&](const auto& key, const auto& row) {
      outcome = add(key, row);
      return outcome.has_value();
    };
  };
  PLACET_TRY(view.scan<SheetsOfParty>(each(add_sheet), PartyId(worker.value)));
  PLACET_TRY(outcome);
  PLACET_TRY(view.scan<PayBalancesOfWorker>(each(add_balance), PartyId(worker.value)));
  PLACET_TRY(outcome);
  PLACET_TRY(view.get<Workers>(worker));
  return events;
}

void measure_workers(const store::EventLog& log, readside::ProjectionHost& host, const std::vector<WorkerId>& workers,
                     unsigned looks) {
  std::mt19937_64 random(20261013);
  std::vector<double> took;
  std::vector<std::uint64_t> sizes_of;
  bool cold = true;
  for (std::uint64_t tried = 0; took.size() < looks && tried < std::uint64_t{20} * looks; ++tried) {
    const WorkerId worker = workers[random() % workers.size()];
    const LogSize size = require(readside::command_end_at(log, {random() % log.size().value})).size;
    std::uint64_t events = 0;
    const auto question = [&](const readside::View& view) -> Result<void> {
      PLACET_ASSIGN(events, look_at(view, worker));
      return {};
    };
    cold &= drop_caches();
    const auto start = Steady::now();
    const readside::View view = require(host.as_of().at(size, question));
    require(question(view));
    const double seconds = seconds_since(start);
    if (events < 200) continue;
    took.push_back(seconds);
    sizes_of.push_back(events);
  }
  if (took.empty()) {
    std::printf("no worker has 200 events\n");
    return;
  }
  std::printf(
      "one worker with %llu events (median) as of %zu random sizes, %s caches: median %.1f ms, p99 %.1f ms, "
      "longest %.1f ms\n",
      static_cast<unsigned long long>(median(sizes_of)), took.size(), cold ? "cold" : "WARM", median(took) * 1e3,
      quantile(took, 0.99) * 1e3, *std::ranges::max_element(took) * 1e3);
  std::fflush(stdout);
}

}  // namespace

void measure_past(const std::filesystem::path& log_folder, LedgerId ledger, const std::vector<WorkerId>& workers,
                  const std::filesystem::path& scratch, const PastOptions& options) {
  const auto opened_log = require(store::open_event_log(log_folder, store::OpenMode::existing));
  const store::EventLog& log = *opened_log;
  const auto folder = scratch / "past";
  const auto rows =
      require(store::open_row_store(folder / "views", store::RowKind::rebuildable, store::OpenMode::create, {}));
  const auto archive = require(store::open_row_archive(folder / "snapshots"));
  const auto begun = Steady::now();
  const auto owned = require(readside::ProjectionHost::start(
      log, *rows, *archive,
      {.ledger = ledger, .projections = projections::all(), .advanced = {}, .snapshot_every = options.snapshot_every}));
  readside::ProjectionHost& host = *owned;
  host.advance(log.size());
  caught_up(host, log.size());
  std::printf("rows made in %.1f s with %zu snapshots on the way; with them %.0f MB on disk, without %.0f MB\n",
              seconds_since(begun), host.snapshots().size(), static_cast<double>(bytes_in(folder)) / 1e6,
              static_cast<double>(bytes_in(folder / "views")) / 1e6);
  measure_workers(log, host, workers, options.workers_at);
  const unsigned looks = options.looks;
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
