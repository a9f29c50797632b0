#include "portal/server.h"

#include <fmt/format.h>

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <charconv>
#include <chrono>
#include <thread>
#include <utility>

#include "base/log.h"
#include "base/thread.h"

namespace placet::portal {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using Tcp = asio::ip::tcp;
using boost::system::error_code;

constexpr std::size_t kConnectionsMax = 512;
constexpr int kWaitingMax = 64;
constexpr std::uint32_t kHeaderBytesMax = 16 << 10;
constexpr std::uint64_t kBodyBytesMax = 1 << 20;
constexpr std::chrono::seconds kTimeout{20};

Method method_of(http::verb verb) {
  switch (verb) {
    case http::verb::get: return Method::get;
    case http::verb::head: return Method::head;
    case http::verb::post: return Method::post;
    default: return Method::other;
  }
}

std::string lower_case(beast::string_view text) {
  std::string lower(text);
  for (char& letter : lower)
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  return lower;
}

Request request_of(http::request<http::string_body>&& from, const std::string& peer) {
  Request request;
  request.method = method_of(from.method());
  const std::string_view target(from.target().data(), from.target().size());
  const auto question = std::min(target.find('?'), target.size());
  request.path = target.substr(0, question);
  if (question < target.size()) request.query = target.substr(question + 1);
  for (const auto& field : from)
    request.headers.emplace_back(lower_case(field.name_string()), std::string(field.value()));
  request.body = std::move(from.body());
  request.from = peer;
  return request;
}

/// What all connections share.
struct Shared {
  std::function<Response(const Request&)> answer;
  asio::thread_pool& pages;
  std::atomic<int> waiting = 0;       // requests, for a thread or on one
  std::atomic<std::size_t> open = 0;  // connections
};

/// One browser's connection, on the thread of its io_context. Lives as long as something is under way.
template <class Stream>
class Connection : public std::enable_shared_from_this<Connection<Stream>> {
 public:
  template <class... Args>
  Connection(Shared& shared, std::string peer, Args&&... args)
      : shared_(shared), peer_(std::move(peer)), stream_(std::forward<Args>(args)...) {
    ++shared_.open;
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection() { --shared_.open; }

  void run() {
    if constexpr (kTls) {
      lowest().expires_after(kTimeout);
      stream_.async_handshake(asio::ssl::stream_base::server, [self = this->shared_from_this()](error_code failed) {
        if (!failed) self->read();
      });
    } else {
      read();
    }
  }

 private:
  static constexpr bool kTls = !std::is_same_v<Stream, beast::tcp_stream>;
  beast::tcp_stream& lowest() { return beast::get_lowest_layer(stream_); }

  void read() {
    parser_.emplace();
    parser_->header_limit(kHeaderBytesMax);
    parser_->body_limit(kBodyBytesMax);
    lowest().expires_after(kTimeout);
    http::async_read(stream_, buffer_, *parser_,
                     [self = this->shared_from_this()](error_code failed, std::size_t) { self->on_read(failed); });
  }

  void on_read(error_code failed) {
    if (failed == http::error::body_limit) return refuse(413);
    if (failed == http::error::header_limit) return refuse(431);
    if (failed && failed.category() == http::make_error_code(http::error::bad_method).category() &&
        failed != http::error::end_of_stream && failed != http::error::partial_message)
      return refuse(400);
    if (failed) return close();
    keep_alive_ = parser_->get().keep_alive();
    head_only_ = parser_->get().method() == http::verb::head;
    auto request = request_of(parser_->release(), peer_);
    if (shared_.waiting.fetch_add(1) >= kWaitingMax) {
      --shared_.waiting;
      return write({503, {{"retry-after", "2"}}, "Busy: try again in a moment.\n"});
    }
    lowest().expires_never();
    asio::post(shared_.pages, [self = this->shared_from_this(), request = std::move(request)] {
      thread_local const bool named = (name_this_thread("page"), true);
      static_cast<void>(named);
      Response response = self->shared_.answer(request);
      --self->shared_.waiting;
      asio::post(self->stream_.get_executor(),
                 [self, response = std::move(response)]() mutable { self->write(std::move(response)); });
    });
  }

  void refuse(unsigned status) {
    keep_alive_ = false;
    write({status, {}, fmt::format("{}\n", status)});
  }

  void write(Response from) {
    response_ = {};
    response_.version(11);
    response_.result(from.status);
    for (const auto& [name, value] : from.headers) response_.insert(name, value);
    response_.keep_alive(keep_alive_);
    const std::size_t length = from.body.size();
    if (!head_only_) response_.body() = std::move(from.body);
    response_.content_length(length);
    lowest().expires_after(kTimeout);
    // A HEAD is answered with the length that a GET would have, and no body.
    serializer_.emplace(response_);
    serializer_->split(head_only_);
    const auto written = [self = this->shared_from_this()](error_code failed, std::size_t) {
      if (failed || !self->keep_alive_) return self->close();
      self->read();
    };
    if (head_only_)
      http::async_write_header(stream_, *serializer_, written);
    else
      http::async_write(stream_, *serializer_, written);
  }

  void close() {
    error_code ignored;
    if constexpr (kTls) {
      lowest().expires_after(kTimeout);
      stream_.async_shutdown([self = this->shared_from_this()](error_code) {});
    } else {
      lowest().socket().shutdown(Tcp::socket::shutdown_send, ignored);
    }
  }

  Shared& shared_;
  const std::string peer_;
  Stream stream_;
  beast::flat_buffer buffer_{kHeaderBytesMax + kBodyBytesMax};
  std::optional<http::request_parser<http::string_body>> parser_;
  http::response<http::string_body> response_;
  std::optional<http::response_serializer<http::string_body>> serializer_;
  bool keep_alive_ = false;
  bool head_only_ = false;
};

class BeastServer final : public Server {
 public:
  explicit BeastServer(Options options)
      : pages_(options.threads), shared_{.answer = std::move(options.answer), .pages = pages_} {}
  ~BeastServer() override {
    io_.stop();
    if (thread_.joinable()) thread_.join();
    pages_.join();
  }

  Result<void> use(const TlsFiles& files);
  Result<void> listen(const std::string& address);
  void run();
  std::vector<std::string> addresses() const override { return addresses_; }

 private:
  void accept(Tcp::acceptor& acceptor);

  asio::thread_pool pages_;
  Shared shared_;
  std::optional<asio::ssl::context> tls_;
  asio::io_context io_{1};  // and the connections in it, which are gone before what they share
  std::vector<std::unique_ptr<Tcp::acceptor>> acceptors_;
  std::vector<std::string> addresses_;
  std::thread thread_;
};

Result<void> BeastServer::use(const TlsFiles& files) {
  tls_.emplace(asio::ssl::context::tls_server);
  tls_->set_options(asio::ssl::context::no_tlsv1 | asio::ssl::context::no_tlsv1_1);
  error_code failed;
  failed = tls_->use_certificate_chain_file(files.certificate.string(), failed);
  if (failed)
    return fail(ErrorCode::invalid,
                fmt::format("{}: no certificate chain in PEM: {}", files.certificate.string(), failed.message()));
  failed = tls_->use_private_key_file(files.key.string(), asio::ssl::context::pem, failed);
  if (failed)
    return fail(ErrorCode::invalid, fmt::format("{}: not the private key of that certificate, in PEM: {}",
                                                files.key.string(), failed.message()));
  return {};
}

Result<void> BeastServer::listen(const std::string& address) {
  const auto colon = address.rfind(':');
  std::uint16_t port = 0;
  const char* const end = address.data() + address.size();
  if (colon == std::string::npos || std::from_chars(address.data() + colon + 1, end, port).ptr != end ||
      colon + 1 == address.size())
    return fail(ErrorCode::invalid, fmt::format("{}: an address is HOST:PORT, such as 127.0.0.1:7480", address));
  error_code failed;
  const auto host =
      asio::ip::make_address(address.substr(0, colon) == "localhost" ? "127.0.0.1" : address.substr(0, colon), failed);
  if (failed) return fail(ErrorCode::invalid, fmt::format("{}: HOST must be an address, such as 127.0.0.1", address));
  if (!host.is_loopback() && !tls_)
    return fail(
        ErrorCode::denied,
        fmt::format("{}: off this machine pages are served with TLS only; give a certificate and its key", address));
  auto acceptor = std::make_unique<Tcp::acceptor>(io_);
  const Tcp::endpoint endpoint(host, port);
  failed = acceptor->open(endpoint.protocol(), failed);
  if (!failed) failed = acceptor->set_option(Tcp::acceptor::reuse_address(true), failed);
  if (!failed) failed = acceptor->bind(endpoint, failed);
  if (!failed) failed = acceptor->listen(asio::socket_base::max_listen_connections, failed);
  if (failed) return fail(ErrorCode::io, fmt::format("cannot listen on {}: {}", address, failed.message()));
  addresses_.push_back(fmt::format("{}:{}", address.substr(0, colon), acceptor->local_endpoint().port()));
  acceptors_.push_back(std::move(acceptor));
  return {};
}

void BeastServer::run() {
  for (auto& acceptor : acceptors_) accept(*acceptor);
  thread_ = std::thread([this] {
    name_this_thread("http");
    io_.run();
  });
}

void BeastServer::accept(Tcp::acceptor& acceptor) {
  acceptor.async_accept([this, &acceptor](error_code failed, Tcp::socket socket) {
    if (failed == asio::error::operation_aborted) return;
    if (failed) {
      log::warning("a browser could not connect: {}", failed.message());
    } else if (shared_.open < kConnectionsMax) {
      error_code gone;
      const std::string peer = socket.remote_endpoint(gone).address().to_string();
      error_code ignored;
      ignored = socket.set_option(Tcp::no_delay(true), ignored);
      if (tls_)
        std::make_shared<Connection<beast::ssl_stream<beast::tcp_stream>>>(shared_, peer, std::move(socket), *tls_)
            ->run();
      else
        std::make_shared<Connection<beast::tcp_stream>>(shared_, peer, std::move(socket))->run();
    }
    accept(acceptor);
  });
}

}  // namespace

Result<std::unique_ptr<Server>> Server::start(Options options) {
  const auto addresses = options.addresses;
  const auto tls = options.tls;
  auto server = std::make_unique<BeastServer>(std::move(options));
  if (tls) PLACET_TRY(server->use(*tls));
  for (const std::string& address : addresses) PLACET_TRY(server->listen(address));
  server->run();
  return server;
}

}  // namespace placet::portal
