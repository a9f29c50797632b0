#include "crypto/box.h"
#include "tests/fuzz/fuzz_target.h"
#include "tests/fuzz/samples.h"

using namespace placet;

PLACET_FUZZ_TARGET(input) {
  const auto key_id = crypto::key_id_of(input);
  const auto text = crypto::open(fuzz::box_key(), input, fuzz::kBoxPlace);
  PLACET_CHECK(!text || (key_id && text->size() + crypto::kBoxOverheadBytes == input.size()));
  PLACET_CHECK(!crypto::open(fuzz::box_key(), input, "elsewhere"), "a box opens where it was not sealed");
}
