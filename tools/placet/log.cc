#include <cstdio>
#include <memory>

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
};

/// Prints from `options.from` on, as far as the log goes.
void read(const Options& options, Global& global) {
  client::Connection connection(global.server);
  connection.sign_in(read_token(global));
  client::Follower follower(options.from);
  Output output = Output::of_records(global.output, connection);
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
  Output output = Output::of_records("ndjson", connection);
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
    action->callback([options, run, &global] { run(*options, global); });
  };
  add("read", "Print events", "placet log read --from 0 --count 20", read);
  add("follow", "Print events as they happen, one JSON object per line", "placet log follow --from 1000", follow);
}

}  // namespace placet::cli
