#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "access/keys.h"
#include "base/clock.h"
#include "crypto/ed25519.h"
#include "merkle/checkpoint.h"
#include "store/event_log.h"
#include "store/head_file.h"

namespace placet::access {

/// The file beside the key that says what was signed last. `not_found` says what to do without it.
Result<store::HeadFile> open_last_signed(const KeyFolder& keys);

/// Signs how far the log has come, under the ledger's key, for whoever wants to keep it; never two checkpoints of which
/// one does not extend the other. Before a note leaves, its size and root are durable in a file beside the key, and
/// nothing smaller or other is signed after that. Every note is kept in the log. Any thread may use it.
class Notary {
 public:
  struct Surroundings {
    store::EventLog& log;
    Clock& clock;
    std::string origin;  // also the name of the key
    const crypto::SigningKey& key;
    store::Head reached;  // the log, as it is
  };

  /// `last_signed`: the file beside the key; a note that it knows and the log does not is made again. Fails when the
  /// log does not extend what was signed before: `corrupt` for a log that is shorter or another one, which would be a
  /// fork; `denied` for keys of another ledger.
  static Result<std::unique_ptr<Notary>> open(Surroundings surroundings, store::HeadFile last_signed);

  /// All of this is durable. Waits for nobody.
  void reached(const store::Head& head);
  /// A note over at least `size` records, which must be reached: the newest, or a new one over all that was reached.
  /// Nothing while the last one was signed less than a second ago: ask again.
  Result<std::optional<store::Checkpoint>> over(LogSize size);
  /// Has a note over all that was reached, whenever the last one was: at the end of each hour, and at the end.
  Result<void> keep_newest();
  /// As an auditor pins it.
  const merkle::LogIdentity& identity() const { return identity_; }

 private:
  static constexpr std::int64_t kPauseMicros = 1'000'000;

  Notary(Surroundings surroundings, merkle::NoteSigner signer, store::HeadFile last_signed);
  Result<void> check_extends(const store::Head& signed_before) const;
  Result<std::optional<store::Head>> newest_kept() const;
  store::Head reached();
  Result<void> sign(const store::Head& head);
  Result<void> keep(const store::Head& signed_head);

  const Surroundings around_;
  const merkle::NoteSigner signer_;
  const merkle::LogIdentity identity_;
  std::mutex signing_;  // guards what follows; taken before the other one
  store::HeadFile last_signed_;
  std::optional<store::Checkpoint> newest_;
  std::optional<std::int64_t> signed_at_;  // microseconds since boot
  std::mutex reaching_;                    // guards reached_
  store::Head reached_;
};

}  // namespace placet::access
