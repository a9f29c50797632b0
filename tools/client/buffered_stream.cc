#include "tools/client/buffered_stream.h"

#include <numeric>

namespace placet::client {

namespace {

constexpr std::size_t kSmallMax = 4'096;
constexpr std::size_t kWaitingMax = 65'536;

}  // namespace

kj::Promise<size_t> BufferedStream::tryRead(void* buffer, size_t min_bytes, size_t max_bytes) {
  auto* const to = static_cast<kj::byte*>(buffer);
  const size_t taken = ahead_.take(to, max_bytes);
  if (taken >= min_bytes) return taken;
  const size_t min_more = min_bytes - taken, max_more = max_bytes - taken;
  if (!ahead_.serves(max_more))
    return inner_->tryRead(to + taken, min_more, max_more).then([taken](size_t count) { return taken + count; });
  auto room = ahead_.room();
  return inner_->tryRead(room.begin(), min_more, room.size()).then([=, this](size_t count) {
    ahead_.filled(count);
    return taken + ahead_.take(to + taken, max_more);
  });
}

kj::Promise<void> BufferedStream::write(const void* buffer, size_t size) {
  auto pieces = kj::heapArray<const kj::ArrayPtr<const kj::byte>>({{static_cast<const kj::byte*>(buffer), size}});
  const auto piece = pieces.asPtr();
  return write(piece).attach(kj::mv(pieces));
}

kj::Promise<void> BufferedStream::write(kj::ArrayPtr<const kj::ArrayPtr<const kj::byte>> pieces) {
  KJ_IF_MAYBE (failure, failure_) return kj::cp(*failure);
  const std::size_t size = std::accumulate(pieces.begin(), pieces.end(), std::size_t{0},
                                           [](std::size_t sum, const auto& piece) { return sum + piece.size(); });
  if (size > kSmallMax) {
    if (!is_sending_) return inner_->write(pieces);
    return gone_out().then([this, pieces] { return inner_->write(pieces); });
  }
  for (const auto piece : pieces) waiting_.insert(waiting_.end(), piece.begin(), piece.end());
  if (!is_sending_) {
    is_sending_ = true;
    sender_.add(kj::evalLast([this] { return send(); }));
  }
  if (waiting_.size() > kWaitingMax) return gone_out();
  return kj::READY_NOW;
}

/// When all that waits has been written.
kj::Promise<void> BufferedStream::gone_out() {
  auto out = kj::newPromiseAndFulfiller<void>();
  when_out_ = kj::mv(out.fulfiller);
  return kj::mv(out.promise);
}

kj::Promise<void> BufferedStream::send() {
  if (waiting_.empty()) {
    is_sending_ = false;
    if (is_shut_) inner_->shutdownWrite();
    if (when_out_.get() != nullptr) when_out_->fulfill();
    return kj::READY_NOW;
  }
  waiting_.swap(on_its_way_);
  waiting_.clear();
  return inner_->write(on_its_way_.data(), on_its_way_.size()).then([this] { return send(); });
}

void BufferedStream::taskFailed(kj::Exception&& exception) {
  failure_ = kj::cp(exception);
  if (when_out_.get() != nullptr) when_out_->reject(kj::mv(exception));
}

void BufferedStream::shutdownWrite() {
  is_shut_ = true;
  if (!is_sending_) inner_->shutdownWrite();
}

}  // namespace placet::client
