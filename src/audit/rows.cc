#include "audit/rows.h"

#include <fmt/format.h>

#include <memory>
#include <optional>
#include <utility>

#include "readside/catalog.h"
#include "readside/fold.h"
#include "readside/view.h"
#include "store/paged_walk.h"

namespace placet::audit {

namespace {

class RowsCheck {
 public:
  explicit RowsCheck(const RowsInput& input) : input_(input) {}

  Result<RowsReport> run() {
    PLACET_ASSIGN(report_.size, readside::train_size(input_.live));
    PLACET_TRY(find_live());
    if (input_.log.size() < report_.size) {
      report_.faults.push_back(
          fmt::format("the rows stand at {} records, the log has {}", report_.size.value, input_.log.size().value));
      return std::move(report_);
    }
    if (report_.size < input_.log.size())
      report_.not_checked.push_back(fmt::format("rows of the last {} records: they are not made yet",
                                                input_.log.size().value - report_.size.value));
    PLACET_TRY(readside::fold_all(input_.log, report_.size, checked_, input_.fresh, input_.progress));
    for (std::size_t i = 0; i < checked_.size(); ++i)
      for (const std::string_view table : checked_[i].tables) PLACET_TRY(compare(std::string(table), suffixes_[i]));
    return std::move(report_);
  }

 private:
  Result<void> find_live() {
    for (const projections::ProjectionType& type : input_.types) {
      PLACET_ASSIGN(const auto live, readside::live_row(input_.live, type.name));
      if (live && live->version == type.version) {
        checked_.push_back(type);
        suffixes_.push_back(readside::Generation{std::string(type.name), live->generation}.suffix());
      } else {
        report_.not_checked.push_back(
            fmt::format("{}: {}", type.name, live ? "its rows are of another version" : "it has no rows"));
      }
    }
    return {};
  }

  Result<void> compare(const std::string& table, const std::string& suffix) {
    store::PagedWalk live(input_.live, table + suffix), fresh(input_.fresh, table);
    while (true) {
      PLACET_ASSIGN(const auto is, live.next());
      PLACET_ASSIGN(const auto should_be, fresh.next());
      if (!is && !should_be) return {};
      ++report_.rows;
      if (is && should_be && is->key == should_be->key && is->value == should_be->value) continue;
      const BytesView key = should_be && (!is || should_be->key <= is->key) ? should_be->key : is->key;
      const bool missing = !is || (should_be && should_be->key < is->key);
      const bool left_over = !should_be || (is && is->key < should_be->key);
      report_.faults.push_back(fmt::format("{}, key {}: {}", table, to_hex(key),
                                           missing     ? "the row is missing"
                                           : left_over ? "a row that should not be there"
                                                       : "another row than the log makes"));
      return {};
    }
  }

  const RowsInput& input_;
  RowsReport report_;
  std::vector<projections::ProjectionType> checked_;
  std::vector<std::string> suffixes_;  // of their live tables
};

}  // namespace

Result<RowsReport> check_rows(const RowsInput& input) { return RowsCheck(input).run(); }

}  // namespace placet::audit
