#include "bench/peers/server.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>
#include <stdexcept>
#include <system_error>
#include <utility>

extern char** environ;

namespace placet::bench {

namespace {

pid_t start(const std::vector<std::string>& program, const std::filesystem::path& output, int stop_by,
            const std::string& user) {
  std::vector<std::string> command = {"setpriv", "--pdeathsig", ::sigabbrev_np(stop_by)};
  if (!user.empty()) command.insert(command.end(), {"--reuid", user, "--regid", user, "--clear-groups"});
  command.push_back("--");
  command.insert(command.end(), program.begin(), program.end());
  std::vector<char*> argv;
  for (std::string& argument : command) argv.push_back(argument.data());
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO);
  pid_t pid = -1;
  const int failed = ::posix_spawnp(&pid, argv.front(), &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) throw std::system_error(failed, std::generic_category(), command.front());
  return pid;
}

}  // namespace

void run_to_end(const std::vector<std::string>& command, const std::filesystem::path& output, const std::string& user) {
  int status = 0;
  if (::waitpid(start(command, output, SIGTERM, user), &status, 0) < 0 || status != 0)
    throw std::runtime_error(command.front() + " failed; see " + output.string());
}

Server::Server(const std::vector<std::string>& command, const std::filesystem::path& output, int stop_by,
               const std::string& user)
    : pid_(start(command, output, stop_by, user)), output_(output), stop_by_(stop_by) {}

Server::~Server() {
  if (pid_ < 0) return;
  ::kill(pid_, stop_by_);
  ::waitpid(pid_, nullptr, 0);
}

void Server::require_alive() {
  if (::waitpid(pid_, nullptr, WNOHANG) == 0) return;
  pid_ = -1;
  throw std::runtime_error("a server ended; see " + output_.string());
}

int free_port() {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof address;
  auto* const any = reinterpret_cast<sockaddr*>(&address);
  const bool found = ::bind(fd, any, length) == 0 && ::getsockname(fd, any, &length) == 0;
  ::close(fd);
  if (!found) throw std::runtime_error("no port is free");
  return ntohs(address.sin_port);
}

}  // namespace placet::bench
