// placet: the command line of a ledger. Exit status: 0 done, 1 the answer is no, 2 could not find out, 64 wrong usage.

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>

#include "base/version.h"
#include "tools/client/connection.h"
#include "tools/placet/verbs.h"

namespace {

constexpr int kCouldNotFindOut = 2;
constexpr int kWrongUsage = 64;

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Placet, the ledger of a staffing back office, version " + std::string(placet::kVersion));
  app.require_subcommand(0, 1);  // none: the help below
  app.fallthrough();
  placet::cli::Global global;
  app.add_option("--server", global.server, "Where placetd listens: HOST:PORT, or unix:PATH")
      ->capture_default_str()
      ->envname("PLACET_SERVER");
  app.add_option("--token-file", global.token_file, "A file that holds your token (default: ~/.placet/token)")
      ->envname("PLACET_TOKEN_FILE");
  app.add_option("--output", global.output, "table, json, csv or ndjson")
      ->check(CLI::IsMember({"table", "json", "csv", "ndjson"}))
      ->capture_default_str();
  placet::cli::add_init(app, global);
  placet::cli::add_token(app, global);
  placet::cli::add_submit(app, global);
  placet::cli::add_import(app, global);
  placet::cli::add_log(app, global);
  placet::cli::add_queries(app, global);
  placet::cli::add_money(app, global);
  placet::cli::add_people(app, global);
  placet::cli::add_proofs(app, global);
  placet::cli::add_export(app, global);
  placet::cli::add_verify(app, global);
  placet::cli::add_replay(app, global);
  placet::cli::add_backup(app, global);
  placet::cli::add_operations(app, global);
  placet::cli::add_demo(app, global);
  try {
    app.parse(argc, argv);
    if (!app.get_subcommands().empty()) return global.exit_status;
    std::fprintf(stderr, "%s", app.help().c_str());
    return kWrongUsage;
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : kWrongUsage;
  } catch (const placet::client::Refused& refused) {
    std::fprintf(stderr, "placet: %s: %s\n", std::string(placet::domain::name_of(refused.code)).c_str(),
                 refused.what());
    return placet::cli::kNo;
  } catch (const placet::cli::Wrong& wrong) {
    std::fprintf(stderr, "placet: wrong: %s\n", wrong.what());
    return placet::cli::kNo;
  } catch (const kj::Exception& exception) {
    std::fprintf(stderr, "placet: %s\n", exception.getDescription().cStr());
    return kCouldNotFindOut;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "placet: %s\n", error.what());
    return kCouldNotFindOut;
  }
}
