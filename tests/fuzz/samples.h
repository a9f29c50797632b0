#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/amount.h"
#include "base/id.h"
#include "base/stream_id.h"
#include "base/time.h"
#include "crypto/secret.h"
#include "merkle/checkpoint.h"
#include "merkle/note.h"

/// What the seeds are made with and the targets know: secret to nobody.
namespace placet::fuzz {

inline crypto::SecretKey box_key() { return crypto::SecretKey::from_bytes(Bytes(32, 'b')).value(); }
inline constexpr BytesView kBoxPlace = "where the box stands";

inline const merkle::NoteSigner& log_signer() {
  static const auto signer =
      merkle::NoteSigner::of("placet.example/ledger",
                             crypto::SigningKey::from_seed(crypto::SecretKey::from_bytes(Bytes(32, 'k')).value()))
          .value();
  return signer;
}
inline const merkle::LogIdentity& log_identity() {
  static const merkle::LogIdentity identity{"placet.example/ledger", log_signer().verifier()};
  return identity;
}
/// Of the one that the seeds prove.
inline constexpr BytesView kProvenRecord = "record 3";

/// One field of each kind that rows have.
struct Row {
  WorkerId worker;
  StreamId stream;
  Money due;
  Date day;
  Timestamp at;
  LogPosition position;
  StreamVersion version;
  Digest hash{};
  bool settled = false;
  std::string name;
  std::optional<Minutes> limit;
  std::map<Date, Minutes> days;
  std::vector<PlacementId> placements;
  std::vector<std::string> notes;

  friend bool operator==(const Row&, const Row&) = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(worker, stream, due, day, at, position, version, hash, settled, name, limit, days, placements, notes);
  }
};

}  // namespace placet::fuzz
