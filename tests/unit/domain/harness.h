#pragma once

// given / when / then over the pure domain: what the engine does with a command, without the engine. A command goes
// through needs, authority, decide and fold; an event on a stream that `needs` did not name fails the test.

#include <cstdint>
#include <map>
#include <source_location>
#include <string>
#include <vector>

#include "domain/decide.h"

namespace placet::domain::testing {

/// A recognisable id: number n of its kind.
template <class Id>
constexpr Id id(std::uint64_t n) {
  return Id(Uuid{0x0192'0000'0000'7000, 0x8000'0000'0000'0000 + n});
}
inline constexpr LedgerId kLedger = id<LedgerId>(1);
inline constexpr Date kToday{20'738};  // Monday 12 October 2026
inline constexpr Timestamp kNow{20'738 * std::int64_t{86'400'000'000} + 32'400'000'000};

/// A personal text as it enters the domain: sealed already.
inline Box sealed(const std::string& text) { return Box::sealed("sealed:" + text); }
inline Digest digest(std::uint8_t n) { return Digest{n}; }

/// Signed in with a personal token, unless said otherwise.
Actor as(PersonId person, Strength strength = Strength::token);
/// The service itself: asks nobody.
Actor service();

/// Something that happened before the story starts.
struct Fact {
  StreamId stream;
  Event event;
  PersonId by{};
};

/// A ledger in memory, in the small.
class Story {
 public:
  using Here = std::source_location;

  /// The facts are folded, not decided.
  Story& given(const std::vector<Fact>& facts);
  Story& on(Date today);  // moves the clock to that day, 09:00 UTC
  /// Sends a command; what comes of it is for `then` and `then_refused`. With `AgreeToAct` the act is attached, as the
  /// adapter does.
  Story& when(const Command& command, const Actor& actor);
  /// Proposes it for a second person; `agreed_by` agrees to the last proposal.
  Story& proposed(const Command& command, const Actor& actor);
  Story& agreed_by(const Actor& actor);
  /// What agrees to the last proposal.
  AgreeToAct agreement() const;

  /// The last command was accepted: with these events, or with any.
  Story& then(const std::vector<Event>& expected, Here here = Here::current());
  Story& then_accepted(Here here = Here::current());
  /// The last command was refused; its message holds `words`.
  Story& then_refused(RejectionCode code, const std::string& words = {}, Here here = Here::current());

  /// Sends a command and expects it to be accepted: a step on the way.
  Story& done(const Command& command, const Actor& actor, Here here = Here::current());
  /// Proposed by one, agreed to by another, accepted.
  Story& done_by_two(const Command& command, const Actor& first, const Actor& second, Here here = Here::current());

  const Decision& last() const { return last_; }
  const StreamState& state(StreamId stream) { return streams_[stream]; }
  template <class State>
  const State& state_of(StreamId stream) {
    static const State kNone{};
    const auto* found = std::get_if<State>(&streams_[stream].state);
    return found != nullptr ? *found : kNone;
  }
  Facts facts(const Actor& actor) const;
  /// Every event so far.
  struct Recorded {
    Meta meta;
    Event event;
  };
  const std::vector<Recorded>& log() const { return log_; }
  /// What was proposed, by the position of the proposal.
  const std::map<LogPosition, Command>& proposals() const { return acts_; }
  Date today() const { return today_; }

 private:
  Decision run(const Command& command, const Actor& actor, bool propose);
  void apply(const Events& events, const Actor& actor);
  void record(const NewEvent& event, const Actor& actor, std::size_t index, std::size_t count);

  std::map<StreamId, StreamState> streams_;
  std::map<LogPosition, Command> acts_;  // that were proposed
  std::vector<Recorded> log_;
  Timestamp now_ = kNow;
  Date today_ = kToday;
  Decision last_ = Events{};
  LogPosition proposal_;
  std::uint64_t commands_ = 0;
};

}  // namespace placet::domain::testing
