#include "bench/callers.h"

#include <chrono>
#include <memory>

#include "bench/measure.h"

namespace placet::bench {

void require_accepted(capnp::List<schema::Outcome>::Reader outcomes) {
  for (const auto outcome : outcomes) {
    if (outcome.isRefused()) throw client::Refused(outcome.getRefused());
  }
}

namespace {

/// A caller that sends its next command when the last one is answered, over a connection of its own.
class Caller {
 public:
  Caller(kj::AsyncIoProvider& provider, kj::WaitScope& scope, const std::string& server, const std::string& token,
         client::HourCommands& hours)
      : stream_(client::connect(provider, scope, server)), rpc_(*stream_), hours_(hours) {
    auto request = rpc_.bootstrap().castAs<schema::Bootstrap>().authenticateRequest();
    request.setToken(token);
    session_ = request.send().wait(scope).getResult().getSession();
    commands_ = session_.commandsRequest().send().getCommands();
  }

  kj::Promise<void> call_until(Steady::time_point end) {
    auto request = commands_.submitRequest();
    hours_.fill(request.initSubmissions(1)[0]);
    const auto start = Steady::now();
    return request.send().then(
        [this, start, end](capnp::Response<schema::Commands::SubmitResults> response) -> kj::Promise<void> {
          require_accepted(response.getOutcomes());
          micros_.push_back(std::chrono::duration_cast<std::chrono::microseconds>(Steady::now() - start).count());
          if (Steady::now() >= end) return kj::READY_NOW;
          return call_until(end);
        });
  }

  const std::vector<std::int64_t>& micros() const { return micros_; }

 private:
  kj::Own<kj::AsyncIoStream> stream_;
  capnp::TwoPartyClient rpc_;
  schema::Session::Client session_ = nullptr;
  schema::Commands::Client commands_ = nullptr;
  client::HourCommands& hours_;
  std::vector<std::int64_t> micros_;
};

}  // namespace

Singles singles(client::Connection& loop, const std::string& server, const std::string& token, int seconds,
                std::vector<client::HourCommands>& hours) {
  std::vector<std::unique_ptr<Caller>> callers;
  for (client::HourCommands& own : hours)
    callers.push_back(std::make_unique<Caller>(loop.provider(), loop.wait_scope(), server, token, own));
  const auto start = Steady::now();
  auto calls = kj::heapArrayBuilder<kj::Promise<void>>(callers.size());
  for (auto& caller : callers) calls.add(caller->call_until(start + std::chrono::seconds(seconds)));
  kj::joinPromises(calls.finish()).wait(loop.wait_scope());
  const double took = seconds_since(start);
  std::vector<std::int64_t> micros;
  for (const auto& caller : callers) micros.insert(micros.end(), caller->micros().begin(), caller->micros().end());
  const auto p50 = median(micros), p99 = quantile(micros, 0.99);
  return {static_cast<double>(micros.size()) / took, p50, p99, std::move(micros)};
}

}  // namespace placet::bench
