#include "engine/engine.h"

#include <utility>

#include "base/check.h"
#include "base/thread.h"

namespace placet::engine {

namespace {

/// Less than this is not worth waking up for while the committer is busy: single commands arrive in a trickle, and are
/// taken all at once when it is done.
constexpr std::size_t kWorthwhileBytes = 4 << 10;

}  // namespace

Engine::Engine(Surroundings surroundings, Recovered recovered, store::HeadFile head, const EngineSettings& settings)
    : around_(std::move(surroundings)),
      settings_(settings),
      tree_(std::move(recovered.tree)),
      clock_(around_.clock, recovered.last_recorded),
      loader_(around_.log, around_.inbox, settings.loader_threads),
      states_(settings.state_cache_bytes),
      system_(*states_.put(domain::system_stream(), std::move(recovered.system))),
      commands_(around_.log, recovered.command_ids),
      decided_(around_.log.size()),
      committer_({.log = around_.log,
                  .on_durable = around_.on_durable,
                  .on_idle = [&inbox = around_.inbox] { inbox.nudge(); }},
                 std::move(head)) {
  thread_ = std::thread([this] { run(); });
}

Engine::~Engine() { thread_.join(); }

void Engine::run() {
  name_this_thread("engine");
  hurry_this_thread();
  while (!around_.inbox.drained()) {
    decide_taken(around_.inbox.take(committer_.idle() ? 0 : kWorthwhileBytes, settings_.group_bytes));
    if (may_hand_over()) hand_over();
  }
  hand_over();
}

void Engine::decide_taken(std::vector<std::unique_ptr<Request>> taken) {
  if (taken.empty()) return;
  now_ = clock_.now();
  const Timestamp time = now_ ? *now_ : clock_.untrusted_now();
  today_ = around_.zone.local_day(time);
  disk_is_low_ = around_.disk_is_low();
  commands_.look_up(taken, time);
  looked_up_.clear();
  std::size_t first_command = 0;
  for (auto& request : taken) {
    const std::size_t commands = request->submissions.size();
    decide_all(std::move(request), first_command);
    first_command += commands;
  }
}

/// Otherwise the group may grow until the committer nudges the inbox.
bool Engine::may_hand_over() const {
  return !decided_.answered.empty() && (committer_.idle() || decided_.group.bytes() >= settings_.group_bytes);
}

/// Waits for the group before this one: from then on the log answers for that one's commands and streams.
void Engine::hand_over() {
  for (merkle::Tile& tile : tree_.take_full_tiles())
    decided_.group.add_tile({tile.level, tile.index, std::move(tile.hashes)});
  decided_.root = tree_.root();
  PLACET_CHECK(decided_.group.end() == tree_.size());
  committer_.commit(decided_);
  commands_.handed_over();
  states_.find(domain::system_stream());  // used in every group, so that it stays
  states_.trim();
}

}  // namespace placet::engine
