#pragma once

// A random history of the domain, sent through a real engine: the log is what placetd would have written. For property
// tests of the engine and of whatever reads its log.

#include <map>
#include <vector>

#include "tests/property/domain/history.h"
#include "tests/unit/engine/fixture.h"

namespace placet::testing {

class SentHistory : public engine::EngineUnderTest {
 public:
  explicit SentHistory(std::uint64_t seed) : EngineUnderTest(domain::testing::kNow), history_(seed) {}
  virtual ~SentHistory() = default;

  /// Some more steps of the history, sent many commands at a time; the first ones found its world. Adds a failure where
  /// the engine answers otherwise than the domain decided.
  void run(std::size_t steps);

  /// A command as the engine got it, and what it said.
  struct Sent {
    engine::Submission submission;
    engine::Outcome answer;
    bool left_events() const;
  };
  const std::vector<Sent>& sent() const { return sent_; }
  const domain::testing::History& history() const { return history_; }
  const store::EventLog& log() const { return log_; }

 protected:
  /// Gets these to the engine and comes back with its answers: here at once and without a fault.
  virtual std::vector<engine::Outcome> deliver(std::vector<engine::Submission> submissions) {
    return act_all(std::move(submissions));
  }
  /// Before the next step.
  void let_days_pass(int days) { history_.story().on(history_.story().today().plus_days(days)); }

 private:
  /// An act that waits for a second person, as it stands in the log. Refusals by controls are facts there, which the
  /// history does not have: so it stands at another position than in the history.
  struct Proposed {
    LogPosition position;
    domain::ActProposed event;
  };

  void send_until(std::size_t end);
  std::vector<engine::Submission> next_request(std::size_t end);
  engine::Submission submission_of(const domain::testing::Attempt& attempt);
  void attach_proposal(engine::Submission& submission) const;
  void note(engine::Submission submission, const engine::Outcome& answer);
  Proposed proposed_at(LogPosition position) const;

  domain::testing::History history_;
  std::vector<Sent> sent_;
  std::map<LogPosition, Proposed> proposed_;  // by the position in the history
};

}  // namespace placet::testing
