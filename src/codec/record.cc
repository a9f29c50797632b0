#include "codec/record.h"

#include <capnp/message.h>
#include <capnp/serialize.h>

#include "codec/fields.h"
#include "codec/record_frame.h"
#include "schema/plain_codec.h"

namespace placet::codec {

namespace {

template <class Group>
void set_id(Group to, const Uuid& id) {
  to.setHi(id.hi);
  to.setLo(id.lo);
}
template <class Group>
Uuid get_id(Group from) {
  return {from.getHi(), from.getLo()};
}

void write_envelope(const domain::Meta& meta, schema::Record::Builder to) {
  to.setPosition(meta.position.value);
  set_id(to.initStream(), meta.stream.id);
  to.setCategory(static_cast<schema::Category>(meta.stream.category));
  to.setVersion(meta.version.value);
  to.setIndex(meta.index);
  to.setCount(meta.count);
  to.setRecordedAt(meta.recorded_at.micros);
  to.setEffectiveOn(meta.effective_on.days);
  to.setAudience(meta.audience);
  set_id(to.initPerson(), meta.actor.person.value);
  set_id(to.initAccount(), meta.actor.account.value);
  to.setStrength(static_cast<schema::Strength>(meta.actor.strength));
  to.setChannel(static_cast<schema::Channel>(meta.actor.channel));
  to.setRight(static_cast<schema::Right>(meta.actor.right));
  set_id(to.initCommandId(), meta.command.value);
  if (meta.cause) to.setCause(meta.cause->value);
  to.setProducer(meta.producer.value);
  if (!meta.parties.empty()) {
    auto parties = to.initParties(static_cast<unsigned>(meta.parties.size()));
    for (unsigned i = 0; i < meta.parties.size(); ++i) write(meta.parties[i], parties[i]);
  }
  if (meta.request_hash) to.setRequestHash(bytes_of<capnp::Data>(*meta.request_hash));
  if (!meta.actor.on_behalf_of.is_nil()) write(meta.actor.on_behalf_of, to.initOnBehalfOf());
}

StreamId read_stream(schema::Record::Reader from) {
  return {static_cast<std::uint8_t>(from.getCategory()), get_id(from.getStream())};
}

domain::Parties read_parties(schema::Record::Reader from, Issues& issues) {
  domain::Parties parties;
  const auto stored = from.getParties();
  if (stored.size() > parties.capacity()) issues.add("parties", "more than 4");
  for (unsigned i = 0; i < std::min<std::size_t>(stored.size(), parties.capacity()); ++i)
    parties.push_back(PartyId(read_id(stored[i])));
  return parties;
}

domain::Meta read_envelope(schema::Record::Reader from, Issues& issues) {
  domain::Meta meta;
  meta.position = {from.getPosition()};
  meta.stream = read_stream(from);
  meta.version = {from.getVersion()};
  meta.index = from.getIndex();
  meta.count = from.getCount();
  meta.recorded_at = {from.getRecordedAt()};
  meta.effective_on = {from.getEffectiveOn()};
  meta.audience = from.getAudience();
  meta.actor.person = PersonId(get_id(from.getPerson()));
  meta.actor.account = AccountId(get_id(from.getAccount()));
  meta.actor.strength = static_cast<domain::Strength>(from.getStrength());
  meta.actor.channel = static_cast<domain::Channel>(from.getChannel());
  meta.actor.right = static_cast<domain::Right>(from.getRight());
  meta.command = CommandId(get_id(from.getCommandId()));
  if (from.getCause() != UINT64_MAX) meta.cause = LogPosition{from.getCause()};
  meta.producer = {from.getProducer()};
  meta.parties = read_parties(from, issues);
  if (from.hasRequestHash()) read_field(from.getRequestHash(), meta.request_hash.emplace(), "requestHash", {}, issues);
  if (from.hasOnBehalfOf()) meta.actor.on_behalf_of = PersonId(read_id(from.getOnBehalfOf()));
  return meta;
}

}  // namespace

struct RecordWriter::Buffer {
  // Zero but for what the last message left, which it wipes itself; the first word is the frame.
  capnp::word words[1 + kSegmentWordsMax] = {};
  Bytes out;
};

RecordWriter::RecordWriter() : buffer_(std::make_unique<Buffer>()) {}
RecordWriter::~RecordWriter() = default;

Result<BytesView> RecordWriter::write(const domain::Meta& meta, const domain::Event& event) {
  capnp::MallocMessageBuilder message(kj::arrayPtr(buffer_->words + 1, kSegmentWordsMax));
  auto record = message.initRoot<schema::Record>();
  write_envelope(meta, record);
  codec::write(event, record.initEvent());
  const auto segments = message.getSegmentsForOutput();
  if (segments.size() != 1)
    return fail(ErrorCode::full,
                "the event would be stored in more than " + std::to_string(kRecordBytesMax) + " bytes");
  const std::uint32_t frame[] = {0, static_cast<std::uint32_t>(segments[0].size())};
  buffer_->out.assign(reinterpret_cast<const char*>(frame), sizeof frame);
  buffer_->out.append(reinterpret_cast<const char*>(segments[0].begin()), segments[0].size() * sizeof(capnp::word));
  return BytesView(buffer_->out);
}

Result<StoredEvent> read_record(BytesView bytes) {
  return with_record(bytes, [](schema::Record::Reader record, Issues& issues) {
    StoredEvent stored{read_envelope(record, issues), {}};
    const auto event = record.getEvent();
    if (static_cast<std::uint16_t>(event.which()) < std::variant_size_v<domain::Event::Alternatives>)
      read(event, stored.event, issues);
    return stored;
  });
}

Result<Header> read_header(BytesView bytes, bool with_parties) {
  return with_record(bytes, [with_parties](schema::Record::Reader record, Issues& issues) {
    return Header{.position = {record.getPosition()},
                  .stream = read_stream(record),
                  .index = record.getIndex(),
                  .count = record.getCount(),
                  .audience = record.getAudience(),
                  .type = static_cast<std::uint16_t>(record.getEvent().which()),
                  .parties = with_parties ? read_parties(record, issues) : domain::Parties()};
  });
}

Result<domain::Meta> read_meta(BytesView bytes) {
  return with_record(bytes,
                     [](schema::Record::Reader record, Issues& issues) { return read_envelope(record, issues); });
}

}  // namespace placet::codec
