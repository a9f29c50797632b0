#include "tests/fuzz/fuzz_target.h"

#include "merkle/note_key.h"

using namespace placet;

PLACET_FUZZ_TARGET(input) {
  const auto key = merkle::VerifierKey::parse(input);
  PLACET_CHECK(!key || key->to_string() == input, "a key is written differently than it was read");
}
