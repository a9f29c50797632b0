#include "store/log_format.h"

#include <algorithm>

#include "base/check.h"

namespace placet::store {
namespace {

template <class Integer>
char* write_big_endian(char* out, Integer value) {
  for (std::size_t i = sizeof(Integer); i-- > 0; value = static_cast<Integer>(value >> 8))
    out[i] = static_cast<char>(value & 0xff);
  return out + sizeof(Integer);
}

template <class Integer>
Integer read_big_endian(const char* bytes) {
  Integer value = 0;
  for (std::size_t i = 0; i < sizeof(Integer); ++i)
    value = static_cast<Integer>(value << 8 | static_cast<std::uint8_t>(bytes[i]));
  return value;
}

char* write_uuid(char* out, const Uuid& uuid) { return write_big_endian(write_big_endian(out, uuid.hi), uuid.lo); }

char* write_stream(char* out, const StreamId& stream) {
  *out = static_cast<char>(stream.category);
  return write_uuid(out + 1, stream.id);
}

}  // namespace

PositionKey position_key(std::uint64_t position_or_size) {
  PositionKey key;
  write_big_endian(key.data(), position_or_size);
  return key;
}

StreamKey stream_key(const StreamId& stream) {
  StreamKey key;
  write_stream(key.data(), stream);
  return key;
}

StreamRowKey stream_row_key(const StreamId& stream, StreamVersion first) {
  StreamRowKey key;
  write_big_endian(write_stream(key.data(), stream), first.value);
  return key;
}

VersionValue version_value(StreamVersion version) {
  VersionValue value;
  write_big_endian(value.data(), version.value);
  return value;
}

CommandRowKey command_row_key(const CommandKey& key) {
  CommandRowKey bytes;
  write_uuid(write_uuid(bytes.data(), key.command), key.account);
  return bytes;
}

TileKey tile_key(std::uint8_t level, std::uint64_t index) {
  TileKey key;
  key[0] = static_cast<char>(level);
  write_big_endian(key.data() + 1, index);
  return key;
}

std::uint64_t trailing_u64(BytesView bytes) {
  PLACET_CHECK(bytes.size() >= 8);
  return read_big_endian<std::uint64_t>(bytes.data() + bytes.size() - 8);
}

std::uint32_t trailing_u32(BytesView bytes) {
  PLACET_CHECK(bytes.size() >= 4);
  return read_big_endian<std::uint32_t>(bytes.data() + bytes.size() - 4);
}

void append_varint(Bytes& out, std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) out.push_back(static_cast<char>(value | 0x80));
  out.push_back(static_cast<char>(value));
}

std::optional<std::uint64_t> take_varint(BytesView& rest) {
  std::uint64_t value = 0;
  const std::size_t length_max = std::min<std::size_t>(rest.size(), 10);
  for (std::size_t i = 0; i < length_max; ++i) {
    const auto byte = static_cast<std::uint8_t>(rest[i]);
    value |= static_cast<std::uint64_t>(byte & 0x7f) << (7 * i);
    if (byte < 0x80) {
      rest.remove_prefix(i + 1);
      return value;
    }
  }
  return std::nullopt;
}

void append_framed(Bytes& out, BytesView record) {
  PLACET_CHECK(!record.empty() && record.size() <= kRecordBytesMax);
  std::array<char, 2> length;
  write_big_endian(length.data(), static_cast<std::uint16_t>(record.size()));
  out.append(length.data(), length.size());
  out.append(record);
}

std::optional<BytesView> take_framed(BytesView& chunk) {
  if (chunk.size() < 2) return std::nullopt;
  const std::size_t length = read_big_endian<std::uint16_t>(chunk.data());
  if (length == 0 || chunk.size() - 2 < length) return std::nullopt;
  const BytesView record = chunk.substr(2, length);
  chunk.remove_prefix(2 + length);
  return record;
}

std::optional<std::uint64_t> count_framed(BytesView chunk) {
  std::uint64_t count = 0;
  for (; !chunk.empty(); ++count)
    if (!take_framed(chunk)) return std::nullopt;
  return count;
}

}  // namespace placet::store
