#include "tests/unit/audit/written_log.h"

#include "base/check.h"
#include "codec/record.h"
#include "domain/streams.h"
#include "merkle/hash.h"
#include "merkle/tree.h"
#include "store/rocks/event_log.h"
#include "store/rocks/log_tables.h"
#include "tools/client/scratch_folder.h"

namespace placet::audit::testing {

namespace {

constexpr std::uint64_t kStreams = 40;

class WalkInMemory final : public store::RowWalk {
 public:
  explicit WalkInMemory(const Tables::Column& rows) : next_(rows.begin()), end_(rows.end()) {}
  Result<std::optional<Row>> next() override {
    if (next_ == end_) return std::nullopt;
    const Row row{next_->first, next_->second};
    ++next_;
    return row;
  }

 private:
  Tables::Column::const_iterator next_;
  Tables::Column::const_iterator end_;
};

merkle::NoteSigner log_signer() {
  const auto seed = crypto::SecretKey::from_bytes(Bytes(32, 'k')).value();
  return merkle::NoteSigner::of("placet.example", crypto::SigningKey::from_seed(seed)).value();
}

/// Writes commands into a log, in groups of a few.
class Writer {
 public:
  Writer(store::EventLog& log, std::uint64_t twist) : log_(log), twist_(twist) {}

  void write_group() {
    store::Group group(log_.size());
    for (int commands = 1 + below(30); commands > 0; --commands) add_command(group);
    for (merkle::Tile& tile : tree_.take_full_tiles()) group.add_tile({tile.level, tile.index, std::move(tile.hashes)});
    PLACET_CHECK(log_.append(group).has_value());
  }
  const merkle::Tree& tree() const { return tree_; }

 private:
  int below(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }

  void add_command(store::Group& group) {
    domain::Meta meta;
    meta.count = static_cast<std::uint16_t>(1 + below(4));
    meta.command = CommandId(Uuid{7, ++commands_});
    meta.actor.account = AccountId(Uuid{8, commands_ % 5});
    meta.recorded_at = {1'791'000'000'000'000 + static_cast<std::int64_t>(group.start().value)};
    group_first_ = group.end().value;
    for (meta.index = 0; meta.index < meta.count; ++meta.index) {
      const PersonId person(Uuid{9, static_cast<std::uint64_t>(below(kStreams))});
      meta.position = {group.end().value};
      meta.stream = domain::stream_of(person);
      meta.version = {versions_[meta.stream]++};
      const bool twisted = meta.position.value == twist_;
      const auto record = writer_.write(meta, domain::PersonRegistered{Box::sealed(Bytes(60, twisted ? 'y' : 'x'))});
      PLACET_CHECK(record.has_value());
      group.add_record(meta.stream, meta.version, *record);
      tree_.append(merkle::leaf_hash(*record));
    }
    group.add_command({meta.command.value, meta.actor.account.value}, {{group_first_}, meta.count});
  }

  store::EventLog& log_;
  const std::uint64_t twist_;
  std::mt19937 random_{20261126};
  std::uint64_t commands_ = 0;
  std::uint64_t group_first_ = 0;
  std::map<StreamId, std::uint32_t> versions_;
  codec::RecordWriter writer_;
  merkle::Tree tree_;
};

void copy(const store::LogTables& from, Tables& to) {
  for (std::size_t i = 0; i < store::kLogColumnNames.size(); ++i) {
    const auto column = static_cast<store::LogColumn>(i);
    const auto walk = from.walk(column).value();
    while (const auto row = walk->next().value()) to.of(column)[Bytes(row->key)] = row->value;
  }
}

}  // namespace

Result<std::unique_ptr<store::RowWalk>> Tables::walk(store::LogColumn column) const {
  return std::make_unique<WalkInMemory>(columns_.at(static_cast<std::size_t>(column)));
}

WrittenLog::WrittenLog(std::uint64_t twist)
    : signer(log_signer()), identity{signer.verifier().name().name, signer.verifier()} {
  const client::ScratchFolder scratch;
  {
    const auto log = store::open_event_log(scratch.path(), store::OpenMode::create).value();
    Writer writer(*log, twist);
    const auto* sign_at = std::begin(kSigned);
    while (log->size().value < kRecords) {
      writer.write_group();
      if (sign_at == std::end(kSigned) || log->size().value < *sign_at) continue;
      ++sign_at;
      checkpoints.push_back({identity.origin, log->size(), writer.tree().root()});
      const std::string note = merkle::sign_checkpoint(checkpoints.back(), signer).value();
      PLACET_CHECK(log->put_checkpoint(log->size(), note).has_value());
    }
    head = {writer.tree().size(), writer.tree().root()};
  }
  copy(*store::open_log_tables(scratch.path()).value(), tables);
}

}  // namespace placet::audit::testing
