#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bench/measure.h"

/// Placet beside what people use today: each system gets the same work to do, and answers only what is on disk.
namespace placet::bench {

inline constexpr unsigned kCallers = 64;
inline constexpr unsigned kBatch = 1'000;
/// As many events as a sheet has that is entered in full.
inline constexpr unsigned kEventsPerStream = 5;
/// Who reads from the beginning on reads so many, and then again.
inline constexpr unsigned kCatchUpEvents = 1'000'000;

enum class Shape {
  lone,         // one caller, who waits for each answer
  connections,  // 64 of them, with a connection each
  gathered,     // 64 of them in one process, over one connection
  batches,      // a thousand separate commands at a time
  one_command,  // a command of a thousand events at a time
  catch_up,     // somebody reads everything from the beginning on
};
inline constexpr std::array kShapes{Shape::lone,    Shape::connections, Shape::gathered,
                                    Shape::batches, Shape::one_command, Shape::catch_up};
std::string_view name_of(Shape shape);

class System {
 public:
  virtual ~System() = default;
  virtual std::string_view name() const = 0;
  /// Which release, with which settings.
  virtual std::string about() = 0;
  virtual bool does(Shape shape) const = 0;
  virtual Work work(Shape shape, int seconds) = 0;
  /// After each work, off the clock: puts away what would burden the next one.
  virtual void tidy() {}
  /// What processor time other than this program's is spent on it; none where it is a library.
  virtual std::vector<pid_t> processes() const = 0;
  /// On disk, of an event of the last batches, with what it takes to find it.
  virtual std::optional<double> stored_bytes() { return std::nullopt; }
};

/// How clients reach servers: all of them the same way.
enum class Road { tcp, socket_file };

/// Each in a folder of its own, which is not there yet; `event_bytes` is what an event has.
std::vector<std::unique_ptr<System>> start_postgres(const std::filesystem::path& folder, Road road,
                                                    std::size_t event_bytes);
std::unique_ptr<System> start_redis(const std::filesystem::path& folder, Road road, std::size_t event_bytes);
std::unique_ptr<System> open_rocksdb(const std::filesystem::path& folder, std::size_t event_bytes);

}  // namespace placet::bench
