// Numbers of invoices under kill -9: two writers issue one draft after the other, killed at random microseconds.

#include <gtest/gtest.h>
#include <signal.h>

#include <chrono>
#include <cstdlib>
#include <map>
#include <set>
#include <thread>

#include "base/clock.h"
#include "codec/record.h"
#include "domain/invoice/invoice.h"
#include "domain/streams.h"
#include "tests/support/seed.h"
#include "tools/client/back_office.h"
#include "tools/client/balances.h"
#include "tools/client/daemon.h"
#include "tools/client/follower.h"
#include "tools/client/scratch.h"
#include "tools/client/world.h"

namespace placet {
namespace {

using namespace domain;

constexpr unsigned kWriters = 2;
constexpr unsigned kWorkers = 25;
constexpr unsigned kWeeks = 40;
/// If even a life of more than half the longest issues fewer than these, the longest is too short for this machine.
constexpr std::size_t kIssuedInALife = 8;
constexpr Date kFirstMonday{20'094};  // 2025-01-06

Period week(unsigned n) { return {PeriodKind::week, kFirstMonday.plus_days(static_cast<int>(7 * n))}; }

/// Calls `use` for the events of a kind in the log.
template <class E, class Use>
void for_each_event(client::Connection& connection, Use use) {
  client::Follower().read_on(connection, [&](BytesView record) {
    const auto stored = codec::read_record(record).value();
    if (const auto* event = std::get_if<E>(&stored.event)) use(*event, stored.meta);
  });
}

/// Drafts of one sheet each, and the hashes of their lines.
std::map<InvoiceId, Digest> draft_all(client::World& world, ClientId client) {
  SeededRandom random(11);
  const auto workers = world.place(kWorkers);
  std::vector<Command> terms = {PublishParameters{kFirstMonday, {{ParameterKind::vat, 21, 100}}, "crash"}};
  std::vector<Command> hours, approvals, drafts;
  for (const client::PlacedWorker& worker : workers) {
    terms.push_back(AgreeClientTerms{worker.placement, {Money::of(3'023), {}, {}}, kFirstMonday});
    for (unsigned n = 0; n < kWeeks; ++n) {
      RecordEntry entry;
      entry.entry = EntryId(new_uuid(random, client::kBirthOfIds));
      entry.placement = worker.placement;
      entry.period = week(n);
      entry.hour_type = HourType::normal;
      entry.worked.day = week(n).first;
      entry.worked.minutes = Minutes::of(480);
      hours.push_back(entry);
      hours.push_back(SubmitSheet{worker.placement, week(n)});
    }
  }
  world.act_by_two(terms);
  world.office().act(hours, random);
  std::map<Uuid, Digest> seen;
  for_each_event<SheetSubmitted>(world.office().connection(), [&](const SheetSubmitted& submitted, const Meta& meta) {
    seen[meta.stream.id] = submitted.content_hash;
  });
  const LedgerId ledger = world.office().connection().ledger();
  for (const client::PlacedWorker& worker : workers) {
    for (unsigned n = 0; n < kWeeks; ++n) {
      approvals.push_back(
          ApproveHours{worker.placement, week(n), {}, seen.at(sheet_of(ledger, worker.placement, week(n)).value), {}});
      const InvoiceId invoice(new_uuid(random, client::kBirthOfIds));
      drafts.push_back(DraftInvoice{invoice, client, {}});
      drafts.push_back(AddInvoiceLines{invoice, {{worker.placement, week(n), 0}}});
    }
  }
  world.approver().act(approvals, random);
  world.office().act(drafts, random);
  std::map<InvoiceId, Digest> hashes;
  for_each_event<InvoiceLinesAdded>(world.office().connection(), [&](const InvoiceLinesAdded& added, const Meta& meta) {
    hashes[InvoiceId(meta.stream.id)] = invoice_hash({}, added.lines);
  });
  return hashes;
}

TEST(KilledAtRandomMicroseconds, NumbersOfInvoicesHaveNoGapAndEachInvoiceHasOne) {
  const auto now = std::chrono::steady_clock::now().time_since_epoch().count();
  const std::uint64_t seed = testing::seed_or(static_cast<std::uint64_t>(now));
  SeededRandom random(seed);
  const client::ScratchFolder scratch;
  const auto data = scratch.path() / "ledger";
  const auto invites = client::found_ledger(data, "crash.placet.example");
  std::string token;
  ClientId client;
  std::map<InvoiceId, Digest> left;
  {
    const client::Daemon daemon(data);
    client::World world(daemon.server(), invites[0], invites[1], kFirstMonday);
    token = world.office_token();
    client = world.home().client;
    left = draft_all(world, client);
  }
  ASSERT_EQ(left.size(), kWorkers * kWeeks);

  unsigned kills = 0;
  std::uint64_t longest_us = 40'000;
  std::set<InvoiceId> answered;
  while (!left.empty()) {
    client::Daemon daemon(data);
    std::vector<std::set<InvoiceId>> issued(kWriters);
    std::vector<std::thread> writers;
    for (unsigned who = 0; who < kWriters; ++who) {
      writers.emplace_back([&, who] {
        try {
          client::Desk desk(daemon.server(), token);
          SeededRandom ids(seed + 100 * kills + who);
          unsigned n = 0;
          for (const auto& [invoice, hash] : left) {
            if (n++ % kWriters != who) continue;
            if (desk.ask({IssueInvoice{invoice, client, hash, VatTreatment::standard, {}}}, ids).front())
              issued[who].insert(invoice);
          }
        } catch (const kj::Exception&) {
          // Killed: what was not answered is unknown.
        }
      });
    }
    const std::uint64_t life_us = random.next() % longest_us;
    std::this_thread::sleep_for(std::chrono::microseconds(life_us));
    daemon.stop(SIGKILL);
    for (std::thread& writer : writers) writer.join();
    ++kills;

    const client::Daemon restarted(data);
    client::Connection connection(restarted.server());
    connection.sign_in(token);
    std::uint32_t last = 0;
    std::map<InvoiceId, std::uint32_t> numbers;
    for_each_event<NumberTaken>(connection, [&](const NumberTaken& taken, const Meta&) {
      EXPECT_EQ(taken.number, ++last);
      EXPECT_TRUE(numbers.emplace(taken.invoice, taken.number).second) << "an invoice has two numbers";
    });
    for_each_event<InvoiceIssued>(connection, [&](const InvoiceIssued& event, const Meta& meta) {
      EXPECT_EQ(numbers.at(InvoiceId(meta.stream.id)), event.number);
    });
    for (const auto& of_writer : issued) answered.insert(of_writer.begin(), of_writer.end());
    for (const InvoiceId invoice : answered) EXPECT_TRUE(numbers.contains(invoice)) << "answered, and not there";
    const auto gone = std::erase_if(left, [&](const auto& draft) { return numbers.contains(draft.first); });
    if (gone < kIssuedInALife && life_us > longest_us / 2) longest_us *= 2;
    if (left.empty()) {
      EXPECT_EQ(client::balances_of(connection), client::Balances());
    }
    if (::testing::Test::HasFailure()) return;
  }
  std::printf("%u kills, %zu of %u invoices answered\n", kills, answered.size(), kWorkers * kWeeks);
  EXPECT_GT(kills, 10U);
}

}  // namespace
}  // namespace placet
