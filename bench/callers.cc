#include "bench/callers.h"

#include <chrono>
#include <deque>
#include <memory>
#include <stdexcept>

#include "codec/record.h"
#include "tools/client/follower.h"

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

Work singles(client::Connection& loop, const std::string& server, const std::string& token, int seconds,
             std::span<client::HourCommands> hours) {
  std::vector<std::unique_ptr<Caller>> callers;
  for (client::HourCommands& own : hours)
    callers.push_back(std::make_unique<Caller>(loop.provider(), loop.wait_scope(), server, token, own));
  const auto start = Steady::now();
  auto calls = kj::heapArrayBuilder<kj::Promise<void>>(callers.size());
  for (auto& caller : callers) calls.add(caller->call_until(start + std::chrono::seconds(seconds)));
  kj::joinPromises(calls.finish()).wait(loop.wait_scope());
  Work work{.events = 0, .seconds = seconds_since(start), .micros = {}};
  for (const auto& caller : callers)
    work.micros.insert(work.micros.end(), caller->micros().begin(), caller->micros().end());
  work.events = work.micros.size();
  return work;
}

Work calls(client::Connection& connection, unsigned outstanding, const FillCall& fill,
           const std::function<bool()>& goes_on) {
  std::deque<capnp::RemotePromise<schema::Commands::SubmitResults>> sent;
  Work work;
  const auto start = Steady::now();
  const auto settle = [&] {
    const auto response = sent.front().wait(connection.wait_scope());
    require_accepted(response.getOutcomes());
    for (const auto outcome : response.getOutcomes()) work.events += outcome.getAccepted().getCount();
    sent.pop_front();
  };
  while (goes_on()) {
    auto request = connection.commands().submitRequest(capnp::MessageSize{64'000, 0});
    fill(request);
    sent.push_back(request.send());
    if (sent.size() == outstanding) settle();
  }
  while (!sent.empty()) settle();
  work.seconds = seconds_since(start);
  return work;
}

std::function<bool()> lasting(int seconds) {
  return [end = Steady::now() + std::chrono::seconds(seconds)] { return Steady::now() < end; };
}

FillCall batches_of(client::HourCommands& hours, unsigned commands) {
  return [&hours, commands](auto& request) {
    for (auto submission : request.initSubmissions(commands)) hours.fill(submission);
  };
}

std::size_t entry_bytes(client::Connection& connection) {
  std::size_t bytes = 0;
  std::size_t entries = 0;
  client::Follower().read_on(connection, [&](BytesView record) {
    const auto stored = codec::read_record(record);
    if (!stored) throw std::runtime_error(stored.error().message);
    if (!std::holds_alternative<domain::EntryRecorded>(stored->event)) return;
    bytes += record.size();
    ++entries;
  });
  return bytes / entries;
}

}  // namespace placet::bench
