#include "audit/chain.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <map>
#include <set>
#include <utility>

#include "audit/index_sums.h"
#include "audit/own_tree.h"
#include "codec/record.h"

namespace placet::audit {

namespace {

using store::LogColumn;
using store::RowWalk;

constexpr std::uint64_t kTile = 256;
constexpr std::uint64_t kBlock = IndexSums::kBlock;
constexpr std::size_t kHashBytes = sizeof(Digest);
constexpr std::uint64_t kRecordsPerProgress = 65'536;
/// After so many the rest is only counted.
constexpr std::size_t kFaultsMax = 100;

/// Big-endian, of all bytes.
std::uint64_t number(BytesView bytes) {
  std::uint64_t value = 0;
  for (const char byte : bytes) value = value << 8U | static_cast<std::uint8_t>(byte);
  return value;
}

/// Seven bits a byte, lowest first, cut off the front; nothing when there is no whole one.
std::optional<std::uint64_t> take_number(BytesView& rest) {
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 64 && !rest.empty(); shift += 7) {
    const auto byte = static_cast<std::uint8_t>(rest.front());
    rest.remove_prefix(1);
    value |= std::uint64_t{byte & 0x7fU} << shift;
    if ((byte & 0x80U) == 0) return value;
  }
  return std::nullopt;
}

/// A record of a chunk, cut off the front; nothing when there is no whole one.
std::optional<BytesView> take_record(BytesView& chunk) {
  constexpr std::size_t kLength = 2;
  if (chunk.size() < kLength) return std::nullopt;
  const std::uint64_t length = number(chunk.substr(0, kLength));
  if (length == 0 || chunk.size() < kLength + length) return std::nullopt;
  const BytesView record = chunk.substr(kLength, length);
  chunk.remove_prefix(kLength + length);
  return record;
}

std::optional<StreamId> stream_in(BytesView key) {
  constexpr std::size_t kStream = 17;
  if (key.size() < kStream) return std::nullopt;
  return StreamId{static_cast<std::uint8_t>(key[0]), Uuid::from_bytes(key.substr(1, kStream - 1))};
}

/// The rows of the column of tiles, one at hand.
class TileRows {
 public:
  static Result<TileRows> open(const store::LogTables& tables) {
    TileRows rows;
    PLACET_ASSIGN(rows.walk_, tables.walk(LogColumn::tiles));
    PLACET_TRY(rows.next());
    return rows;
  }
  Result<void> next() {
    PLACET_ASSIGN(row_, walk_->next());
    return {};
  }
  bool ended() const { return !row_; }
  bool is(std::uint8_t level, std::uint64_t index) const {
    return row_ && well_formed() && at() == std::pair(level, index);
  }
  bool well_formed() const { return row_->key.size() == 9 && row_->value.size() == kTile * kHashBytes; }
  std::pair<std::uint8_t, std::uint64_t> at() const {
    return {static_cast<std::uint8_t>(row_->key[0]), number(row_->key.substr(1))};
  }
  Digest hash(std::uint64_t at) const {
    Digest hash;
    std::memcpy(hash.data(), row_->value.data() + at * kHashBytes, kHashBytes);
    return hash;
  }

 private:
  std::unique_ptr<RowWalk> walk_;
  std::optional<RowWalk::Row> row_;
};

class ChainCheck {
 public:
  explicit ChainCheck(const ChainInput& input)
      : input_(input), tree_([this](std::uint8_t level, std::uint64_t index, const OwnTree::Tile& tile) {
          if (level > 0) upper_tiles_[{level, index}] = tile;
        }) {}

  Result<ChainReport> run() {
    PLACET_TRY(readable(read_checkpoints(), "checkpoints"));
    expect_the_rest();
    PLACET_ASSIGN(TileRows tiles, TileRows::open(input_.tables));
    const auto read = read_records(tiles);
    if (!read && read.error().code != ErrorCode::corrupt) return std::unexpected(read.error());
    report_.records = size_;
    report_.root = tree_.root();
    if (!read) {
      fault(size_, size_, read.error().message);
      report_.not_checked.push_back(
          fmt::format("records from {} on, and whatever names them: nothing behind it can be read", size_));
    } else {
      end_of_records();
      PLACET_TRY(readable(check_upper_tiles(tiles), "tiles"));
      PLACET_TRY(readable(check_streams(), "streams"));
      PLACET_TRY(readable(check_heads(), "heads"));
      PLACET_TRY(readable(check_commands(), "commands"));
    }
    if (unlisted_ > 0) report_.not_checked.push_back(fmt::format("{} more faults are not listed", unlisted_));
    std::ranges::stable_sort(report_.faults, {},
                             [](const Fault& one) { return one.first ? one.first->value : UINT64_MAX; });
    return std::move(report_);
  }

 private:
  /// What the records up to a size must come to.
  struct Expected {
    std::string who;
    Digest root;
    enum class Of : std::uint8_t { checkpoint, head, since } of;
  };
  /// The command whose events are being read.
  struct Command {
    CommandId id;
    AccountId account;
    std::uint16_t count = 0;
    std::uint16_t next = 0;
  };

  void fault(std::uint64_t first, std::uint64_t last, std::string what) {
    for (std::uint64_t block = first / kBlock; block <= last / kBlock; ++block) faulty_blocks_.insert(block);
    add_fault({LogPosition{first}, {last}, std::move(what)});
  }
  void fault(std::string what) { add_fault({std::nullopt, {}, std::move(what)}); }
  void add_fault(Fault one) {
    if (report_.faults.size() < kFaultsMax)
      report_.faults.push_back(std::move(one));
    else
      ++unlisted_;
  }
  /// A table that the database cannot read is a fault of the table.
  Result<void> readable(Result<void> outcome, std::string_view table) {
    if (outcome || outcome.error().code != ErrorCode::corrupt) return outcome;
    fault(outcome.error().message);
    report_.not_checked.push_back(fmt::format("the rest of {}: it cannot be read", table));
    return {};
  }

  /// Calls visit(row) for each row of a column.
  template <class Visit>
  Result<void> each_row(LogColumn column, Visit visit) {
    PLACET_ASSIGN(const auto rows, input_.tables.walk(column));
    while (true) {
      PLACET_ASSIGN(const auto row, rows->next());
      if (!row) return {};
      visit(*row);
    }
  }

  Result<void> read_checkpoints() {
    return each_row(LogColumn::checkpoints, [&](const RowWalk::Row& row) {
      const std::uint64_t size = number(row.key);
      const auto opened = merkle::open_checkpoint(row.value, input_.identity);
      ++report_.checkpoints;
      if (!opened || opened->checkpoint.size.value != size)
        return fault(fmt::format("the checkpoint kept over {} records: {}", size,
                                 opened ? "says another size" : opened.error().message));
      expected_.emplace(size, Expected{fmt::format("the checkpoint over {} records", size), opened->checkpoint.root,
                                       Expected::Of::checkpoint});
    });
  }

  void expect_the_rest() {
    if (input_.head)
      expected_.emplace(input_.head->size.value, Expected{"the head file", input_.head->root, Expected::Of::head});
    else
      report_.not_checked.emplace_back("that the log has not become shorter: there is no head file");
    if (input_.since)
      expected_.emplace(input_.since->size.value,
                        Expected{"your own checkpoint", input_.since->root, Expected::Of::since});
  }

  Result<void> read_records(TileRows& tiles) {
    compare_roots();
    PLACET_ASSIGN(const auto chunks, input_.tables.walk(LogColumn::records));
    while (true) {
      PLACET_ASSIGN(const auto row, chunks->next());
      if (!row) return {};
      if (row->key.size() != 8 || number(row->key) != size_)
        return fail(ErrorCode::corrupt, fmt::format("record {} is missing: the next chunk begins at {}", size_,
                                                    row->key.size() == 8 ? number(row->key) : 0));
      for (BytesView rest = row->value; !rest.empty();) {
        const auto record = take_record(rest);
        if (!record) return fail(ErrorCode::corrupt, fmt::format("record {}: the chunk is cut or damaged", size_));
        PLACET_TRY(take(*record, tiles));
      }
    }
  }

  Result<void> take(BytesView record, TileRows& tiles) {
    const Digest leaf = OwnTree::leaf(record);
    const bool in_tile = tiles.is(0, size_ / kTile);
    const Digest stored = in_tile ? tiles.hash(size_ % kTile) : leaf;
    if (stored != leaf)
      fault(size_, size_, "the record is not the one that was recorded: the tree has another hash for it");
    check_envelope(record);
    tree_.add(stored);
    ++size_;
    if (size_ % kTile == 0) {
      if (!in_tile) fault(size_ - kTile, size_ - 1, "the tile over these records is missing");
      if (in_tile) PLACET_TRY(tiles.next());
      if (in_tile) ++report_.tiles;
    }
    compare_roots();
    if (input_.progress && size_ % kRecordsPerProgress == 0) input_.progress({size_});
    return {};
  }

  void check_envelope(BytesView record) {
    const auto meta = codec::read_meta(record);
    if (!meta) return fault(size_, size_, meta.error().message);
    if (meta->position.value != size_)
      fault(size_, size_, fmt::format("says that it stands at {}", meta->position.value));
    if (meta->recorded_at < recorded_at_) fault(size_, size_, "was recorded before the one in front of it");
    recorded_at_ = std::max(recorded_at_, meta->recorded_at);
    if (meta->index == 0) {
      if (command_.next != command_.count)
        fault(size_ - 1, size_, "the command in front of this one has fewer events than it says");
      command_ = {meta->command, meta->actor.account, meta->count, 0};
      sums_.command({meta->command.value, meta->actor.account.value}, {{size_}, meta->count}, 1);
    }
    if (meta->index != command_.next || meta->command != command_.id || meta->count != command_.count)
      fault(size_, size_, "is not the next event of its command");
    command_.next = static_cast<std::uint16_t>(meta->index + 1);
    sums_.stream(meta->stream, meta->version, {size_}, 1);
    sums_.head(meta->stream, meta->version, 1);
    if (meta->version.value > 0) sums_.head(meta->stream, {meta->version.value - 1}, -1);
  }

  void compare_roots() {
    const auto [begin, end] = expected_.equal_range(size_);
    if (begin == end) return;
    const Digest root = tree_.root();
    bool right = true;
    for (auto one = begin; one != end; ++one) {
      const Expected& expected = one->second;
      if (expected.of == Expected::Of::head) report_.head_checked = true;
      if (expected.of == Expected::Of::since) report_.since_checked = true;
      if (expected.root == root) {
        if (expected.of == Expected::Of::checkpoint) report_.signed_size = {size_};
        continue;
      }
      right = false;
      wrong_root(expected.who);
    }
    if (right) right_size_ = size_;
    expected_.erase(begin, end);
  }

  /// Somewhere since the last size that was right. Who left the tiles alone can only have changed what no full one
  /// covers.
  void wrong_root(const std::string& who) {
    const std::uint64_t last = std::max(size_, right_size_ + 1) - 1;
    const std::uint64_t in_no_tile = size_ - size_ % kTile;
    const std::string likely = in_no_tile > right_size_ && in_no_tile < size_
                                   ? fmt::format("; from {} on, if tiles were left alone", in_no_tile)
                                   : std::string();
    fault(right_size_, last,
          fmt::format("the first {} records are not those of {}: the root differs{}", size_, who, likely));
  }

  void end_of_records() {
    if (command_.next != command_.count) fault(size_ - 1, size_ - 1, "the last command is cut off");
    // Said by who may say any size: no blocks are marked.
    for (const auto& [size, expected] : expected_)
      add_fault({LogPosition{size_},
                 {size - 1},
                 fmt::format("the log ends here, but {} is over {} records", expected.who, size)});
  }

  Result<void> check_upper_tiles(TileRows& tiles) {
    while (!tiles.ended()) {
      ++report_.tiles;
      check_upper_tile(tiles);
      PLACET_TRY(tiles.next());
    }
    for (const auto& [at, tile] : upper_tiles_) {
      const std::uint64_t span = std::uint64_t{1} << (8U * (at.first + 1U));
      fault(at.second * span, at.second * span + span - 1, fmt::format("tile {}/{} is missing", at.first, at.second));
    }
    return {};
  }

  void check_upper_tile(const TileRows& tiles) {
    if (!tiles.well_formed()) return fault("a row of tiles is none");
    const auto [level, index] = tiles.at();
    const auto computed = upper_tiles_.find({level, index});
    if (computed == upper_tiles_.end())
      return fault(fmt::format("tile {}/{} lies beyond the end of the log", level, index));
    for (std::uint64_t i = 0; i < kTile; ++i) {
      if (tiles.hash(i) == computed->second[i]) continue;
      const std::uint64_t span = std::uint64_t{1} << (8U * level);  // records under one hash
      const std::uint64_t first = (index * kTile + i) * span;
      fault(first, first + span - 1, fmt::format("tile {}/{} has another hash for these records", level, index));
    }
    upper_tiles_.erase(computed);
  }

  /// Calls visit(stream, version, position) for each entry of the index.
  template <class Visit>
  Result<void> each_stream_entry(Visit visit) {
    return each_row(LogColumn::streams, [&](const RowWalk::Row& row) {
      const auto stream = stream_in(row.key);
      if (!stream || row.key.size() != 21) return fault("a row of streams is none");
      StreamVersion version{static_cast<std::uint32_t>(number(row.key.substr(17)))};
      std::uint64_t position = 0;
      for (BytesView rest = row.value; !rest.empty(); ++version.value) {
        const auto distance = take_number(rest);
        if (!distance) return fault("a row of streams is cut");
        position += *distance;
        visit(*stream, version, LogPosition{position});
      }
    });
  }

  Result<void> check_streams() {
    PLACET_TRY(each_stream_entry([&](const StreamId& stream, StreamVersion version, LogPosition position) {
      ++report_.stream_rows;
      if (position.value < size_)
        sums_.stream(stream, version, position, -1);
      else
        fault(fmt::format("streams names a record at {}, beyond the end of the log", position.value));
    }));
    report_blocks(sums_.wrong_stream_blocks(), "streams does not name the records that are here");
    return {};
  }

  Result<void> check_heads() {
    PLACET_TRY(each_row(LogColumn::heads, [&](const RowWalk::Row& row) {
      ++report_.heads;
      const auto stream = stream_in(row.key);
      if (!stream || row.key.size() != 17 || row.value.size() != 4)
        fault("a row of heads is none");
      else
        sums_.head(*stream, {static_cast<std::uint32_t>(number(row.value))}, -1);
    }));
    if (!sums_.heads_differ()) return {};
    return name_wrong_heads();
  }

  /// A second look, at those few streams that may be the ones.
  Result<void> name_wrong_heads() {
    struct Newest {
      std::uint32_t version = 0;
      LogPosition position;
      std::optional<std::uint32_t> head;
    };
    std::map<StreamId, Newest> suspects;
    PLACET_TRY(each_stream_entry([&](const StreamId& stream, StreamVersion version, LogPosition position) {
      if (sums_.may_differ(stream)) suspects[stream] = {version.value, position, {}};
    }));
    PLACET_TRY(each_row(LogColumn::heads, [&](const RowWalk::Row& row) {
      const auto stream = stream_in(row.key);
      if (!stream || row.key.size() != 17 || !sums_.may_differ(*stream)) return;
      const auto suspect = suspects.find(*stream);
      if (suspect == suspects.end())
        fault(fmt::format("heads has stream {}/{}, which has no records", stream->category, stream->id.to_string()));
      else
        suspect->second.head = static_cast<std::uint32_t>(number(row.value));
    }));
    for (const auto& [stream, newest] : suspects) {
      if (newest.head == newest.version) continue;
      const std::string at = newest.head ? fmt::format("has version {}", *newest.head) : "has none";
      fault(newest.position.value, newest.position.value,
            fmt::format("heads {} of stream {}/{}, whose newest record is version {}", at, stream.category,
                        stream.id.to_string(), newest.version));
    }
    return {};
  }

  Result<void> check_commands() {
    PLACET_TRY(each_row(LogColumn::commands, [&](const RowWalk::Row& row) {
      ++report_.commands;
      BytesView rest = row.value;
      const auto first = take_number(rest);
      const auto count = first ? take_number(rest) : std::nullopt;
      if (!count || !rest.empty() || row.key.size() != 32)
        fault("a row of commands is none");
      else if (*first >= size_)
        fault(fmt::format("commands names a record at {}, beyond the end of the log", *first));
      else
        sums_.command({Uuid::from_bytes(row.key.substr(0, 16)), Uuid::from_bytes(row.key.substr(16))},
                      {{*first}, static_cast<std::uint32_t>(*count)}, -1);
    }));
    report_blocks(sums_.wrong_command_blocks(), "commands does not name the commands that are here");
    return {};
  }

  /// Of blocks whose records are right: the index must be wrong.
  void report_blocks(const std::vector<std::uint64_t>& blocks, const char* what) {
    const std::set<std::uint64_t> known = faulty_blocks_;
    for (const std::uint64_t block : blocks)
      if (!known.contains(block)) fault(block * kBlock, std::min((block + 1) * kBlock, size_) - 1, what);
  }

  const ChainInput& input_;
  ChainReport report_;
  std::uint64_t unlisted_ = 0;
  std::multimap<std::uint64_t, Expected> expected_;
  std::uint64_t size_ = 0;        // of what was read
  std::uint64_t right_size_ = 0;  // the largest at which the root was as expected
  OwnTree tree_;
  std::map<std::pair<std::uint8_t, std::uint64_t>, OwnTree::Tile> upper_tiles_;
  std::set<std::uint64_t> faulty_blocks_;
  Command command_;
  Timestamp recorded_at_;
  IndexSums sums_;
};

}  // namespace

Result<ChainReport> check_chain(const ChainInput& input) { return ChainCheck(input).run(); }

}  // namespace placet::audit
