#include "merkle/tile.h"
#include "tests/fuzz/fuzz_target.h"

using namespace placet;

// The first byte of the input is one less than the width.
PLACET_FUZZ_TARGET(input) {
  if (input.empty()) return;
  const unsigned width = 1u + static_cast<std::uint8_t>(input.front());
  input.remove_prefix(1);
  const auto entries = merkle::decode_bundle(input, width);
  if (!entries) return;
  PLACET_CHECK(entries->size() == width);
  Bytes bundle;
  for (const BytesView entry : *entries) merkle::append_entry(bundle, entry);
  PLACET_CHECK(bundle == input, "a bundle is written differently than it was read");
}
