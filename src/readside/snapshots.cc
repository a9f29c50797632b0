#include "readside/snapshots.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "base/log.h"
#include "codec/record.h"
#include "domain/books/books.h"
#include "readside/catalog.h"

namespace placet::readside {

LogSize least_missed(const std::vector<LogSize>& sizes) {
  const auto gap = [&](std::size_t i) { return sizes[i + 1].value - (i == 0 ? 0 : sizes[i - 1].value); };
  const auto distance = [&](std::size_t i) { return sizes.back().value - sizes[i].value; };
  std::size_t least = 0;
  for (std::size_t i = 1; i + 1 < sizes.size(); ++i)
    if (gap(i) * distance(least) < gap(least) * distance(i)) least = i;  // its gap is the smaller part of its distance
  return sizes[least];
}

Result<Snapshots::Start> Snapshots::nearest(LogSize size) { return nearest(size, &store::RowArchive::open); }

Result<std::shared_ptr<const Snapshots::Start>> Snapshots::nearest_to_read(LogSize size) {
  const std::lock_guard lock(open_mutex_);
  const std::vector<LogSize> kept = archive_.sizes();
  std::erase_if(open_, [&](const auto& one) {
    const auto& [at, start] = one;
    return start->epoch != epoch_ || (at.value != 0 && !std::ranges::binary_search(kept, at));
  });
  const auto place = std::ranges::upper_bound(kept, size);
  const LogSize nearest_size = place == kept.begin() ? LogSize{} : *std::prev(place);
  if (const auto found = open_.find(nearest_size); found != open_.end()) return found->second;
  PLACET_ASSIGN(Start start, nearest(size, &store::RowArchive::open_to_read));
  const auto opened = std::make_shared<const Start>(std::move(start));
  open_[opened->size] = opened;
  return opened;
}

Result<Snapshots::Start> Snapshots::nearest(LogSize size, Open open) {
  const std::uint64_t epoch = epoch_;
  const std::vector<LogSize> kept = archive_.sizes();
  for (auto at = std::ranges::upper_bound(kept, size); at != kept.begin();) {
    auto start = start_at(*--at, open);
    if (start && *start) {
      (*start)->epoch = epoch;
      return std::move(**start);
    }
    log::warning("the rows kept at {} events are dropped: {}", at->value,
                 start ? "they are of another version or another log" : start.error().message);
    PLACET_TRY(archive_.drop(*at));
  }
  PLACET_ASSIGN(auto rows, archive_.open({}));
  PLACET_TRY(Catalog(*rows).lay_out(types_, ledger_));
  PLACET_ASSIGN(auto generations, live_in(*rows, {}));
  return Start{{}, std::move(rows), std::move(generations).value(), epoch};
}

Result<std::optional<Snapshots::Start>> Snapshots::start_at(LogSize size, Open open) {
  PLACET_ASSIGN(auto rows, (archive_.*open)(size));
  PLACET_ASSIGN(auto generations, live_in(*rows, size));
  if (!generations) return std::nullopt;
  return Start{size, std::move(rows), std::move(*generations), 0};
}

Result<std::optional<View::Generations>> Snapshots::live_in(store::RowStore& rows, LogSize size) const {
  const Catalog catalog(rows);
  PLACET_ASSIGN(const auto cursor, catalog.train());
  if (!cursor || cursor->size != size || size > log_.size()) return std::nullopt;
  PLACET_ASSIGN(const TrainRow expected, train_row_at(log_, ledger_, size));
  if (cursor->ledger != expected.ledger || cursor->last_record != expected.last_record) return std::nullopt;
  View::Generations generations;
  for (const auto& type : types_) {
    PLACET_ASSIGN(const auto live, catalog.live(type.name));
    if (!live || live->version != type.version) return std::nullopt;
    generations.push_back(std::make_shared<const Generation>(Generation{std::string(type.name), live->generation}));
  }
  return generations;
}

Result<void> Snapshots::advance(Fold& fold, store::RowStore& rows, LogSize to, std::uint64_t epoch,
                                const std::stop_token& stop) {
  while (true) {
    PLACET_ASSIGN(const auto place, next(fold.size(), to));
    PLACET_TRY(fold.advance(place.value_or(to), stop));
    if (!place || fold.size() != *place) return {};
    keep(rows, *place, epoch);
  }
}

Result<std::optional<LogSize>> Snapshots::next(LogSize from, LogSize to) {
  std::optional<LogSize> place;
  for (std::uint64_t round = (from.value / every_ + 1) * every_; round <= to.value && !place; round += every_) {
    PLACET_ASSIGN(const CommandEnd end, command_end_at(log_, {round}));
    if (end.size > from) place = end.size;
  }
  PLACET_TRY(find_closes(to));
  const std::lock_guard lock(closes_mutex_);
  const auto close = std::ranges::upper_bound(closes_, from);
  if (close != closes_.end() && *close <= place.value_or(to)) place = *close;
  return place;
}

Result<void> Snapshots::find_closes(LogSize to) {
  const std::lock_guard lock(closes_mutex_);
  if (to <= books_seen_at_ || !log_.may_have_grown(domain::books_stream(), books_seen_at_)) return {};
  const LogSize size = log_.size();
  Result<void> readable;
  PLACET_TRY(
      log_.read_stream(domain::books_stream(), books_seen_, [&](StreamVersion version, LogPosition, BytesView record) {
        const auto stored = codec::read_record(record);
        if (!stored) readable = std::unexpected(stored.error());
        if (!stored) return false;
        if (std::holds_alternative<domain::PeriodClosed>(stored->event))
          closes_.push_back({stored->meta.last_of_command().value + 1});
        books_seen_ = {version.value + 1};
        return true;
      }));
  PLACET_TRY(readable);
  books_seen_at_ = size;
  return {};
}

void Snapshots::keep(store::RowStore& rows, LogSize size, std::uint64_t epoch) {
  const auto kept = [&]() -> Result<void> {
    std::vector<LogSize> sizes = archive_.sizes();
    if (const auto place = std::ranges::lower_bound(sizes, size); place == sizes.end() || *place != size)
      sizes.insert(place, size);
    if (sizes.size() > kMax && least_missed(sizes) == size) return {};
    PLACET_ASSIGN(const auto whole, live_in(rows, size));
    if (!whole) return {};
    PLACET_TRY(archive_.keep(size, rows));
    if (sizes.size() > kMax) PLACET_TRY(archive_.drop(least_missed(sizes)));
    return {};
  };
  const std::lock_guard lock(keeping_);
  if (epoch != epoch_) return;
  if (const auto done = kept(); !done)
    log::warning("the rows at {} events could not be kept: {}", size.value, done.error().message);
}

void Snapshots::forget() {
  const std::lock_guard lock(keeping_);
  ++epoch_;
  for (const LogSize size : archive_.sizes())
    if (const auto dropped = archive_.drop(size); !dropped)
      log::warning("the rows kept at {} events could not be dropped: {}", size.value, dropped.error().message);
}

}  // namespace placet::readside
