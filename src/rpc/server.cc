#include "rpc/server.h"

#include <capnp/rpc-twoparty.h>
#include <kj/async-io.h>

#include <filesystem>
#include <future>
#include <utility>

#include "base/log.h"
#include "base/thread.h"
#include "rpc/frame_guard.h"
#include "rpc/page_reader.h"
#include "rpc/send_at_once.h"
#include "rpc/session.h"
#include "rpc/tail.h"

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

constexpr std::string_view kSocketFile = "unix:";

bool is_socket_file(const std::string& address) { return address.starts_with(kSocketFile); }
std::filesystem::path path_of(const std::string& address) { return address.substr(kSocketFile.size()); }

/// Whether only programs of this machine can connect there.
bool is_local(const std::string& address) {
  return is_socket_file(address) || address.starts_with("127.") || address.starts_with("localhost:") ||
         address.starts_with("[::1]");
}

/// A socket file stays when the program that listened on it is killed: then nobody answers there.
void remove_if_left_behind(kj::NetworkAddress& address, const std::filesystem::path& path, kj::WaitScope& scope) {
  std::error_code unknown;
  if (!std::filesystem::is_socket(path, unknown)) return;
  KJ_IF_MAYBE (exception, kj::runCatchingExceptions([&] { address.connect().wait(scope); })) {
    if (exception->getType() == kj::Exception::Type::DISCONNECTED) std::filesystem::remove(path, unknown);
  }
}

/// Listens on an address, and answers also what to connect to: the address with the port that was free.
struct Listener {
  Listener(kj::AsyncIoContext& io, const std::string& wanted) : address(wanted) {
    auto parsed = io.provider->getNetwork().parseAddress(wanted).wait(io.waitScope);
    if (is_socket_file(wanted)) remove_if_left_behind(*parsed, path_of(wanted), io.waitScope);
    receiver = parsed->listen();
    if (!is_socket_file(wanted))
      address = wanted.substr(0, wanted.rfind(':') + 1) + std::to_string(receiver->getPort());
  }
  ~Listener() {
    std::error_code gone;
    if (is_socket_file(address)) std::filesystem::remove(path_of(address), gone);
  }
  std::string address;
  kj::Own<kj::ConnectionReceiver> receiver;
};

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

  /// Runs until `stop`; says through `listening` what to connect to, or why it could not start.
  void run(const std::vector<std::string>& addresses, std::promise<Result<std::vector<std::string>>> listening) {
    auto io = kj::setupAsyncIo();
    EnginePort engine(services_.inbox);
    services_.engine = &engine;
    Tail tail(services_.log, services_.durable, services_.zone, services_.clock, io.provider->getTimer());
    services_.tail = &tail;
    PageReader pages(services_.log);
    services_.pages = &pages;
    auto stop = kj::newPromiseAndCrossThreadFulfiller<void>();
    stop_ = kj::mv(stop.fulfiller);
    std::vector<std::unique_ptr<Listener>> listeners;
    std::vector<std::string> listening_on;
    for (const std::string& address : addresses) {
      KJ_IF_MAYBE (exception, kj::runCatchingExceptions([&] {
                     listeners.push_back(std::make_unique<Listener>(io, address));
                     listening_on.push_back(listeners.back()->address);
                   })) {
        listening.set_value(
            fail(ErrorCode::io, "cannot listen on " + address + ": " + exception->getDescription().cStr()));
        return;
      }
    }
    kj::TaskSet tasks(*this);
    tasks_ = &tasks;
    timer_ = &io.provider->getTimer();
    for (const auto& listener : listeners) tasks.add(accept(*listener->receiver));
    listening.set_value(std::move(listening_on));
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
    send_at_once(*stream);
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

Result<std::unique_ptr<Server>> Server::start(Services services, const std::vector<std::string>& addresses) {
  for (const std::string& address : addresses) {
    if (!is_local(address))
      return fail(ErrorCode::invalid, "--rpc " + address +
                                          ": only loopback addresses (127.0.0.1, [::1], localhost) and socket files "
                                          "(unix:PATH) until it can be TLS");
  }
  std::unique_ptr<Server> server(new Server);
  server->loop_ = std::make_unique<Loop>(services);
  std::promise<Result<std::vector<std::string>>> listening;
  auto listened = listening.get_future();
  server->thread_ = std::thread([loop = server->loop_.get(), addresses, listening = std::move(listening)]() mutable {
    name_this_thread("rpc");
    loop->run(addresses, std::move(listening));
  });
  auto listening_on = listened.get();
  if (!listening_on) {
    server->thread_.join();
    server->loop_.reset();
    return std::unexpected(std::move(listening_on).error());
  }
  server->addresses_ = *std::move(listening_on);
  return server;
}

Server::~Server() {
  if (!thread_.joinable()) return;
  loop_->stop();
  thread_.join();
}

}  // namespace placet::rpc
