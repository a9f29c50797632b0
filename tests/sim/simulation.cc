#include "tests/sim/simulation.h"

#include <algorithm>
#include <iterator>
#include <span>
#include <utility>

#include "codec/record.h"

namespace placet::sim {

using domain::RejectionCode;
using engine::Accepted;
using engine::Outcome;
using engine::Submission;

namespace {

Id id_of(const Uuid& id) { return {id.hi, id.lo}; }
CommandKey key_of(const Submission& submission) {
  return {id_of(submission.id.value), id_of(submission.actor.account.value)};
}

/// What the answer says, whether it is the first one or not.
std::string text_of(const Outcome& outcome) {
  if (const auto* done = std::get_if<Accepted>(&outcome))
    return std::to_string(done->count) + " events at " + std::to_string(done->first.value);
  const auto& rejection = std::get<domain::Rejection>(outcome);
  return std::string(domain::name_of(rejection.code)) + ": " + rejection.message;
}

std::vector<Submission> joined(const std::array<std::vector<Submission>, 2>& requests) {
  std::vector<Submission> all = requests[0];
  all.insert(all.end(), requests[1].begin(), requests[1].end());
  return all;
}

std::vector<Submission> take_first(std::span<const Submission>& rest, std::size_t count) {
  const auto first = rest.first(std::min(count, rest.size()));
  rest = rest.subspan(first.size());
  return {first.begin(), first.end()};
}

}  // namespace

Simulation::Simulation(std::uint64_t seed, std::size_t state_cache_bytes) : SentHistory(seed), choice_(~seed) {
  stop();
  limits_.requests = 6;
  settings_.state_cache_bytes = state_cache_bytes;
  on_durable_ = [this](const store::Head& head) {
    const std::lock_guard lock(heads_mutex_);
    heads_.push_back(head);
  };
  start();
  views_ = std::make_unique<Views>(log_, choice_, incidents_);
}

Simulation::~Simulation() {
  views_.reset();
  stop();
}

void Simulation::run(std::size_t commands) {
  while (sent().size() < commands) {
    SentHistory::run(1 + below(12));
    if (!one_in(25)) continue;
    incidents_.add(Incident::days_down);
    crash(log_.size());
    let_days_pass(static_cast<int>(1 + below(5)));
  }
  views_->equal_a_replay();
  crash(log_.size());
  views_->equal_a_replay();
}

// ---- requests

Simulation::Outcomes Simulation::deliver(Submissions submissions) {
  Outcomes outcomes;
  for (std::span<const Submission> rest = submissions; !rest.empty();) {
    Requests requests = {take_first(rest, 1 + below(8)), {}};
    if (one_in(2)) requests[1] = take_first(rest, 1 + below(8));
    for (const Submission& submission : joined(requests)) model_.sent(key_of(submission));
    if (log_.size().value > 0 && one_in(4)) incident(requests[0]);
    const bool back = log_.size().value > 0 && one_in(20) && time_stands();
    if (back) {
      incidents_.add(Incident::clock_a_second_back);
      clock_.jump_micros(-1'000'000);
    }
    std::ranges::move(exchange(requests), std::back_inserter(outcomes));
    if (back) clock_.jump_micros(1'000'000);
  }
  return outcomes;
}

/// A crash takes the answers back, and as much of the log as one can take: at the end of each request a group ends.
Simulation::Outcomes Simulation::exchange(const Requests& requests) {
  const Submissions all = joined(requests);
  Ends ends;
  const Outcomes first = send_in_turn(requests, ends);
  if (ends[0].value == 0 || !one_in(5)) {
    heard(all, first);
    return first;
  }
  const std::vector<Bytes> records = records_from(ends[0]);
  bool answered = false;
  if (ends[0] < ends[1] && !requests[1].empty() && one_in(2)) {
    crash(ends[0]);
    const Outcomes answers = send_at_once(requests);
    answered = one_in(2);
    if (answered) heard_again(all, answers, first);
  }
  if (!answered) {
    const std::size_t durable = below(ends.size());
    crash(ends.at(durable));
    send_again(all, first, durable == 0 ? 0 : durable == 1 ? requests[0].size() : all.size());
  }
  EXPECT_TRUE(records_from(ends[0]) == records) << "sent again it left other records than at first";
  return first;
}

Simulation::Outcomes Simulation::send_in_turn(const Requests& requests, Ends& ends) {
  Outcomes outcomes;
  ends[0] = log_.size();
  for (std::size_t i = 0; i < requests.size(); ++i) {
    if (!requests.at(i).empty()) std::ranges::move(act_all(requests.at(i)), std::back_inserter(outcomes));
    ends.at(i + 1) = log_.size();
  }
  return outcomes;
}

/// Whoever got no answer sends the same again. What left no events is not known again but decided anew: it is given up
/// when what came behind it is durable, since it might be decided otherwise now.
void Simulation::send_again(const Submissions& all, const Outcomes& first, std::size_t durable) {
  Submissions again;
  Outcomes expected;
  bool given_up = false;
  for (std::size_t i = all.size(); i-- > 0;) {
    const bool left_events = Sent{all[i], first[i]}.left_events();
    given_up = given_up || (left_events && i < durable);
    if (given_up && !left_events) continue;
    again.insert(again.begin(), all[i]);
    expected.insert(expected.begin(), first[i]);
  }
  incidents_.add(Incident::sent_again, again.size());
  heard_again(again, act_all(again), expected);
}

/// The second is decided while the first is being written, and the inbox fills up behind them. The first leaves
/// events, so that its group is one of its own.
Simulation::Outcomes Simulation::send_at_once(const Requests& requests) {
  incidents_.add(Incident::decided_beside_a_write);
  log_.hold_appends();
  auto first = send(requests[0]);
  log_.wait_for_held_append();
  auto second = send(requests[1], std::size_t{1} << 20U);
  std::vector<std::future<Outcomes>> others;
  if (one_in(2)) others = fill_inbox();
  log_.release_appends();
  Outcomes outcomes = first.get();
  std::ranges::move(second.get(), std::back_inserter(outcomes));
  for (const auto& other : others) other.wait();  // so that there is room again
  return outcomes;
}

std::vector<std::future<Simulation::Outcomes>> Simulation::fill_inbox() {
  const Submissions repeat = {some_sent().front()->submission};
  std::vector<std::future<Outcomes>> taken;
  for (auto one = offer(repeat); one && taken.size() < 3 * limits_.requests; one = offer(repeat))
    taken.push_back(std::move(*one));
  EXPECT_LT(taken.size(), 3 * limits_.requests) << "never full";
  incidents_.add(Incident::full_inbox);
  return taken;
}

// ---- faults

/// The process ends and another one starts. Of the log is left what was durable; the head may be a write or two behind.
void Simulation::crash(LogSize left) {
  incidents_.add(Incident::crash);
  if (left < log_.size()) incidents_.add(Incident::lost_group);
  views_->crash();
  stop();
  for (const store::Head& head : heads_) {
    if (head.size.value > model_.size()) continue;
    Hash root;
    std::ranges::copy(head.root, root.begin());
    model_.head(head.size.value, root);
  }
  log_.lose_beyond(left);
  std::erase_if(heads_, [&](const store::Head& head) { return left < head.size; });
  heads_.erase(heads_.begin(), heads_.end() - static_cast<std::ptrdiff_t>(std::min<std::size_t>(3, heads_.size())));
  ASSERT_FALSE(heads_.empty());
  ASSERT_TRUE(store::HeadFile::open(head_path_)->write(heads_.at(below(heads_.size()))).has_value());
  start();
  views_->start();

  std::uint64_t position = 0;
  for (const Bytes& record : records_from({0})) {
    if (position < model_.size()) model_.stored_still(position++, record);
  }
  EXPECT_EQ(position, model_.size()) << "what was answered is gone";
  look_at_log();
}

/// `next`: what is sent next, and may be refused now.
void Simulation::incident(const Submissions& next) {
  switch (below(10)) {
    case 0: return crash(log_.size());
    case 1: return repeat();
    case 2: return reuse_ids();
    case 3: {
      const bool accepts = std::ranges::any_of(next, [](const Submission& submission) {
        return std::holds_alternative<domain::AcceptClock>(submission.command);
      });
      if (accepts) return;
      incidents_.add(Incident::clock_set);
      const std::int64_t micros =
          (one_in(2) ? 1 : -1) * static_cast<std::int64_t>(2'000'000 + below(1'000'000'000'000));
      clock_.jump_micros(micros);
      refuse_all(next, RejectionCode::clock_jumped);
      clock_.jump_micros(-micros);
      return;
    }
    case 4: {
      const bool by_service = std::ranges::any_of(
          next, [](const Submission& submission) { return submission.actor.strength == domain::Strength::system; });
      if (by_service) return;
      incidents_.add(Incident::disk_low);
      disk_is_low_ = true;
      refuse_all(next, RejectionCode::disk_low);
      disk_is_low_ = false;
      return;
    }
    default: return views_->incident();
  }
}

void Simulation::refuse_all(const Submissions& next, RejectionCode code) {
  const auto answers = act_all(next);
  for (const Outcome& answer : answers) EXPECT_EQ(refusal(answer), code);
  EXPECT_EQ(log_.size().value, model_.size()) << "a refusal left events";
  heard(next, answers);
}

void Simulation::repeat() {
  const auto some = some_sent();
  Submissions again;
  Outcomes expected;
  for (const Sent* one : some) {
    again.push_back(one->submission);
    expected.push_back(one->answer);
  }
  const auto answers = act_all(again);
  EXPECT_EQ(log_.size().value, model_.size()) << "a repeat left events";
  heard_again(again, answers, expected);
  incidents_.add(Incident::repeat, some.size());
}

void Simulation::reuse_ids() {
  const auto some = some_sent();
  Submissions others;
  for (const Sent* one : some) {
    others.push_back(one->submission);
    others.back().request_hash[31] ^= 1U;
  }
  refuse_all(others, RejectionCode::command_id_reused);
  incidents_.add(Incident::reused_id, some.size());
}

/// Something was recorded at this very moment, so that recorded time stands still when the clock is set back a little.
bool Simulation::time_stands() {
  const Bytes last = log_.record({log_.size().value - 1}).value();
  return codec::read_meta(last).value().recorded_at == clock_.now();
}

// ---- the model

void Simulation::heard(const Submissions& submissions, const Outcomes& outcomes) {
  ASSERT_EQ(submissions.size(), outcomes.size());
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    const CommandKey key = key_of(submissions[i]);
    if (const auto* done = accepted(outcomes[i]))
      model_.accepted(key, done->first.value, done->count, done->repeated);
    else
      model_.refused(key, static_cast<std::uint16_t>(refusal(outcomes[i])));
  }
  look_at_log();
}

void Simulation::heard_again(const Submissions& submissions, const Outcomes& outcomes, const Outcomes& first) {
  ASSERT_EQ(submissions.size(), outcomes.size());
  for (std::size_t i = 0; i < outcomes.size(); ++i)
    EXPECT_EQ(text_of(outcomes[i]), text_of(first[i]))
        << domain::kCommandNames[submissions[i].command.index()] << " sent again";
  heard(submissions, outcomes);
}

void Simulation::look_at_log() {
  for (const Bytes& record : records_from({model_.size()})) model_.stored(record);
  model_.settle();
}

std::vector<Bytes> Simulation::records_from(LogSize size) const {
  std::vector<Bytes> records;
  EXPECT_TRUE(log_.read({size.value},
                        [&](LogPosition, BytesView record) {
                          records.emplace_back(record);
                          return true;
                        })
                  .has_value());
  return records;
}

/// Of those that left events: others are not known again, but decided anew.
std::vector<const testing::SentHistory::Sent*> Simulation::some_sent() {
  std::vector<const Sent*> some;
  for (std::size_t count = 1 + below(4); some.size() < count;) {
    const Sent& one = sent().at(below(sent().size()));
    if (one.left_events()) some.push_back(&one);
  }
  return some;
}

}  // namespace placet::sim
