#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "base/bytes.h"
#include "base/id.h"
#include "base/time.h"
#include "codec/record.h"
#include "rpc/interest.h"

namespace placet::rpc {

/// Which records a follower asks for.
struct PageQuestion {
  LogSize from;  // the end of a command
  std::shared_ptr<const Interest> interest;
  Date today;
  std::uint32_t events_max = 0;
  std::uint32_t bytes_max = 0;

  friend bool operator==(const PageQuestion& one, const PageQuestion& other) {
    return one.from == other.from && one.today == other.today && one.events_max == other.events_max &&
           one.bytes_max == other.bytes_max && *one.interest == *other.interest;
  }
};

/// What he gets. Ends where a command ends, so it can be over its limits by the rest of one.
struct Page {
  Bytes records;                     // one after the other
  std::vector<std::uint32_t> sizes;  // of each
  LogSize next;                      // everything before it was looked at
  bool is_full = false;              // there is more
};

/// Makes a page of the records that it is shown, in their order.
class PageWriter {
 public:
  /// The question must outlive it.
  explicit PageWriter(const PageQuestion& question) : question_(question), page_{{}, {}, question.from} {}

  /// Makes room for a full page.
  void expect_many() { page_.records.reserve(question_.bytes_max + codec::kRecordBytesMax); }
  /// False when the page is full: this record belongs to the next one.
  bool operator()(const codec::Header& header, BytesView record);
  Page take() { return std::move(page_); }

 private:
  const PageQuestion& question_;
  Page page_;
  std::size_t looked_at_ = 0;
};

}  // namespace placet::rpc
