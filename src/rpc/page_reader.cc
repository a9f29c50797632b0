#include "rpc/page_reader.h"

#include <algorithm>
#include <utility>

#include "base/thread.h"

namespace placet::rpc {

namespace {

/// So many followers at a time have a page read ahead; it may be of 5 MiB.
constexpr std::size_t kAheadMax = 2;

}  // namespace

kj::Promise<Result<Page>> PageReader::read(PageQuestion question) {
  const auto ahead = std::ranges::find(ahead_, question, &Ahead::question);
  const bool is_there = ahead != ahead_.end();
  auto page = is_there ? kj::mv(ahead->page) : put(question);
  if (is_there) ahead_.erase(ahead);
  return page.then(
      [this, is_there, question = std::move(question)](Result<Page> read) mutable -> kj::Promise<Result<Page>> {
        // One that was not filled then could be now.
        if (is_there && read && !read->is_full) return put(std::move(question));
        if (read && read->is_full) read_ahead(std::move(question), read->next);
        return read;
      });
}

void PageReader::read_ahead(PageQuestion question, LogSize next) {
  question.from = next;
  if (ahead_.size() == kAheadMax) ahead_.pop_front();
  auto page = put(question);
  ahead_.push_back({std::move(question), kj::mv(page)});
}

kj::Promise<Result<Page>> PageReader::put(PageQuestion question) {
  auto page = kj::newPromiseAndCrossThreadFulfiller<Result<Page>>();
  {
    const std::lock_guard lock(mutex_);
    waiting_.push_back({std::move(question), kj::mv(page.fulfiller)});
  }
  wake_.notify_one();
  return kj::mv(page.promise);
}

Result<Page> PageReader::read_log(const PageQuestion& question) const {
  PageWriter page(question);
  page.expect_many();
  const bool with_parties = question.interest->is_by_party();
  Result<void> decoded;
  PLACET_TRY(log_.read(LogPosition{question.from.value}, [&](LogPosition, BytesView record) {
    const auto header = codec::read_header(record, with_parties);
    if (!header) decoded = std::unexpected(header.error());
    return header && page(*header, record);
  }));
  PLACET_TRY(std::move(decoded));
  return page.take();
}

void PageReader::run(const std::stop_token& stop) {
  name_this_thread("pages");
  while (true) {
    std::unique_lock lock(mutex_);
    if (!wake_.wait(lock, stop, [&] { return !waiting_.empty(); })) return;
    const Job job = std::move(waiting_.front());
    waiting_.pop_front();
    lock.unlock();
    if (job.read->isWaiting()) job.read->fulfill(read_log(job.question));
  }
}

}  // namespace placet::rpc
