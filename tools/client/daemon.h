#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

namespace placet::client {

/// A placetd that this process started: for the demo, the benchmarks and the tests.
class Daemon {
 public:
  /// Starts the placetd that stands beside this program on `data` and waits until it listens: on a free loopback port
  /// unless told otherwise (`addresses` as in rpc::Server). Throws std::runtime_error when it ends instead. Its log
  /// goes to `data`.placetd.log.
  /// `http`: where it serves the portal; empty: nowhere.
  explicit Daemon(const std::filesystem::path& data, const std::vector<std::string>& addresses = {"127.0.0.1:0"},
                  const std::string& http = "");
  /// Stops it, if it still runs, and waits.
  ~Daemon();
  Daemon(const Daemon&) = delete;
  Daemon& operator=(const Daemon&) = delete;

  /// What to connect to, one for each address.
  const std::vector<std::string>& servers() const { return servers_; }
  const std::string& server() const { return servers_.front(); }
  /// Where it serves the portal: HOST:PORT.
  const std::string& portal() const { return portal_; }
  pid_t pid() const { return pid_; }
  /// Asks it to stop (or kills it) and waits; answers what waitpid said.
  int stop(int signal);

 private:
  pid_t pid_ = -1;
  int output_ = -1;
  std::vector<std::string> servers_;
  std::string portal_;
};

}  // namespace placet::client
