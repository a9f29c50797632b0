#include "engine/command_index.h"

#include <algorithm>

#include "base/random.h"
#include "codec/record.h"

namespace placet::engine {

Outcome CommandIndex::answer(const Known& known, const Digest& request_hash) {
  if (known.request_hash != request_hash)
    return domain::Rejection{domain::RejectionCode::command_id_reused,
                             "commandId: was used for a command with other content; take a new id"};
  if (known.refusal != domain::RejectionCode::unspecified) return domain::control_rejection(known.refusal);
  return Accepted{known.row.first, known.row.count, true};
}

Uuid CommandIndex::far_ahead_of(Timestamp time) { return first_uuid_of({time.micros + kMicrosPerDay}); }

void CommandIndex::look_up(std::span<const std::unique_ptr<Request>> requests, Timestamp now) {
  const Uuid ahead = far_ahead_of(now);
  looked_up_.clear();
  asked_.clear();
  for (const auto& request : requests) {
    for (const Submission& submission : request->submissions) {
      const store::CommandKey key{submission.id.value, submission.actor.account.value};
      looked_up_.push_back({key, std::nullopt});
      if (is_new(key, ahead)) continue;
      looked_up_.back().row = asked_.size();
      asked_.push_back(key);
    }
  }
  rows_ = log_.commands(asked_);
}

/// `ahead`: from where on ids lie far ahead.
bool CommandIndex::is_new(const store::CommandKey& key, Uuid ahead) {
  constexpr std::size_t kAccountsMax = 4'096;
  if (key.command >= ahead) first_ahead_ = std::min(first_ahead_, key.command);
  if (key.command >= first_ahead_) return false;
  auto found = greatest_.find(key.account);
  if (found == greatest_.end()) {
    if (greatest_.size() == kAccountsMax) {
      for (const auto& [account, id] : greatest_) greatest_of_others_ = std::max(greatest_of_others_, id);
      greatest_.clear();
    }
    found = greatest_.emplace(key.account, greatest_of_others_).first;
  }
  if (key.command <= found->second) return false;
  found.value() = key.command;
  return true;
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
  const LookedUp& command = looked_up_.at(index);
  if (!command.row) return std::nullopt;
  for (const Commands* commands : {&building_, &in_flight_}) {
    if (const auto found = commands->places.find(command.key); found != commands->places.end())
      return answer(commands->known[found->second], request_hash);
  }
  if (!rows_) return std::unexpected(rows_.error());
  const auto& row = rows_->at(*command.row);
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
