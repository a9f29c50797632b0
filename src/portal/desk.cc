#include "portal/desk.h"

#include <algorithm>
#include <chrono>
#include <future>
#include <utility>
#include <variant>

#include "access/hints.h"
#include "access/prepare.h"
#include "codec/command.h"

namespace placet::portal {

using namespace std::chrono_literals;

namespace {

constexpr auto kAnswerWithin = 10s;
constexpr auto kRowsWithin = 2s;
constexpr std::size_t kWrittenMax = 1'024;

}  // namespace

Result<std::vector<engine::Outcome>> Desk::submit(const domain::Actor& actor, std::vector<Draft> drafts) {
  const Date today = services_.zone.local_day(services_.clock.now());
  access::Hints hints(services_.log, services_.streams, services_.ledger);
  std::vector<engine::Outcome> outcomes(drafts.size());
  std::vector<std::size_t> places;
  auto request = std::make_unique<engine::Request>();
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    engine::Submission submission;
    submission.id = drafts[i].id;
    submission.actor = actor;
    submission.command = std::move(drafts[i].command);
    const Bytes canonical = codec::canonical_bytes(submission.command);
    submission.request_hash = services_.vault.request_hash(canonical);
    auto prepared = access::prepare_for(actor.person, submission.command, submission.id, hints,
                                        {services_.vault, services_.zone, services_.ledger, today});
    if (!prepared) {
      outcomes[i] = std::move(prepared).error();
      continue;
    }
    submission.proposed = std::move(*prepared);
    places.push_back(i);
    request->bytes += canonical.size();
    request->submissions.push_back(std::move(submission));
  }
  if (places.empty()) return outcomes;
  PLACET_ASSIGN(Answer answer, wait_for(std::move(request)));
  for (std::size_t i = 0; i < places.size(); ++i) outcomes[places[i]] = std::move(answer.outcomes[i]);
  has_written(actor.account, answer.size);
  return outcomes;
}

Result<Desk::Answer> Desk::wait_for(std::unique_ptr<engine::Request> request) {
  // Shared with the committer, which may answer after nobody waits any longer.
  const auto promise = std::make_shared<std::promise<Answer>>();
  auto answer = promise->get_future();
  request->answer = [promise](std::vector<engine::Outcome> outcomes, LogSize size) {
    promise->set_value({std::move(outcomes), size});
  };
  if (!services_.inbox.offer(request)) return fail(ErrorCode::unavailable, "the inbox is full or closed");
  if (answer.wait_for(kAnswerWithin) != std::future_status::ready)
    return fail(ErrorCode::unavailable, "the ledger did not answer in time");
  return answer.get();
}

void Desk::has_written(AccountId account, LogSize size) {
  const auto view = services_.projections.view();
  const std::lock_guard lock(mutex_);
  if (written_.size() >= kWrittenMax && view)
    std::erase_if(written_, [&](const auto& one) { return one.second <= view->basis().size; });
  LogSize& known = written_[account];
  known = std::max(known, size);
}

Result<readside::Reading> Desk::read(const access::Caller& caller, LogSize at_least) {
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = written_.find(caller.actor.account); found != written_.end())
      at_least = std::max(at_least, found->second);
  }
  PLACET_ASSIGN(auto rows, services_.projections.at_least(at_least, kRowsWithin));
  auto* const ready = std::get_if<readside::Ready>(&rows);
  if (ready == nullptr) return fail(ErrorCode::unavailable, "the rows are behind what was written, or one has stopped");
  const Timestamp now = services_.clock.now();
  return readside::Reading({services_.log, services_.vault, now, services_.zone.local_day(now)}, caller,
                           std::move(ready->view));
}

Result<readside::Reading> Desk::read_as_of(const access::Caller& caller, Date day) {
  const Timestamp now = services_.clock.now();
  const auto midnight = services_.zone.instant(day.plus_days(1), 0, std::nullopt);
  const auto* const end = std::get_if<Timestamp>(&midnight);
  if (end == nullptr) return fail(ErrorCode::not_found, "a day whose end the clock skips");
  const std::unique_lock alone(looking_back_, std::try_to_lock);
  if (!alone) return fail(ErrorCode::unavailable, "somebody else looks at the past");
  const Timestamp last{std::min(end->micros - 1, now.micros)};
  PLACET_ASSIGN(auto view, services_.projections.as_of().at(last));
  return readside::Reading({services_.log, services_.vault, now, services_.zone.local_day(now)}, caller,
                           std::move(view));
}

}  // namespace placet::portal
