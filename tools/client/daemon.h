#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>

namespace placet::client {

/// A placetd that this process started: for the demo, the benchmarks and the tests.
class Daemon {
 public:
  /// Starts the placetd that stands beside this program on `data` and waits until it listens on a free loopback port.
  /// Throws std::runtime_error when it ends instead. Its log goes to `data`.placetd.log.
  explicit Daemon(const std::filesystem::path& data);
  /// Stops it, if it still runs, and waits.
  ~Daemon();
  Daemon(const Daemon&) = delete;
  Daemon& operator=(const Daemon&) = delete;

  std::string server() const { return "127.0.0.1:" + std::to_string(port_); }
  pid_t pid() const { return pid_; }
  /// Asks it to stop (or kills it) and waits; answers what waitpid said.
  int stop(int signal);

 private:
  pid_t pid_ = -1;
  int output_ = -1;
  unsigned port_ = 0;
};

}  // namespace placet::client
