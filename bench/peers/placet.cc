#include "bench/peers/placet.h"

#include <chrono>
#include <csignal>

#include "base/clock.h"
#include "base/version.h"
#include "tools/client/follower.h"
#include "tools/client/gathering.h"
#include "tools/client/scratch.h"
#include "tools/client/world.h"

namespace placet::bench {

namespace {

constexpr unsigned kBatchesOutstanding = 32;
constexpr unsigned kCommandsOutstanding = 8;  // of a thousand events each
// Enough workers and weeks up to today for three minutes of batches, and no more workers than the engine keeps warm.
constexpr unsigned kWorkers = 4'000;
constexpr unsigned kRosterWorkers = 400;
constexpr unsigned kWorkersPerCaller = 20;
constexpr Date kFirstMonday{3'658};  // 1980-01-07

/// One of the callers who share a connection.
class GatheredCaller {
 public:
  GatheredCaller(client::Gathering& gathering, std::uint64_t seed, client::HourCommands& hours)
      : gathering_(gathering), random_(seed), hours_(hours) {}

  kj::Promise<void> call_until(Steady::time_point end, std::vector<std::int64_t>& micros) {
    const auto start = Steady::now();
    return gathering_.submit(ids_.next(random_, SystemClock().now()), hours_.next())
        .then([this, start, end, &micros](client::Answer answer) -> kj::Promise<void> {
          if (!answer) throw client::Refused(answer.error());
          const auto now = Steady::now();
          micros.push_back(std::chrono::duration_cast<std::chrono::microseconds>(now - start).count());
          if (now >= end) return kj::READY_NOW;
          return call_until(end, micros);
        });
  }

 private:
  client::Gathering& gathering_;
  SeededRandom random_;
  RisingUuids ids_;
  client::HourCommands& hours_;
};

}  // namespace

PlacetSystem::PlacetSystem(const std::filesystem::path& folder, Road road)
    : folder_(folder),
      addresses_({road == Road::tcp ? std::string("127.0.0.1:0") : "unix:" + folder.string() + ".sock"}) {
  const auto invites = client::found_ledger(folder, "bench.placet.example");
  daemon_ = std::make_unique<client::Daemon>(folder, addresses_);
  client::World world(server(), invites[0], invites[1], kFirstMonday);
  token_ = world.office_token();
  for (unsigned i = 0; i < kCallers; ++i)
    callers_hours_.emplace_back(3 + i, world.place(kWorkersPerCaller), kFirstMonday);
  batch_hours_.emplace_back(1, world.place(kWorkers), kFirstMonday);
  roster_.emplace_back(2, world.place(kRosterWorkers), kFirstMonday);
  connection_ = std::make_unique<client::Connection>(server());
  connection_->sign_in(token_);
}

std::string PlacetSystem::about() { return "Placet " + std::string(kVersion); }

void PlacetSystem::enter() {
  auto request = connection_->commands().submitRequest();
  hours().fill(request.initSubmissions(1)[0]);
  require_accepted(request.send().wait(connection_->wait_scope()).getOutcomes());
}

void PlacetSystem::kill() { daemon_->stop(SIGKILL); }

void PlacetSystem::stop() {
  connection_.reset();
  daemon_->stop(SIGTERM);
}

void PlacetSystem::start() {
  connection_.reset();
  daemon_ = std::make_unique<client::Daemon>(folder_, addresses_);
  connection_ = std::make_unique<client::Connection>(server());
  connection_->sign_in(token_);
}

Work PlacetSystem::work(Shape shape, int seconds) {
  switch (shape) {
    case Shape::lone: return singles(*connection_, server(), token_, seconds, std::span(callers_hours_).first(1));
    case Shape::connections: return singles(*connection_, server(), token_, seconds, callers_hours_);
    case Shape::gathered: return gathered(seconds);
    case Shape::batches: return batches(lasting(seconds));
    case Shape::one_command:
      return calls(
          *connection_, kCommandsOutstanding,
          [&](auto& request) { roster_.front().fill(request.initSubmissions(1)[0]); }, lasting(seconds));
    case Shape::catch_up: return catch_up(seconds);
  }
  return {};
}

Work PlacetSystem::batches(const std::function<bool()>& goes_on) {
  return calls(*connection_, kBatchesOutstanding, batches_of(batch_hours_.front(), kBatch), goes_on);
}

Work PlacetSystem::gathered(int seconds) {
  client::Gathering gathering(connection_->commands());
  std::vector<GatheredCaller> callers;
  for (unsigned i = 0; i < kCallers; ++i) callers.emplace_back(gathering, i, callers_hours_[i]);
  Work work;
  const auto start = Steady::now();
  auto all = kj::heapArrayBuilder<kj::Promise<void>>(kCallers);
  for (GatheredCaller& caller : callers) all.add(caller.call_until(start + std::chrono::seconds(seconds), work.micros));
  kj::joinPromises(all.finish()).wait(connection_->wait_scope());
  work.seconds = seconds_since(start);
  work.events = work.micros.size();
  return work;
}

Work PlacetSystem::catch_up(int seconds) {
  Work work;
  const auto start = Steady::now();
  while (seconds_since(start) < seconds) {
    client::Follower follower;
    while (follower.size() < kCatchUpEvents &&
           !follower.read_page(*connection_, 0, [&](BytesView) { ++work.events; })) {
    }
  }
  work.seconds = seconds_since(start);
  return work;
}

std::optional<double> PlacetSystem::stored_bytes() {
  return static_cast<double>(bytes_below(log_folder())) / static_cast<double>(connection_->size().value);
}

}  // namespace placet::bench
