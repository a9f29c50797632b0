#include <capnp/serialize.h>

#include <cstdio>
#include <memory>

#include "codec/record.h"
#include "schema/record.capnp.h"
#include "tools/client/connection.h"
#include "tools/client/json.h"
#include "tools/placet/verbs.h"

namespace placet::cli {

namespace {

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

void print(capnp::Data::Reader record, const Global& global, const client::JsonForm& json) {
  const auto stored = codec::read_record({reinterpret_cast<const char*>(record.begin()), record.size()});
  if (!stored) throw std::runtime_error(stored.error().message);
  if (global.output == "table") return print_table_line(*stored);
  auto words = kj::heapArray<capnp::word>(record.size() / sizeof(capnp::word));
  std::copy(record.begin(), record.end(), words.asBytes().begin());
  capnp::FlatArrayMessageReader message(words);
  std::printf("%s\n", json.encode(message.getRoot<schema::Record>()).c_str());
}

/// Prints from `options.from` on; at the end of the log it stops, or waits for more.
void run(const Options& options, bool follow, Global& global) {
  client::Connection connection(global.server);
  connection.sign_in(read_token(global));
  const client::JsonForm json;
  auto who = connection.session().whoAmIRequest().send().wait(connection.wait_scope());
  std::uint64_t left = options.count;
  auto request = connection.events().nextRequest();
  request.getCursor().setLedger(who.getBasis().getLedger());
  while (left > 0) {
    request.setWaitMs(follow ? 30'000 : 0);
    const auto response = request.send().wait(connection.wait_scope());
    const auto page = response.getPage();
    if (page.isRefused()) throw client::Refused(page.getRefused());
    for (const auto record : page.getEvents().getRecords()) {
      capnp::Data::Reader bytes = record;
      const auto meta = codec::read_meta({reinterpret_cast<const char*>(bytes.begin()), bytes.size()});
      if (!meta) throw std::runtime_error(meta.error().message);
      if (meta->position.value < options.from) continue;
      if (left-- == 0) return;
      print(bytes, global, json);
    }
    std::fflush(stdout);
    if (page.getEvents().getCaughtUp() && !follow) return;
    request = connection.events().nextRequest();
    request.setCursor(page.getEvents().getNext());
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
