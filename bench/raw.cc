#include "bench/raw.h"

#include <fcntl.h>
#include <rocksdb/db.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <random>
#include <stdexcept>
#include <string>
#include <thread>

#include "store/rocks/options.h"

namespace placet::bench {

namespace {

constexpr std::size_t kPoolBytes = 32 << 20;

const std::string& noise() {
  static const std::string pool = [] {
    std::string bytes(kPoolBytes, '\0');
    std::mt19937_64 random(7);
    for (std::size_t i = 0; i + 8 <= bytes.size(); i += 8)
      *reinterpret_cast<std::uint64_t*>(bytes.data() + i) = random();
    return bytes;
  }();
  return pool;
}

std::unique_ptr<rocksdb::DB> open_new(const std::filesystem::path& folder) {
  std::filesystem::remove_all(folder);
  const rocksdb::Options options(store::log_database_options(),
                                 store::log_column_options(store::LogColumn::records, store::log_block_cache()));
  rocksdb::Options creating = options;
  creating.create_if_missing = true;
  rocksdb::DB* db = nullptr;
  const rocksdb::Status status = rocksdb::DB::Open(creating, folder, &db);
  if (!status.ok()) throw std::runtime_error(status.ToString());
  return std::unique_ptr<rocksdb::DB>(db);
}

void encode_key(std::uint64_t position, char (&key)[8]) {
  for (int i = 0; i < 8; ++i) key[i] = static_cast<char>(position >> (56 - 8 * i));
}

rocksdb::Slice value_at(std::uint64_t position, std::size_t bytes) {
  const BytesView value = noise_at(position, bytes);
  return {value.data(), value.size()};
}

}  // namespace

BytesView noise_at(std::uint64_t number, std::size_t bytes) {
  return {noise().data() + number * 61 % (kPoolBytes - bytes), bytes};
}

Work raw_batches(const std::filesystem::path& folder, std::size_t value_bytes, unsigned batch, int seconds) {
  const auto db = open_new(folder);
  noise();
  std::uint64_t position = 0;
  const auto start = Steady::now();
  const auto end = start + std::chrono::seconds(seconds);
  while (Steady::now() < end) {
    rocksdb::WriteBatch writes;
    for (unsigned i = 0; i < batch; ++i, ++position) {
      char key[8];
      encode_key(position, key);
      writes.Put({key, sizeof key}, value_at(position, value_bytes));
    }
    const auto status = db->Write(store::synced_write_options(), &writes);
    if (!status.ok()) throw std::runtime_error(status.ToString());
  }
  return {.events = position, .seconds = seconds_since(start), .micros = {}};
}

Work raw_single_puts(const std::filesystem::path& folder, std::size_t value_bytes, unsigned threads, int seconds) {
  const auto db = open_new(folder);
  noise();
  std::atomic<std::uint64_t> position = 0;
  std::atomic<bool> failed = false;
  const auto start = Steady::now();
  const auto end = start + std::chrono::seconds(seconds);
  std::vector<std::thread> writers;
  for (unsigned t = 0; t < threads; ++t) {
    writers.emplace_back([&] {
      while (Steady::now() < end) {
        const std::uint64_t at = position++;
        char key[8];
        encode_key(at, key);
        if (!db->Put(store::synced_write_options(), {key, sizeof key}, value_at(at, value_bytes)).ok()) failed = true;
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  if (failed) throw std::runtime_error("a raw Put failed");
  return {.events = position, .seconds = seconds_since(start), .micros = {}};
}

std::vector<std::int64_t> fdatasync_micros(const std::filesystem::path& folder, unsigned count) {
  const std::string path = folder / "fdatasync";
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (fd < 0) throw std::runtime_error("cannot open " + path);
  const std::string page(4096, 'x');
  std::vector<std::int64_t> micros;
  for (unsigned i = 0; i < count; ++i) {
    if (::write(fd, page.data(), page.size()) != static_cast<ssize_t>(page.size()))
      throw std::runtime_error("cannot write " + path);
    const auto start = Steady::now();
    if (::fdatasync(fd) != 0) throw std::runtime_error("cannot sync " + path);
    micros.push_back(std::chrono::duration_cast<std::chrono::microseconds>(Steady::now() - start).count());
  }
  ::close(fd);
  std::filesystem::remove(path);
  return micros;
}

}  // namespace placet::bench
