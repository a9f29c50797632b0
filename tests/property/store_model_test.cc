#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <vector>

#include "base/check.h"
#include "tests/support/stores.h"

/// Random groups against a model that is a plain vector: the log must answer every question as the model does.
namespace placet::testing {
namespace {

constexpr std::size_t kStreams = 6;

struct Model {
  std::vector<std::pair<StreamId, Bytes>> records;
  std::map<store::CommandKey, store::CommandRow> commands;

  std::vector<std::uint64_t> positions(const StreamId& stream) const {
    std::vector<std::uint64_t> found;
    for (std::size_t i = 0; i < records.size(); ++i)
      if (records[i].first == stream) found.push_back(i);
    return found;
  }
};

StreamId stream_number(std::size_t n) { return {static_cast<std::uint8_t>(n % 2), {0, n / 2}}; }

/// Mostly small, some around a chunk, a few of the largest.
rc::Gen<std::size_t> record_size() {
  return rc::gen::weightedOneOf<std::size_t>({{20, rc::gen::inRange<std::size_t>(1, 400)},
                                              {3, rc::gen::inRange<std::size_t>(8'100, 8'300)},
                                              {1, rc::gen::just<std::size_t>(65'535)}});
}

/// A command of a few records on random streams, added to group and model alike.
void add_random_command(store::Group& group, Model& model) {
  const store::CommandRow row{{group.end().value}, *rc::gen::inRange<std::uint32_t>(1, 6)};
  for (std::uint32_t i = 0; i < row.count; ++i) {
    const StreamId stream = stream_number(*rc::gen::inRange<std::size_t>(0, kStreams));
    const auto version = static_cast<std::uint32_t>(model.positions(stream).size());
    const Bytes record(*record_size(), *rc::gen::arbitrary<char>());
    group.add_record(stream, {version}, record);
    model.records.emplace_back(stream, record);
  }
  const store::CommandKey key{{*rc::gen::arbitrary<std::uint64_t>(), model.commands.size()}, {}};
  group.add_command(key, row);
  model.commands[key] = row;
}

void compare_stream(store::EventLog& log, const Model& model, const StreamId& stream) {
  const auto expected = model.positions(stream);
  const auto head = log.head(stream).value();
  RC_ASSERT(head.has_value() == !expected.empty());
  if (head) RC_ASSERT(head->value == expected.size() - 1);
  const auto from = *rc::gen::inRange<std::uint32_t>(0, static_cast<std::uint32_t>(expected.size() + 2));
  const auto max = *rc::gen::inRange<std::size_t>(0, 20);
  const auto found = log.positions(stream, {from}, max).value();
  RC_ASSERT(found.size() == std::min<std::size_t>(max, expected.size() > from ? expected.size() - from : 0));
  for (std::size_t i = 0; i < found.size(); ++i) RC_ASSERT(found[i].value == expected[from + i]);
  std::size_t next = from;
  RC_ASSERT(log.read_stream(stream, {from},
                            [&](StreamVersion version, LogPosition position, BytesView record) {
                              RC_ASSERT(version.value == next);
                              RC_ASSERT(position.value == expected.at(next));
                              RC_ASSERT(record == model.records[position.value].second);
                              ++next;
                              return true;
                            })
                .has_value());
  RC_ASSERT(next == std::max<std::size_t>(from, expected.size()));
}

void compare(store::EventLog& log, const Model& model) {
  RC_ASSERT(log.size().value == model.records.size());
  const auto from = *rc::gen::inRange<std::size_t>(0, model.records.size() + 1);
  std::size_t next = from;
  RC_ASSERT(log.read({from},
                     [&](LogPosition position, BytesView record) {
                       RC_ASSERT(position.value == next);
                       RC_ASSERT(record == model.records.at(next).second);
                       ++next;
                       return true;
                     })
                .has_value());
  RC_ASSERT(next == model.records.size());
  if (!model.records.empty()) {
    const auto at = *rc::gen::inRange<std::size_t>(0, model.records.size());
    RC_ASSERT(log.record({at}).value() == model.records[at].second);
  }
  for (std::size_t n = 0; n < kStreams; ++n) compare_stream(log, model, stream_number(n));
  for (const auto& [key, row] : model.commands) RC_ASSERT(log.command(key).value() == row);
}

void answers_as_the_model_does(MakeLog make) {
  const auto under_test = make();
  Model model;
  store::Group group({0});
  const auto groups = *rc::gen::inRange(0, 8);
  for (int i = 0; i < groups; ++i) {
    group.clear(under_test->log().size());
    for (auto commands = *rc::gen::inRange(0, 12); commands > 0; --commands) add_random_command(group, model);
    RC_ASSERT(under_test->log().append(group).has_value());
    if (*rc::gen::inRange(0, 4) == 0) under_test->reopen();
    compare(under_test->log(), model);
  }
}

RC_GTEST_PROP(StoreModel, TheMemoryLogAnswersAsTheModelDoes, ()) { answers_as_the_model_does(&log_in_memory); }
RC_GTEST_PROP(StoreModel, TheRocksLogAnswersAsTheModelDoes, ()) { answers_as_the_model_does(&log_on_rocks); }

}  // namespace
}  // namespace placet::testing
