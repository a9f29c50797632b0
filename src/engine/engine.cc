#include "engine/engine.h"

#include <utility>

#include "base/check.h"

namespace placet::engine {

Engine::Engine(Surroundings surroundings, Recovered recovered, store::HeadFile head, const EngineSettings& settings)
    : around_(std::move(surroundings)),
      settings_(settings),
      tree_(std::move(recovered.tree)),
      clock_(around_.clock, recovered.last_recorded),
      anchor_(std::move(head)),
      loader_(around_.log, around_.inbox, settings.loader_threads),
      states_(settings.state_cache_bytes),
      commands_(around_.log),
      group_(around_.log.size()) {
  states_.put(domain::system_stream(), std::move(recovered.system));
  thread_ = std::thread([this] { run(); });
}

Engine::~Engine() { thread_.join(); }

void Engine::run() {
  while (true) {
    auto taken = around_.inbox.take(settings_.group_bytes);
    if (taken.empty()) return;
    now_ = clock_.now();
    today_ = around_.zone.local_day(now_ ? *now_ : clock_.untrusted_now());
    disk_is_low_ = around_.disk_is_low();
    for (auto& request : taken) decide_all(std::move(request));
    commit();
  }
}

/// The order matters. An answer before the sync could promise what a power cut takes away; a head before the sync would
/// name records that are not there, and the next start would refuse a healthy log.
void Engine::commit() {
  if (!group_.empty()) {
    for (merkle::Tile& tile : tree_.take_full_tiles())
      group_.add_tile({tile.level, tile.index, std::move(tile.hashes)});
    anchor_.hurry();
    const auto appended = around_.log.append(group_);
    PLACET_CHECK(appended.has_value(), appended.error().message);
    anchor_.wait();
  }
  const LogSize size = group_.end();
  PLACET_CHECK(size == tree_.size());
  for (auto& request : answered_) request->answer(std::move(request->outcomes), size);
  answered_.clear();
  if (!group_.empty()) {
    anchor_.reached({size, tree_.root()});
    around_.on_durable(size);
  }
  group_.clear(size);
  commands_.committed();
  states_.find(domain::system_stream());  // used last: every command asks it, so it stays
  states_.trim();
}

}  // namespace placet::engine
