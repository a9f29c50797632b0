#include <chrono>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <stdexcept>

#include "base/clock.h"
#include "codec/record.h"
#include "crypto/random.h"
#include "domain/streams.h"
#include "tools/client/connection.h"
#include "tools/client/daemon.h"
#include "tools/client/scratch.h"
#include "tools/placet/verbs.h"

namespace placet::cli {

namespace fs = std::filesystem;

namespace {

constexpr unsigned kEntries = 1'000;

/// A week of five days of eight hours for each of 200 placements.
void fill(schema::Submission::Builder submission, unsigned i, PlacementId placement, WorkerId worker, Random& random,
          Timestamp now) {
  const Date monday = *Date::of(2026, 10, 12);
  client::write_id(new_uuid(random, now), submission.initId());
  auto entry = submission.initCommand().initRecordEntry();
  client::write_id(new_uuid(random, now), entry.initEntry());
  client::write_id(placement.value, entry.initPlacement());
  client::write_id(worker.value, entry.initWorker());
  auto period = entry.initPeriod();
  period.setKind(schema::PeriodKind::WEEK);
  period.setFirst(monday.days);
  entry.setHourType(schema::HourType::NORMAL);
  auto worked = entry.initWorked();
  worked.setDay(monday.plus_days(static_cast<int>(i % 5)).days);
  worked.setMinutes(480);
}

unsigned enter_hours(client::Connection& connection) {
  crypto::OsRandom random;
  SystemClock clock;
  auto request = connection.commands().submitRequest();
  auto submissions = request.initSubmissions(kEntries);
  PlacementId placement;
  WorkerId worker;
  for (unsigned i = 0; i < kEntries; ++i) {
    if (i % 5 == 0) {
      placement = PlacementId(new_uuid(random, clock.now()));
      worker = WorkerId(new_uuid(random, clock.now()));
    }
    fill(submissions[i], i, placement, worker, random, clock.now());
  }
  const auto response = request.send().wait(connection.wait_scope());
  unsigned accepted = 0;
  for (const auto outcome : response.getOutcomes()) {
    if (outcome.isRefused()) throw client::Refused(outcome.getRefused());
    ++accepted;
  }
  return accepted;
}

struct ReadBack {
  std::uint64_t events = 0;
  std::uint64_t entries = 0;
  std::int64_t minutes = 0;
};

ReadBack read_back(client::Connection& connection) {
  ReadBack sum;
  auto request = connection.events().nextRequest();
  request.getCursor().setLedger(
      connection.session().whoAmIRequest().send().wait(connection.wait_scope()).getBasis().getLedger());
  while (true) {
    const auto response = request.send().wait(connection.wait_scope());
    if (response.getPage().isRefused()) throw client::Refused(response.getPage().getRefused());
    const auto page = response.getPage().getEvents();
    for (const auto record : page.getRecords()) {
      const auto stored = codec::read_record({reinterpret_cast<const char*>(record.begin()), record.size()});
      if (!stored) throw std::runtime_error(stored.error().message);
      ++sum.events;
      if (const auto* entry = std::get_if<domain::EntryRecorded>(&stored->event)) {
        ++sum.entries;
        sum.minutes += entry->worked.minutes.count();
      }
    }
    if (page.getCaughtUp()) return sum;
    request = connection.events().nextRequest();
    request.setCursor(page.getNext());
  }
}

void run(Global&) {
  const client::ScratchFolder scratch;
  const fs::path data = scratch.path() / "ledger";
  const std::string invite = client::found_ledger(data, "demo.placet.example");
  std::printf("A ledger is founded: keys, first events, two administrators with an invite each.\n");
  client::Daemon daemon(data);
  client::Connection connection(daemon.server());
  connection.sign_in(connection.redeem(invite));
  std::printf("placetd serves it on %s; Ada has redeemed her invite and signed in.\n", daemon.server().c_str());
  const auto start = std::chrono::steady_clock::now();
  const unsigned accepted = enter_hours(connection);
  const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start);
  std::printf("%u entries of hours are on disk, each a command of its own, after %lld ms.\n", accepted,
              static_cast<long long>(took.count()));
  const ReadBack sum = read_back(connection);
  std::printf("Read back from the log: %llu events, %llu entries, %lld minutes.\n",
              static_cast<unsigned long long>(sum.events), static_cast<unsigned long long>(sum.entries),
              static_cast<long long>(sum.minutes));
  if (sum.entries != kEntries || sum.minutes != std::int64_t{kEntries} * 480)
    throw std::runtime_error("what was read back is not what was entered");
}

}  // namespace

void add_demo(CLI::App& app, Global& global) {
  CLI::App* verb = app.add_subcommand("demo", "A ledger of its own, with hours in it, read back");
  verb->footer("Example:\n  placet demo");
  verb->callback([&global] { run(global); });
}

}  // namespace placet::cli
