#pragma once

#include <memory>
#include <string_view>

#include "base/random.h"
#include "readside/projection_host.h"
#include "store/memory/row_archive.h"
#include "store/memory/row_store.h"
#include "tests/sim/incidents.h"

namespace placet::sim {

/// The read side of a simulated ledger: its rows stay when the process that folds them crashes.
class Views {
 public:
  Views(const store::EventLog& log, Random& choice, Incidents& incidents)
      : log_(log), choice_(choice), incidents_(incidents) {
    start();
  }

  void start();
  void stop() { host_.reset(); }
  /// As the power does: rows go back to what the disk had.
  void crash();

  /// Something that befalls them, or that somebody asks of them.
  void incident();
  /// They have caught up with the log, and are those of a fold from 0.
  void equal_a_replay();

 private:
  readside::AtLeast at_the_end_of_the_log();
  void fail_a_write();
  void rebuild(std::string_view name);
  void equals_a_replay(const readside::View& view);
  std::string_view any_projection();
  std::uint64_t below(std::uint64_t end) { return choice_.next() % end; }

  const store::EventLog& log_;
  Random& choice_;
  Incidents& incidents_;
  store::MemoryRowStore rows_{{}};
  store::MemoryRowArchive archive_;
  std::unique_ptr<readside::ProjectionHost> host_;
};

}  // namespace placet::sim
