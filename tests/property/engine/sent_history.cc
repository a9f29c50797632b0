#include "tests/property/engine/sent_history.h"

#include <set>

#include "codec/command.h"
#include "codec/record.h"

namespace placet::testing {

using domain::testing::Attempt;

bool SentHistory::Sent::left_events() const {
  if (const auto* done = accepted(answer)) return done->count > 0;
  // Each, as no person here is refused a hundred times in an hour.
  return domain::is_control(refusal(answer)) && !submission.actor.person.is_nil();
}

void SentHistory::run(std::size_t steps) {
  for (; steps > 0; --steps) {
    const std::size_t before = history_.attempts().size();
    history_.step();
    const std::int64_t passed = history_.story().facts({}).now.micros - clock_.now().micros;
    if (passed == 0) continue;
    send_until(before);
    clock_.advance_micros(passed);
  }
  send_until(history_.attempts().size());
}

void SentHistory::send_until(std::size_t end) {
  while (sent_.size() < end) {
    auto request = next_request(end);
    const auto answers = deliver(request);
    for (std::size_t i = 0; i < answers.size(); ++i) note(std::move(request[i]), answers[i]);
  }
}

/// As many as can be sent at once: all waits for the ledger, and an agreement for the answer to its proposal.
std::vector<engine::Submission> SentHistory::next_request(std::size_t end) {
  std::vector<engine::Submission> request;
  std::set<LogPosition> proposals;
  for (std::size_t next = sent_.size(); next < end; ++next) {
    const Attempt& attempt = history_.attempts()[next];
    const auto* agree = std::get_if<domain::AgreeToAct>(&attempt.command);
    if (agree != nullptr && proposals.contains(agree->proposal)) break;
    if (attempt.proposed && !attempt.refused) proposals.insert({attempt.before.value});
    request.push_back(submission_of(attempt));
    if (std::holds_alternative<domain::FoundLedger>(attempt.command)) break;
  }
  return request;
}

void SentHistory::note(engine::Submission submission, const engine::Outcome& answer) {
  const Attempt& attempt = history_.attempts()[sent_.size()];
  const auto expected = attempt.refused ? attempt.refused->code : domain::RejectionCode::unspecified;
  EXPECT_EQ(domain::name_of(refusal(answer)), domain::name_of(expected))
      << "command " << sent_.size() << ", " << domain::kCommandNames[attempt.command.index()];
  if (const auto* done = accepted(answer); done != nullptr && attempt.proposed)
    proposed_[{attempt.before.value}] = proposed_at(done->first);
  sent_.push_back({std::move(submission), answer});
}

engine::Submission SentHistory::submission_of(const Attempt& attempt) {
  engine::Submission submission = as_service(attempt.command);
  submission.actor = attempt.actor;
  submission.intent = attempt.proposed ? engine::Intent::propose : engine::Intent::act;
  attach_proposal(submission);
  return submission;
}

/// Does for an agreement what the adapter does; the history names the proposal by its own position and hash.
void SentHistory::attach_proposal(engine::Submission& submission) const {
  auto* agree = std::get_if<domain::AgreeToAct>(&submission.command);
  if (agree == nullptr) return;
  const auto found = proposed_.find(agree->proposal);
  if (found == proposed_.end()) return;
  const auto& in_history = std::get<domain::ActProposed>(history_.log()[agree->proposal.value].event);
  const Proposed& here = found->second;
  agree->proposal = here.position;
  if (agree->hash == in_history.hash) agree->hash = here.event.hash;
  submission.proposed = codec::read_command(here.event.act).value();
}

SentHistory::Proposed SentHistory::proposed_at(LogPosition position) const {
  const auto stored = codec::read_record(log_.record(position).value()).value();
  return {position, std::get<domain::ActProposed>(stored.event)};
}

}  // namespace placet::testing
