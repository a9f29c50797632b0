// A payroll run: how long it takes for all workers of a large employer, and what it does to whoever enters hours
// meanwhile.
//
//   placet_bench_payroll [--workers 20000] [--seconds 10] [--dir FOLDER]

#include <CLI/CLI.hpp>
#include <cstdio>
#include <stdexcept>
#include <thread>

#include "bench/callers.h"
#include "bench/measure.h"
#include "domain/streams.h"
#include "domain/timesheet/content.h"
#include "tools/client/back_office.h"
#include "tools/client/balances.h"
#include "tools/client/scratch.h"
#include "tools/client/world.h"

namespace placet::bench {

namespace {

using namespace domain;

constexpr Date kFirstMonday{3'658};  // 1980-01-07: weeks enough for the callers
constexpr Date kPaidMonday{20'458};  // 2026-01-05
constexpr unsigned kCallers = 8;
constexpr unsigned kWorkersPerCaller = 20;
constexpr unsigned kWorkersPerStep = 2'000;

Period week_of(Date monday) { return {PeriodKind::week, monday}; }

/// Terms, eight hours a day from Monday to Friday, submitted and approved.
void work_a_week(client::World& world, Random& random, LedgerId ledger,
                 const std::vector<client::PlacedWorker>& workers, Date monday) {
  std::vector<Command> terms, entries, submits, approvals;
  for (const client::PlacedWorker& worker : workers) {
    terms.push_back(AgreePayTerms{worker.placement, {Money::of(1'550), {}, {}}, kFirstMonday});
    terms.push_back(AgreeClientTerms{worker.placement, {Money::of(3'023), {}, {}}, kFirstMonday});
    std::vector<Line> lines;
    for (int day = 0; day < 5; ++day) {
      RecordEntry entry;
      entry.entry = EntryId(new_uuid(random, client::kBirthOfIds));
      entry.placement = worker.placement;
      entry.period = week_of(monday);
      entry.hour_type = HourType::normal;
      entry.worked.day = monday.plus_days(day);
      entry.worked.minutes = Minutes::of(480);
      lines.push_back({entry.entry, entry.hour_type, entry.worked, {}});
      entries.push_back(std::move(entry));
    }
    std::vector<const Line*> seen;
    for (const Line& line : lines) seen.push_back(&line);
    const Digest hash = content_hash(sheet_of(ledger, worker.placement, week_of(monday)), week_of(monday), seen);
    submits.push_back(SubmitSheet{worker.placement, week_of(monday)});
    approvals.push_back(ApproveHours{worker.placement, week_of(monday), {}, hash, {}});
  }
  world.act_by_two(terms);
  world.office().act(entries, random);
  world.office().act(submits, random);
  world.approver().act(approvals, random);
}

void report(const char* when, const Work& singles) {
  std::printf("%s: %.0f single commands a second by %u callers, p50 %lld us, p99 %lld us\n", when, singles.per_second(),
              kCallers, static_cast<long long>(singles.p50_micros()), static_cast<long long>(singles.p99_micros()));
  std::fflush(stdout);
}

/// One batch of payments to all of them, and one invoice to their client.
void pay_and_invoice(client::World& world, client::BackOffice& back_office, RunId run, unsigned workers,
                     const std::vector<WorkerId>& ids) {
  std::vector<Command> accounts;
  for (const WorkerId worker : ids)
    accounts.push_back(ChangeWorkerBankAccount{worker, Box::plain("NL91ABNA0417164300"), {}, {}});
  for (std::size_t i = 0; i < accounts.size(); i += kWorkersPerStep)
    world.act_by_two({accounts.begin() + static_cast<std::ptrdiff_t>(i),
                      accounts.begin() + static_cast<std::ptrdiff_t>(std::min(accounts.size(), i + kWorkersPerStep))});
  auto start = Steady::now();
  const auto payments = back_office.prepare(run, true);
  std::printf("a batch of %zu payments: %.1f s\n", payments.payments, seconds_since(start));
  start = Steady::now();
  std::vector<client::NotSettled> left;
  const auto invoices = back_office.invoice(back_office.sheets_to_invoice(), left);
  std::printf("an invoice of %zu lines: %.1f s\n", invoices.front().sheets, seconds_since(start));
  std::fflush(stdout);
  if (payments.payments != workers || invoices.front().sheets != workers || !left.empty())
    throw std::runtime_error("not everything was paid and invoiced");
}

void run(unsigned workers, int seconds, const std::filesystem::path& dir) {
  const client::ScratchFolder scratch(dir);
  const auto invites = client::found_ledger(scratch.path() / "ledger", "bench.placet.example");
  const client::Daemon daemon(scratch.path() / "ledger", {"unix:" + (scratch.path() / "ledger.sock").string()});
  client::World world(daemon.server(), invites[0], invites[1], kFirstMonday);
  std::vector<client::HourCommands> callers_hours;
  for (unsigned i = 0; i < kCallers; ++i)
    callers_hours.emplace_back(2 + i, world.place(kWorkersPerCaller), kFirstMonday);
  client::Connection& connection = world.office().connection();
  const LedgerId ledger = connection.ledger();
  world.act_by_two({PublishParameters{
      kFirstMonday,
      {{ParameterKind::holiday_allowance, 8, 100}, {ParameterKind::leave, 4, 52}, {ParameterKind::vat, 21, 100}},
      "benchmark"}});
  SeededRandom random(7);
  std::vector<WorkerId> paid;
  for (unsigned placed = 0; placed < workers; placed += kWorkersPerStep) {
    const auto some = world.place(std::min(kWorkersPerStep, workers - placed));
    work_a_week(world, random, ledger, some, kPaidMonday);
    for (const client::PlacedWorker& one : some) paid.push_back(one.worker);
  }
  std::printf("%u workers with an approved week; %llu events\n", workers,
              static_cast<unsigned long long>(connection.size().value));
  std::fflush(stdout);

  rest(daemon);
  const Work idle = singles(connection, daemon.server(), world.office_token(), seconds, callers_hours);
  report("idle", idle);
  rest(daemon);

  // As long as the run takes, in rounds of a second.
  std::vector<Work> meanwhile;
  std::jthread others([&](const std::stop_token& stop) {
    client::Connection loop(daemon.server());
    loop.sign_in(world.office_token());
    while (!stop.stop_requested())
      meanwhile.push_back(singles(loop, daemon.server(), world.office_token(), 1, callers_hours));
  });
  client::BackOffice back_office(world.office(), random);
  const auto start = Steady::now();
  const auto sheets = back_office.sheets_to_pay();
  const double looked = seconds_since(start);
  const auto done =
      back_office.calculate(sheets, week_of(kPaidMonday), kPaidMonday.plus_days(8), kPaidMonday.plus_days(10));
  const double calculated = seconds_since(start);
  world.act_by_two({back_office.approval_of(done.run)});
  const double approved = seconds_since(start);
  others.request_stop();
  others.join();
  if (done.payslips != workers || !done.left.empty()) throw std::runtime_error("not everybody got a payslip");
  std::vector<std::int64_t> micros;
  std::int64_t worst = 0;
  for (const Work& one : meanwhile) {
    micros.insert(micros.end(), one.micros.begin(), one.micros.end());
    worst = std::max(worst, one.p99_micros());
  }
  const std::int64_t p99 = quantile(micros, 0.99);
  std::printf("a run of %zu payslips: %.1f s, of which %.1f s to look at the sheets and %.1f s to calculate\n",
              done.payslips, approved, looked, calculated - looked);
  std::printf("meanwhile: %zu single commands, p99 %lld us, %.1f x idle; in the worst second %lld us\n", micros.size(),
              static_cast<long long>(p99), static_cast<double>(p99) / static_cast<double>(idle.p99_micros()),
              static_cast<long long>(worst));
  pay_and_invoice(world, back_office, done.run, workers, paid);
  if (client::balances_of(connection) != client::Balances()) throw std::runtime_error("a balance is not 0");
  std::printf("placetd used at most %llu MiB\n", static_cast<unsigned long long>(memory_of(daemon.pid())));
}

}  // namespace

}  // namespace placet::bench

int main(int argc, char** argv) {
  CLI::App app("A payroll run, and what it does to others");
  unsigned workers = 20'000;
  int seconds = 10;
  std::string dir = "bench-data";
  app.add_option("--workers", workers)->capture_default_str();
  app.add_option("--seconds", seconds, "of single commands while nothing else is done")->capture_default_str();
  app.add_option("--dir", dir, "where the ledger goes: the disk that is measured")->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  return placet::bench::exit_code_of([&] { placet::bench::run(workers, seconds, dir); });
}
