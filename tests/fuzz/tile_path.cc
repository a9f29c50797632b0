#include "merkle/tile.h"
#include "tests/fuzz/fuzz_target.h"

using namespace placet;

PLACET_FUZZ_TARGET(input) {
  const auto path = merkle::TilePath::parse(input);
  PLACET_CHECK(!path || path->to_string() == input, "a tile has two paths");
}
