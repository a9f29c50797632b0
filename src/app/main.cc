// placetd: serves one ledger until it is told to stop.

#include <sys/prctl.h>

#include <CLI/CLI.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstdio>
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

struct Listening {
  std::vector<std::string> rpc = {"127.0.0.1:7411"};
  std::vector<std::string> http;  // none: no pages
  std::string certificate, key;
};

int serve(const placet::app::Folder& folder, const Listening& listening) {
  // Outlives the ledger: a second signal must not cut its orderly end short.
  boost::asio::io_context io;
  boost::asio::signal_set signals(io, SIGINT, SIGTERM);
  auto ledger = placet::app::Ledger::open(folder);
  if (!ledger) {
    std::fprintf(stderr, "placetd: %s\n", ledger.error().message.c_str());
    return kCouldNotStart;
  }
  const auto rpc = (*ledger)->serve_rpc(listening.rpc);
  std::optional<placet::portal::TlsFiles> tls;
  if (!listening.certificate.empty()) tls = {listening.certificate, listening.key};
  const auto http = rpc ? (*ledger)->serve_http(listening.http, tls) : rpc;
  if (!http) {
    std::fprintf(stderr, "placetd: %s\n", http.error().message.c_str());
    return kCouldNotStart;
  }
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
  placet::app::Folder folder;
  std::string data, keys, backups;
  Listening listening;
  app.add_option("--data", data, "The ledger's folder, made by 'placet init'")->required();
  app.add_option("--keys", keys, "Its key folder (default: DATA.keys)");
  app.add_option("--backups", backups, "Where 'placet backup' puts its copies (default: DATA.backups)");
  app.add_option(
         "--rpc", listening.rpc,
         "Where to listen for Cap'n Proto RPC, as often as wanted: HOST:PORT, where port 0 takes a free one, or "
         "unix:PATH, a socket file")
      ->allow_extra_args(false)
      ->capture_default_str();
  app.add_option(
         "--http", listening.http,
         "Where to serve the portal, as often as wanted: HOST:PORT, off this machine with TLS only (default: nowhere)")
      ->allow_extra_args(false);
  auto* const certificate =
      app.add_option("--tls-certificate", listening.certificate, "Certificate chain for --http, in PEM");
  app.add_option("--tls-key", listening.key, "Its private key, in PEM")->needs(certificate);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 64;
  }
  placet::log::start(placet::log::Level::info);
  folder.data = data;
  folder.keys = keys.empty() ? data + ".keys" : keys;
  folder.backups = backups.empty() ? data + ".backups" : backups;
  return serve(folder, listening);
}
