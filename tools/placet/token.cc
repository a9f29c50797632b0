#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <stdexcept>

#include "access/private_file.h"
#include "tools/client/connection.h"
#include "tools/placet/verbs.h"

namespace placet::cli {

namespace fs = std::filesystem;

namespace {

fs::path token_path(const Global& global) {
  if (!global.token_file.empty()) return global.token_file;
  const char* home = std::getenv("HOME");
  return fs::path(home != nullptr ? home : ".") / ".placet" / "token";
}

std::string first_line(const fs::path& path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  return line;
}

void write_private(const fs::path& path, const std::string& text) {
  if (path.has_parent_path() && !fs::exists(path.parent_path())) {
    fs::create_directories(path.parent_path());
    fs::permissions(path.parent_path(), fs::perms::owner_all);
  }
  if (const auto written = access::write_private_file(path, text); !written)
    throw std::runtime_error(written.error().message);
}

void redeem(const std::string& invite_file, const Global& global) {
  const fs::path path = token_path(global);
  if (fs::exists(path)) throw std::runtime_error(path.string() + " is there already; name another with --token-file");
  const std::string invite = first_line(invite_file);
  if (invite.empty()) throw std::runtime_error(invite_file + ": cannot be read, or has no invite in it");
  client::Connection connection(global.server);
  write_private(path, connection.redeem(invite) + "\n");
  std::printf("Your token is in %s. The invite is spent; delete %s.\n", path.c_str(), invite_file.c_str());
}

}  // namespace

std::string read_token(const Global& global) {
  const fs::path path = token_path(global);
  std::string token = first_line(path);
  if (token.empty())
    throw std::runtime_error(path.string() + ": no token there; get one with 'placet token redeem INVITE-FILE'");
  return token;
}

void add_token(CLI::App& app, Global& global) {
  CLI::App* verb = app.add_subcommand("token", "Ways to sign in");
  verb->require_subcommand(1);
  const char* const example = "Example:\n  placet --token-file ada.token token redeem /var/lib/placet.keys/invite-1";
  verb->footer(example);
  auto invite_file = std::make_shared<std::string>();
  CLI::App* redeem_verb = verb->add_subcommand("redeem", "Exchange an invite for a token of your own");
  redeem_verb->footer(example);
  redeem_verb->add_option("INVITE-FILE", *invite_file, "The file with the invite")->required();
  redeem_verb->callback([invite_file, &global] { redeem(*invite_file, global); });
}

}  // namespace placet::cli
