#include "tests/unit/domain/harness.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "crypto/sha256.h"
#include "domain/authority.h"

namespace placet::domain::testing {

namespace {

std::uint16_t audience_of(const Event& event) {
  return std::visit(
      []<class E>(const E&) -> std::uint16_t {
        if constexpr (std::is_same_v<E, std::monostate>) {
          return 0;
        } else {
          return EventTraits<E>::kAudience;
        }
      },
      event);
}

std::string names(const std::vector<Event>& events) {
  std::string out;
  for (const Event& event : events) out += " " + std::string(kEventNames[event.index()]);
  return out.empty() ? " nothing" : out;
}

std::string told(const Decision& decision) {
  if (!decision)
    return "refused (" + std::to_string(static_cast<int>(decision.error().code)) + "): " + decision.error().message;
  std::vector<Event> events;
  for (const NewEvent& event : *decision) events.push_back(event.event);
  return "accepted:" + names(events);
}

::testing::AssertionResult fails(const std::string& what) { return ::testing::AssertionFailure() << what; }

std::string at(const Story::Here& here) {
  return std::string(here.file_name()) + ":" + std::to_string(here.line()) + ": ";
}

}  // namespace

Actor as(PersonId person, Strength strength) {
  return {.person = person,
          .account = AccountId(person.value),
          .strength = strength,
          .channel = Channel::rpc,
          .on_behalf_of = {},
          .right = Right::own};
}

Actor service() {
  return {.person = {}, .account = {}, .strength = Strength::system, .channel = Channel::service, .on_behalf_of = {}};
}

Facts Story::facts(const Actor& actor) const {
  Facts facts;
  facts.ledger = kLedger;
  facts.now = now_;
  facts.today = today_;
  facts.actor = actor;
  return facts;
}

Story& Story::given(const std::vector<Fact>& facts) {
  ++commands_;
  for (std::size_t i = 0; i < facts.size(); ++i)
    record({facts[i].stream, facts[i].event, today_, {}}, facts[i].by.is_nil() ? service() : as(facts[i].by), i,
           facts.size());
  return *this;
}

Story& Story::on(Date today) {
  today_ = today;
  now_ = {kNow.micros + (today.days - kToday.days) * std::int64_t{86'400'000'000}};
  return *this;
}

Story& Story::when(const Command& command, const Actor& actor) {
  last_ = run(command, actor, false);
  if (last_) apply(*last_, actor);
  return *this;
}

Story& Story::proposed(const Command& command, const Actor& actor) {
  last_ = run(command, actor, true);
  if (!last_) return *this;
  proposal_ = {log_.size()};
  acts_[proposal_] = command;
  apply(*last_, actor);
  return *this;
}

Story& Story::agreed_by(const Actor& actor) { return when(agreement(), actor); }

AgreeToAct Story::agreement() const {
  PLACET_CHECK(acts_.contains(proposal_), "nothing was proposed");
  const Recorded& proposal = log_[proposal_.value];
  return {static_cast<Category>(proposal.meta.stream.category), proposal.meta.stream.id, proposal_,
          std::get<ActProposed>(proposal.event).hash, proposal.meta.actor.person};
}

Story& Story::then(const std::vector<Event>& expected, Here here) {
  std::vector<Event> events;
  if (last_) {
    for (const NewEvent& event : *last_) events.push_back(event.event);
  }
  EXPECT_TRUE(last_ && events == expected ? ::testing::AssertionSuccess()
                                          : fails(at(here) + told(last_) + "\nexpected:" + names(expected)));
  return *this;
}

Story& Story::then_accepted(Here here) {
  EXPECT_TRUE(last_ ? ::testing::AssertionSuccess() : fails(at(here) + told(last_)));
  return *this;
}

Story& Story::then_refused(RejectionCode code, const std::string& words, Here here) {
  const bool as_expected =
      !last_ && last_.error().code == code && last_.error().message.find(words) != std::string::npos;
  EXPECT_TRUE(as_expected ? ::testing::AssertionSuccess()
                          : fails(at(here) + told(last_) + "\nexpected refusal " +
                                  std::to_string(static_cast<int>(code)) + " '" + words + "'"));
  return *this;
}

Story& Story::done(const Command& command, const Actor& actor, Here here) {
  return when(command, actor).then_accepted(here);
}

Story& Story::done_by_two(const Command& command, const Actor& first, const Actor& second, Here here) {
  proposed(command, first).then_accepted(here);
  return last_ ? agreed_by(second).then_accepted(here) : *this;
}

Decision Story::run(const Command& command, const Actor& actor, bool propose_it) {
  Facts facts = this->facts(actor);
  if (const auto* agree = std::get_if<AgreeToAct>(&command)) {
    if (const auto act = acts_.find(agree->proposal); act != acts_.end()) facts.proposed = act->second;
  }
  Needs needs = needs_of(command, facts);
  if (needs.states.size() > kStatesMax)
    return refuse(RejectionCode::too_large, "more than 64 streams");  // the engine's
  needs.states.push_back(stream_of(facts.actor.person));
  States states;
  for (const StreamId& stream : needs.states) states.add(stream, &streams_[stream]);
  if (auto allowed = check_authority(states, command, facts); !allowed) return std::unexpected(allowed.error());
  Decision decision = propose_it ? propose(states, command, facts, "act " + std::to_string(log_.size()))
                                 : decide(states, command, facts);
  if (!decision) return decision;
  for (const NewEvent& event : *decision) {
    const bool named = std::find(needs.states.begin(), needs.states.end(), event.stream) != needs.states.end();
    EXPECT_TRUE(named) << kEventNames[event.event.index()] << " stands on a stream that needs did not name";
  }
  return decision;
}

void Story::apply(const Events& events, const Actor& actor) {
  ++commands_;
  for (std::size_t i = 0; i < events.size(); ++i) record(events[i], actor, i, events.size());
}

void Story::record(const NewEvent& event, const Actor& actor, std::size_t index, std::size_t count) {
  Meta meta;
  meta.position = {log_.size()};
  meta.stream = event.stream;
  meta.version = {streams_[event.stream].events};
  meta.index = static_cast<std::uint16_t>(index);
  meta.count = static_cast<std::uint16_t>(count);
  meta.recorded_at = now_;
  meta.effective_on = event.effective_on;
  meta.actor = actor;
  meta.command = CommandId(Uuid{0, commands_});
  meta.audience = audience_of(event.event);
  meta.parties = event.parties;
  fold(streams_[event.stream], event.event, meta);
  log_.push_back({meta, event.event});
}

}  // namespace placet::domain::testing
