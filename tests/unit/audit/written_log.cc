#include "tests/unit/audit/written_log.h"

#include "base/check.h"
#include "store/rocks/event_log.h"
#include "store/rocks/log_tables.h"
#include "tests/support/group_maker.h"
#include "tools/client/scratch_folder.h"

namespace placet::audit::testing {

namespace {

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
    placet::testing::GroupMaker groups(20261126, twist);
    const auto* sign_at = std::begin(kSigned);
    while (log->size().value < kRecords) {
      PLACET_CHECK(log->append(groups.next(30, 60)).has_value());
      if (sign_at == std::end(kSigned) || log->size().value < *sign_at) continue;
      ++sign_at;
      checkpoints.push_back({identity.origin, log->size(), groups.root()});
      const std::string note = merkle::sign_checkpoint(checkpoints.back(), signer).value();
      PLACET_CHECK(log->put_checkpoint(log->size(), note).has_value());
    }
    head = {groups.size(), groups.root()};
  }
  copy(*store::open_log_tables(scratch.path()).value(), tables);
}

}  // namespace placet::audit::testing
