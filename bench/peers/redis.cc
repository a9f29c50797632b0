// Redis: one stream, each entry synced before its answer. It knows no expected version.

#include <fmt/format.h>
#include <hiredis/hiredis.h>

#include <filesystem>
#include <stdexcept>
#include <thread>

#include "bench/peers/pipeline.h"
#include "bench/peers/server.h"
#include "bench/peers/system.h"
#include "bench/raw.h"

namespace placet::bench {

namespace {

/// Debian's redis-server is this program by another name, with a unit that starts it.
constexpr const char* kProgram = "/usr/bin/redis-check-rdb";
constexpr unsigned kBatchesOutstanding = 2;

struct FreeReply {
  void operator()(redisReply* reply) const { freeReplyObject(reply); }
};
using Reply = std::unique_ptr<redisReply, FreeReply>;

class RedisConnection {
 public:
  RedisConnection(const std::string& socket_file, int port, std::size_t event_bytes)
      : context_(socket_file.empty() ? redisConnect("127.0.0.1", port) : redisConnectUnix(socket_file.c_str())),
        event_bytes_(event_bytes) {
    if (!context_) throw std::runtime_error("out of memory");
    check(context_->err == REDIS_OK);
  }

  int fd() const { return context_->fd; }
  void ask() {
    const BytesView payload = noise_at(number_++, event_bytes_);
    const char* words[] = {"XADD", "messages", "*", "payload", payload.data()};
    const std::size_t lengths[] = {4, 8, 1, 7, payload.size()};
    check(redisAppendCommandArgv(context_.get(), 5, words, lengths) == REDIS_OK);
  }
  void flush() {
    for (int done = 0; done == 0;) check(redisBufferWrite(context_.get(), &done) == REDIS_OK);
  }
  unsigned answers() {
    check(redisBufferRead(context_.get()) == REDIS_OK);
    unsigned count = 0;
    for (; take() != nullptr; ++count) {
    }
    return count;
  }
  /// One command and its answer, in words.
  std::string tell(const char* command) {
    const Reply reply(static_cast<redisReply*>(redisCommand(context_.get(), command)));
    check(reply != nullptr && reply->type != REDIS_REPLY_ERROR);
    return reply->str == nullptr ? "" : std::string(reply->str, reply->len);
  }

 private:
  Reply take() {
    void* reply = nullptr;
    check(redisGetReplyFromReader(context_.get(), &reply) == REDIS_OK);
    Reply taken(static_cast<redisReply*>(reply));
    if (taken && taken->type == REDIS_REPLY_ERROR) throw std::runtime_error("Redis: " + std::string(taken->str));
    return taken;
  }
  void check(bool good) const {
    if (!good) throw std::runtime_error("Redis: " + std::string(context_->errstr));
  }

  struct Free {
    void operator()(redisContext* context) const { redisFree(context); }
  };
  std::unique_ptr<redisContext, Free> context_;
  const std::size_t event_bytes_;
  std::uint64_t number_ = 0;
};

class Redis final : public System {
 public:
  Redis(const std::filesystem::path& folder, Road road, std::size_t event_bytes)
      : folder_(folder),
        event_bytes_(event_bytes),
        port_(road == Road::tcp ? free_port() : 0),
        socket_file_(road == Road::tcp ? "" : (folder / "redis.sock").string()),
        server_(command(), folder / "redis.log"),
        control_(connect()) {}

  std::string_view name() const override { return "redis"; }
  std::string about() override {
    const std::string info = control_->tell("INFO server");
    const auto at = info.find("redis_version:") + std::string_view("redis_version:").size();
    return fmt::format("Redis {}, appendonly yes, appendfsync always, no snapshots and no rewrites meanwhile",
                       info.substr(at, info.find('\r', at) - at));
  }
  bool does(Shape shape) const override { return shape != Shape::one_command && shape != Shape::catch_up; }

  Work work(Shape shape, int seconds) override {
    std::vector<std::unique_ptr<RedisConnection>> connections;
    for (unsigned i = 0; i < (shape == Shape::connections ? kCallers : 1); ++i)
      connections.push_back(std::make_unique<RedisConnection>(socket_file_, port_, event_bytes_));
    const unsigned outstanding = shape == Shape::gathered  ? kCallers
                                 : shape == Shape::batches ? kBatchesOutstanding * kBatch
                                                           : 1;
    const std::uint64_t before = bytes_below(folder_);
    Work work = pipelined(std::span<const std::unique_ptr<RedisConnection>>(connections), outstanding, 1, seconds);
    stored_bytes_ = static_cast<double>(bytes_below(folder_) - before) / static_cast<double>(work.events);
    return work;
  }
  /// Everything lies in memory, too: it starts empty each time.
  void tidy() override {
    control_->tell("FLUSHALL");
    control_->tell("BGREWRITEAOF");
    while (control_->tell("INFO persistence").find("aof_rewrite_in_progress:1") != std::string::npos)
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  std::vector<pid_t> processes() const override { return {server_.pid()}; }
  std::optional<double> stored_bytes() override { return stored_bytes_; }

 private:
  std::vector<std::string> command() const {
    std::filesystem::create_directory(folder_);
    const std::string program = folder_ / "redis-server";
    std::filesystem::create_symlink(kProgram, program);
    return {program,
            "--dir",
            folder_.string(),
            "--port",
            std::to_string(port_),
            "--bind",
            "127.0.0.1",
            "--unixsocket",
            folder_ / "redis.sock",
            "--appendonly",
            "yes",
            "--appendfsync",
            "always",
            "--save",
            "",
            "--auto-aof-rewrite-percentage",
            "0"};
  }
  std::unique_ptr<RedisConnection> connect() {
    while (true) {
      server_.require_alive();
      try {
        return std::make_unique<RedisConnection>(socket_file_, port_, event_bytes_);
      } catch (const std::runtime_error&) {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
      }
    }
  }

  const std::filesystem::path folder_;
  const std::size_t event_bytes_;
  const int port_;
  const std::string socket_file_;
  Server server_;
  std::unique_ptr<RedisConnection> control_;
  std::optional<double> stored_bytes_;
};

}  // namespace

std::unique_ptr<System> start_redis(const std::filesystem::path& folder, Road road, std::size_t event_bytes) {
  return std::make_unique<Redis>(folder, road, event_bytes);
}

}  // namespace placet::bench
