#include <algorithm>
#include <utility>

#include "base/check.h"
#include "base/sort_unique.h"
#include "domain/decide.h"
#include "engine/engine.h"

namespace placet::engine {

void Engine::LookedUp::clear() {
  states.clear();
  conditions.clear();
  commands.clear();
}

/// Names what each command of the request reads and finds it in the cache. What is not there and has no events in the
/// log is empty, and put there; the log is asked about all of it at once. The rest is cold.
///
/// No state leaves the cache before the group is handed over, and each keeps its place, so that a command sees what
/// those before it made of the same states.
void Engine::look_up_states(const Request& request) {
  auto& [states, conditions, commands] = looked_up_;
  // What was decided before the request was parked reads nothing any more.
  commands.resize(commands.size() + request.outcomes.size(), {false, states.size(), conditions.size()});
  const std::size_t begin = states.size();
  std::vector<StreamId> unknown;
  const auto read = [&](const StreamId& stream) {
    states.push_back({stream, states_.find(stream)});
    if (states.back().state == nullptr) unknown.push_back(stream);
  };
  for (const Submission& submission : std::span(request.submissions).subspan(request.outcomes.size())) {
    const domain::Needs needs = domain::needs_of(submission.command, facts_for(submission));
    const bool too_large = needs.states.size() > domain::kStatesMax || needs.conditions.size() > domain::kConditionsMax;
    if (!too_large && !needs.states.empty()) {
      for (const StreamId& stream : needs.states) read(stream);
      // Beside what the command names: who acts, and what controls refused to him.
      const StreamId person = domain::stream_of(submission.actor.person);
      if (std::ranges::find(needs.states, person) == needs.states.end()) read(person);
      read(domain::control_stream_of(submission.actor.person));
      conditions.insert(conditions.end(), needs.conditions.begin(), needs.conditions.end());
    }
    commands.push_back({too_large, states.size(), conditions.size()});
  }
  if (unknown.empty()) return;

  sort_unique(unknown);
  const auto heads = around_.log.heads(unknown);
  PLACET_CHECK(heads.has_value(), heads.error().message);
  for (std::size_t i = 0; i < unknown.size(); ++i) {
    if (!(*heads)[i]) states_.put(unknown[i], {});
  }
  for (ReadState& found : std::span(states).subspan(begin)) {
    if (found.state == nullptr) found.state = states_.find(found.stream);
  }
}

/// Takes over what the loader folded.
void Engine::adopt(Request& request) {
  for (Request::Loaded& loaded : request.loaded) {
    if (states_.find(loaded.stream) != nullptr) continue;
    // Where they differ it was written meanwhile and evicted again: rare enough to be folded once more.
    if (events_in_log(loaded.stream) == loaded.state.events) states_.put(loaded.stream, std::move(loaded.state));
  }
  request.loaded.clear();
}

/// The stream that the command is about is the first.
std::span<const Engine::ReadState> Engine::states_read_by(std::size_t command) const {
  const auto& [states, conditions, commands] = looked_up_;
  const std::size_t begin = command == 0 ? 0 : commands[command - 1].states_end;
  return std::span(states).subspan(begin, commands[command].states_end - begin);
}

std::span<const domain::Condition> Engine::conditions_of(std::size_t command) const {
  const auto& [states, conditions, commands] = looked_up_;
  const std::size_t begin = command == 0 ? 0 : commands[command - 1].conditions_end;
  return std::span(conditions).subspan(begin, commands[command].conditions_end - begin);
}

bool Engine::is_cold(std::size_t command) const {
  return std::ranges::any_of(states_read_by(command), [](const ReadState& read) { return read.state == nullptr; });
}

/// What a command that is not cold may read.
domain::States Engine::warm_states(std::size_t command) const {
  domain::States states;
  for (const ReadState& read : states_read_by(command)) states.add(read.stream, read.state);
  return states;
}

/// What these commands lack, so that their request is parked once and not once per command.
std::vector<StreamId> Engine::cold_states(std::size_t from_command, std::size_t to_command) const {
  std::vector<StreamId> cold;
  for (std::size_t command = from_command; command < to_command; ++command) {
    for (const ReadState& read : states_read_by(command)) {
      if (read.state == nullptr) cold.push_back(read.stream);
    }
  }
  sort_unique(cold);
  return cold;
}

std::uint32_t Engine::events_of(const StreamId& stream) {
  if (const auto* state = states_.find(stream)) return state->events;
  return events_in_log(stream);
}

/// Of a stream that is not in the cache. The cache keeps what the groups wrote that are not durable, so the log knows
/// all of it.
std::uint32_t Engine::events_in_log(const StreamId& stream) const {
  const auto head = around_.log.head(stream);
  PLACET_CHECK(head.has_value(), head.error().message);
  return *head ? (*head)->value + 1 : 0;
}

}  // namespace placet::engine
