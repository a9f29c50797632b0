#pragma once

#include <sys/types.h>

#include <csignal>
#include <filesystem>
#include <string>
#include <vector>

namespace placet::bench {

/// Runs a program to its end; throws std::runtime_error, with where its output is, unless that is 0. As that user, or
/// as who runs this one.
void run_to_end(const std::vector<std::string>& command, const std::filesystem::path& output,
                const std::string& user = {});

/// A program that runs as long as the object lives, and no longer than this program.
class Server {
 public:
  /// `stop_by` ends it in an orderly way. What it prints goes to `output`.
  Server(const std::vector<std::string>& command, const std::filesystem::path& output, int stop_by = SIGTERM,
         const std::string& user = {});
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  pid_t pid() const { return pid_; }
  /// Throws std::runtime_error if it has ended by itself.
  void require_alive();

 private:
  pid_t pid_;
  std::filesystem::path output_;
  int stop_by_;
};

/// A port that nobody listened on just now.
int free_port();

}  // namespace placet::bench
