#include "tools/client/buffered_stream.h"

#include <gtest/gtest.h>

#include <string>

#include "base/bytes.h"

namespace placet::client {
namespace {

class BufferedStreamTest : public testing::Test {
 protected:
  ~BufferedStreamTest() noexcept override = default;  // what a KJ destructor throws is a bug here

  /// As Cap'n Proto writes: the next when the last is done.
  void write(BytesView bytes) { stream_.write(bytes.data(), bytes.size()).wait(wait_scope_); }
  /// What one read of the peer brings.
  Bytes read_by_peer() {
    Bytes bytes(kRoom, '\0');
    bytes.resize(peer_->tryRead(bytes.data(), 1, bytes.size()).wait(wait_scope_));
    return bytes;
  }
  Bytes read(size_t min_bytes, size_t max_bytes) {
    Bytes bytes(max_bytes, '\0');
    bytes.resize(stream_.tryRead(bytes.data(), min_bytes, max_bytes).wait(wait_scope_));
    return bytes;
  }
  kj::Promise<void> sending(BytesView bytes) { return peer_->write(bytes.data(), bytes.size()); }

  static constexpr std::size_t kRoom = 1 << 20;
  kj::EventLoop loop_;
  kj::WaitScope wait_scope_{loop_};
  kj::TwoWayPipe pipe_ = kj::newTwoWayPipe();
  kj::Own<kj::AsyncIoStream> peer_ = kj::mv(pipe_.ends[1]);
  BufferedStream stream_{kj::mv(pipe_.ends[0])};
};

TEST_F(BufferedStreamTest, SmallWritesOfOneTurnGoOutTogether) {
  auto first = stream_.write("one, ", 5);
  auto second = stream_.write("two, ", 5);
  const kj::ArrayPtr<const kj::byte> pieces[] = {kj::StringPtr("thr").asBytes(), kj::StringPtr("ee").asBytes()};
  auto third = stream_.write(pieces);
  EXPECT_EQ(read_by_peer(), "one, two, three");
}

TEST_F(BufferedStreamTest, LargeAndSmallWritesArriveInTheirOrder) {
  Bytes sent;
  auto all = kj::evalNow([&]() -> kj::Promise<void> { return kj::READY_NOW; });
  for (int i = 0; i < 200; ++i) {
    auto piece = kj::heap<Bytes>(i % 3 == 0 ? 10'000 : 100, static_cast<char>('a' + i % 26));
    sent += *piece;
    all = all.then([this, &bytes = static_cast<const Bytes&>(*piece)] {
               return stream_.write(bytes.data(), bytes.size());
             })
              .attach(kj::mv(piece));
  }
  auto done = all.then([this] { stream_.shutdownWrite(); }).eagerlyEvaluate(nullptr);
  Bytes received;
  for (Bytes some = read_by_peer(); !some.empty(); some = read_by_peer()) received += some;
  done.wait(wait_scope_);
  EXPECT_EQ(received, sent);
}

TEST_F(BufferedStreamTest, AWriterWaitsForAPeerThatDoesNotRead) {
  const Bytes bytes(4'000, 'x');
  int written = 0;
  while (stream_.write(bytes.data(), bytes.size()).poll(wait_scope_)) ASSERT_LT(++written, 100);
  EXPECT_GT(written, 10);
}

TEST_F(BufferedStreamTest, WhatWentWrongShowsAtTheNextWrite) {
  peer_ = nullptr;
  write("into nothing");
  wait_scope_.poll();
  EXPECT_ANY_THROW(write("again"));
}

TEST_F(BufferedStreamTest, TheEndComesAfterWhatWasWrittenBefore) {
  auto last = stream_.write("last words", 10);
  stream_.shutdownWrite();
  EXPECT_EQ(read_by_peer(), "last words");
  EXPECT_EQ(read_by_peer(), "");
}

TEST_F(BufferedStreamTest, ReadsGetWhatWasSentWhateverTheirSizes) {
  Bytes sent;
  for (int i = 0; i < 40'000; ++i) sent += static_cast<char>('a' + i % 23);
  auto sender = sending(sent).then([this] { peer_->shutdownWrite(); }).eagerlyEvaluate(nullptr);
  Bytes received;
  for (std::size_t size = 1;; size = size * 5 % 20'011) {
    const Bytes some = read(std::min<std::size_t>(size, 9'000), size);
    received += some;
    if (some.size() < std::min<std::size_t>(size, 9'000)) break;  // the end
  }
  EXPECT_EQ(received, sent);
}

}  // namespace
}  // namespace placet::client
