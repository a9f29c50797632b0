#include "audit/rows.h"

#include <fmt/format.h>

#include <memory>
#include <optional>
#include <utility>

#include "readside/catalog.h"
#include "readside/fold.h"
#include "readside/view.h"

namespace placet::audit {

namespace {

/// The rows of a table one after the other, read some at a time.
class RowsOf {
 public:
  RowsOf(const store::RowReader& reader, std::string table) : reader_(reader), table_(std::move(table)) {}

  /// Nothing at the end.
  Result<std::optional<std::pair<BytesView, BytesView>>> next() {
    if (at_ == page_.size() && !ended_) PLACET_TRY(turn());
    if (at_ == page_.size()) return std::nullopt;
    const auto& [key, row] = page_[at_++];
    return std::pair<BytesView, BytesView>(key, row);
  }

 private:
  static constexpr std::size_t kPage = 4'096;

  Result<void> turn() {
    store::KeyRange behind{page_.empty() ? Bytes() : page_.back().first + '\0', {}};
    page_.clear();
    at_ = 0;
    PLACET_TRY(reader_.scan(table_, behind, [&](BytesView key, BytesView row) {
      page_.emplace_back(key, row);
      return page_.size() < kPage;
    }));
    ended_ = page_.size() < kPage;
    return {};
  }

  const store::RowReader& reader_;
  const std::string table_;
  std::vector<std::pair<Bytes, Bytes>> page_;
  std::size_t at_ = 0;
  bool ended_ = false;
};

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
    const readside::Catalog catalog(input_.live);
    for (const projections::ProjectionType& type : input_.types) {
      PLACET_ASSIGN(const auto live, catalog.live(type.name));
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
    RowsOf live(input_.live, table + suffix), fresh(input_.fresh, table);
    while (true) {
      PLACET_ASSIGN(const auto is, live.next());
      PLACET_ASSIGN(const auto should_be, fresh.next());
      if (!is && !should_be) return {};
      ++report_.rows;
      if (is == should_be) continue;
      const BytesView key = should_be && (!is || should_be->first <= is->first) ? should_be->first : is->first;
      const bool missing = !is || (should_be && should_be->first < is->first);
      const bool left_over = !should_be || (is && is->first < should_be->first);
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
