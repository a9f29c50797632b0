// placetd: serves one ledger until it is told to stop.

#include <sys/prctl.h>

#include <CLI/CLI.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include "app/wiring.h"
#include "base/log.h"
#include "base/version.h"

/// Read by jemalloc, where placetd is linked with it. What a batch took on one thread is given back on another and not
/// needed for long: kept for half a second instead of ten, in four arenas instead of four for each processor. With
/// `thp` large memory that must be zero is written; otherwise jemalloc gives it back to the system and has each page of
/// it faulted in again, for every answer of a MiB.
extern "C" {
extern const char* malloc_conf;
const char* malloc_conf = "narenas:4,dirty_decay_ms:500,muzzy_decay_ms:0,thp:always";
}

namespace {

constexpr int kCouldNotStart = 2;

/// Has a checkpoint kept at the end of each hour.
void keep_checkpoints(boost::asio::steady_timer& timer, placet::app::Ledger& ledger) {
  timer.expires_after(std::chrono::hours(1));
  timer.async_wait([&](const boost::system::error_code& cancelled) {
    if (cancelled) return;
    if (const auto kept = ledger.keep_checkpoint(); !kept)
      placet::log::warning("a checkpoint could not be kept: {}", kept.error().message);
    keep_checkpoints(timer, ledger);
  });
}

struct Settings {
  placet::app::Folder folder;
  std::vector<std::string> rpc = {"127.0.0.1:7411"};
  std::vector<std::string> http;  // none: no pages
  std::string certificate, key;
  placet::reactors::MailSettings mail;  // no server: none is sent
  std::string smtp_password_file;
};

/// The first line of a file.
placet::Result<std::string> secret_in(const std::string& path) {
  std::ifstream file(path);
  std::string line;
  if (!std::getline(file, line)) return placet::fail(placet::ErrorCode::not_found, path + ": cannot be read");
  return line;
}

placet::Result<void> send_mail(placet::app::Ledger& ledger, const Settings& settings) {
  if (settings.mail.smtp.server.empty()) return {};
  placet::reactors::MailSettings mail = settings.mail;
  if (!settings.smtp_password_file.empty()) {
    PLACET_ASSIGN(mail.smtp.password, secret_in(settings.smtp_password_file));
  }
  return ledger.send_mail(std::move(mail));
}

int could_not_start(const placet::Error& why) {
  std::fprintf(stderr, "placetd: %s\n", why.message.c_str());
  return kCouldNotStart;
}

int serve(const Settings& settings) {
  // Outlives the ledger: a second signal must not cut its orderly end short.
  boost::asio::io_context io;
  boost::asio::signal_set signals(io, SIGINT, SIGTERM);
  auto ledger = placet::app::Ledger::open(settings.folder);
  if (!ledger) return could_not_start(ledger.error());
  const auto rpc = (*ledger)->serve_rpc(settings.rpc);
  if (!rpc) return could_not_start(rpc.error());
  std::optional<placet::portal::TlsFiles> tls;
  if (!settings.certificate.empty()) tls = {settings.certificate, settings.key};
  const auto http = (*ledger)->serve_http(settings.http, tls);
  if (!http) return could_not_start(http.error());
  if (const auto mails = send_mail(**ledger, settings); !mails) return could_not_start(mails.error());
  // One line for scripts: they wait for it and read from it what to connect to.
  std::printf("placetd listening");
  for (const std::string& address : *rpc) std::printf(" rpc=%s", address.c_str());
  for (const std::string& address : *http) std::printf(" http=%s", address.c_str());
  std::printf("\n");
  std::fflush(stdout);
  boost::asio::steady_timer each_hour(io);
  keep_checkpoints(each_hour, **ledger);
  signals.async_wait([&](const boost::system::error_code&, int) {
    placet::log::info("stopping");
    each_hour.cancel();
  });
  io.run();
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  // No large pages for all that: between what was freed they hold a quarter more memory after some minutes.
  prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0);
  CLI::App app("Placet, the ledger of a staffing back office, version " + std::string(placet::kVersion));
  Settings settings;
  std::string data, keys, backups;
  app.add_option("--data", data, "The ledger's folder, made by 'placet init'")->required();
  app.add_option("--keys", keys, "Its key folder (default: DATA.keys)");
  app.add_option("--backups", backups, "Where 'placet backup' puts its copies (default: DATA.backups)");
  app.add_option(
         "--rpc", settings.rpc,
         "Where to listen for Cap'n Proto RPC, as often as wanted: HOST:PORT, where port 0 takes a free one, or "
         "unix:PATH, a socket file")
      ->allow_extra_args(false)
      ->capture_default_str();
  app.add_option(
         "--http", settings.http,
         "Where to serve the portal, as often as wanted: HOST:PORT, off this machine with TLS only (default: nowhere)")
      ->allow_extra_args(false);
  auto* const certificate =
      app.add_option("--tls-certificate", settings.certificate, "Certificate chain for --http, in PEM");
  app.add_option("--tls-key", settings.key, "Its private key, in PEM")->needs(certificate);
  auto& smtp = settings.mail.smtp;
  auto* const server = app.add_option("--smtp", smtp.server,
                                      "Mail server: smtp://HOST:PORT, with STARTTLS unless it is this machine, or "
                                      "smtps://HOST:PORT (default: no mail is sent)");
  auto* const from = app.add_option("--mail-from", smtp.from, "The address that mails come from")->needs(server);
  auto* const portal = app.add_option("--portal-url", settings.mail.portal,
                                      "Where people find the portal, for links in mails: https://HOST")
                           ->needs(server);
  server->needs(from)->needs(portal);
  auto* const user = app.add_option("--smtp-user", smtp.user, "To sign in to the mail server with")->needs(server);
  app.add_option("--smtp-password-file", settings.smtp_password_file, "A file whose first line is the password")
      ->needs(user);
  app.add_option("--smtp-ca", smtp.ca_file, "Certificates to check the mail server by (default: the system's)")
      ->needs(server);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 64;
  }
  placet::log::start(placet::log::Level::info);
  settings.folder.data = data;
  settings.folder.keys = keys.empty() ? data + ".keys" : keys;
  settings.folder.backups = backups.empty() ? data + ".backups" : backups;
  return serve(settings);
}
