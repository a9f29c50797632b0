#include "rpc/frame_guard.h"

#include <kj/debug.h>

#include <algorithm>
#include <utility>

namespace placet::rpc {

FrameGuard::FrameGuard(kj::Own<kj::AsyncIoStream> inner, kj::Timer& timer, const FrameLimits& limits,
                       kj::Duration frame_timeout, OnCut on_cut)
    : inner_(kj::mv(inner)),
      timer_(timer),
      frame_timeout_(frame_timeout),
      on_cut_(std::move(on_cut)),
      scanner_(limits),
      deadline_(timer.now()) {}

kj::Promise<size_t> FrameGuard::tryRead(void* buffer, size_t min_bytes, size_t max_bytes) {
  return read_on(static_cast<kj::byte*>(buffer), min_bytes, max_bytes, 0);
}

kj::Promise<size_t> FrameGuard::read_on(kj::byte* buffer, size_t min_bytes, size_t max_bytes, size_t bytes_read) {
  KJ_IF_MAYBE (exception, cut_) return kj::cp(*exception);
  const size_t taken = ahead_.take(buffer, max_bytes);
  if (taken >= min_bytes) return bytes_read + taken;
  if (taken != 0) return read_on(buffer + taken, min_bytes - taken, max_bytes - taken, bytes_read + taken);

  const bool is_ahead = ahead_.serves(max_bytes);
  kj::byte* const to = is_ahead ? ahead_.room().begin() : buffer;
  return read_in_time(to, is_ahead ? 1 : min_bytes, is_ahead ? ahead_.room().size() : max_bytes)
      .then([=, this](kj::Maybe<size_t> incoming) -> kj::Promise<size_t> {
        KJ_IF_MAYBE (count, incoming) {
          if (*count == 0) return bytes_read;
          if (auto inspected = inspect({reinterpret_cast<const char*>(to), *count}); !inspected)
            return cut(inspected.error().message);
          if (is_ahead) {
            ahead_.filled(*count);
            return read_on(buffer, min_bytes, max_bytes, bytes_read);
          }
          if (*count >= min_bytes) return bytes_read + *count;
          return read_on(buffer + *count, min_bytes - *count, max_bytes - *count, bytes_read + *count);
        }
        return cut("a frame that was not complete in time");
      });
}

/// Reads some of min_bytes, none at the end of the stream; empty when the current frame's time is up.
kj::Promise<kj::Maybe<size_t>> FrameGuard::read_in_time(kj::byte* buffer, size_t min_bytes, size_t max_bytes) {
  // The clock of a frame starts with its first byte, so a read that begins between frames waits for no more than that.
  const bool within_frame = scanner_.is_within_frame();
  const std::uint64_t wait_for = within_frame ? scanner_.bytes_to_finding() : 1;
  auto reading =
      inner_->tryRead(buffer, std::min<std::uint64_t>(min_bytes, wait_for), max_bytes).then([](size_t count) {
        return kj::Maybe<size_t>(count);
      });
  if (!within_frame) return reading;
  return reading.exclusiveJoin(timer_.atTime(deadline_).then([] { return kj::Maybe<size_t>(); }));
}

Result<void> FrameGuard::inspect(BytesView incoming) {
  const auto frames_before = scanner_.frames_begun();
  PLACET_TRY(scanner_.feed(incoming));
  if (scanner_.frames_begun() != frames_before) deadline_ = timer_.now() + frame_timeout_;
  return {};
}

kj::Exception FrameGuard::cut(std::string_view why) {
  kj::Exception disconnected = KJ_EXCEPTION(DISCONNECTED, "cut off by the frame guard");
  cut_ = kj::cp(disconnected);
  // Before the shutdown: a KJ pipe cannot be shut while somebody writes to it.
  writes_.cancel(disconnected);
  // Either may fail, as when the peer has gone already; the other must be tried all the same.
  static_cast<void>(kj::runCatchingExceptions([this] { inner_->abortRead(); }));
  static_cast<void>(kj::runCatchingExceptions([this] { inner_->shutdownWrite(); }));
  at_cut_.fulfiller->fulfill();
  on_cut_(why);
  return disconnected;
}

void FrameGuard::registerAncillaryMessageHandler(kj::Function<void(kj::ArrayPtr<kj::AncillaryMessage>)> fn) {
  inner_->registerAncillaryMessageHandler(kj::mv(fn));
}

kj::Promise<void> FrameGuard::write(const void* buffer, size_t size) {
  KJ_IF_MAYBE (exception, cut_) return kj::cp(*exception);
  return writes_.wrap(inner_->write(buffer, size));
}

kj::Promise<void> FrameGuard::write(kj::ArrayPtr<const kj::ArrayPtr<const kj::byte>> pieces) {
  KJ_IF_MAYBE (exception, cut_) return kj::cp(*exception);
  return writes_.wrap(inner_->write(pieces));
}

kj::Maybe<kj::Promise<uint64_t>> FrameGuard::tryPumpFrom(kj::AsyncInputStream& input, uint64_t amount) {
  KJ_IF_MAYBE (exception, cut_) return kj::Promise<uint64_t>(kj::cp(*exception));
  KJ_IF_MAYBE (pumping, inner_->tryPumpFrom(input, amount)) return writes_.wrap(kj::mv(*pumping));
  return nullptr;
}

kj::Promise<void> FrameGuard::whenWriteDisconnected() {
  return inner_->whenWriteDisconnected().exclusiveJoin(cut_promise_.addBranch());
}

void FrameGuard::shutdownWrite() {
  if (cut_ == nullptr) inner_->shutdownWrite();
}

void FrameGuard::abortRead() {
  if (cut_ == nullptr) inner_->abortRead();
}

void FrameGuard::getsockopt(int level, int option, void* value, kj::uint* length) {
  inner_->getsockopt(level, option, value, length);
}

void FrameGuard::setsockopt(int level, int option, const void* value, kj::uint length) {
  inner_->setsockopt(level, option, value, length);
}

void FrameGuard::getsockname(struct sockaddr* address, kj::uint* length) { inner_->getsockname(address, length); }

void FrameGuard::getpeername(struct sockaddr* address, kj::uint* length) { inner_->getpeername(address, length); }

}  // namespace placet::rpc
