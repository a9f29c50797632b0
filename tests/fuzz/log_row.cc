#include "store/log_format.h"
#include "tests/fuzz/fuzz_target.h"

using namespace placet;

namespace {

void read_varints(BytesView rest) {
  for (std::size_t before = rest.size(); store::take_varint(rest); before = rest.size())
    PLACET_CHECK(rest.size() < before, "a varint of no bytes");
}

void read_chunk(BytesView chunk) {
  const auto count = store::count_framed(chunk);
  if (!count) return;
  Bytes again;
  BytesView rest = chunk;
  for (std::uint64_t i = 0; i < *count; ++i) {
    const auto record = store::take_framed(rest);
    PLACET_CHECK(record.has_value(), "a counted record cannot be taken");
    store::append_framed(again, *record);
  }
  PLACET_CHECK(again == chunk, "a chunk is written differently than it was read");
}

}  // namespace

PLACET_FUZZ_TARGET(input) {
  read_varints(input);
  read_chunk(input);
}
