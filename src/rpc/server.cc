#include "rpc/server.h"

#include <arpa/inet.h>
#include <capnp/rpc-twoparty.h>
#include <kj/async-io.h>

#include <future>
#include <set>
#include <utility>

#include "base/log.h"
#include "base/thread.h"
#include "rpc/frame_guard.h"
#include "rpc/session.h"

namespace placet::rpc {

namespace {

// The limits that ledger.capnp states.
constexpr std::size_t kMessageWordsMax = (8 << 20) / sizeof(capnp::word);
constexpr std::size_t kFlowWordsMax = (16 << 20) / sizeof(capnp::word);
constexpr unsigned kConnectionsMax = 256;
constexpr auto kFrameTimeout = 30 * kj::SECONDS;

capnp::ReaderOptions reader_options() {
  capnp::ReaderOptions options;
  options.traversalLimitInWords = kMessageWordsMax;
  options.nestingLimit = 32;
  return options;
}

bool is_loopback(const std::string& address) {
  return address.starts_with("127.") || address.starts_with("localhost:") || address.starts_with("[::1]");
}

/// One client: its stream, its half of the protocol, its capabilities.
class Connection {
 public:
  Connection(kj::Own<kj::AsyncIoStream> stream, schema::Bootstrap::Client bootstrap)
      : stream_(kj::mv(stream)),
        network_(*stream_, capnp::rpc::twoparty::Side::SERVER, reader_options()),
        system_(capnp::makeRpcServer(network_, kj::mv(bootstrap))) {
    system_.setFlowLimit(kFlowWordsMax);
  }
  kj::Promise<void> on_disconnect() { return network_.onDisconnect(); }

 private:
  kj::Own<kj::AsyncIoStream> stream_;
  capnp::TwoPartyVatNetwork network_;
  capnp::RpcSystem<capnp::rpc::twoparty::VatId> system_;
};

}  // namespace

/// Everything that lives on the RPC thread.
class Server::Loop final : private kj::TaskSet::ErrorHandler {
 public:
  explicit Loop(Services services) : services_(services) {}

  /// Runs until `stop`; says through `listening` which port it got, or why it could not start.
  void run(const std::string& address, std::promise<Result<unsigned>> listening) {
    auto io = kj::setupAsyncIo();
    EnginePort engine(services_.inbox);
    services_.engine = &engine;
    auto stop = kj::newPromiseAndCrossThreadFulfiller<void>();
    stop_ = kj::mv(stop.fulfiller);
    kj::Own<kj::ConnectionReceiver> receiver;
    KJ_IF_MAYBE (exception, kj::runCatchingExceptions([&] {
                   receiver = io.provider->getNetwork().parseAddress(address).wait(io.waitScope)->listen();
                 })) {
      listening.set_value(
          fail(ErrorCode::io, "cannot listen on " + address + ": " + exception->getDescription().cStr()));
      return;
    }
    kj::TaskSet tasks(*this);
    tasks_ = &tasks;
    timer_ = &io.provider->getTimer();
    listening.set_value(receiver->getPort());
    tasks.add(accept(*receiver));
    stop.promise.wait(io.waitScope);
  }

  void stop() { stop_->fulfill(); }

 private:
  kj::Promise<void> accept(kj::ConnectionReceiver& receiver) {
    return receiver.accept().then([this, &receiver](kj::Own<kj::AsyncIoStream> stream) {
      if (connections_ < kConnectionsMax) {
        serve(kj::mv(stream));
      } else {
        log::warning("rpc: a connection was refused, {} are open", connections_);
      }
      return accept(receiver);
    });
  }

  void serve(kj::Own<kj::AsyncIoStream> stream) {
    int on = 1;
    stream->setsockopt(IPPROTO_TCP, 1 /* TCP_NODELAY */, &on, sizeof on);
    auto guarded =
        kj::heap<FrameGuard>(kj::mv(stream), *timer_, FrameLimits{.message_words_max = kMessageWordsMax}, kFrameTimeout,
                             [](std::string_view why) { log::warning("rpc: a connection was cut: {}", why); });
    auto connection = kj::heap<Connection>(kj::mv(guarded), kj::heap<BootstrapServer>(services_, *timer_));
    auto gone = connection->on_disconnect();
    ++connections_;
    tasks_->add(gone.attach(kj::mv(connection), kj::defer([this] { --connections_; })));
  }

  void taskFailed(kj::Exception&& exception) override {
    if (exception.getType() != kj::Exception::Type::DISCONNECTED)
      log::warning("rpc: {}", exception.getDescription().cStr());
  }

  Services services_;
  kj::Own<kj::CrossThreadPromiseFulfiller<void>> stop_;
  kj::TaskSet* tasks_ = nullptr;
  kj::Timer* timer_ = nullptr;
  unsigned connections_ = 0;
};

Result<std::unique_ptr<Server>> Server::start(Services services, const std::string& address) {
  if (!is_loopback(address))
    return fail(ErrorCode::invalid,
                "--rpc " + address + ": only loopback addresses (127.0.0.1, [::1], localhost) until it can be TLS");
  std::unique_ptr<Server> server(new Server);
  server->loop_ = std::make_unique<Loop>(services);
  std::promise<Result<unsigned>> listening;
  auto listened = listening.get_future();
  server->thread_ = std::thread([loop = server->loop_.get(), address, listening = std::move(listening)]() mutable {
    name_this_thread("rpc");
    loop->run(address, std::move(listening));
  });
  auto port = listened.get();
  if (!port) {
    server->thread_.join();
    server->loop_.reset();
    return std::unexpected(std::move(port).error());
  }
  server->port_ = *port;
  return server;
}

Server::~Server() {
  if (!thread_.joinable()) return;
  loop_->stop();
  thread_.join();
}

}  // namespace placet::rpc
