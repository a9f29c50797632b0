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
struct StateOf<Category::worker> {
  using Type = Worker;
};
template <>
struct StateOf<Category::client> {
  using Type = Client;
};
template <>
struct StateOf<Category::agency> {
  using Type = Agency;
};
template <>
struct StateOf<Category::employment> {
  using Type = Employment;
};
template <>
struct StateOf<Category::placement> {
  using Type = Placement;
};
template <>
struct StateOf<Category::calendar> {
  using Type = Calendar;
};
template <>
struct StateOf<Category::notice> {
  using Type = Notice;
};
template <>
struct StateOf<Category::timesheet> {
  using Type = Timesheet;
};
template <>
struct StateOf<Category::books> {
  using Type = Books;
};
template <>
struct StateOf<Category::invoice> {
  using Type = Invoice;
};
template <>
struct StateOf<Category::number_series> {
  using Type = NumberSeries;
};
template <>
struct StateOf<Category::parameters> {
  using Type = Parameters;
};
template <>
struct StateOf<Category::pay_account> {
  using Type = PayAccount;
};
template <>
struct StateOf<Category::payment_batch> {
  using Type = PaymentBatch;
};
template <>
struct StateOf<Category::payroll_run> {
  using Type = PayrollRun;
};

}  // namespace

std::size_t bytes_of(const StreamState& stream) {
  // Beside the state what an event adds to it: an entry of a timesheet, with the room that a growing list keeps.
  constexpr std::size_t kBytesPerStream = 512;
  constexpr std::size_t kBytesPerEvent = 320;
  return kBytesPerStream + stream.events * kBytesPerEvent;
}

void fold(StreamState& stream, const Event& event, const Meta& meta) {
  PLACET_CHECK(meta.version.value == stream.events, "events of a stream must be folded in order");
  std::visit(
      [&](const auto& one_event) {
        using E = std::decay_t<decltype(one_event)>;
        if constexpr (std::is_same_v<E, std::monostate>) {
          return;
        } else if constexpr (EventTraits<E>::kCategory == Category::unspecified) {
          stream.proposals = evolve(std::move(stream.proposals), one_event, meta);
        } else {
          using S = StateOf<EventTraits<E>::kCategory>::Type;
          if (std::holds_alternative<std::monostate>(stream.state)) stream.state.emplace<S>();
          S* state = std::get_if<S>(&stream.state);
          PLACET_CHECK(state != nullptr, "a stream holds events of one category");
          *state = evolve(std::move(*state), one_event, meta);
        }
      },
      event);
  ++stream.events;
}

void States::replace(StreamId stream, const StreamState* state) {
  for (Named& named : states_) {
    if (named.stream == stream) named.state = state;
  }
}

const StreamState& States::find(StreamId stream) const {
  for (const Named& named : states_) {
    if (named.stream == stream) return *named.state;
  }
  check_failed("state was named in needs", __FILE__, __LINE__);
}

}  // namespace placet::domain
