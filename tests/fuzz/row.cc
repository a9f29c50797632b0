#include "store/row_codec.h"
#include "tests/fuzz/fuzz_target.h"
#include "tests/fuzz/samples.h"

using namespace placet;

PLACET_FUZZ_TARGET(input) {
  const auto row = store::decode_row<fuzz::Row>(input);
  if (!row) return;
  const auto again = store::decode_row<fuzz::Row>(store::encode_row(*row));
  PLACET_CHECK(again && *again == *row, "a row reads differently once rewritten");
}
