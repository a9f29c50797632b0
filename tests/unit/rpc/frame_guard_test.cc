#include "rpc/frame_guard.h"

#include <capnp/rpc-twoparty.h>
#include <gtest/gtest.h>
#include <kj/debug.h>

#include <optional>
#include <vector>

#include "schema/ledger.capnp.h"
#include "tests/unit/rpc/frames.h"

namespace placet::rpc {
namespace {

using testing::frame;
using testing::header;
using testing::integer;

constexpr FrameLimits kLimits{.segments_max = 511, .message_words_max = 1000};
constexpr auto kFrameTimeout = 10 * kj::SECONDS;

/// What became of a promise: empty while it is pending.
template <class T>
class Outcome {
 public:
  explicit Outcome(kj::Promise<T> promise)
      : task_(promise
                  .then([this](T value) { value_ = kj::mv(value); },
                        [this](kj::Exception&& exception) { failure_ = exception.getType(); })
                  .eagerlyEvaluate(nullptr)) {}

  Outcome(const Outcome&) = delete;

  bool is_pending() const { return !value_ && !failure_; }
  std::optional<T> value() const { return value_; }
  bool is_disconnected() const { return failure_ == kj::Exception::Type::DISCONNECTED; }

 private:
  std::optional<T> value_;
  std::optional<kj::Exception::Type> failure_;
  kj::Promise<void> task_;
};

Outcome<bool> outcome_of(kj::Promise<void> promise) {
  return Outcome<bool>(promise.then([] { return true; }));
}

class FrameGuardTest : public ::testing::Test {
 protected:
  ~FrameGuardTest() noexcept override = default;  // what a KJ destructor throws is a bug here
  Outcome<size_t> reading(size_t min_bytes, size_t max_bytes) {
    return Outcome<size_t>(guard_.tryRead(buffer_, min_bytes, max_bytes));
  }
  Outcome<bool> sending(BytesView bytes) {
    auto kept = kj::heap<Bytes>(bytes);
    return outcome_of(peer_->write(kept->data(), kept->size()).attach(kj::mv(kept)));
  }
  Bytes received(size_t count) const { return Bytes(reinterpret_cast<const char*>(buffer_), count); }
  void run() { wait_scope_.poll(); }
  void advance(kj::Duration by) {
    timer_.advanceTo(timer_.now() + by);
    run();
  }

  kj::EventLoop loop_;
  kj::WaitScope wait_scope_{loop_};
  kj::TimerImpl timer_{kj::origin<kj::TimePoint>()};
  kj::TwoWayPipe pipe_ = kj::newTwoWayPipe();
  kj::Own<kj::AsyncIoStream> peer_ = kj::mv(pipe_.ends[1]);
  std::vector<std::string> cuts_;
  FrameGuard guard_{kj::mv(pipe_.ends[0]), timer_, kLimits, kFrameTimeout,
                    [this](std::string_view why) { cuts_.emplace_back(why); }};
  kj::byte buffer_[4096];
};

kj::Promise<void> write_in_pieces(kj::AsyncOutputStream& to, BytesView bytes, std::size_t piece_bytes) {
  if (bytes.empty()) return kj::READY_NOW;
  const auto piece = bytes.substr(0, piece_bytes);
  return to.write(piece.data(), piece.size()).then([&to, bytes, piece_bytes, piece] {
    return write_in_pieces(to, bytes.substr(piece.size()), piece_bytes);
  });
}

TEST_F(FrameGuardTest, PassesHonestFramesUnchangedWhateverTheReadsAndWrites) {
  const Bytes stream = frame({1}) + frame({3, 0, 1}) + frame({1, 2});
  for (const std::size_t write_bytes : {1u, 3u, 8u, 1000u})
    for (const std::size_t read_bytes : {1u, 5u, 8u, 4096u}) {
      const auto written = outcome_of(write_in_pieces(*peer_, stream, write_bytes));
      Bytes got;
      while (got.size() < stream.size()) {
        const auto read = reading(std::min(read_bytes, stream.size() - got.size()), read_bytes);
        run();
        ASSERT_TRUE(read.value());
        got += received(*read.value());
      }
      EXPECT_EQ(got, stream) << "written by " << write_bytes << ", read by " << read_bytes;
    }
  EXPECT_TRUE(cuts_.empty());
}

TEST_F(FrameGuardTest, PassesTheEndOfTheStreamOn) {
  const auto partial = reading(100, 100);
  const auto sent = sending(frame({1}));
  run();
  peer_->shutdownWrite();
  run();
  EXPECT_EQ(partial.value(), frame({1}).size());

  const auto end = reading(1, 100);
  run();
  EXPECT_EQ(end.value(), 0u);
  EXPECT_TRUE(cuts_.empty());
}

TEST_F(FrameGuardTest, CutsOffHostileFramesBeforeTheReaderSeesThem) {
  for (const Bytes& hostile : {integer(0xffffffff), integer(511), header({1001}), header({0}), header({999, 2})}) {
    kj::TwoWayPipe pipe = kj::newTwoWayPipe();
    int cuts = 0;
    FrameGuard guard(kj::mv(pipe.ends[0]), timer_, kLimits, kFrameTimeout, [&](std::string_view) { ++cuts; });
    const Outcome<size_t> read(guard.tryRead(buffer_, 1, sizeof buffer_));
    const auto sent = outcome_of(pipe.ends[1]->write(hostile.data(), hostile.size()));
    run();

    EXPECT_TRUE(read.is_disconnected());
    EXPECT_EQ(cuts, 1);
  }
}

TEST_F(FrameGuardTest, CutsOffAHostileFrameThatComesByteByByte) {
  const auto read = reading(8, 8);
  for (const char byte : integer(0xffffffff)) {
    EXPECT_TRUE(read.is_pending());
    const auto sent = sending({&byte, 1});
    run();
  }
  EXPECT_TRUE(read.is_disconnected());
  EXPECT_EQ(cuts_, std::vector<std::string>{"a frame with the segment count word FFFFFFFF"});
}

TEST_F(FrameGuardTest, ShutsBothDirectionsAtACut) {
  const auto writing = outcome_of(guard_.write("pending", 7));
  const auto gone = outcome_of(guard_.whenWriteDisconnected());
  const auto read = reading(8, 8);
  const auto sent = sending(integer(0xffffffff));
  run();

  EXPECT_TRUE(writing.is_disconnected());
  EXPECT_EQ(gone.value(), true);
  kj::byte at_peer[16];
  const Outcome<size_t> peer_read(peer_->tryRead(at_peer, 1, sizeof at_peer));
  const auto peer_write = sending("more");
  run();
  EXPECT_EQ(peer_read.value(), 0u);
  EXPECT_TRUE(peer_write.is_disconnected());
}

TEST_F(FrameGuardTest, StaysShutAfterACut) {
  {
    const auto read = reading(8, 8);
    const auto sent = sending(integer(0xffffffff));
    run();
  }
  const auto read = reading(1, 8);
  const auto written = outcome_of(guard_.write("late", 4));
  guard_.shutdownWrite();
  guard_.abortRead();
  run();

  EXPECT_TRUE(read.is_disconnected());
  EXPECT_TRUE(written.is_disconnected());
  EXPECT_EQ(cuts_.size(), 1u);
}

TEST_F(FrameGuardTest, CutsOffAFrameThatIsNotCompleteInTimeWhereverItStalls) {
  const Bytes bytes = frame({1, 2});
  for (std::size_t at = 1; at < bytes.size(); ++at) {
    kj::TwoWayPipe pipe = kj::newTwoWayPipe();
    int cuts = 0;
    FrameGuard guard(kj::mv(pipe.ends[0]), timer_, kLimits, kFrameTimeout, [&](std::string_view) { ++cuts; });
    const Outcome<size_t> read(guard.tryRead(buffer_, bytes.size(), bytes.size()));
    const auto sent = outcome_of(pipe.ends[1]->write(bytes.data(), at));
    run();
    advance(kFrameTimeout - 1 * kj::NANOSECONDS);
    ASSERT_TRUE(read.is_pending()) << at;
    advance(1 * kj::NANOSECONDS);

    ASSERT_TRUE(read.is_disconnected()) << at;
    ASSERT_EQ(cuts, 1) << at;
  }
}

TEST_F(FrameGuardTest, GivesATricklingFrameNoMoreTimeForEachByte) {
  const Bytes bytes = frame({100});
  const auto read = reading(bytes.size(), bytes.size());
  for (int second = 0; second < 10; ++second) {
    ASSERT_TRUE(read.is_pending()) << second;
    const auto sent = sending(BytesView(bytes).substr(static_cast<std::size_t>(second), 1));
    run();
    advance(1 * kj::SECONDS);
  }
  EXPECT_TRUE(read.is_disconnected());
}

TEST_F(FrameGuardTest, GivesEveryFrameItsOwnTime) {
  const Bytes bytes = frame({1});
  for (int i = 0; i < 5; ++i) {
    const auto read = reading(bytes.size(), bytes.size());
    const auto begun = sending(BytesView(bytes).substr(0, 3));
    run();
    advance(kFrameTimeout - 1 * kj::SECONDS);
    const auto ended = sending(BytesView(bytes).substr(3));
    run();
    EXPECT_EQ(read.value(), bytes.size());
  }
  EXPECT_TRUE(cuts_.empty());
}

TEST_F(FrameGuardTest, StartsTheClockOfAFrameThatCameWithTheEndOfTheOneBefore) {
  const auto first = reading(1, 100);
  const auto sent = sending(frame({1}) + integer(0));
  run();
  ASSERT_TRUE(first.value());
  const auto second = reading(1, 100);
  advance(kFrameTimeout);
  EXPECT_TRUE(second.is_disconnected());
}

TEST_F(FrameGuardTest, LetsAPeerBeSilentBetweenFrames) {
  const auto read = reading(1, 100);
  advance(1000 * kFrameTimeout);
  EXPECT_TRUE(read.is_pending());
  EXPECT_TRUE(cuts_.empty());
}

class Doorkeeper final : public schema::Bootstrap::Server {
 protected:
  kj::Promise<void> redeem(RedeemContext context) override {
    context.initResults().initResult().setToken(context.getParams().getInvite());
    return kj::READY_NOW;
  }
};

class RpcThroughGuard : public FrameGuardTest {
 protected:
  ~RpcThroughGuard() noexcept override = default;
  capnp::TwoPartyVatNetwork network_{guard_, capnp::rpc::twoparty::Side::SERVER};
  capnp::RpcSystem<capnp::rpc::twoparty::VatId> server_ =
      capnp::makeRpcServer(network_, capnp::Capability::Client(kj::heap<Doorkeeper>()));
};

TEST_F(RpcThroughGuard, AnswersCallsAsIfThereWereNoGuard) {
  capnp::TwoPartyClient client(*peer_);
  auto door = client.bootstrap().castAs<schema::Bootstrap>();
  for (const kj::StringPtr invite : {"one"_kj, "two"_kj}) {
    auto request = door.redeemRequest();
    request.setInvite(invite);
    const auto response = request.send().wait(wait_scope_);
    EXPECT_EQ(response.getResult().getToken(), invite);
  }
  EXPECT_TRUE(cuts_.empty());
}

TEST_F(RpcThroughGuard, FailsACallThatIsTooLargeAndServesNoOther) {
  capnp::TwoPartyClient client(*peer_);
  auto door = client.bootstrap().castAs<schema::Bootstrap>();
  auto request = door.redeemRequest();
  request.initInvite(8 * 1000);
  const auto failed = outcome_of(request.send().ignoreResult());
  run();

  EXPECT_TRUE(failed.is_disconnected());
  EXPECT_EQ(cuts_.size(), 1u);
}

TEST_F(RpcThroughGuard, DisconnectsTheNetworkFromAPeerThatSendsTheWrappingCount) {
  const auto disconnected = outcome_of(network_.onDisconnect());
  const auto sent = sending(integer(0xffffffff) + integer(0));
  run();

  EXPECT_EQ(disconnected.value(), true);
  EXPECT_EQ(cuts_.size(), 1u);
}

}  // namespace
}  // namespace placet::rpc
