#include "engine/command_index.h"

#include "codec/record.h"
#include "crypto/sha256.h"

namespace placet::engine {

Uuid CommandIndex::key_of(AccountId account, CommandId command) {
  const auto a = account.value.bytes();
  const auto c = command.value.bytes();
  crypto::Sha256 hash;
  hash.update({reinterpret_cast<const char*>(a.data()), a.size()});
  hash.update({reinterpret_cast<const char*>(c.data()), c.size()});
  return Uuid::from_bytes(view_of(hash.finish()).substr(0, 16));
}

Outcome CommandIndex::answer(const Known& known, const Digest& request_hash) {
  if (known.request_hash != request_hash)
    return domain::Rejection{domain::RejectionCode::command_id_reused,
                             "commandId: was used for a command with other content; take a new id"};
  if (known.refusal != domain::RejectionCode::unspecified) return domain::control_rejection(known.refusal);
  return Accepted{known.row.first, known.row.count, true};
}

Result<std::optional<CommandIndex::Known>> CommandIndex::look_up(const Uuid& key) const {
  PLACET_ASSIGN(const auto row, log_.command(key));
  if (!row) return std::nullopt;
  PLACET_ASSIGN(const Bytes record, log_.record(row->first));
  PLACET_ASSIGN(const auto stored, codec::read_record(record));
  if (!stored.meta.request_hash) return fail(ErrorCode::corrupt, "the first event of a command lacks its request hash");
  Known known{*row, *stored.meta.request_hash, domain::RejectionCode::unspecified};
  if (const auto* refused = std::get_if<domain::RefusedByControl>(&stored.event)) known.refusal = refused->code;
  return known;
}

Result<std::optional<Outcome>> CommandIndex::first_answer(const Uuid& key, const Digest& request_hash) const {
  for (const Commands* commands : {&building_, &in_flight_}) {
    if (const auto found = commands->find(key); found != commands->end()) return answer(found->second, request_hash);
  }
  PLACET_ASSIGN(const auto known, look_up(key));
  if (!known) return std::nullopt;
  return answer(*known, request_hash);
}

void CommandIndex::add(const Uuid& key, store::CommandRow row, const Digest& request_hash,
                       domain::RejectionCode refusal) {
  building_.emplace(key, Known{row, request_hash, refusal});
}

}  // namespace placet::engine
