#include "tests/support/group_maker.h"

#include <utility>

#include "base/check.h"
#include "codec/record.h"
#include "domain/streams.h"
#include "merkle/hash.h"

namespace placet::testing {

store::Group GroupMaker::next(unsigned commands_max, std::size_t text_bytes) {
  store::Group group(tree_.size());
  for (unsigned commands = 1 + below(commands_max); commands > 0; --commands) add_command(group, text_bytes);
  for (merkle::Tile& tile : tree_.take_full_tiles()) group.add_tile({tile.level, tile.index, std::move(tile.hashes)});
  return group;
}

void GroupMaker::add_command(store::Group& group, std::size_t text_bytes) {
  constexpr unsigned kStreams = 40;
  codec::RecordWriter writer;
  const LogPosition first{group.end().value};
  domain::Meta meta;
  meta.count = static_cast<std::uint16_t>(1 + below(4));
  meta.command = CommandId(Uuid{7, ++commands_});
  meta.actor.account = AccountId(Uuid{8, commands_ % 5});
  meta.recorded_at = {1'791'000'000'000'000 + static_cast<std::int64_t>(group.start().value)};
  for (meta.index = 0; meta.index < meta.count; ++meta.index) {
    const PersonId person(Uuid{9, below(kStreams)});
    meta.position = {group.end().value};
    meta.stream = domain::stream_of(person);
    meta.version = {versions_[meta.stream]++};
    const char text = meta.position.value == twist_ ? 'y' : 'x';
    const auto record = writer.write(meta, domain::PersonRegistered{Box::sealed(Bytes(text_bytes, text))});
    PLACET_CHECK(record.has_value());
    group.add_record(meta.stream, meta.version, *record);
    tree_.append(merkle::leaf_hash(*record));
  }
  group.add_command({meta.command.value, meta.actor.account.value}, {first, meta.count});
}

}  // namespace placet::testing
