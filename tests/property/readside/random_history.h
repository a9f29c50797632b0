#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <variant>
#include <vector>

#include "base/random.h"
#include "tests/unit/readside/ledger_writer.h"

namespace placet::testing {

/// Commands with events of every type in an order that a ledger could have them in as far as a projection can tell:
/// what changes a thing comes after what made it. Nobody decides here, so the rest is wilder than any ledger. The same
/// seed gives the same history.
class RandomHistory {
 public:
  RandomHistory(std::uint64_t seed, LedgerWriter& ledger);

  /// Writes one more command.
  void write_command();

  /// How often each event type was written, by its number.
  const std::array<std::size_t, std::variant_size_v<domain::Event>>& written() const { return written_; }

 private:
  struct Line {
    EntryId id;
    Date day;
  };
  struct Sheet {
    SheetId id;
    PlacementId placement;
    domain::Period period;
    std::vector<Line> lines;
  };
  struct Account {
    AccountId id;
    std::vector<TokenId> tokens;
  };

  // One kind of command each; they put events into command_.
  void system();
  void person();
  void account();
  void worker();
  void client();
  void agency();
  void employment();
  void placement();
  void terms();
  void calendar();
  void entry();
  void sheet();
  void two_persons();

  std::uint64_t below(std::uint64_t end) { return random_.next() % end; }
  bool often() { return below(4) != 0; }
  template <class T>
  T any_of(const std::vector<T>& all) {
    return all[below(all.size())];
  }
  Uuid fresh() { return {1'000 + next_id_++, random_.next() | 1}; }
  Date any_day() { return {20'738 + static_cast<std::int32_t>(below(60))}; }
  std::vector<Date> any_days(const Sheet& sheet);
  Box box() { return Box::sealed("box " + std::to_string(random_.next() % 1'000)); }
  Digest digest();
  Money money() { return Money::of(static_cast<std::int64_t>(below(10'000))); }
  template <class Enum>
  Enum any(std::uint16_t count) {
    return static_cast<Enum>(1 + below(count - 1U));
  }
  domain::Worked worked(const domain::Period& period);
  domain::ContractTerms contract_terms();
  domain::Company company();

  template <class Id, class Event>
  void add(domain::Category category, Id id, Event event) {
    ++written_[domain::EventTraits<Event>::kNumber];
    command_.push_back({stream(category, id), std::move(event), {}});
  }

  SeededRandom random_;
  LedgerWriter& ledger_;
  std::uint64_t next_id_ = 0;
  std::vector<Fact> command_;
  std::array<std::size_t, std::variant_size_v<domain::Event>> written_{};

  std::vector<PersonId> persons_;
  std::vector<Account> accounts_;
  std::vector<WorkerId> workers_;
  std::vector<ClientId> clients_;
  std::vector<AgencyId> agencies_;
  std::vector<EmploymentId> employments_;
  std::map<EmploymentId, std::vector<PlacementId>> linked_;
  std::vector<PlacementId> placements_;
  std::vector<PlacementId> agreed_;  // an agreement was sent
  std::vector<Sheet> sheets_;
  std::vector<LogPosition> proposals_;
};

}  // namespace placet::testing
