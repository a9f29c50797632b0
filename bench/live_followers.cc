#include "bench/live_followers.h"

#include <capnp/rpc-twoparty.h>

#include <algorithm>
#include <memory>
#include <stdexcept>

#include "codec/data.h"
#include "codec/ids.h"
#include "codec/record.h"
#include "tools/client/connection.h"

namespace placet::bench {

namespace {

constexpr std::uint32_t kWaitMs = 30'000;
constexpr std::uint32_t kLargestPage = 4 << 20;
constexpr unsigned kPagesAhead = 4;

schema::Events::Client events_of(capnp::TwoPartyClient& rpc, const std::string& token, kj::WaitScope& scope) {
  auto request = rpc.bootstrap().castAs<schema::Bootstrap>().authenticateRequest();
  request.setToken(token);
  auto session = request.send().wait(scope).getResult().getSession();
  return session.eventsRequest().send().getEvents();
}

struct Connected {
  explicit Connected(kj::Own<kj::AsyncIoStream> its_stream) : stream(kj::mv(its_stream)), rpc(*stream) {}
  kj::Own<kj::AsyncIoStream> stream;
  capnp::TwoPartyClient rpc;
};

/// Once it is slow, each read waits for a second and gets a byte.
class SlowStream final : public kj::AsyncIoStream {
 public:
  SlowStream(kj::Own<kj::AsyncIoStream> inner, kj::Timer& timer) : inner_(kj::mv(inner)), timer_(timer) {}
  void slow_down() { is_slow_ = true; }

  kj::Promise<size_t> tryRead(void* buffer, size_t min_bytes, size_t max_bytes) override {
    if (!is_slow_) return inner_->tryRead(buffer, min_bytes, max_bytes);
    return timer_.afterDelay(1 * kj::SECONDS)
        .then([this, buffer] { return inner_->tryRead(buffer, 1, 1); })
        .then([this, buffer, min_bytes, max_bytes](size_t got) -> kj::Promise<size_t> {
          if (got == 0 || min_bytes <= 1) return got;
          return tryRead(static_cast<kj::byte*>(buffer) + got, min_bytes - got, max_bytes - got)
              .then([got](size_t more) { return got + more; });
        });
  }
  kj::Promise<void> write(const void* buffer, size_t size) override { return inner_->write(buffer, size); }
  kj::Promise<void> write(kj::ArrayPtr<const kj::ArrayPtr<const kj::byte>> pieces) override {
    return inner_->write(pieces);
  }
  kj::Promise<void> whenWriteDisconnected() override { return inner_->whenWriteDisconnected(); }
  void shutdownWrite() override { inner_->shutdownWrite(); }

 private:
  kj::Own<kj::AsyncIoStream> inner_;
  kj::Timer& timer_;
  bool is_slow_ = false;
};

}  // namespace

class LiveFollowers::Follower {
 public:
  Follower(LiveFollowers& all, schema::Events::Client events, Uuid party, schema::Cursor::Reader from)
      : all_(all), events_(kj::mv(events)), party_(party) {
    keep(from);
  }

  kj::Promise<void> follow() {
    auto request = events_.nextRequest();
    auto cursor = request.initCursor();
    codec::write(ledger_, cursor.initLedger());
    cursor.setSize(size_);
    cursor.setMark(mark_);
    codec::write(party_, request.initFilter().initParties(1)[0]);
    request.setWaitMs(kWaitMs);
    return request.send().then([this](capnp::Response<schema::Events::NextResults> response) {
      if (response.getPage().isRefused()) throw client::Refused(response.getPage().getRefused());
      const auto page = response.getPage().getEvents();
      const auto now = Steady::now();
      for (const capnp::Data::Reader record : page.getRecords()) {
        const auto meta = codec::read_meta(codec::view_of(record));
        if (!meta) throw std::runtime_error(meta.error().message);
        all_.receipts_.push_back({meta->position, now});
      }
      all_.received_ += page.getRecords().size();
      keep(page.getNext());
      return follow();
    });
  }

 private:
  void keep(schema::Cursor::Reader from) {
    ledger_ = codec::read_id(from.getLedger());
    size_ = from.getSize();
    mark_ = from.getMark();
  }

  LiveFollowers& all_;
  schema::Events::Client events_;
  const Uuid party_;
  Uuid ledger_;
  std::uint64_t size_ = 0;
  std::uint64_t mark_ = 0;
};

LiveFollowers::LiveFollowers(const std::string& server, const std::string& token, const std::vector<Uuid>& parties)
    : thread_([this, server, token, parties] {
        try {
          run(server, token, parties);
        } catch (const std::exception& error) {  // what KJ throws is one too
          failure_ = error.what();
          if (!begun_.try_wait()) begun_.count_down();
        }
      }) {
  begun_.wait();
}

LiveFollowers::~LiveFollowers() {
  if (thread_.joinable()) stop();
}

std::vector<Receipt> LiveFollowers::stop() {
  if (ending_.get() != nullptr) ending_->fulfill();
  thread_.join();
  if (!failure_.empty()) throw std::runtime_error("a follower: " + failure_);
  return std::move(receipts_);
}

void LiveFollowers::run(const std::string& server, const std::string& token, const std::vector<Uuid>& parties) {
  auto io = kj::setupAsyncIo();
  auto end = kj::newPromiseAndCrossThreadFulfiller<void>();
  ending_ = kj::mv(end.fulfiller);
  std::vector<std::unique_ptr<Connected>> connections;
  std::vector<std::unique_ptr<Follower>> followers;
  auto following = kj::heapArrayBuilder<kj::Promise<void>>(parties.size());
  for (std::size_t i = 0; i < parties.size(); i += kPerConnection) {
    auto& connection =
        *connections.emplace_back(std::make_unique<Connected>(client::connect(*io.provider, io.waitScope, server)));
    auto events = events_of(connection.rpc, token, io.waitScope);
    auto begin = events.beginRequest();
    begin.initAt().setNow();
    const auto now = begin.send().wait(io.waitScope);
    for (std::size_t j = i; j < std::min(i + kPerConnection, parties.size()); ++j) {
      followers.push_back(std::make_unique<Follower>(*this, events, parties[j], now.getCursor().getCursor()));
      following.add(followers.back()->follow());
    }
    events.beginRequest().send().wait(io.waitScope);  // those before it are there, too
  }
  begun_.count_down();
  kj::joinPromises(following.finish()).exclusiveJoin(kj::mv(end.promise)).wait(io.waitScope);
}

SlowReader::SlowReader(const std::string& server, const std::string& token)
    : thread_([this, server, token] {
        auto io = kj::setupAsyncIo();
        auto end = kj::newPromiseAndCrossThreadFulfiller<void>();
        ending_ = kj::mv(end.fulfiller);
        auto stream = kj::heap<SlowStream>(
            io.provider->getNetwork().parseAddress(server).wait(io.waitScope)->connect().wait(io.waitScope),
            io.provider->getTimer());
        SlowStream& slow = *stream;
        Connected connection(kj::mv(stream));
        auto events = events_of(connection.rpc, token, io.waitScope);
        auto begin = events.beginRequest();
        begin.initAt().setSize(0);
        const auto start = begin.send().wait(io.waitScope);
        slow.slow_down();
        std::vector<capnp::RemotePromise<schema::Events::NextResults>> pages;
        for (unsigned i = 0; i < kPagesAhead; ++i) {
          auto request = events.nextRequest();
          request.setCursor(start.getCursor().getCursor());
          request.setMaxEvents(10'000);
          request.setMaxBytes(kLargestPage);
          pages.push_back(request.send());
        }
        begun_.count_down();
        end.promise.wait(io.waitScope);
      }) {
  begun_.wait();
}

SlowReader::~SlowReader() {
  ending_->fulfill();
  thread_.join();
}

}  // namespace placet::bench
