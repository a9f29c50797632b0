#include "merkle/proof_file.h"

#include "tests/fuzz/fuzz_target.h"
#include "tests/fuzz/samples.h"

using namespace placet;

PLACET_FUZZ_TARGET(input) {
  if (const auto growth = merkle::GrowthFile::parse(input))
    PLACET_CHECK(growth->to_string() == input, "a growth file is written differently than it was read");
  const auto file = merkle::ProofFile::parse(input);
  if (!file) return;
  PLACET_CHECK(file->to_string() == input, "a proof file is written differently than it was read");
  const auto proven = merkle::verify_proof_file(*file, fuzz::kProvenRecord, fuzz::log_identity());
  PLACET_CHECK(!proven || file->index < LogPosition{proven->checkpoint.size.value}, "proven behind the end of the log");
  PLACET_CHECK(!merkle::verify_proof_file(*file, "never recorded", fuzz::log_identity()), "proven, but never recorded");
}
