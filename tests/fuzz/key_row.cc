#include "access/vault_rows.h"
#include "tests/fuzz/fuzz_target.h"

using namespace placet;

PLACET_FUZZ_TARGET(input) {
  const auto name = access::KeyName::decode(input);
  PLACET_CHECK(!name || name->encode() == input, "a key's name is written differently than it was read");
  const auto wrapped = access::parse_subject_key(input);
  PLACET_CHECK(!wrapped || wrapped->box.size() <= input.size());
  const auto version = access::ledger_key_version(input);
  PLACET_CHECK(!version || access::ledger_key_at(*version) == input, "a ledger key has two names");
}
