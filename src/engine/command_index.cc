#include "engine/command_index.h"

#include "codec/record.h"

namespace placet::engine {

Outcome CommandIndex::answer(const Known& known, const Digest& request_hash) {
  if (known.request_hash != request_hash)
    return domain::Rejection{domain::RejectionCode::command_id_reused,
                             "commandId: was used for a command with other content; take a new id"};
  if (known.refusal != domain::RejectionCode::unspecified) return domain::control_rejection(known.refusal);
  return Accepted{known.row.first, known.row.count, true};
}

void CommandIndex::look_up(std::span<const std::unique_ptr<Request>> requests) {
  keys_.clear();
  for (const auto& request : requests) {
    for (const Submission& submission : request->submissions)
      keys_.push_back({submission.id.value, submission.actor.account.value});
  }
  rows_ = log_.commands(keys_);
}

Result<CommandIndex::Known> CommandIndex::known_of(store::CommandRow row) const {
  PLACET_ASSIGN(const Bytes record, log_.record(row.first));
  PLACET_ASSIGN(const auto stored, codec::read_record(record));
  if (!stored.meta.request_hash) return fail(ErrorCode::corrupt, "the first event of a command lacks its request hash");
  Known known{row, *stored.meta.request_hash, domain::RejectionCode::unspecified};
  if (const auto* refused = std::get_if<domain::RefusedByControl>(&stored.event)) known.refusal = refused->code;
  return known;
}

/// Memory first: of the group in flight the log may have the rows already and not show the records yet.
Result<std::optional<Outcome>> CommandIndex::first_answer(std::size_t index, const Digest& request_hash) const {
  for (const Commands* commands : {&building_, &in_flight_}) {
    if (const auto found = commands->places.find(key(index)); found != commands->places.end())
      return answer(commands->known[found->second], request_hash);
  }
  if (!rows_) return std::unexpected(rows_.error());
  const auto& row = rows_->at(index);
  if (!row) return std::nullopt;
  PLACET_ASSIGN(const Known known, known_of(*row));
  return answer(known, request_hash);
}

void CommandIndex::add(const store::CommandKey& key, store::CommandRow row, const Digest& request_hash,
                       domain::RejectionCode refusal) {
  building_.places.emplace(key, static_cast<std::uint32_t>(building_.known.size()));
  building_.known.push_back({row, request_hash, refusal});
}

void CommandIndex::handed_over() {
  std::swap(in_flight_, building_);
  // Emptying a table costs by its size, not by what is in it: one that a large group left is too large for small ones.
  constexpr std::size_t kRoomToKeep = 8;
  auto& places = building_.places;
  if (places.bucket_count() > kRoomToKeep * (places.size() + in_flight_.places.size()))
    places = {};
  else
    places.clear();
  building_.known.clear();
}

}  // namespace placet::engine
