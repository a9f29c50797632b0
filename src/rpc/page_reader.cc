#include "rpc/page_reader.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "rpc/scan.h"

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
  return thread_.run([this, question = std::move(question)](const std::stop_token&) { return read_log(question); });
}

Result<Page> PageReader::read_log(const PageQuestion& question) const {
  PageWriter page(question);
  page.expect_many();
  PLACET_TRY(scan(log_, {question.from.value}, question.interest->is_by_party(), std::ref(page)));
  return page.take();
}

}  // namespace placet::rpc
