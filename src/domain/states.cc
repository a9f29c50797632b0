#include "domain/states.h"

#include <type_traits>

namespace placet::domain {

namespace {

template <Category category>
struct StateOf;
template <>
struct StateOf<Category::system> {
  using Type = System;
};
template <>
struct StateOf<Category::person> {
  using Type = Person;
};
template <>
struct StateOf<Category::account> {
  using Type = Account;
};
template <>
struct StateOf<Category::reservation> {
  using Type = Reservation;
};
template <>
struct StateOf<Category::control> {
  using Type = Control;
};
template <>
struct StateOf<Category::timesheet> {
  using Type = Timesheet;
};

}  // namespace

void fold(StreamState& stream, const Event& event, const Meta& meta) {
  PLACET_CHECK(meta.version.value == stream.events, "events of a stream must be folded in order");
  std::visit(
      [&](const auto& one_event) {
        using E = std::decay_t<decltype(one_event)>;
        if constexpr (!std::is_same_v<E, std::monostate>) {
          using S = StateOf<EventTraits<E>::kCategory>::Type;
          if (stream.events == 0) stream.state.emplace<S>();
          S* state = std::get_if<S>(&stream.state);
          PLACET_CHECK(state != nullptr, "a stream holds events of one category");
          *state = evolve(std::move(*state), one_event, meta);
        }
      },
      event);
  ++stream.events;
}

const StreamState& States::find(StreamId stream) const {
  for (const Named& named : states_) {
    if (named.stream == stream) return *named.state;
  }
  check_failed("state was named in needs", __FILE__, __LINE__);
}

}  // namespace placet::domain
