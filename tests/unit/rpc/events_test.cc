// Followers who go while they wait.

#include "rpc/events.h"

#include <capnp/rpc-twoparty.h>
#include <gtest/gtest.h>

#include "codec/ids.h"
#include "rpc/page_reader.h"
#include "rpc/tail.h"
#include "tests/unit/rpc/serving.h"

namespace placet::rpc {
namespace {

/// One that asks over a connection, both ends of it on this thread.
class WaitingFollower : public Serving {
 protected:
  WaitingFollower() {
    services_.tail = &tail_;
    services_.pages = &pages_;
    to_server_ = kj::mv(pipe_.ends[1]);
    at_server_.emplace(*pipe_.ends[0], capnp::rpc::twoparty::Side::SERVER);
    server_side_.emplace(capnp::makeRpcServer(
        *at_server_, kj::heap<EventsServer>(services_, io_.provider->getTimer(), access::SignIn{account_, token_.id})));
    client_.emplace(*to_server_);
  }
  ~WaitingFollower() noexcept override = default;

  capnp::RemotePromise<schema::Events::NextResults> ask() {
    auto events = client_->bootstrap().castAs<schema::Events>();
    auto request = events.nextRequest();
    auto cursor = request.initCursor();
    codec::write(ledger_, cursor.initLedger());
    cursor.setSize(log_.size().value);
    request.setWaitMs(30'000);
    return request.send();
  }
  /// Until so many wait.
  void run_until_waiting(std::size_t count) {
    while (tail_.waiting() != count) io_.provider->getTimer().afterDelay(1 * kj::MILLISECONDS).wait(io_.waitScope);
  }
  void disconnect() {
    client_.reset();
    to_server_ = nullptr;
  }

  kj::AsyncIoContext io_ = kj::setupAsyncIo();
  Tail tail_{log_, durable_, zone_, clock_, io_.provider->getTimer()};
  PageReader pages_{log_};
  Services services_ = services();
  kj::TwoWayPipe pipe_ = kj::newTwoWayPipe();
  kj::Own<kj::AsyncIoStream> to_server_;
  std::optional<capnp::TwoPartyVatNetwork> at_server_;
  std::optional<capnp::RpcSystem<capnp::rpc::twoparty::VatId>> server_side_;
  std::optional<capnp::TwoPartyClient> client_;
};

TEST_F(WaitingFollower, LeavesNothingBehindWhenHeNoLongerWantsTheAnswer) {
  auto kept = ask();
  {
    auto dropped = ask();
    run_until_waiting(2);
  }
  run_until_waiting(1);
}

TEST_F(WaitingFollower, LeavesNothingBehindWhenHisConnectionEnds) {
  auto asked = ask();
  run_until_waiting(1);
  disconnect();
  run_until_waiting(0);
}

}  // namespace
}  // namespace placet::rpc
