#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/stream_id.h"
#include "codec/record.h"
#include "projections/projection.h"
#include "readside/snapshots.h"
#include "readside/view.h"
#include "store/event_log.h"
#include "store/row_store.h"

namespace placet::readside {

/// Rows as of an earlier size for a question about few things: those of the nearest snapshot, and where somebody looks,
/// what the events since then made of them. A row is as of that size once the stream on which it rests was folded on
/// from the snapshot, in the order of the log with all others that were. Which rows a scan meets, the live rows say:
/// rows that are never erased are among them, whatever became of them meanwhile.
///
/// Whoever asks for too much, or for rows that do not say on what they rest, is refused, and it has given up from then
/// on: the question is then for whole books. One thread at a time.
class RowsOnDemand final : public store::RowReader {
 public:
  static constexpr std::size_t kStreamsMax = 2'048;
  static constexpr std::size_t kEventsMax = 16'384;
  static constexpr std::size_t kScanMax = 2'048;  // rows

  /// `live` stands at `size` or beyond it.
  RowsOnDemand(const store::EventLog& log, const std::vector<projections::ProjectionType>& types,
               std::shared_ptr<const Snapshots::Start> base, View live, LogSize size);

  Result<std::optional<Bytes>> get(std::string_view table, BytesView key) const override;
  Result<void> scan(std::string_view table, const store::KeyRange& range,
                    const store::RowVisitor& visit) const override;
  bool gave_up() const { return gave_up_; }

 private:
  struct Table {
    std::size_t projection;  // its place among the types
    std::string_view name;
    projections::TableOrigin origin;
  };
  /// What a projection reads while it folds.
  class Below;

  std::unexpected<Error> give_up(std::string why) const;
  template <class T>
  Result<T> or_give_up(Result<T> result) const {
    gave_up_ = gave_up_ || !result;
    return result;
  }
  Result<const Table*> find(std::string_view stored_name) const;
  Result<void> follow(const Table& table, BytesView key) const;
  Result<void> follow(const Table& table, std::string_view stored_name, const store::KeyRange& range) const;
  using Events = std::map<LogPosition, codec::StoredEvent>;
  /// Takes what these streams have between snapshot and size.
  Result<void> add_streams(const std::set<StreamId>& streams) const;
  /// What one of them has; nothing where that is too much. Any thread.
  Result<std::optional<Events>> events_of(const StreamId& stream) const;
  /// Folds all that was taken, again and again until no row that was read on the way rests on anything else.
  Result<void> fold() const;
  Result<void> fold_once() const;
  using Rows = std::map<Bytes, std::optional<Bytes>, std::less<>>;  // nothing: erased
  Result<std::optional<Bytes>> row(std::string_view stored_name, BytesView key) const;
  Result<Rows> rows(std::string_view stored_name, const store::KeyRange& range) const;

  const store::EventLog& log_;
  const std::vector<projections::ProjectionType>& types_;
  const std::shared_ptr<const Snapshots::Start> base_;
  const View live_;
  const LogSize size_;
  std::map<std::string, Table, std::less<>> tables_;  // by their stored name in the snapshot

  mutable bool gave_up_ = false;
  mutable std::set<StreamId> streams_;  // that were taken
  mutable std::set<std::size_t> projections_;
  mutable Events events_;  // of those
  mutable bool folded_ = true;
  mutable std::map<std::string, Rows, std::less<>> changed_;  // by the events
};

}  // namespace placet::readside
