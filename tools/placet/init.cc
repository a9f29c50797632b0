#include <cstdio>
#include <memory>
#include <stdexcept>
#include <vector>

#include "app/init.h"
#include "tools/placet/verbs.h"

namespace placet::cli {

namespace {

struct Options {
  std::string data;
  std::string keys;
  std::string origin;
  std::string zone = "Europe/Amsterdam";
  std::vector<std::string> administrators;
};

app::Administrator parse_administrator(const std::string& text) {
  const auto colon = text.rfind(':');
  if (colon == std::string::npos || colon == 0) wrong_usage("--admin", "'" + text + "' is not NAME:EMAIL");
  return {text.substr(0, colon), text.substr(colon + 1)};
}

void run(const Options& options, Global& global) {
  app::InitRequest request;
  request.folder.data = options.data;
  request.folder.keys = options.keys.empty() ? options.data + ".keys" : options.keys;
  request.origin = options.origin;
  request.zone = options.zone;
  for (const std::string& text : options.administrators) request.administrators.push_back(parse_administrator(text));
  const auto invites = app::init_ledger(request);
  if (!invites) {
    std::fprintf(stderr, "placet: %s\n", invites.error().message.c_str());
    global.exit_status = invites.error().code == ErrorCode::invalid ? 64 : 2;
    return;
  }
  std::printf("The ledger %s is in %s, its keys are in %s: keep them apart, and back up both.\n",
              options.origin.c_str(), options.data.c_str(), request.folder.keys.c_str());
  for (std::size_t i = 0; i < invites->size(); ++i)
    std::printf("Invite for %s: %s\n", request.administrators[i].name.c_str(), (*invites)[i].c_str());
  std::printf("Next: placetd --data %s, then placet token redeem INVITE-FILE\n", options.data.c_str());
}

}  // namespace

void add_init(CLI::App& app, Global& global) {
  auto options = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand("init", "Make a new ledger");
  verb->footer(
      "Example:\n  placet init --data /var/lib/placet --origin ledger.example.nl \\\n"
      "    --admin 'Ada Admiraal:ada@example.nl' --admin 'Bo Bakker:bo@example.nl'");
  verb->add_option("--data", options->data, "Its folder, which must not exist yet")->required();
  verb->add_option("--keys", options->keys, "Its key folder (default: DATA.keys)");
  verb->add_option("--origin", options->origin, "The name under which its checkpoints are signed")->required();
  verb->add_option("--zone", options->zone, "The employer's time zone")->capture_default_str();
  verb->add_option("--admin", options->administrators, "NAME:EMAIL of an administrator; give two at least")->required();
  verb->callback([options, &global] { run(*options, global); });
}

}  // namespace placet::cli
