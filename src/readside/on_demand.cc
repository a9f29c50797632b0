#include "readside/on_demand.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/check.h"
#include "base/crew.h"

namespace placet::readside {

using projections::Folder;

class RowsOnDemand::Below final : public store::RowReader {
 public:
  explicit Below(const RowsOnDemand& rows) : rows_(rows) {}
  Result<std::optional<Bytes>> get(std::string_view table, BytesView key) const override {
    PLACET_ASSIGN(const Table* const of, rows_.find(table));
    PLACET_TRY(rows_.follow(*of, key));
    PLACET_TRY(complete());
    return rows_.base_->rows->get(table, key);
  }
  Result<void> scan(std::string_view table, const store::KeyRange& range,
                    const store::RowVisitor& visit) const override {
    PLACET_ASSIGN(const Table* const of, rows_.find(table));
    PLACET_TRY(rows_.follow(*of, table, range));
    PLACET_TRY(complete());
    return rows_.base_->rows->scan(table, range, visit);
  }

 private:
  /// Or the fold ends here, to begin again with what it turned out to need.
  Result<void> complete() const {
    if (rows_.folded_) return {};
    return fail(ErrorCode::unavailable, "more events");
  }

  const RowsOnDemand& rows_;
};

RowsOnDemand::RowsOnDemand(const store::EventLog& log, const std::vector<projections::ProjectionType>& types,
                           std::shared_ptr<const Snapshots::Start> base, View live, LogSize size)
    : log_(log), types_(types), base_(std::move(base)), live_(std::move(live)), size_(size) {
  for (std::size_t projection = 0; projection < types_.size(); ++projection) {
    const auto& type = types_[projection];
    for (std::size_t i = 0; i < type.tables.size(); ++i)
      tables_.emplace(std::string(type.tables[i]) + base_->generations[projection]->suffix(),
                      Table{projection, type.tables[i], type.origins[i]});
  }
}

Result<std::optional<Bytes>> RowsOnDemand::get(std::string_view table, BytesView key) const {
  return or_give_up(row(table, key));
}

Result<void> RowsOnDemand::scan(std::string_view table, const store::KeyRange& range,
                                const store::RowVisitor& visit) const {
  PLACET_ASSIGN(const Rows found, or_give_up(rows(table, range)));
  for (const auto& [key, row] : found)
    if (row && !visit(key, *row)) break;
  return {};
}

std::unexpected<Error> RowsOnDemand::give_up(std::string why) const {
  gave_up_ = true;
  return fail(ErrorCode::unavailable, std::move(why));
}

Result<const RowsOnDemand::Table*> RowsOnDemand::find(std::string_view stored_name) const {
  const auto found = tables_.find(stored_name);
  if (found == tables_.end()) return fail(ErrorCode::not_found, fmt::format("there is no table {}", stored_name));
  const Table& table = found->second;
  if (table.origin.rests_on == nullptr || !live_.has(types_[table.projection].name))
    return give_up(fmt::format("{} is for whole books", table.name));
  if (projections_.insert(table.projection).second && !events_.empty()) folded_ = false;
  return &table;
}

Result<void> RowsOnDemand::follow(const Table& table, BytesView key) const {
  return add_streams({table.origin.rests_on(key)});
}

Result<void> RowsOnDemand::follow(const Table& table, std::string_view stored_name,
                                  const store::KeyRange& range) const {
  if (!table.origin.never_erased) return give_up(fmt::format("a list of {} is for whole books", table.name));
  std::set<StreamId> met;
  std::size_t count = 0;
  const auto meet = [&](BytesView key, BytesView) {
    met.insert(table.origin.rests_on(key));
    return ++count <= kScanMax;
  };
  PLACET_TRY(live_.scan_bytes(table.name, meet, range));
  PLACET_TRY(base_->rows->scan(stored_name, range, meet));
  if (count > kScanMax) return give_up(fmt::format("a long list of {} is for whole books", table.name));
  return add_streams(met);
}

Result<void> RowsOnDemand::add_streams(const std::set<StreamId>& streams) const {
  std::vector<StreamId> added;
  for (const StreamId& stream : streams)
    if (streams_.insert(stream).second) added.push_back(stream);
  if (streams_.size() > kStreamsMax) return give_up("so many things are for whole books");
  std::vector<Result<std::optional<Events>>> taken(added.size());
  // What is old lies on the disk alone, and a thread can wait for one read at a time.
  constexpr std::size_t kThreadsMax = 8, kStreamsPerThread = 8;
  const auto threads = std::clamp<std::size_t>(added.size() / kStreamsPerThread, 1, kThreadsMax);
  Crew(static_cast<unsigned>(threads - 1), Crew::Runs::as_others).run(added.size(), [&](std::size_t i) {
    taken[i] = events_of(added[i]);
  });
  for (auto& events : taken) {
    if (!events) return std::unexpected(events.error());
    if (!*events) return give_up("so many events are for whole books");
    if (!(*events)->empty()) folded_ = false;
    events_.merge(**events);
  }
  if (events_.size() > kEventsMax) return give_up("so many events are for whole books");
  return {};
}

Result<std::optional<RowsOnDemand::Events>> RowsOnDemand::events_of(const StreamId& stream) const {
  Events events;
  if (!log_.may_have_grown(stream, base_->size)) return events;
  PLACET_ASSIGN(const auto positions, log_.positions(stream, {}, kEventsMax));
  if (positions.size() == kEventsMax) return std::nullopt;
  for (const LogPosition position : positions) {
    if (position.value < base_->size.value) continue;
    if (position.value >= size_.value) break;
    PLACET_ASSIGN(const Bytes record, log_.record(position));
    PLACET_ASSIGN(auto stored, codec::read_record(record));
    events.emplace(position, std::move(stored));
  }
  return events;
}

Result<void> RowsOnDemand::fold() const {
  while (!folded_) {
    folded_ = true;
    const auto done = fold_once();
    if (folded_) return done;
  }
  return {};
}

Result<void> RowsOnDemand::fold_once() const {
  changed_.clear();
  const Below below(*this);
  store::RowBatch batch;
  for (const std::size_t projection : projections_) {
    const auto folder = types_[projection].make(below, base_->generations[projection]->suffix());
    for (const auto& [position, stored] : events_) {
      try {
        const BugBarrier barrier;
        folder->apply(stored.event, stored.meta);
      } catch (const std::exception& poisoned) {
        return fail(ErrorCode::unavailable, fmt::format("{} fails on the event at position {}: {}", folder->name(),
                                                        position.value, poisoned.what()));
      }
    }
    folder->flush(batch);
  }
  batch.for_each([&](const store::RowBatch::Change& change) {
    changed_[batch.tables()[change.table]].insert_or_assign(
        Bytes(change.key), change.value ? std::optional(Bytes(*change.value)) : std::nullopt);
  });
  return {};
}

Result<std::optional<Bytes>> RowsOnDemand::row(std::string_view stored_name, BytesView key) const {
  PLACET_ASSIGN(const Table* const table, find(stored_name));
  PLACET_TRY(follow(*table, key));
  PLACET_TRY(fold());
  if (const auto of_table = changed_.find(stored_name); of_table != changed_.end())
    if (const auto row = of_table->second.find(key); row != of_table->second.end()) return row->second;
  return base_->rows->get(stored_name, key);
}

Result<RowsOnDemand::Rows> RowsOnDemand::rows(std::string_view stored_name, const store::KeyRange& range) const {
  PLACET_ASSIGN(const Table* const table, find(stored_name));
  PLACET_TRY(follow(*table, stored_name, range));
  PLACET_TRY(fold());
  Rows found;
  PLACET_TRY(base_->rows->scan(stored_name, range, [&](BytesView key, BytesView row) {
    found.emplace(key, row);
    return true;
  }));
  const auto of_table = changed_.find(stored_name);
  if (of_table == changed_.end()) return found;
  const auto& changed = of_table->second;
  const auto end = range.to ? changed.lower_bound(*range.to) : changed.end();
  for (auto row = changed.lower_bound(range.from); row != end; ++row) found.insert_or_assign(row->first, row->second);
  return found;
}

}  // namespace placet::readside
