#include "access/stream_cache.h"

#include <utility>

#include "codec/record.h"
#include "domain/streams.h"

namespace placet::access {

Result<void> fold_stream(const store::EventLog& log, const StreamId& stream, domain::StreamState& state) {
  Result<void> decoded;
  PLACET_TRY(log.read_stream(stream, StreamVersion{state.events}, [&](StreamVersion, LogPosition, BytesView record) {
    auto stored = codec::read_record(record);
    if (!stored) {
      decoded = std::unexpected(std::move(stored).error());
      return false;
    }
    domain::fold(state, stored->event, stored->meta);
    return true;
  }));
  return decoded;
}

Result<domain::System> founded_in(const store::EventLog& log) {
  domain::StreamState system;
  PLACET_TRY(fold_stream(log, domain::system_stream(), system));
  auto* founded = std::get_if<domain::System>(&system.state);
  if (founded == nullptr) return fail(ErrorCode::corrupt, "the log does not say whose ledger it is");
  return std::move(*founded);
}

Result<std::shared_ptr<const domain::StreamState>> StreamCache::get(const StreamId& stream) {
  const LogSize size = log_.size();
  std::shared_ptr<const domain::StreamState> known;
  {
    const std::lock_guard lock(mutex_);
    if (auto* const found = slots_.find(stream)) {
      known = found->value.state;
      slots_.use(*found);
      if (!log_.may_have_grown(stream, found->value.as_of)) return known;
    }
  }
  PLACET_ASSIGN(const auto head, log_.head(stream));
  const std::uint32_t events = head ? head->value + 1 : 0;
  if (known == nullptr || known->events < events) {
    auto state =
        known != nullptr ? std::make_shared<domain::StreamState>(*known) : std::make_shared<domain::StreamState>();
    PLACET_TRY(fold_stream(log_, stream, *state));
    known = std::move(state);
  }
  keep(stream, known, size);
  return known;
}

void StreamCache::keep(const StreamId& stream, std::shared_ptr<const domain::StreamState> state, LogSize as_of) {
  const std::lock_guard lock(mutex_);
  auto* const found = slots_.find(stream);
  auto& slot = found != nullptr ? *found : slots_.add(stream, {});
  slots_.use(slot);
  slots_.weigh(slot, domain::bytes_of(*state));
  slot.value = {std::move(state), as_of};
  while (slots_.bytes() > bytes_max_) slots_.erase_oldest();
}

}  // namespace placet::access
