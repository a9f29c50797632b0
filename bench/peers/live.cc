// Memory of a placetd that is followed live.

#include <chrono>
#include <memory>
#include <optional>
#include <stdexcept>

#include "bench/peers/own.h"

namespace placet::bench {

namespace {

constexpr unsigned kFollowers = 100;
constexpr unsigned kPerSecond = 1'000;
constexpr std::uint32_t kWaitMs = 30'000;

/// Reads whatever comes, over a connection of its own.
class LiveFollower {
 public:
  LiveFollower(client::Connection& loop, const std::string& server, const std::string& token)
      : stream_(client::connect(loop.provider(), loop.wait_scope(), server)), rpc_(*stream_) {
    auto request = rpc_.bootstrap().castAs<schema::Bootstrap>().authenticateRequest();
    request.setToken(token);
    session_ = request.send().wait(loop.wait_scope()).getResult().getSession();
    events_ = session_.eventsRequest().send().getEvents();
    auto begin = events_.beginRequest();
    begin.initAt().setNow();
    cursor_.setRoot(begin.send().wait(loop.wait_scope()).getCursor().getCursor());
    begun_at_ = size();
  }

  /// Until it has read up to there.
  kj::Promise<void> follow_to(const std::uint64_t& end) {
    auto request = events_.nextRequest();
    request.setCursor(cursor_.getRoot<schema::Cursor>().asReader());
    request.setWaitMs(kWaitMs);
    return request.send().then(
        [this, &end](capnp::Response<schema::Events::NextResults> response) -> kj::Promise<void> {
          const auto page = response.getPage().getEvents();
          read_ += page.getRecords().size();
          cursor_.setRoot(page.getNext());
          if (size() >= end) return kj::READY_NOW;
          return follow_to(end);
        });
  }

  /// Everything from where it began, once.
  bool got_all() { return read_ == size() - begun_at_; }

 private:
  std::uint64_t size() { return cursor_.getRoot<schema::Cursor>().getSize(); }

  kj::Own<kj::AsyncIoStream> stream_;
  capnp::TwoPartyClient rpc_;
  schema::Session::Client session_ = nullptr;
  schema::Events::Client events_ = nullptr;
  capnp::MallocMessageBuilder cursor_;
  std::uint64_t begun_at_ = 0;
  std::uint64_t read_ = 0;
};

/// Sends single commands at an even pace, whether or not the ones before are answered.
class Pacemaker final : private kj::TaskSet::ErrorHandler {
 public:
  explicit Pacemaker(PlacetSystem& placet) : placet_(placet), calls_(*this) {}

  void run(int seconds) {
    client::Connection& connection = placet_.connection();
    const auto start = Steady::now();
    for (std::uint64_t sent = 0; sent < std::uint64_t{kPerSecond} * static_cast<unsigned>(seconds);) {
      for (; sent < static_cast<std::uint64_t>(seconds_since(start) * kPerSecond); ++sent) send();
      connection.provider().getTimer().afterDelay(1 * kj::MILLISECONDS).wait(connection.wait_scope());
    }
    calls_.onEmpty().wait(connection.wait_scope());
    if (failure_) throw std::runtime_error(*failure_);
  }

 private:
  void send() {
    auto request = placet_.connection().commands().submitRequest();
    placet_.hours().fill(request.initSubmissions(1)[0]);
    calls_.add(request.send().then(
        [](capnp::Response<schema::Commands::SubmitResults> response) { require_accepted(response.getOutcomes()); }));
  }
  void taskFailed(kj::Exception&& exception) override { failure_ = exception.getDescription().cStr(); }

  PlacetSystem& placet_;
  kj::TaskSet calls_;
  std::optional<std::string> failure_;
};

}  // namespace

std::uint64_t live_mib(PlacetSystem& placet, int seconds) {
  placet.stop();
  placet.start();
  client::Connection& connection = placet.connection();
  std::vector<std::unique_ptr<LiveFollower>> followers;
  for (unsigned i = 0; i < kFollowers; ++i)
    followers.push_back(std::make_unique<LiveFollower>(connection, placet.server(), placet.token()));
  std::uint64_t end = UINT64_MAX;
  auto following = kj::heapArrayBuilder<kj::Promise<void>>(followers.size());
  for (const auto& follower : followers) following.add(follower->follow_to(end));
  Pacemaker(placet).run(seconds);
  end = connection.size().value;
  placet.enter();  // Whoever waits hears of this one, and sees that it is past the end.
  kj::joinPromises(following.finish()).wait(connection.wait_scope());
  for (const auto& follower : followers)
    if (!follower->got_all()) throw std::runtime_error("a follower missed an event");
  return memory_of(placet.processes().front());
}

}  // namespace placet::bench
