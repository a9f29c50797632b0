// What following costs those who append, and how long followers wait: each of them follows one placement, live, while
// hours are entered; first at a set pace, then as fast as 64 callers can. In turn without followers, with them, and
// with one more who reads a byte a second.
//
//   placet_bench_followers [--rounds 5] [--seconds 20] [--followers 1000] [--pace 1000] [--dir FOLDER]

#include <CLI/CLI.hpp>
#include <cstdio>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <vector>

#include "bench/callers.h"
#include "bench/live_followers.h"
#include "bench/measure.h"
#include "tools/client/connection.h"
#include "tools/client/daemon.h"
#include "tools/client/hours.h"
#include "tools/client/scratch.h"
#include "tools/client/world.h"

namespace placet::bench {

namespace {

constexpr unsigned kCallers = 64;
constexpr unsigned kConnections = 16;  // of those who append at a set pace
constexpr Date kFirstMonday{3'658};    // 1980-01-07
constexpr auto kGiveUp = std::chrono::seconds(60);

std::int64_t micros_between(Steady::time_point from, Steady::time_point to) {
  return std::chrono::duration_cast<std::chrono::microseconds>(to - from).count();
}

/// One command after the other, each at its time, whether or not those before it were answered.
class PacedCallers final : private kj::TaskSet::ErrorHandler {
 public:
  struct Answered {
    LogPosition position;
    Steady::time_point sent;
    Steady::time_point at;
  };

  PacedCallers(const std::string& server, const std::string& token, std::vector<client::HourCommands>& hours)
      : hours_(hours), calls_(*this) {
    for (unsigned i = 0; i < kConnections; ++i)
      connections_.emplace_back(std::make_unique<client::Connection>(server))->sign_in(token);
  }

  std::vector<Answered> run(unsigned per_second, int seconds) {
    const auto start = Steady::now();
    const std::uint64_t all = std::uint64_t{per_second} * static_cast<unsigned>(seconds);
    client::Connection& loop = *connections_.front();
    for (std::uint64_t sent = 0; sent < all;) {
      const auto due = static_cast<std::uint64_t>(seconds_since(start) * per_second);
      for (; sent < std::min(due, all); ++sent) send(sent);
      loop.provider().getTimer().afterDelay(1 * kj::MILLISECONDS).wait(loop.wait_scope());
    }
    calls_.onEmpty().wait(loop.wait_scope());
    if (!failure_.empty()) throw std::runtime_error(failure_);
    return std::exchange(answered_, {});
  }

 private:
  void send(std::uint64_t number) {
    auto request = connections_[number % kConnections]->commands().submitRequest();
    hours_[number % hours_.size()].fill(request.initSubmissions(1)[0]);
    calls_.add(
        request.send().then([this, sent = Steady::now()](capnp::Response<schema::Commands::SubmitResults> response) {
          require_accepted(response.getOutcomes());
          answered_.push_back({{response.getOutcomes()[0].getAccepted().getFirst()}, sent, Steady::now()});
        }));
  }
  void taskFailed(kj::Exception&& exception) override { failure_ = exception.getDescription().cStr(); }

  std::vector<std::unique_ptr<client::Connection>> connections_;
  std::vector<client::HourCommands>& hours_;
  std::vector<Answered> answered_;
  std::string failure_;
  kj::TaskSet calls_;
};

/// Microseconds from the answer of each command until its event was with its follower.
std::vector<std::int64_t> lags(const std::vector<PacedCallers::Answered>& answered,
                               const std::vector<Receipt>& receipts) {
  std::map<LogPosition, Steady::time_point> received;
  for (const Receipt& one : receipts)
    if (!received.emplace(one.position, one.at).second) throw std::runtime_error("an event was sent twice");
  std::vector<std::int64_t> micros;
  for (const auto& one : answered) {
    const auto found = received.find(one.position);
    if (found == received.end()) throw std::runtime_error("an event did not come to its follower");
    micros.push_back(micros_between(one.at, found->second));
  }
  return micros;
}

void wait_for(const LiveFollowers& followers, std::uint64_t events, const client::Daemon& daemon) {
  const auto start = Steady::now();
  while (followers.received() < events) {
    if (Steady::now() - start > kGiveUp) throw std::runtime_error("followers do not come to the end");
    rest(daemon);
  }
}

struct Figures {
  double paced = 0;  // commands a second
  std::int64_t append_p99 = 0;
  std::vector<std::int64_t> lag;
  double processors = 0;  // of placetd, meanwhile
  double unpaced = 0;
  std::int64_t unpaced_p99 = 0;
  double unpaced_processors = 0;
};

/// How many processors placetd keeps busy.
class Processors {
 public:
  explicit Processors(const client::Daemon& daemon) : pid_(daemon.pid()), before_(processor_time_of({&pid_, 1})) {}
  double since() const {
    return std::chrono::duration<double>(processor_time_of({&pid_, 1}) - before_).count() / seconds_since(start_);
  }

 private:
  const pid_t pid_;
  const Steady::time_point start_ = Steady::now();
  const std::chrono::nanoseconds before_;
};

class Bench {
 public:
  Bench(const std::filesystem::path& folder, unsigned followers)
      : invites_(client::found_ledger(folder / "ledger", "bench.placet.example")),
        daemon_(folder / "ledger"),
        world_(daemon_.server(), invites_[0], invites_[1], kFirstMonday) {
    const unsigned each = (followers + kCallers - 1) / kCallers;
    for (unsigned i = 0; i < kCallers; ++i) {
      const auto placed = world_.place(each);
      for (const client::PlacedWorker& one : placed) placements_.push_back(one.placement.value);
      hours_.emplace_back(1 + i, placed, kFirstMonday);
    }
  }

  std::size_t followers() const { return placements_.size(); }
  const client::Daemon& daemon() const { return daemon_; }
  const std::string& token() { return world_.office_token(); }

  Figures measure(bool with_followers, unsigned pace, int seconds) {
    Figures figures;
    PacedCallers paced(daemon_.server(), token(), hours_);
    std::optional<LiveFollowers> followers;
    rest(daemon_);
    if (with_followers) followers.emplace(daemon_.server(), token(), placements_);
    const auto start = Steady::now();
    const Processors while_paced(daemon_);
    const auto answered = paced.run(pace, seconds);
    figures.processors = while_paced.since();
    figures.paced = static_cast<double>(answered.size()) / seconds_since(start);
    std::vector<std::int64_t> micros;
    for (const auto& one : answered) micros.push_back(micros_between(one.sent, one.at));
    figures.append_p99 = quantile(std::move(micros), 0.99);
    if (followers) {
      wait_for(*followers, answered.size(), daemon_);
      figures.lag = lags(answered, followers->stop());
      followers.emplace(daemon_.server(), token(), placements_);
    }
    rest(daemon_);
    const Processors while_unpaced(daemon_);
    const Work singles = bench::singles(world_.office().connection(), daemon_.server(), token(), seconds, hours_);
    figures.unpaced_processors = while_unpaced.since();
    figures.unpaced = singles.per_second();
    figures.unpaced_p99 = singles.p99_micros();
    if (followers) wait_for(*followers, singles.micros.size(), daemon_);
    return figures;
  }

 private:
  std::vector<std::string> invites_;
  client::Daemon daemon_;
  client::World world_;
  std::vector<Uuid> placements_;
  std::vector<client::HourCommands> hours_;  // of each caller
};

void run(int rounds, int seconds, unsigned followers, unsigned pace, const std::filesystem::path& dir) {
  const client::ScratchFolder scratch(dir);
  Bench bench(scratch.path(), followers);
  std::printf("%zu followers of a placement each, %zu to a connection\n\n", bench.followers(),
              LiveFollowers::kPerConnection);
  std::printf(
      "| round | who follows | appends /s at %u | p99 us | lag p50 us | p99 us | max us | processors of placetd | "
      "appends /s unpaced | p99 us | processors | of those without "
      "|\n|---|---|---|---|---|---|---|---|---|---|---|---|\n",
      pace);
  std::vector<double> ratios, ratios_with_slow;
  std::vector<std::int64_t> lag, lag_with_slow;
  for (int round = 1; round <= rounds; ++round) {
    double alone = 0;
    const auto show = [&](const char* who, const Figures& figures) {
      const auto lag_at = [&](double share) { return figures.lag.empty() ? 0 : quantile(figures.lag, share); };
      std::printf("| %d | %s | %.0f | %lld | %lld | %lld | %lld | %.2f | %.0f | %lld | %.2f | %.2f |\n", round, who,
                  figures.paced, static_cast<long long>(figures.append_p99), static_cast<long long>(lag_at(0.5)),
                  static_cast<long long>(lag_at(0.99)), static_cast<long long>(lag_at(1)), figures.processors,
                  figures.unpaced, static_cast<long long>(figures.unpaced_p99), figures.unpaced_processors,
                  figures.unpaced / alone);
      std::fflush(stdout);
      return lag_at(0.99);
    };
    const Figures without = bench.measure(false, pace, seconds);
    alone = without.unpaced;
    show("nobody", without);
    const Figures with = bench.measure(true, pace, seconds);
    lag.push_back(show("all", with));
    ratios.push_back(with.unpaced / alone);
    const SlowReader slow(bench.daemon().server(), bench.token());
    const Figures with_slow = bench.measure(true, pace, seconds);
    lag_with_slow.push_back(show("all and a slow one", with_slow));
    ratios_with_slow.push_back(with_slow.unpaced / alone);
  }
  std::printf(
      "\nmedians: unpaced %.2f of without followers, with a slow one %.2f; lag p99 %lld us, with a slow one %lld; "
      "placetd used at most %llu MiB\n",
      median(ratios), median(ratios_with_slow), static_cast<long long>(median(lag)),
      static_cast<long long>(median(lag_with_slow)), static_cast<unsigned long long>(memory_of(bench.daemon().pid())));
}

}  // namespace

}  // namespace placet::bench

int main(int argc, char** argv) {
  CLI::App app("What following costs, and how long followers wait");
  int rounds = 5, seconds = 20;
  unsigned followers = 1'000, pace = 1'000;
  std::string dir = "bench-data";
  app.add_option("--rounds", rounds)->capture_default_str();
  app.add_option("--seconds", seconds, "per measurement; six in a round")->capture_default_str();
  app.add_option("--followers", followers, "rounded up to as many for each of 64 callers")->capture_default_str();
  app.add_option("--pace", pace, "commands a second")->capture_default_str();
  app.add_option("--dir", dir, "where the ledger goes")->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  return placet::bench::exit_code_of([&] { placet::bench::run(rounds, seconds, followers, pace, dir); });
}
