#include "merkle/note.h"

#include "tests/fuzz/fuzz_target.h"
#include "tests/fuzz/samples.h"

using namespace placet;

PLACET_FUZZ_TARGET(input) {
  const auto note = merkle::Note::parse(input);
  PLACET_CHECK(!note || note->to_string() == input, "a note is written differently than it was read");
  const auto opened = merkle::open_note(input, {&fuzz::log_identity().key, 1});
  PLACET_CHECK(!opened || (note && opened->text == note->text && !opened->attestations.empty()),
               "a note was opened that nobody known signed");
}
