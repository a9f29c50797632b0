#include <capnp/schema.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <utility>
#include <vector>

#include "codec/ids.h"
#include "tools/client/connection.h"
#include "tools/client/follower.h"
#include "tools/placet/output.h"
#include "tools/placet/verbs.h"

namespace placet::cli {

namespace {

constexpr std::uint32_t kWaitMs = 30'000;

struct Options {
  std::uint64_t from = 0;
  std::uint64_t count = UINT64_MAX;
  std::string since;
  bool now = false;
  std::vector<std::string> categories, types, streams, parties;
};

/// Where a name stands in a list of them.
template <class Names>
std::uint16_t number_in(const Names& names, const std::string& option, const std::string& name) {
  const auto found = std::ranges::find(names, name);
  if (found == std::end(names)) wrong_usage(option, "'" + name + "' is none; schema/EVENTS.md has them all");
  return static_cast<std::uint16_t>(found - std::begin(names));
}

std::vector<std::string> category_names() {
  std::vector<std::string> names;
  for (const auto one : capnp::Schema::from<schema::Category>().getEnumerants())
    names.emplace_back(one.getProto().getName().cStr());
  return names;
}

void write_ids(capnp::List<schema::Id>::Builder to, const std::string& option, const std::vector<std::string>& from) {
  for (unsigned i = 0; i < to.size(); ++i) {
    const auto id = Uuid::parse(from[i]);
    if (!id) wrong_usage(option, "'" + from[i] + "' is not an id");
    codec::write(*id, to[i]);
  }
}

/// Has it begin where the user wants, and be sent what he wants.
void aim(client::Follower& follower, const Options& options, client::Connection& connection) {
  auto filter = follower.filter();
  const auto count = [](const auto& list) { return static_cast<unsigned>(list.size()); };
  auto categories = filter.initCategories(count(options.categories));
  for (unsigned i = 0; i < categories.size(); ++i)
    categories.set(i, static_cast<schema::Category>(number_in(category_names(), "--category", options.categories[i])));
  auto types = filter.initTypes(count(options.types));
  for (unsigned i = 0; i < types.size(); ++i) types.set(i, number_in(domain::kEventNames, "--type", options.types[i]));
  write_ids(filter.initStreams(count(options.streams)), "--stream", options.streams);
  write_ids(filter.initParties(count(options.parties)), "--party", options.parties);
  if (options.now) follower.begin(connection, [](schema::Place::Builder at) { at.setNow(); });
  if (!options.since.empty()) {
    const auto since = Timestamp::parse(options.since);
    if (!since) wrong_usage("--since", "'" + options.since + "' is no UTC instant such as 2026-11-02T08:00:00Z");
    follower.begin(connection, [&](schema::Place::Builder at) { at.setSince(since->micros); });
  }
}

/// Prints from `options.from` on, as far as the log goes.
void read(const Options& options, Global& global) {
  client::Connection connection(global.server);
  connection.sign_in(read_token(global));
  client::Follower follower(options.from);
  aim(follower, options, connection);
  Output output = Output::of_records(global.output, connection.zone());
  std::uint64_t left = options.count;
  bool caught_up = false;
  while (left > 0 && !caught_up) {
    caught_up = follower.read_page(connection, 0, [&](BytesView record) {
      if (left == 0) return;
      --left;
      output.add_record(record);
    });
  }
  output.finish(follower.size(), "");
}

/// The same, and waits for more: a line an event, as it happens.
void follow(const Options& options, Global& global) {
  client::Connection connection(global.server);
  connection.sign_in(read_token(global));
  client::Follower follower(options.from);
  aim(follower, options, connection);
  Output output = Output::of_records("ndjson", connection.zone());
  std::uint64_t left = options.count;
  while (left > 0) {
    follower.read_page(connection, kWaitMs, [&](BytesView record) {
      if (left == 0) return;
      --left;
      output.add_record(record);
    });
    std::fflush(stdout);
  }
}

}  // namespace

void add_log(CLI::App& app, Global& global) {
  CLI::App* verb = app.add_subcommand("log", "The events themselves");
  verb->require_subcommand(1);
  verb->footer("Example:\n  placet log read --from 1000 --count 20");
  const auto add = [&](const char* name, const char* help, const char* example, auto run) {
    auto options = std::make_shared<Options>();
    CLI::App* action = verb->add_subcommand(name, help);
    action->footer(std::string("Example:\n  ") + example);
    action->add_option("--from", options->from, "First position, the start of a command")->capture_default_str();
    action->add_option("--count", options->count, "How many at most");
    action->add_option("--since", options->since, "Begin with what was recorded at that UTC instant");
    action->add_option("--category", options->categories, "Only of streams of this kind, such as timesheet");
    action->add_option("--type", options->types, "Only events of this type, such as daysApproved");
    action->add_option("--stream", options->streams, "Only of the streams of this id");
    action->add_option("--party", options->parties, "Only what concerns this worker, client, agency or placement");
    action->callback([options, run, &global] { run(*options, global); });
    return std::pair(action, options);
  };
  add("read", "Print events", "placet log read --from 0 --count 20", read);
  const auto [following, options] = add("follow", "Print events as they happen, one JSON object per line",
                                        "placet log follow --from 1000 --type daysApproved", follow);
  following->add_flag("--now", options->now, "Begin with what comes from here on");
}

}  // namespace placet::cli
