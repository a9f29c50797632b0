#pragma once

#include <kj/async-io.h>
#include <kj/timer.h>

#include <functional>
#include <string_view>

#include "rpc/frame_scanner.h"
#include "rpc/read_ahead.h"

namespace placet::rpc {

/// A connection that Cap'n Proto may read from: a peer whose frames are malformed, too large or too slow is cut off
/// before Cap'n Proto sees that frame (TRUST section 3, item 25). For the reader it is as if the peer had disconnected;
/// both directions are shut.
///
/// Cap'n Proto reads a message in two parts, header and body, and a call comes as two messages. Small reads are served
/// from what one read of the connection brought; large ones go past, uncopied.
///
/// Used on the thread of its event loop. Reads one at a time, and must outlive what its functions promise, as with any
/// KJ stream.
class FrameGuard final : public kj::AsyncIoStream {
 public:
  /// Called once, at the cut, with the reason: for the operator's log, numbers of a header but nothing sent. It must
  /// not throw nor destroy the guard.
  using OnCut = std::function<void(std::string_view why)>;

  /// A frame must be complete `frame_timeout` after its first byte was read. Nothing limits the time between frames.
  FrameGuard(kj::Own<kj::AsyncIoStream> inner, kj::Timer& timer, const FrameLimits& limits, kj::Duration frame_timeout,
             OnCut on_cut);

  kj::Promise<size_t> tryRead(void* buffer, size_t min_bytes, size_t max_bytes) override;
  kj::Maybe<uint64_t> tryGetLength() override { return inner_->tryGetLength(); }
  void registerAncillaryMessageHandler(kj::Function<void(kj::ArrayPtr<kj::AncillaryMessage>)> fn) override;

  kj::Promise<void> write(const void* buffer, size_t size) override;
  kj::Promise<void> write(kj::ArrayPtr<const kj::ArrayPtr<const kj::byte>> pieces) override;
  kj::Maybe<kj::Promise<uint64_t>> tryPumpFrom(kj::AsyncInputStream& input, uint64_t amount) override;
  kj::Promise<void> whenWriteDisconnected() override;

  void shutdownWrite() override;
  void abortRead() override;
  void getsockopt(int level, int option, void* value, kj::uint* length) override;
  void setsockopt(int level, int option, const void* value, kj::uint length) override;
  void getsockname(struct sockaddr* address, kj::uint* length) override;
  void getpeername(struct sockaddr* address, kj::uint* length) override;
  // getFd stays empty: whoever read from the descriptor would go round the guard.

 private:
  kj::Promise<size_t> read_on(kj::byte* buffer, size_t min_bytes, size_t max_bytes, size_t bytes_read);
  kj::Promise<kj::Maybe<size_t>> read_in_time(kj::byte* buffer, size_t min_bytes, size_t max_bytes);
  Result<void> inspect(BytesView incoming);
  kj::Exception cut(std::string_view why);

  kj::Own<kj::AsyncIoStream> inner_;
  kj::Timer& timer_;
  const kj::Duration frame_timeout_;
  OnCut on_cut_;
  FrameScanner scanner_;
  kj::TimePoint deadline_;  // of the frame that came in last
  ReadAhead ahead_;         // inspected, not asked for yet
  kj::Maybe<kj::Exception> cut_;
  kj::PromiseFulfillerPair<void> at_cut_ = kj::newPromiseAndFulfiller<void>();
  kj::ForkedPromise<void> cut_promise_ = at_cut_.promise.fork();
  kj::Canceler writes_;
};

}  // namespace placet::rpc
