#include <capnp/serialize.h>

#include <cstdio>
#include <cstring>
#include <memory>

#include "codec/record.h"
#include "schema/record.capnp.h"
#include "tools/client/connection.h"
#include "tools/client/follower.h"
#include "tools/client/json.h"
#include "tools/placet/verbs.h"

namespace placet::cli {

namespace {

constexpr std::uint32_t kWaitMs = 30'000;

struct Options {
  std::uint64_t from = 0;
  std::uint64_t count = UINT64_MAX;
};

void print_table_line(const codec::StoredEvent& stored) {
  std::printf("%10llu  %s  %-11s %s  %s\n", static_cast<unsigned long long>(stored.meta.position.value),
              stored.meta.recorded_at.to_string().c_str(),
              std::string(domain::name_of(static_cast<domain::Category>(stored.meta.stream.category))).c_str(),
              stored.meta.stream.id.to_string().c_str(),
              std::string(domain::kEventNames[stored.event.index()]).c_str());
}

void print_json_line(BytesView record, const client::JsonForm& json) {
  auto words = kj::heapArray<capnp::word>(record.size() / sizeof(capnp::word));
  std::memcpy(words.begin(), record.data(), record.size());
  capnp::FlatArrayMessageReader message(words);
  std::printf("%s\n", json.encode(message.getRoot<schema::Record>()).c_str());
}

/// Prints from `options.from` on; at the end of the log it stops, or waits for more.
void run(const Options& options, bool follow, Global& global) {
  client::Connection connection(global.server);
  connection.sign_in(read_token(global));
  const client::JsonForm json;
  client::Follower follower;
  std::uint64_t left = options.count;
  const auto show = [&](BytesView record) {
    const auto stored = codec::read_record(record);
    if (!stored) throw std::runtime_error(stored.error().message);
    if (stored->meta.position.value < options.from || left == 0) return;
    --left;
    global.output == "table" ? print_table_line(*stored) : print_json_line(record, json);
  };
  bool caught_up = false;
  while (left > 0 && (follow || !caught_up)) {
    caught_up = follower.read_page(connection, follow ? kWaitMs : 0, show);
    std::fflush(stdout);
  }
}

}  // namespace

void add_log(CLI::App& app, Global& global) {
  CLI::App* verb = app.add_subcommand("log", "The events themselves");
  verb->require_subcommand(1);
  for (const bool follow : {false, true}) {
    auto options = std::make_shared<Options>();
    CLI::App* action =
        verb->add_subcommand(follow ? "follow" : "read", follow ? "Print events as they happen" : "Print events");
    action->footer(follow ? "Example:\n  placet --output ndjson log follow --from 1000"
                          : "Example:\n  placet log read --from 0 --count 20");
    action->add_option("--from", options->from, "First position")->capture_default_str();
    action->add_option("--count", options->count, "How many at most");
    action->callback([options, follow, &global] { run(*options, follow, global); });
  }
}

}  // namespace placet::cli
