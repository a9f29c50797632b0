#include <chrono>
#include <cstdio>
#include <memory>
#include <stdexcept>

#include "codec/record.h"
#include "tools/client/daemon.h"
#include "tools/client/follower.h"
#include "tools/client/hours.h"
#include "tools/client/scratch.h"
#include "tools/client/world.h"
#include "tools/placet/verbs.h"

namespace placet::cli {

namespace {

constexpr unsigned kWorkers = 40;
constexpr unsigned kWeeks = 5;
constexpr unsigned kDays = 5;
constexpr unsigned kEntries = kWorkers * kWeeks * kDays;
constexpr Date kFirstMonday{20'738};  // 2026-10-12

/// What a reader of the log finds, from its first event to its last.
struct ReadBack {
  std::uint64_t events = 0;
  std::uint64_t entries = 0;
  std::uint64_t approvals = 0;
  std::int64_t minutes_entered = 0;
  std::int64_t minutes_approved = 0;
  std::vector<domain::SheetSubmitted> submitted;
};

ReadBack read_back(client::Connection& connection) {
  ReadBack sum;
  client::Follower().read_on(connection, [&](BytesView record) {
    const auto stored = codec::read_record(record);
    if (!stored) throw std::runtime_error(stored.error().message);
    ++sum.events;
    if (const auto* entry = std::get_if<domain::EntryRecorded>(&stored->event)) {
      ++sum.entries;
      sum.minutes_entered += entry->worked.minutes.count();
    } else if (const auto* sheet = std::get_if<domain::SheetSubmitted>(&stored->event)) {
      sum.submitted.push_back(*sheet);
    } else if (const auto* approved = std::get_if<domain::DaysApproved>(&stored->event)) {
      ++sum.approvals;
      sum.minutes_approved += approved->minutes.count();
    }
  });
  return sum;
}

void run(Global&) {
  const client::ScratchFolder scratch;
  const auto data = scratch.path() / "ledger";
  const auto invites = client::found_ledger(data, "demo.placet.example");
  std::printf("A ledger is founded: keys, first events, two administrators with an invite each.\n");
  const client::Daemon daemon(data);
  client::World world(daemon.server(), invites[0], invites[1], kFirstMonday);
  std::printf("placetd serves it on %s; Ada and Bo have redeemed their invites and signed in.\n",
              daemon.server().c_str());
  const auto workers = world.place(kWorkers);
  world.office().connection().move_clock({std::int64_t{kFirstMonday.plus_days(28).days} * 86'400'000'000}, false);
  std::printf("%u workers are placed with Kade Logistics; each start was proposed by Ada and agreed to by Bo.\n",
              kWorkers);

  SeededRandom random(1);
  client::HourCommands hours(2, workers, kFirstMonday);
  std::vector<domain::Command> entries;
  for (unsigned i = 0; i < kEntries; ++i) entries.emplace_back(hours.next());
  const auto start = std::chrono::steady_clock::now();
  world.office().act(entries, random);
  const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start);
  std::printf("%u entries of hours are on disk, each a command of its own, after %lld ms.\n", kEntries,
              static_cast<long long>(took.count()));

  std::vector<domain::Command> submits, approvals;
  std::vector<std::pair<PlacementId, domain::Period>> sheets;
  for (unsigned week = 0; week < kWeeks; ++week) {
    for (const client::PlacedWorker& worker : workers)
      sheets.push_back(
          {worker.placement, {domain::PeriodKind::week, kFirstMonday.plus_days(static_cast<int>(7 * week))}});
  }
  for (const auto& [placement, period] : sheets) submits.emplace_back(domain::SubmitSheet{placement, period});
  world.office().act(submits, random);
  const ReadBack seen = read_back(world.office().connection());
  for (std::size_t i = 0; i < sheets.size(); ++i)
    approvals.emplace_back(
        domain::ApproveHours{sheets[i].first, sheets[i].second, {}, seen.submitted.at(i).content_hash});
  world.approver().act(approvals, random);
  std::printf(
      "%zu week sheets are submitted; Carla, the client's contact, approved each by the hash of what she saw.\n",
      sheets.size());

  const ReadBack sum = read_back(world.office().connection());
  std::printf(
      "Read back from the log: %llu events, %llu entries, %lld minutes entered, %llu approvals of %lld minutes.\n",
      static_cast<unsigned long long>(sum.events), static_cast<unsigned long long>(sum.entries),
      static_cast<long long>(sum.minutes_entered), static_cast<unsigned long long>(sum.approvals),
      static_cast<long long>(sum.minutes_approved));
  constexpr std::int64_t kMinutes = std::int64_t{kEntries} * 480;
  if (sum.entries != kEntries || sum.minutes_entered != kMinutes || sum.minutes_approved != kMinutes)
    throw std::runtime_error("what was read back is not what was entered and approved");
}

}  // namespace

void add_demo(CLI::App& app, Global& global) {
  CLI::App* verb = app.add_subcommand("demo", "A ledger of its own, with hours entered, approved and read back");
  verb->footer("Example:\n  placet demo");
  verb->callback([&global] { run(global); });
}

}  // namespace placet::cli
