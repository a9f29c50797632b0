#pragma once

// A proof that one record is in the log, to be kept and checked offline (c2sp.org/tlog-proof): the receipt.
//
//   proof file = "c2sp.org/tlog-proof@v1\n" ["extra " base64 "\n"] "index " decimal "\n" (base64(hash) "\n")* "\n" note
//   hash       = 32 bytes, at most 64 of them, from the leaf's sibling up to a child of the root
//   note       = a signed checkpoint, to the end of the file
//
// And a proof that a checkpoint extends an older one, as a witness is sent it (c2sp.org/tlog-witness):
//
//   growth file = "old " decimal "\n" (base64(hash) "\n")* "\n" note

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/id.h"
#include "base/result.h"
#include "merkle/checkpoint.h"
#include "merkle/proof.h"

namespace placet::merkle {

struct ProofFile {
  std::optional<Bytes> extra;  // nobody signed this: never base a decision on it
  LogPosition index;
  Proof hashes;
  std::string checkpoint;  // the signed note, as it came

  std::string to_string() const;
  /// `invalid` unless to_string() would write exactly these bytes. The checkpoint is not looked at.
  static Result<ProofFile> parse(std::string_view file);
};

struct GrowthFile {
  LogSize old_size;
  Proof hashes;
  std::string checkpoint;  // the signed note, as it came

  std::string to_string() const;
  /// As ProofFile::parse.
  static Result<GrowthFile> parse(std::string_view file);
};

/// The checkpoint of the file, which extends `old`. Fails as open_checkpoint and verify_consistency do, and with
/// `invalid` when `old` is of another size than the file says.
Result<OpenedCheckpoint> verify_growth_file(const GrowthFile& file, const Checkpoint& old, const LogIdentity& log,
                                            std::span<const VerifierKey> witnesses = {});

/// The checkpoint that `record` (the stored bytes) is proven to be under, at file.index. Fails as open_checkpoint and
/// verify_inclusion do.
Result<OpenedCheckpoint> verify_proof_file(const ProofFile& file, BytesView record, const LogIdentity& log,
                                           std::span<const VerifierKey> witnesses = {});

}  // namespace placet::merkle
