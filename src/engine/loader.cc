#include "engine/loader.h"

#include <utility>

#include "base/check.h"
#include "codec/record.h"

namespace placet::engine {

Result<domain::StreamState> fold_stream(const store::EventLog& log, const StreamId& stream) {
  domain::StreamState state;
  Result<void> decoded;
  PLACET_TRY(log.read_stream(stream, StreamVersion{0}, [&](StreamVersion, LogPosition, BytesView record) {
    auto stored = codec::read_record(record);
    if (!stored) {
      decoded = std::unexpected(std::move(stored).error());
      return false;
    }
    domain::fold(state, stored->event, stored->meta);
    return true;
  }));
  PLACET_TRY(std::move(decoded));
  return state;
}

Loader::Loader(const store::EventLog& log, Inbox& inbox, unsigned threads) : log_(log), inbox_(inbox) {
  for (unsigned i = 0; i < threads; ++i) threads_.emplace_back([this] { run(); });
}

Loader::~Loader() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  ready_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void Loader::load(std::unique_ptr<Request> request) {
  {
    const std::lock_guard lock(mutex_);
    waiting_.push_back(std::move(request));
  }
  ready_.notify_one();
}

void Loader::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    ready_.wait(lock, [&] { return !waiting_.empty() || stop_; });
    if (waiting_.empty()) return;
    std::unique_ptr<Request> request = std::move(waiting_.front());
    waiting_.pop_front();
    lock.unlock();
    for (const StreamId& stream : request->cold) {
      auto state = fold_stream(log_, stream);
      PLACET_CHECK(state.has_value(), state.error().message);
      request->loaded.push_back({stream, std::move(*state)});
    }
    request->cold.clear();
    inbox_.put_back(std::move(request));
    lock.lock();
  }
}

}  // namespace placet::engine
