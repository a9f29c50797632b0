#include "merkle/checkpoint.h"

#include "tests/fuzz/fuzz_target.h"
#include "tests/fuzz/samples.h"

using namespace placet;

PLACET_FUZZ_TARGET(input) {
  const auto checkpoint = merkle::Checkpoint::parse(input);
  PLACET_CHECK(!checkpoint || checkpoint->to_text() == input, "a checkpoint is written differently than it was read");
  const auto opened = merkle::open_checkpoint(input, fuzz::log_identity());
  PLACET_CHECK(!opened || opened->checkpoint.origin == fuzz::log_identity().origin, "another log's checkpoint opened");
}
