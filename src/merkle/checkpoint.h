#pragma once

// A checkpoint (c2sp.org/tlog-checkpoint): the text of a signed note that states a log's size and root.
//
//   checkpoint = origin "\n" size "\n" base64(root) "\n"
//   size       = decimal without leading zeros
//
// The specification also allows extension lines. Ours never have any, and no auditor can check what they would say: a
// checkpoint with one is refused.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/id.h"
#include "base/result.h"
#include "merkle/note.h"

namespace placet::merkle {

struct Checkpoint {
  std::string origin;  // which log; one line, not empty. It need not be the name of the key
  LogSize size;
  Digest root{};

  friend bool operator==(const Checkpoint&, const Checkpoint&) = default;
  std::string to_text() const;
  static Result<Checkpoint> parse(std::string_view text);
};

/// A log as an auditor pins it: what its checkpoints begin with, and who must have signed them.
struct LogIdentity {
  std::string origin;
  VerifierKey key;
};

struct OpenedCheckpoint {
  Checkpoint checkpoint;
  std::vector<Attestation> witnesses;  // how many are enough is the caller's policy
};

/// The note of a checkpoint. That no two inconsistent ones are ever signed is up to the caller (TRUST, section 1).
Result<std::string> sign_checkpoint(const Checkpoint& checkpoint, const NoteSigner& signer);

/// `denied`: not signed by the log, a bad signature by the log or a known witness, or another log's checkpoint;
/// `invalid`: not a checkpoint at all.
Result<OpenedCheckpoint> open_checkpoint(std::string_view note, const LogIdentity& log,
                                         std::span<const VerifierKey> witnesses = {});

}  // namespace placet::merkle
