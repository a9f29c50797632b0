#include <capnp/message.h>

#include <cstdio>
#include <fstream>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <vector>

#include "base/clock.h"
#include "codec/ids.h"
#include "crypto/random.h"
#include "tools/client/connection.h"
#include "tools/client/json.h"
#include "tools/placet/verbs.h"

namespace placet::cli {

namespace {

constexpr unsigned kCommandsPerCall = 1'000;

struct Counts {
  unsigned accepted = 0;
  unsigned refused = 0;
};

struct Line {
  unsigned number = 0;
  std::string text;
};

/// Sends what `lines` holds, and prints one outcome per line. When one of them is no command, none of them is sent.
void send(const std::vector<Line>& lines, client::Connection& connection, const client::JsonForm& json,
          RisingUuids& ids, Counts& counts) {
  crypto::OsRandom random;
  SystemClock clock;
  auto request = connection.commands().submitRequest();
  auto submissions = request.initSubmissions(static_cast<unsigned>(lines.size()));
  for (unsigned i = 0; i < lines.size(); ++i) {
    try {
      json.decode(lines[i].text, capnp::DynamicStruct::Builder(submissions[i]));
    } catch (const std::invalid_argument& error) {
      wrong_usage("line " + std::to_string(lines[i].number),
                  error.what() + ("\nNothing from line " + std::to_string(lines.front().number)) + " on was sent.");
    }
    if (!submissions[i].hasId()) codec::write(ids.next(random, clock.now()), submissions[i].initId());
  }
  const auto response = request.send().wait(connection.wait_scope());
  for (const auto outcome : response.getOutcomes()) {
    outcome.isAccepted() ? ++counts.accepted : ++counts.refused;
    std::printf("%s\n", json.encode(capnp::DynamicStruct::Reader(outcome)).c_str());
  }
}

void run(const std::string& file_name, Global& global) {
  std::ifstream file;
  if (!file_name.empty() && file_name != "-") {
    file.open(file_name);
    if (!file) throw std::runtime_error(file_name + ": cannot be read");
  }
  std::istream& in = file.is_open() ? file : std::cin;
  client::Connection connection(global.server);
  connection.sign_in(read_token(global));
  const client::JsonForm json;
  RisingUuids ids;
  Counts counts;
  std::vector<Line> lines;
  unsigned number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    lines.push_back({number, std::move(line)});
    if (lines.size() < kCommandsPerCall) continue;
    send(lines, connection, json, ids, counts);
    lines.clear();
  }
  if (!lines.empty()) send(lines, connection, json, ids, counts);
  std::fprintf(stderr, "%u accepted, %u refused\n", counts.accepted, counts.refused);
  if (counts.refused > 0) global.exit_status = kNo;
}

}  // namespace

void add_submit(CLI::App& app, Global& global) {
  auto file = std::make_shared<std::string>();
  CLI::App* verb =
      app.add_subcommand("submit", "Send commands, one JSON object per line; one outcome per line comes back");
  verb->footer(
      "Example:\n  echo '{\"command\": {\"registerPerson\": {\"person\": \"0190163d-8694-739b-aea5-966c26f8ad91\",\n"
      "    \"name\": \"Ada Admiraal\"}}}' | placet submit\n"
      "Give each an \"id\" of its own if you may have to send it again: a repeat gets the first answer.");
  verb->add_option("FILE", *file, "NDJSON; - or nothing: standard input");
  verb->callback([file, &global] { run(*file, global); });
}

}  // namespace placet::cli
