#pragma once

// What a ledger owes to those who use it, told by the bytes of its records, by what its callers sent and by what they
// heard. Judges the simulation; includes nothing of src/, only what Cap'n Proto makes of schema/, so that it shares no
// mistake with what it judges.

#include <array>
#include <compare>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace placet::sim {

struct Id {
  std::uint64_t hi = 0, lo = 0;
  bool nil() const { return hi == 0 && lo == 0; }
  friend auto operator<=>(const Id&, const Id&) = default;
};
/// A command is known by its id and its account.
struct CommandKey {
  Id command, account;
  friend auto operator<=>(const CommandKey&, const CommandKey&) = default;
};
using Hash = std::array<std::uint8_t, 32>;

class Facts;

/// Positions and versions have no gap, time never goes back, a command is there once and whole; what was answered is
/// there, where the caller was told, through all crashes; a repeat gets the first answer and leaves nothing; a refusal
/// leaves nothing but its own fact. What the records say of hours and money is judged by Facts.
class Model {
 public:
  Model();
  ~Model();

  // What callers did and heard.
  void sent(const CommandKey& command) { sent_.insert(command); }
  void accepted(const CommandKey& command, std::uint64_t first, std::uint32_t count, bool repeated);
  void refused(const CommandKey& command, std::uint16_t code);

  // What is stored.
  std::uint64_t size() const { return leaves_.size(); }
  /// The next record. Whatever callers heard of it they hear before, unless nobody got an answer.
  void stored(std::string_view record);
  /// All that was stored before is read once more.
  void stored_still(std::uint64_t position, std::string_view record);
  /// There is nothing more. Every answer must be borne out by what is stored.
  void settle();
  /// The ledger says that its first `size` records have this root.
  void head(std::uint64_t size, const Hash& root);

  Hash root() const { return root_at_.back(); }
  /// What was broken, a line each.
  const std::vector<std::string>& broken() const { return broken_; }
  /// How many facts were judged, by the name of what they must keep.
  const std::map<std::string, std::size_t>& judged() const;

 private:
  struct Stored {
    std::uint64_t first = 0;
    std::uint32_t count = 0;
    std::uint16_t refusal = 0;  // its events are the fact of that refusal
    bool refusals_summarised = false;
  };
  struct Answer {
    CommandKey command;
    std::uint64_t first = 0;
    std::uint32_t count = 0;
    std::uint16_t refusal = 0;
  };
  /// Of the command that the next record must go on with.
  struct Whole {
    CommandKey command;
    std::uint16_t index = 0, count = 0;
  };

  void grow(const Hash& leaf);
  void check(const Answer& answer);
  void expect(bool kept, const std::string& what);

  std::set<CommandKey> sent_;
  std::map<CommandKey, Stored> commands_;
  std::vector<Answer> unsettled_;
  std::optional<Whole> unfinished_;
  std::map<std::pair<std::uint16_t, Id>, std::uint32_t> versions_;  // the next one of each stream
  std::int64_t recorded_at_ = 0;
  std::vector<Hash> leaves_;
  std::vector<std::pair<std::uint64_t, Hash>> peaks_;  // full trees, largest first: leaves, root
  std::vector<Hash> root_at_;                          // by size
  std::unique_ptr<Facts> facts_;
  std::vector<std::string> broken_;
};

}  // namespace placet::sim
