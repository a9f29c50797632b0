#include "tools/client/daemon.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <sstream>
#include <stdexcept>
#include <string_view>
#include <system_error>

#include "base/thread.h"

extern char** environ;

namespace placet::client {

namespace {

/// Before each address in the line that placetd prints.
constexpr std::string_view kServer = "rpc=", kPortal = "http=";

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

/// A killed process is gone when each of its threads has run once more. Those that run when idle would have the others
/// of a busy machine run first.
void hurry_to_end(pid_t process) {
  std::error_code gone;
  auto threads = std::filesystem::directory_iterator("/proc/" + std::to_string(process) + "/task", gone);
  for (; !gone && threads != std::filesystem::directory_iterator(); threads.increment(gone))
    run_as_others(std::stoi(threads->path().filename()));
}

}  // namespace

Daemon::Daemon(const std::filesystem::path& data, const std::vector<std::string>& addresses, const std::string& http) {
  int pipe_ends[2];
  if (::pipe2(pipe_ends, O_CLOEXEC) != 0) throw std::system_error(errno, std::generic_category(), "pipe");
  const std::string program = daemon_program();
  const std::string log = data.string() + ".placetd.log";
  std::vector<std::string> arguments = {program, "--data", data.string()};
  for (const std::string& address : addresses) arguments.insert(arguments.end(), {"--rpc", address});
  if (!http.empty()) arguments.insert(arguments.end(), {"--http", http});
  std::vector<char*> argv;
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
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
  const int failed = ::posix_spawn(&pid_, program.c_str(), &actions, &attributes, argv.data(), environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  ::close(pipe_ends[1]);
  output_ = pipe_ends[0];
  if (failed != 0) throw std::system_error(failed, std::generic_category(), program);
  std::istringstream words(read_line(output_));
  for (std::string word; words >> word;) {
    if (word.starts_with(kServer)) servers_.push_back(word.substr(kServer.size()));
    if (word.starts_with(kPortal)) portal_ = word.substr(kPortal.size());
  }
  if (servers_.empty()) {
    stop(SIGKILL);
    throw std::runtime_error("placetd did not start; see " + log);
  }
}

Daemon::~Daemon() {
  stop(SIGTERM);
  ::close(output_);
}

int Daemon::stop(int signal) {
  int status = 0;
  if (pid_ < 0) return status;
  ::kill(pid_, signal);
  if (signal == SIGKILL) hurry_to_end(pid_);
  ::waitpid(pid_, &status, 0);
  pid_ = -1;
  return status;
}

}  // namespace placet::client
