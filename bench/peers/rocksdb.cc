// RocksDB alone, in this process: the floor under the whole path (bench/raw.h).

#include <fmt/format.h>
#include <rocksdb/version.h>

#include <stdexcept>

#include "bench/peers/system.h"
#include "bench/raw.h"

namespace placet::bench {

namespace {

class RocksDb final : public System {
 public:
  RocksDb(std::filesystem::path folder, std::size_t event_bytes)
      : folder_(std::move(folder)), event_bytes_(event_bytes) {}

  std::string_view name() const override { return "rocksdb"; }
  std::string about() override {
    return fmt::format("RocksDB {}.{}.{}, options of the log's `records`, one synced write per thousand events",
                       ROCKSDB_MAJOR, ROCKSDB_MINOR, ROCKSDB_PATCH);
  }
  bool does(Shape shape) const override { return shape == Shape::batches || shape == Shape::one_command; }
  Work work(Shape, int seconds) override { return raw_batches(folder_, event_bytes_, kBatch, seconds); }
  void tidy() override { std::filesystem::remove_all(folder_); }
  std::vector<pid_t> processes() const override { return {}; }

 private:
  const std::filesystem::path folder_;
  const std::size_t event_bytes_;
};

}  // namespace

std::unique_ptr<System> open_rocksdb(const std::filesystem::path& folder, std::size_t event_bytes) {
  return std::make_unique<RocksDb>(folder, event_bytes);
}

}  // namespace placet::bench
