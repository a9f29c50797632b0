// PostgreSQL: a table of messages, and a function that appends one where the stream has the expected version. Beside it
// the same without the lock that keeps positions in the order in which they become visible: faster where many write at
// once, but who follows by position may miss a message.

#include <endian.h>
#include <fmt/format.h>
#include <libpq-fe.h>
#include <pwd.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <stdexcept>
#include <thread>

#include "base/random.h"
#include "bench/peers/pipeline.h"
#include "bench/peers/server.h"
#include "bench/peers/system.h"
#include "bench/raw.h"

namespace placet::bench {

namespace {

namespace fs = std::filesystem;

constexpr const char* kPrograms = "/usr/lib/postgresql/15/bin/";
/// PostgreSQL does not run as root. Debian's packages make this user.
constexpr const char* kUser = "postgres";
constexpr unsigned kBatchesOutstanding = 4;
/// The durable settings are the defaults, written down; the others give it room.
constexpr std::array kSettings{
    "fsync=on", "synchronous_commit=on",    "full_page_writes=on", "shared_buffers=1GB",        "max_wal_size=8GB",
    "jit=off",  "synchronize_seqscans=off", "max_connections=80",  "listen_addresses=127.0.0.1"};

constexpr const char* kSchema = R"(
  CREATE TABLE messages (
    position    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    stream      uuid NOT NULL,
    version     integer NOT NULL,
    type        smallint NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    payload     bytea NOT NULL,
    UNIQUE (stream, version));
  CREATE FUNCTION append_unordered(of_stream uuid, expected integer, of_type smallint, body bytea) RETURNS bigint
  LANGUAGE plpgsql AS $$
  DECLARE
    versions integer;
    at bigint;
  BEGIN
    SELECT m.version + 1 INTO versions FROM messages m WHERE m.stream = of_stream ORDER BY m.version DESC LIMIT 1;
    IF coalesce(versions, 0) <> expected THEN
      RAISE EXCEPTION 'stream % has % messages, not %', of_stream, coalesce(versions, 0), expected;
    END IF;
    INSERT INTO messages (stream, version, type, payload) VALUES (of_stream, expected, of_type, body)
    RETURNING position INTO at;
    RETURN at;
  END $$;
  CREATE FUNCTION append(of_stream uuid, expected integer, of_type smallint, body bytea) RETURNS bigint
  LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM pg_advisory_xact_lock(0);
    RETURN append_unordered(of_stream, expected, of_type, body);
  END $$)";

struct FreeResult {
  void operator()(PGresult* result) const { PQclear(result); }
};
using PgResult = std::unique_ptr<PGresult, FreeResult>;

struct Finish {
  void operator()(PGconn* connection) const { PQfinish(connection); }
};
using Connected = std::unique_ptr<PGconn, Finish>;

[[noreturn]] void fail(const Connected& connection) {
  throw std::runtime_error("PostgreSQL: " + std::string(PQerrorMessage(connection.get())));
}

Connected connect(const std::string& address) {
  Connected connection(PQconnectdb(address.c_str()));
  if (PQstatus(connection.get()) != CONNECTION_OK) fail(connection);
  return connection;
}

/// A parameter in PostgreSQL's binary form: integers big-endian.
template <class Integer>
void put(std::string& out, Integer value) {
  for (int shift = 8 * (sizeof value - 1); shift >= 0; shift -= 8) out.push_back(static_cast<char>(value >> shift));
}

/// An array of one dimension, as the function array_recv reads it: dimensions, nulls, element type, length, first
/// index.
std::string array_of(std::uint32_t element_type, std::uint32_t length) {
  std::string array;
  for (const std::uint32_t word : {1U, 0U, element_type, length, 1U}) put(array, word);
  return array;
}

constexpr std::uint32_t kUuidType = 2950, kInt4Type = 23, kByteaType = 17;

/// Versions of a stream of a few events, then of the next stream.
struct StreamEnd {
  Uuid stream;
  std::uint32_t version = kEventsPerStream;

  void advance(Random& random) {
    if (++version < kEventsPerStream) return;
    stream = {random.next(), random.next()};
    version = 0;
  }
};

class PgConnection {
 public:
  enum class Command { append, append_unordered, insert };

  PgConnection(const std::string& address, Random& random, Command command, unsigned outstanding,
               std::size_t event_bytes)
      : connection_(connect(address)),
        random_(random),
        command_(command),
        ends_(outstanding),
        event_bytes_(event_bytes) {
    if (command != Command::insert)
      prepare(fmt::format("SELECT {}($1::uuid, $2::integer, $3::smallint, $4::bytea)",
                          command == Command::append ? "append" : "append_unordered"));
    else
      prepare(
          "INSERT INTO messages (stream, version, type, payload) SELECT s, v, 1, p "
          "FROM unnest($1::uuid[], $2::integer[], $3::bytea[]) AS batch(s, v, p)");
    if (outstanding > 1) check(PQenterPipelineMode(connection_.get()) == 1);
  }

  int fd() const { return PQsocket(connection_.get()); }
  void ask() {
    if (command_ == Command::insert)
      ask_insert();
    else
      ask_append();
    // Each command is a transaction of its own.
    if (PQpipelineStatus(connection_.get()) == PQ_PIPELINE_ON) check(PQpipelineSync(connection_.get()) == 1);
  }
  void flush() { check(PQflush(connection_.get()) == 0); }
  unsigned answers() {
    check(PQconsumeInput(connection_.get()) == 1);
    const bool in_pipeline = PQpipelineStatus(connection_.get()) == PQ_PIPELINE_ON;
    unsigned count = 0;
    while (PQisBusy(connection_.get()) == 0) {
      const PgResult result(PQgetResult(connection_.get()));
      if (!result) {
        if (!in_pipeline || ended_) break;  // else: the end of one command's results
        ended_ = true;
        continue;
      }
      ended_ = false;
      const ExecStatusType status = PQresultStatus(result.get());
      if (status == PGRES_PIPELINE_SYNC) continue;
      check(status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK);
      ++count;
    }
    return count;
  }

 private:
  void prepare(const std::string& statement) {
    const PgResult result(PQprepare(connection_.get(), "", statement.c_str(), 0, nullptr));
    check(PQresultStatus(result.get()) == PGRES_COMMAND_OK);
  }
  void ask_append() {
    StreamEnd& end = ends_[number_ % ends_.size()];
    end.advance(random_);
    std::string stream, version, type;
    put(stream, end.stream.hi);
    put(stream, end.stream.lo);
    put(version, end.version);
    put(type, std::uint16_t{1});
    send({stream, version, type, noise_at(number_++, event_bytes_)});
  }
  void ask_insert() {
    std::string streams = array_of(kUuidType, kBatch), versions = array_of(kInt4Type, kBatch),
                payloads = array_of(kByteaType, kBatch);
    for (unsigned i = 0; i < kBatch; ++i) {
      ends_.front().advance(random_);
      put(streams, std::uint32_t{16});
      put(streams, ends_.front().stream.hi);
      put(streams, ends_.front().stream.lo);
      put(versions, std::uint32_t{4});
      put(versions, ends_.front().version);
      put(payloads, static_cast<std::uint32_t>(event_bytes_));
      payloads += noise_at(number_++, event_bytes_);
    }
    send({streams, versions, payloads});
  }
  void send(std::initializer_list<BytesView> parameters) {
    std::vector<const char*> values;
    std::vector<int> lengths, binary(parameters.size(), 1);
    for (const BytesView parameter : parameters) {
      values.push_back(parameter.data());
      lengths.push_back(static_cast<int>(parameter.size()));
    }
    check(PQsendQueryPrepared(connection_.get(), "", static_cast<int>(values.size()), values.data(), lengths.data(),
                              binary.data(), 1) == 1);
  }
  void check(bool good) const {
    if (!good) fail(connection_);
  }

  const Connected connection_;
  Random& random_;  // of streams
  const Command command_;
  std::vector<StreamEnd> ends_;  // of each caller
  const std::size_t event_bytes_;
  std::uint64_t number_ = 0;
  bool ended_ = false;
};

/// A cluster of its own, with the table.
class Cluster {
 public:
  Cluster(const fs::path& folder, Road road)
      : folder_(folder),
        port_(free_port()),
        address_(fmt::format("host={} port={} dbname=postgres user={}",
                             road == Road::tcp ? std::string("127.0.0.1") : folder.string(), port_, kUser)),
        server_(command(), folder.string() + ".log", SIGINT, user()) {
    while (PQping(address_.c_str()) != PQPING_OK) {
      server_.require_alive();
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    tell(kSchema);
  }

  const std::string& address() const { return address_; }
  pid_t pid() const { return server_.pid(); }
  Random& random() { return random_; }
  /// What a statement answers, where that is one value; over a connection for it alone.
  std::string tell(const std::string& statement) const {
    const Connected connection = connect(address_);
    const PgResult result(PQexec(connection.get(), statement.c_str()));
    if (PQresultStatus(result.get()) != PGRES_TUPLES_OK && PQresultStatus(result.get()) != PGRES_COMMAND_OK)
      fail(connection);
    return PQntuples(result.get()) == 1 ? PQgetvalue(result.get(), 0, 0) : "";
  }

 private:
  /// Who PostgreSQL runs as; empty: who runs this program.
  static std::string user() { return ::geteuid() == 0 ? kUser : ""; }
  /// Makes the cluster, too.
  std::vector<std::string> command() const {
    fs::create_directory(folder_);
    if (!user().empty()) {
      const passwd* const who = ::getpwnam(kUser);
      if (who == nullptr) throw std::runtime_error("there is no user postgres: tools/setup peers");
      if (::chown(folder_.c_str(), who->pw_uid, who->pw_gid) != 0)
        throw std::system_error(errno, std::generic_category(), folder_.string());
    }
    const std::string data = folder_ / "data", programs = kPrograms;
    run_to_end({programs + "initdb", "--pgdata", data, "--username", kUser, "--auth", "trust", "--encoding", "UTF8",
                "--locale", "C", "--no-instructions"},
               folder_.string() + ".initdb.log", user());
    std::vector<std::string> arguments = {programs + "postgres", "-D", data, "-p", std::to_string(port_), "-k",
                                          folder_.string()};
    for (const char* const setting : kSettings) arguments.insert(arguments.end(), {"-c", setting});
    return arguments;
  }

  const fs::path folder_;
  const int port_;
  const std::string address_;
  Server server_;
  SeededRandom random_{7};
};

class Postgres final : public System {
 public:
  enum class Order { by_position, none };

  Postgres(std::shared_ptr<Cluster> cluster, Order order, std::size_t event_bytes)
      : cluster_(std::move(cluster)), order_(order), event_bytes_(event_bytes) {}

  std::string_view name() const override { return order_ == Order::by_position ? "postgres" : "postgres_unordered"; }
  std::string about() override {
    if (order_ == Order::none) return "The same without the lock: a follower by position may miss a message";
    std::string settings;
    for (const std::string_view setting : kSettings) settings += fmt::format(", {}", setting);
    return fmt::format("PostgreSQL {}{}; positions in the order of commits, by an advisory lock",
                       cluster_->tell("SHOW server_version"), settings);
  }
  bool does(Shape shape) const override {
    return order_ == Order::by_position ? shape != Shape::one_command : shape == Shape::connections;
  }

  Work work(Shape shape, int seconds) override {
    if (shape == Shape::catch_up) return copy_out(seconds);
    const bool in_batches = shape == Shape::batches;
    const unsigned outstanding = shape == Shape::gathered ? kCallers : in_batches ? kBatchesOutstanding : 1;
    const auto command = in_batches              ? PgConnection::Command::insert
                         : order_ == Order::none ? PgConnection::Command::append_unordered
                                                 : PgConnection::Command::append;
    for (unsigned i = 0; i < (shape == Shape::connections ? kCallers : 1); ++i)
      connections_.push_back(
          std::make_unique<PgConnection>(cluster_->address(), cluster_->random(), command, outstanding, event_bytes_));
    return pipelined(std::span<const std::unique_ptr<PgConnection>>(connections_), outstanding, in_batches ? kBatch : 1,
                     seconds);
  }
  void tidy() override {
    connections_.clear();
    cluster_->tell("CHECKPOINT");
  }
  std::vector<pid_t> processes() const override { return {cluster_->pid()}; }
  std::optional<double> stored_bytes() override {
    return std::stod(
        cluster_->tell("SELECT pg_total_relation_size('messages')::float8 / greatest(max(position), 1) FROM messages"));
  }

 private:
  /// In the order in which the rows lie, which is the fastest.
  Work copy_out(int seconds) const {
    const Connected connection = connect(cluster_->address());
    const std::string statement = fmt::format(
        "COPY (SELECT position, stream, version, type, recorded_at, payload FROM messages LIMIT {}) "
        "TO STDOUT (FORMAT binary)",
        kCatchUpEvents);
    Work work;
    const auto start = Steady::now();
    while (seconds_since(start) < seconds) {
      const PgResult begun(PQexec(connection.get(), statement.c_str()));
      if (PQresultStatus(begun.get()) != PGRES_COPY_OUT) fail(connection);
      char* row = nullptr;
      while (PQgetCopyData(connection.get(), &row, 0) > 0) {
        ++work.events;
        PQfreemem(row);
      }
      while (const PgResult ended{PQgetResult(connection.get())}) {
      }
    }
    work.seconds = seconds_since(start);
    return work;
  }

  const std::shared_ptr<Cluster> cluster_;
  const Order order_;
  const std::size_t event_bytes_;
  /// Of the last work: what a connection's process used is known while it is there.
  std::vector<std::unique_ptr<PgConnection>> connections_;
};

}  // namespace

std::vector<std::unique_ptr<System>> start_postgres(const fs::path& folder, Road road, std::size_t event_bytes) {
  const auto cluster = std::make_shared<Cluster>(folder, road);
  std::vector<std::unique_ptr<System>> both;
  for (const auto order : {Postgres::Order::by_position, Postgres::Order::none})
    both.push_back(std::make_unique<Postgres>(cluster, order, event_bytes));
  return both;
}

}  // namespace placet::bench
