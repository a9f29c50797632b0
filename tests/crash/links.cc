#include "tests/crash/links.h"

#include <algorithm>
#include <array>
#include <limits>
#include <memory>

#include "base/random.h"

namespace placet::testing {

namespace {

constexpr std::uint64_t kCutWithin = 150'000;  // bytes
constexpr std::size_t kSlowBytesMax = 700;     // per millisecond
constexpr auto kLookAgain = 5 * kj::MILLISECONDS;

}  // namespace

class Links::Loop final : private kj::TaskSet::ErrorHandler {
 public:
  Loop(Links& links, kj::AsyncIoContext& io, std::string server, std::uint64_t seed)
      : links_(links),
        provider_(*io.provider),
        server_(provider_.getNetwork().parseAddress(server).wait(io.waitScope)),
        listener_(provider_.getNetwork().parseAddress("127.0.0.1:0").wait(io.waitScope)->listen()),
        random_(seed),
        tasks_(*this) {
    tasks_.add(accept());
  }
  std::string address() { return "127.0.0.1:" + std::to_string(listener_->getPort()); }

 private:
  struct Link {
    kj::Own<kj::AsyncIoStream> client, server;
    std::uint64_t bytes_left = std::numeric_limits<std::uint64_t>::max();  // until it is cut
    bool is_slow = false;
  };
  using Buffer = std::array<kj::byte, 16'384>;

  kj::Promise<void> accept() {
    return listener_->accept().then([this](kj::Own<kj::AsyncIoStream> client) {
      tasks_.add(connect().then([this, client = kj::mv(client)](kj::Own<kj::AsyncIoStream> server) mutable {
        return carry(kj::mv(client), kj::mv(server));
      }));
      return accept();
    });
  }

  kj::Promise<kj::Own<kj::AsyncIoStream>> connect() {
    return server_->connect().catch_([this](kj::Exception&&) {
      return provider_.getTimer().afterDelay(kLookAgain).then([this] { return connect(); });
    });
  }

  kj::Promise<void> carry(kj::Own<kj::AsyncIoStream> client, kj::Own<kj::AsyncIoStream> server) {
    auto link = kj::heap<Link>(Link{kj::mv(client), kj::mv(server)});
    switch (random_.next() % 4) {
      case 0: break;
      case 1: link->is_slow = true; [[fallthrough]];
      default: link->bytes_left = 1 + random_.next() % kCutWithin;
    }
    if (!links_.mended_ && link->is_slow) ++links_.slow_;
    auto there = pump(*link, *link->client, *link->server, std::make_shared<Buffer>());
    auto back = pump(*link, *link->server, *link->client, std::make_shared<Buffer>());
    return there.exclusiveJoin(kj::mv(back)).attach(kj::mv(link));
  }

  /// Until one of the two ends it, or it is cut.
  kj::Promise<void> pump(Link& link, kj::AsyncIoStream& from, kj::AsyncIoStream& to, std::shared_ptr<Buffer> buffer) {
    const bool goes_wrong = !links_.mended_;
    const std::size_t at_once = goes_wrong && link.is_slow ? 1 + random_.next() % kSlowBytesMax : buffer->size();
    return from.tryRead(buffer->data(), 1, at_once)
        .then([this, &link, &from, &to, buffer](std::size_t got) -> kj::Promise<void> {
          if (got == 0) return kj::READY_NOW;
          const bool cut = !links_.mended_ && got >= link.bytes_left;
          if (cut) ++links_.cut_;
          const std::size_t passes = cut ? link.bytes_left : got;
          link.bytes_left -= std::min<std::uint64_t>(got, link.bytes_left);
          auto written = to.write(buffer->data(), passes);
          if (cut) return written;
          if (link.is_slow && !links_.mended_)
            written = written.then([this] { return provider_.getTimer().afterDelay(1 * kj::MILLISECONDS); });
          return written.then([this, &link, &from, &to, buffer] { return pump(link, from, to, buffer); });
        });
  }

  void taskFailed(kj::Exception&&) override {}  // one of the two is gone

  Links& links_;
  kj::AsyncIoProvider& provider_;
  kj::Own<kj::NetworkAddress> server_;
  kj::Own<kj::ConnectionReceiver> listener_;
  SeededRandom random_;
  kj::TaskSet tasks_;
};

Links::Links(std::string server, std::uint64_t seed)
    : thread_([this, server = std::move(server), seed] {
        auto io = kj::setupAsyncIo();
        auto end = kj::newPromiseAndCrossThreadFulfiller<void>();
        ending_ = kj::mv(end.fulfiller);
        Loop loop(*this, io, server, seed);
        address_ = loop.address();
        listening_.count_down();
        end.promise.wait(io.waitScope);
      }) {
  listening_.wait();
}

Links::~Links() {
  ending_->fulfill();
  thread_.join();
}

}  // namespace placet::testing
