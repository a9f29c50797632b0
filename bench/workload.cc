#include "bench/workload.h"

#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <functional>
#include <map>
#include <memory>
#include <stdexcept>

#include "audit/chain.h"
#include "bench/measure.h"
#include "bench/past.h"
#include "codec/record.h"
#include "crypto/secret.h"
#include "crypto/sha256.h"
#include "domain/invoice/invoice.h"
#include "domain/states.h"
#include "merkle/hash.h"
#include "merkle/tree.h"
#include "projections/all.h"
#include "readside/projection_host.h"
#include "store/memory/row_archive.h"
#include "store/rocks/event_log.h"
#include "store/rocks/log_tables.h"
#include "store/rocks/row_store.h"
#include "tools/client/scratch_folder.h"

namespace placet::bench {

namespace {

using namespace domain;
using namespace std::chrono_literals;

constexpr LedgerId kLedger{Uuid{0xbe7c4, 1}};
constexpr Date kFirstMonday{20'458};  // 2026-01-05
constexpr unsigned kWorkersPerClient = 40;
constexpr std::size_t kRecordsPerGroup = 2'000;

template <class Id>
Id id_of(std::uint64_t kind, std::uint64_t number) {
  // Spread like random ids, so that neighbours in the log are strangers in the rows.
  std::uint64_t mixed = (number + 1) * 0x9e3779b97f4a7c15ULL;
  mixed ^= mixed >> 29;
  return Id(Uuid{mixed, kind << 48 | number});
}

/// Writes events straight into the log, in groups.
class Writer {
 public:
  explicit Writer(store::EventLog& log) : log_(log), group_(log.size()) {}

  void write(StreamId stream, const Event& event, const Parties& parties = {}, Date on = kFirstMonday) {
    Meta meta;
    meta.position = {group_.end().value};
    meta.stream = stream;
    meta.version = {versions_[stream]++};
    meta.count = 1;
    meta.recorded_at = Timestamp{now_ += 10};
    meta.effective_on = on;
    meta.actor = {PersonId({1, 1}), AccountId({1, 2}), Strength::token, Channel::rpc, PersonId(), Right::own};
    meta.command = CommandId({7, meta.position.value});
    meta.audience = 0x01fe;
    meta.parties = parties;
    const BytesView record = require(writer_.write(meta, event));
    group_.add_record(stream, meta.version, record);
    group_.add_command({meta.command.value, meta.actor.account.value}, {meta.position, 1});
    tree_.append(merkle::leaf_hash(record));
    ++count_[event.index()];
    if (group_.end().value - group_.start().value >= kRecordsPerGroup) flush();
  }
  void flush() {
    for (merkle::Tile& tile : tree_.take_full_tiles())
      group_.add_tile({tile.level, tile.index, std::move(tile.hashes)});
    require(log_.append(group_));
    group_.clear(log_.size());
  }
  /// Of a stream that gets no more.
  void forget(StreamId stream) { versions_.erase(stream); }
  const std::map<std::size_t, std::uint64_t>& count() const { return count_; }

 private:
  store::EventLog& log_;
  store::Group group_;
  merkle::Tree tree_;
  codec::RecordWriter writer_;
  std::map<StreamId, std::uint32_t> versions_;
  std::map<std::size_t, std::uint64_t> count_;  // events by their number
  std::int64_t now_ = 1'767'600'000'000'000;
};

class Agency {
 public:
  Agency(Writer& writer, unsigned workers) : writer_(writer), workers_(workers) {
    for (unsigned client = 0; client * kWorkersPerClient < workers; ++client)
      writer.write(stream_of(id_of<ClientId>(1, client)), ClientRegistered{{"Client", {}, {}}, {}});
    for (unsigned worker = 0; worker < workers; ++worker) {
      writer.write(stream_of(placement(worker)),
                   PlacementProposed{id_of<WorkerId>(2, worker),
                                     id_of<PersonId>(3, worker),
                                     client(worker),
                                     {},
                                     employment(worker),
                                     PeriodKind::week,
                                     kFirstMonday,
                                     {}},
                   parties(worker));
      writer.write(stream_of(placement(worker)), PayTermsAgreed{{Money::of(1'550), {}, {}}, kFirstMonday},
                   parties(worker));
      writer.write(stream_of(placement(worker)), ClientTermsAgreed{{Money::of(3'023), {}, {}}, kFirstMonday},
                   parties(worker));
    }
  }

  void work_a_week(unsigned week) {
    const Period period{PeriodKind::week, kFirstMonday.plus_days(static_cast<int>(7 * week))};
    for (unsigned worker = 0; worker < workers_; ++worker) work(worker, week, period);
    if (week % 2 == 1) pay_and_invoice(week);
  }

 private:
  static PlacementId placement(unsigned worker) { return id_of<PlacementId>(4, worker); }
  static EmploymentId employment(unsigned worker) { return id_of<EmploymentId>(5, worker); }
  static ClientId client(unsigned worker) { return id_of<ClientId>(1, worker / kWorkersPerClient); }
  static Parties parties(unsigned worker) {
    return {PartyId(id_of<WorkerId>(2, worker).value), PartyId(client(worker).value), PartyId(placement(worker).value)};
  }
  static SheetId sheet(unsigned worker, const Period& period) { return sheet_of(kLedger, placement(worker), period); }
  static std::int64_t minutes_of(unsigned week) { return 2'400 + (week % 2 == 1 ? 30 : 0); }
  static PricedLine priced(unsigned week, std::int64_t per_hour) {
    const std::int64_t minutes = minutes_of(week);
    return {HourType::normal, Money::of(per_hour), 0, Minutes::of(minutes), Money::of(minutes * per_hour / 60)};
  }

  void work(unsigned worker, unsigned week, const Period& period) {
    const StreamId stream = stream_of(sheet(worker, period));
    const Parties concerned = parties(worker);
    std::vector<Date> days;
    for (int day = 0; day < 5; ++day) days.push_back(period.first.plus_days(day));
    for (unsigned line = 0; line < (week % 2 == 1 ? 6U : 5U); ++line) {
      Worked worked;
      worked.day = days[line % 5];
      worked.minutes = Minutes::of(line < 5 ? 480 : 30);
      worked.day_minutes = Minutes::of(1'440);
      writer_.write(stream,
                    EntryRecorded{id_of<EntryId>(6, (std::uint64_t{week} * workers_ + worker) * 6 + line),
                                  placement(worker),
                                  period,
                                  HourType::normal,
                                  worked,
                                  {}},
                    concerned, worked.day);
    }
    const Minutes minutes = Minutes::of(minutes_of(week));
    writer_.write(stream, SheetSubmitted{days, minutes, {}}, concerned);
    writer_.write(stream, DaysApproved{days, minutes, {}, Right::appointment, PersonId({1, 1})}, concerned);
  }

  /// Of this week and the one before, which every other week has.
  void pay_and_invoice(unsigned week) {
    const RunId run = id_of<RunId>(7, week);
    const Date booked_on = kFirstMonday.plus_days(static_cast<int>(7 * week + 8));
    for (unsigned worker = 0; worker < workers_; ++worker) {
      const PayslipId payslip = payslip_of(kLedger, employment(worker), week / 2);
      PayslipCalculated event;
      event.payslip = payslip;
      event.run = run;
      event.worker = id_of<WorkerId>(2, worker);
      event.booked_on = booked_on;
      for (const unsigned of_week : {week - 1, week}) {
        const Period period{PeriodKind::week, kFirstMonday.plus_days(static_cast<int>(7 * of_week))};
        const PricedLine line = priced(of_week, 1'550);
        writer_.write(stream_of(sheet(worker, period)), HoursPaid{payslip, {line}}, parties(worker), booked_on);
        PayslipLine& hours = event.lines.emplace_back();
        hours.kind = PayslipLineKind::hours;
        hours.placement = placement(worker);
        hours.period = period;
        hours.hours = line;
        hours.amount = line.amount;
        event.gross = Money::of(event.gross.count() + line.amount.count());
        event.minutes = Minutes::of(event.minutes.count() + line.minutes.count());
      }
      for (const auto& [kind, part] : {std::pair(PayslipLineKind::holiday_allowance, event.gross.count() * 8 / 100),
                                       std::pair(PayslipLineKind::leave_reserve, event.gross.count() * 4 / 52)}) {
        PayslipLine& reserve = event.lines.emplace_back();
        reserve.kind = kind;
        reserve.amount = Money::of(part);
      }
      event.net = event.gross;
      writer_.write(pay_account_stream_of(employment(worker)), event, {PartyId(event.worker.value)}, booked_on);
      if (worker % kWorkersPerClient == kWorkersPerClient - 1 || worker + 1 == workers_)
        invoice(worker, week, booked_on);
    }
  }

  /// All workers of the client, up to this one.
  void invoice(unsigned last, unsigned week, Date on) {
    const unsigned first = last / kWorkersPerClient * kWorkersPerClient;
    const InvoiceId invoice = id_of<InvoiceId>(8, std::uint64_t{week} << 32 | first);
    const Parties concerned = {PartyId(client(first).value)};
    writer_.write(stream_of(invoice), InvoiceDrafted{InvoiceKind::invoice, client(first), {}, {}}, concerned);
    InvoiceLinesAdded added;
    for (unsigned worker = first; worker <= last; ++worker) {
      for (const unsigned of_week : {week - 1, week}) {
        const Period period{PeriodKind::week, kFirstMonday.plus_days(static_cast<int>(7 * of_week))};
        const PricedLine line = priced(of_week, 3'023);
        const StreamId stream = stream_of(sheet(worker, period));
        writer_.write(stream, HoursInvoiced{invoice, {line}}, parties(worker), on);
        writer_.forget(stream);
        added.lines.push_back({placement(worker), period, line});
        added.net = Money::of(added.net.count() + line.amount.count());
      }
    }
    const Money vat = vat_of(added.net, 2'100);
    const InvoiceIssued issued{InvoiceKind::invoice,
                               2026,
                               ++number_,
                               on,
                               on.plus_days(30),
                               static_cast<std::uint32_t>(added.lines.size()),
                               added.net,
                               {{VatTreatment::standard, 2'100, added.net, vat}},
                               Money::of(added.net.count() + vat.count()),
                               invoice_hash({}, added.lines),
                               {}};
    writer_.write(stream_of(invoice), std::move(added), concerned);
    writer_.write(stream_of(invoice), issued, concerned);
    writer_.forget(stream_of(invoice));
  }

  Writer& writer_;
  const unsigned workers_;
  std::uint32_t number_ = 0;
};

/// A row store that counts what is written to it.
class CountingRows final : public store::RowStore {
 public:
  explicit CountingRows(std::unique_ptr<store::RowStore> rows) : rows_(std::move(rows)) {}
  std::uint64_t changes() const { return changes_; }

  Result<std::optional<Bytes>> get(std::string_view table, BytesView key) const override {
    return rows_->get(table, key);
  }
  Result<void> scan(std::string_view table, const store::KeyRange& range,
                    const store::RowVisitor& visit) const override {
    return rows_->scan(table, range, visit);
  }
  Result<void> write(const store::RowBatch& batch, store::Durability durability) override {
    std::uint64_t count = 0;
    batch.for_each([&](const auto&) { ++count; });
    changes_ += count;
    return rows_->write(batch, durability);
  }
  Result<void> flush() override { return rows_->flush(); }
  std::unique_ptr<store::RowReader> snapshot() const override { return rows_->snapshot(); }
  std::vector<std::string> tables() const override { return rows_->tables(); }
  Result<void> create_table(std::string_view name) override { return rows_->create_table(name); }
  Result<void> drop_table(std::string_view name) override { return rows_->drop_table(name); }

 private:
  std::unique_ptr<store::RowStore> rows_;
  std::atomic<std::uint64_t> changes_ = 0;
};

std::unique_ptr<CountingRows> rows_in(const std::filesystem::path& folder) {
  return std::make_unique<CountingRows>(
      require(store::open_row_store(folder, store::RowKind::rebuildable, store::OpenMode::create, {})));
}

std::unique_ptr<readside::ProjectionHost> host_over(const store::EventLog& log, store::RowStore& rows) {
  static store::MemoryRowArchive nothing;
  return require(readside::ProjectionHost::start(
      log, rows, nothing,
      {.ledger = kLedger, .projections = projections::all(), .advanced = {}, .snapshot_every = UINT64_MAX}));
}

void report_shares(const std::map<std::size_t, std::uint64_t>& count, std::uint64_t all) {
  const auto share = [&](std::initializer_list<std::size_t> numbers) {
    std::uint64_t sum = 0;
    for (const std::size_t number : numbers) {
      const auto found = count.find(number);
      sum += found == count.end() ? 0 : found->second;
    }
    return 100.0 * static_cast<double>(sum) / static_cast<double>(all);
  };
  std::printf("%llu events: %.0f%% entries, %.0f%% of sheets, %.0f%% pay, %.0f%% invoices\n",
              static_cast<unsigned long long>(all), share({EventTraits<EntryRecorded>::kNumber}),
              share({EventTraits<SheetSubmitted>::kNumber, EventTraits<DaysApproved>::kNumber}),
              share({EventTraits<HoursPaid>::kNumber, EventTraits<PayslipCalculated>::kNumber}),
              share({EventTraits<HoursInvoiced>::kNumber, EventTraits<InvoiceDrafted>::kNumber,
                     EventTraits<InvoiceLinesAdded>::kNumber, EventTraits<InvoiceIssued>::kNumber}));
  std::fflush(stdout);
}

void write(store::EventLog& log, unsigned workers, unsigned weeks, const std::function<void()>& each_week) {
  Writer writer(log);
  Agency agency(writer, workers);
  for (unsigned week = 0; week < weeks; ++week) {
    agency.work_a_week(week);
    each_week();
  }
  writer.flush();
  report_shares(writer.count(), log.size().value);
}

/// Writes the log, and answers the rows of projections that followed it meanwhile.
RowsByTable write_and_follow(store::EventLog& log, unsigned workers, unsigned weeks,
                             const std::filesystem::path& folder) {
  const auto rows = rows_in(folder);
  const auto host = host_over(log, *rows);
  const auto start = Steady::now();
  write(log, workers, weeks, [&] { host->advance(log.size()); });
  host->advance(log.size());
  RowsByTable live = rows_of(caught_up(*host, log.size()));
  std::printf("written and followed live in %.0f s\n", seconds_since(start));
  std::fflush(stdout);
  return live;
}

/// Checks a log as an auditor does, who has no checkpoint of it.
void verify(const std::filesystem::path& folder) {
  const auto key = crypto::SigningKey::from_seed(crypto::random_key());
  const auto signer = require(merkle::NoteSigner::of("bench", key));
  const auto tables = require(store::open_log_tables(folder));
  const auto start = Steady::now();
  const audit::ChainReport report = require(audit::check_chain(
      {.tables = *tables, .identity = {"bench", signer.verifier()}, .head = {}, .since = {}, .progress = {}}));
  const double took = seconds_since(start);
  std::printf("chain of %llu records checked in %.1f s, %.1f million a minute\n",
              static_cast<unsigned long long>(report.records), took,
              static_cast<double>(report.records) / took * 60 / 1e6);
  if (!report.faults.empty()) throw std::runtime_error("the chain is wrong: " + report.faults.front().what);
}

/// Writes the log, makes the rows anew and compares them; answers events a second.
double rebuild(const WorkloadOptions& options, const std::filesystem::path& scratch,
               const std::filesystem::path& log_folder) {
  const bool kept = !options.log.empty();
  const auto log = require(store::open_event_log(log_folder, store::OpenMode::create));
  RowsByTable live;
  if (!kept)
    live = write_and_follow(*log, options.workers, options.weeks, scratch / "live");
  else if (log->size().value == 0)
    write(*log, options.workers, options.weeks, [] {});
  ::sync();  // What was written up to here is not paid for by the rebuild.
  const auto rows = rows_in(scratch / "rebuilt");
  const auto start = Steady::now();
  const auto host = host_over(*log, *rows);
  host->advance(log->size());
  const readside::View view = caught_up(*host, log->size());
  const double took = seconds_since(start);
  const auto events = static_cast<double>(log->size().value);
  std::printf("rebuild of %zu projections: %.1f s, %.0f events/s, %.2f row changes per event\n",
              projections::all().size(), took, events / took, static_cast<double>(rows->changes()) / events);
  if (kept) return events / took;
  if (rows_of(view) != live) throw std::runtime_error("the rebuilt rows are not the live ones");
  std::uint64_t count = 0;
  for (const auto& [table, of_table] : live) count += of_table.first;
  std::printf("all %llu rows of %zu tables are those of the live projections\n", static_cast<unsigned long long>(count),
              live.size());
  return events / took;
}

}  // namespace

double run_workload(const WorkloadOptions& options) {
  const client::ScratchFolder scratch(options.dir);
  const auto log = options.log.empty() ? scratch.path() / "log" : std::filesystem::path(options.log);
  const double rebuilt = rebuild(options, scratch.path(), log);
  std::vector<WorkerId> workers(options.workers);
  for (unsigned worker = 0; worker < options.workers; ++worker) workers[worker] = id_of<WorkerId>(2, worker);
  if (options.past.looks > 0) measure_past(log, kLedger, workers, scratch.path(), options.past);
  verify(log);
  return rebuilt;
}

}  // namespace placet::bench
