#include "tools/client/daemon.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <stdexcept>
#include <system_error>

extern char** environ;

namespace placet::client {

namespace {

std::filesystem::path daemon_program() {
  return std::filesystem::read_symlink("/proc/self/exe").parent_path() / "placetd";
}

/// Reads up to the line's end; what came so far when the other side closes.
std::string read_line(int fd) {
  std::string line;
  char c = 0;
  while (::read(fd, &c, 1) == 1 && c != '\n') line.push_back(c);
  return line;
}

}  // namespace

Daemon::Daemon(const std::filesystem::path& data) {
  int pipe_ends[2];
  if (::pipe2(pipe_ends, O_CLOEXEC) != 0) throw std::system_error(errno, std::generic_category(), "pipe");
  const std::string program = daemon_program();
  const std::string log = data.string() + ".placetd.log";
  std::string arguments[] = {program, "--data", data.string(), "--rpc", "127.0.0.1:0"};
  char* argv[] = {arguments[0].data(), arguments[1].data(), arguments[2].data(),
                  arguments[3].data(), arguments[4].data(), nullptr};
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, pipe_ends[1], STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  // Whatever this program blocks, placetd hears its signals.
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t none;
  sigemptyset(&none);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
  const int failed = ::posix_spawn(&pid_, program.c_str(), &actions, &attributes, argv, environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  ::close(pipe_ends[1]);
  output_ = pipe_ends[0];
  if (failed != 0) throw std::system_error(failed, std::generic_category(), program);
  const std::string line = read_line(output_);
  const auto equals = line.rfind("rpc=");
  if (equals == std::string::npos) {
    stop(SIGKILL);
    throw std::runtime_error("placetd did not start; see " + log);
  }
  port_ = static_cast<unsigned>(std::stoul(line.substr(equals + 4)));
}

Daemon::~Daemon() {
  stop(SIGTERM);
  ::close(output_);
}

int Daemon::stop(int signal) {
  int status = 0;
  if (pid_ < 0) return status;
  ::kill(pid_, signal);
  ::waitpid(pid_, &status, 0);
  pid_ = -1;
  return status;
}

}  // namespace placet::client
