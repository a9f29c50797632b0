#include "codec/record.h"

#include "tests/fuzz/fuzz_target.h"

using namespace placet;

// What was read writes a record that reads the same. Only the bytes may differ: defaults spelled out, unknown fields.
PLACET_FUZZ_TARGET(input) {
  const auto stored = codec::read_record(input);
  PLACET_CHECK(!stored || codec::read_meta(input), "the envelope of a readable record is unreadable");
  if (!stored || stored->event.index() == 0) return;
  codec::RecordWriter writer;
  const auto written = writer.write(stored->meta, stored->event);
  if (!written) return;  // over the limit of a record, when the input shares objects
  const auto again = codec::read_record(*written);
  PLACET_CHECK(again && again->event == stored->event, "a record reads differently once rewritten");
}
