#pragma once

#include <gtest/gtest.h>

#include <variant>
#include <vector>

#include "codec/record.h"
#include "domain/meta.h"
#include "store/event_log.h"

namespace placet::testing {

/// One event as a test gives it.
struct Fact {
  StreamId stream;
  domain::Event event;
  domain::Parties parties = {};
};

/// Writes commands straight into a log, without deciding anything: what a projection is told is up to the test.
class LedgerWriter {
 public:
  explicit LedgerWriter(store::EventLog& log) : log_(log) {}

  /// Of what is written from here on.
  domain::Actor actor{PersonId({1, 1}),     AccountId({1, 2}), domain::Strength::token,
                      domain::Channel::rpc, PersonId(),        domain::Right::own};
  Timestamp now{1'791'000'000'000'000};
  Date today{20'739};
  std::uint16_t audience = 0;  // roles, as bits

  /// One command, in a commit group of its own. Returns the position of its first event.
  LogPosition write(const std::vector<Fact>& facts) {
    store::Group group(log_.size());
    const LogPosition first{log_.size().value};
    for (std::size_t i = 0; i < facts.size(); ++i) add(group, facts, i);
    EXPECT_TRUE(log_.append(group).has_value());
    return first;
  }
  LogSize size() const { return log_.size(); }
  LogPosition write(StreamId stream, domain::Event event) { return write({{stream, std::move(event), {}}}); }

 private:
  void add(store::Group& group, const std::vector<Fact>& facts, std::size_t index) {
    const Fact& fact = facts[index];
    domain::Meta meta;
    meta.position = {group.end().value};
    meta.stream = fact.stream;
    meta.version = next_version(fact.stream, facts, index);
    meta.index = static_cast<std::uint16_t>(index);
    meta.count = static_cast<std::uint16_t>(facts.size());
    meta.recorded_at = now;
    meta.effective_on = today;
    meta.audience = audience;
    meta.actor = actor;
    meta.command = CommandId({7, group.start().value + 1});
    meta.parties = fact.parties;
    const auto bytes = writer_.write(meta, fact.event);
    ASSERT_TRUE(bytes.has_value());
    group.add_record(fact.stream, meta.version, *bytes);
  }

  StreamVersion next_version(StreamId stream, const std::vector<Fact>& facts, std::size_t index) {
    const auto head = log_.head(stream).value();
    std::uint32_t version = head ? head->value + 1 : 0;
    for (std::size_t i = 0; i < index; ++i) version += facts[i].stream == stream ? 1 : 0;
    return {version};
  }

  store::EventLog& log_;
  codec::RecordWriter writer_;
};

template <class Id>
StreamId stream(domain::Category category, Id id) {
  return {static_cast<std::uint8_t>(category), id.value};
}

}  // namespace placet::testing
