#pragma once

#include <kj/async-io.h>

#include <vector>

#include "rpc/read_ahead.h"

namespace placet::client {

/// A connection with fewer calls of the system. Cap'n Proto reads a message in two parts, and writes each by itself
/// where a caller sends two, "done with the last answer" and the next question. So one read serves several small ones,
/// and small writes of one turn of the event loop go out together, at its end. What is large goes past, uncopied.
///
/// A small write is done when it is copied, unless a full buffer waits: then when that has gone out. What went wrong
/// with it shows at the next write. Used on the thread of its event loop.
class BufferedStream final : public kj::AsyncIoStream, private kj::TaskSet::ErrorHandler {
 public:
  explicit BufferedStream(kj::Own<kj::AsyncIoStream> inner) : inner_(kj::mv(inner)), sender_(*this) {}

  kj::Promise<size_t> tryRead(void* buffer, size_t min_bytes, size_t max_bytes) override;

  kj::Promise<void> write(const void* buffer, size_t size) override;
  kj::Promise<void> write(kj::ArrayPtr<const kj::ArrayPtr<const kj::byte>> pieces) override;
  kj::Promise<void> whenWriteDisconnected() override { return inner_->whenWriteDisconnected(); }

  void shutdownWrite() override;
  void abortRead() override { inner_->abortRead(); }
  void getsockopt(int level, int option, void* value, kj::uint* length) override {
    inner_->getsockopt(level, option, value, length);
  }
  void setsockopt(int level, int option, const void* value, kj::uint length) override {
    inner_->setsockopt(level, option, value, length);
  }

 private:
  kj::Promise<void> gone_out();
  kj::Promise<void> send();
  void taskFailed(kj::Exception&& exception) override;

  kj::Own<kj::AsyncIoStream> inner_;
  rpc::ReadAhead ahead_;
  std::vector<kj::byte> waiting_, on_its_way_;
  bool is_sending_ = false;
  bool is_shut_ = false;
  kj::Own<kj::PromiseFulfiller<void>> when_out_;  // of the writer that waits; there is one writer at a time
  kj::Maybe<kj::Exception> failure_;
  kj::TaskSet sender_;  // last: what it runs uses the rest
};

}  // namespace placet::client
