#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/id.h"
#include "projections/projection.h"
#include "readside/fold.h"
#include "readside/view.h"
#include "store/event_log.h"
#include "store/row_store.h"

namespace placet::readside {

/// What `at_least` answers.
struct Ready {
  View view;
};
/// The time was up; this is how far the rows are.
struct Behind {
  Basis basis;
};
/// The log has no such size (yet).
struct UnknownPosition {
  LogSize log_size;
};
using AtLeast = std::variant<Ready, Behind, Stopped, UnknownPosition>;

enum class ProjectionState {
  live,      // rides the train; queries read it
  building,  // its rows are being made for the first time, or in a new version
  stopped,   // failed on an event; a rebuild, or a program that knows better, brings it back
};

struct ProjectionStatus {
  std::string_view name;
  std::uint32_t version = 0;
  ProjectionState state = ProjectionState::building;
  LogSize size;                    // of the rows that queries read, or of those being built
  std::optional<LogSize> rebuilt;  // how far a rebuild beside the live rows is
  std::optional<Stopped> stopped;
};

/// Who is live, and how far: the part of the projection host that its threads and those of queries share. The names
/// are fixed; what is unknown to it is a bug.
class Roster {
 public:
  Roster(const store::EventLog& log, const store::RowStore& views, LedgerId ledger,
         const std::vector<projections::ProjectionType>& types);

  // ---- queries, on any thread
  Result<View> view() const;
  /// Waits at most `timeout` until the rows of `projections` (none named: of all) stand at `size` or beyond.
  Result<AtLeast> at_least(LogSize size, std::chrono::milliseconds timeout,
                           std::span<const std::string_view> projections) const;
  std::vector<ProjectionStatus> status() const;

  // ---- the host's threads
  LogSize train_size() const;
  bool has_stopped(std::string_view name) const;
  void publish(LogSize train_size);
  void set_built(std::string_view name, std::optional<LogSize> size);
  /// Its rows are not shown any more.
  void stop(const Stopped& stopped);
  /// A build of it did; what is live stays so.
  void stop_build(const Stopped& stopped);
  /// All of them: the log or the store cannot be read.
  void stop_all(const std::string& why);
  void forget_stop(std::string_view name);
  /// Queries read `rows` from the moment that `write` has stored that they are the live ones.
  Result<void> swap(std::shared_ptr<const Generation> rows, const std::function<Result<void>()>& write);
  /// Whether tables that end in `suffix` are live or held by a view.
  bool in_use(std::string_view suffix) const;

 private:
  struct Entry {
    std::string_view name;
    std::uint32_t version = 0;
    std::shared_ptr<const Generation> rows;  // nullptr: none to read
    std::optional<LogSize> built;
    std::optional<Stopped> stopped;
  };

  Entry& entry(std::string_view name);
  const Entry& entry(std::string_view name) const;
  std::vector<const Entry*> named(std::span<const std::string_view> names) const;
  Result<View> view_now() const;  // with mutex_ held

  const store::EventLog& log_;
  const store::RowStore& views_;
  const LedgerId ledger_;

  mutable std::mutex mutex_;  // guards everything below
  mutable std::condition_variable moved_;
  LogSize train_size_;
  std::vector<Entry> entries_;
  std::vector<std::weak_ptr<const Generation>> handed_out_;
};

}  // namespace placet::readside
