#include <capnp/message.h>
#include <capnp/serialize.h>

#include <cstring>

#include "codec/issues.h"
#include "schema/ledger.capnp.h"
#include "schema/plain_codec.h"
#include "tests/fuzz/fuzz_target.h"

using namespace placet;

namespace {

/// As the RPC server does with what a client sends.
void read_submission(schema::Submission::Reader submission) {
  const auto canonical = capnp::canonicalize(submission);
  PLACET_CHECK(canonical.size() > 0);
  domain::Command command;
  codec::Issues issues;
  codec::read(submission.getCommand(), command, issues);
}

}  // namespace

PLACET_FUZZ_TARGET(input) {
  auto words = kj::heapArray<capnp::word>(input.size() / sizeof(capnp::word));
  std::memcpy(words.begin(), input.data(), words.asBytes().size());
  capnp::ReaderOptions options;
  options.traversalLimitInWords = 1 << 20;  // that of the server
  options.nestingLimit = 32;
  try {
    capnp::FlatArrayMessageReader message(words, options);
    read_submission(message.getRoot<schema::Submission>());
  } catch (const kj::Exception&) {
    // What Cap'n Proto refuses, the RPC system answers.
  }
}
