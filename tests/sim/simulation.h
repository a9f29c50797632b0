#pragma once

#include <array>
#include <cstdint>
#include <future>
#include <memory>
#include <mutex>
#include <vector>

#include "base/random.h"
#include "tests/property/engine/sent_history.h"
#include "tests/sim/incidents.h"
#include "tests/sim/model.h"
#include "tests/sim/views.h"

namespace placet::sim {

/// One ledger in one process: engine with all its threads, recovery, read side, stores in memory, the head in a file,
/// a clock that only the run moves. A random history of the domain is sent to it in small requests, and what else
/// befalls it comes from the same seed. The records depend on the seed alone: the ways that threads can take make
/// groups of other sizes, and no other record.
class Simulation : private testing::SentHistory {
 public:
  /// How much room the engine has decides which states it must fold again, and may change no record.
  Simulation(std::uint64_t seed, std::size_t state_cache_bytes);
  ~Simulation() override;

  void run(std::size_t commands);

  const Incidents& incidents() const { return incidents_; }
  const Model& model() const { return model_; }
  std::vector<Bytes> records() const { return records_from({0}); }

 private:
  using Submissions = std::vector<engine::Submission>;
  using Outcomes = std::vector<engine::Outcome>;
  /// Two requests, of which one or both may be empty.
  using Requests = std::array<Submissions, 2>;
  /// Where the log ended before, between and behind two requests.
  using Ends = std::array<LogSize, 3>;

  Outcomes deliver(Submissions submissions) override;
  Outcomes exchange(const Requests& requests);
  Outcomes send_in_turn(const Requests& requests, Ends& ends);
  Outcomes send_at_once(const Requests& requests);
  void send_again(const Submissions& all, const Outcomes& first, std::size_t durable);
  std::vector<std::future<Outcomes>> fill_inbox();

  void crash(LogSize left);
  void incident(const Submissions& next);
  void repeat();
  void reuse_ids();
  void refuse_all(const Submissions& next, domain::RejectionCode code);
  bool time_stands();

  void heard(const Submissions& submissions, const Outcomes& outcomes);
  void heard_again(const Submissions& submissions, const Outcomes& outcomes, const Outcomes& first);
  void look_at_log();
  std::vector<Bytes> records_from(LogSize size) const;
  std::vector<const Sent*> some_sent();
  std::uint64_t below(std::uint64_t end) { return choice_.next() % end; }
  bool one_in(std::uint64_t n) { return below(n) == 0; }

  SeededRandom choice_;
  Incidents incidents_;
  Model model_;
  std::unique_ptr<Views> views_;
  std::mutex heads_mutex_;  // guards heads_, while there is an engine
  std::vector<store::Head> heads_;
};

}  // namespace placet::sim
