#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "base/bytes.h"
#include "base/id.h"
#include "base/stream_id.h"
#include "store/group.h"

/// The rows of the log on disk. Integers are big-endian, so that the order of keys is the order of numbers.
///
///   records      u64 position of the first record          ->  chunk
///   streams      stream || u32 version of the first record ->  positions
///   heads        stream                                    ->  u32 version of the newest record
///   commands     16 bytes command id || 16 bytes account   ->  varint first position || varint count
///   tiles        u8 level || u64 index                     ->  256 hashes of 32 bytes
///   checkpoints  u64 size                                  ->  signed note
///
///   chunk     := (u16 length || record)+      length 1 to 65,535; the framing of a C2SP entry bundle
///   stream    := u8 category || 16 bytes id
///   positions := varint first || (varint distance from the one before)*
///   varint    := 7 bits a byte, lowest first, the top bit set on all but the last byte
///
/// A chunk holds records of one commit only and is closed by the record that brings it to `kChunkBytes`. There is one
/// row of `streams` per stream and commit; its versions count up from the one in the key.
namespace placet::store {

/// What the `format` row of a log database says. Raised with every change that an older reader would misread.
inline constexpr std::string_view kLogFormat = "placet log, format 2";

inline constexpr std::size_t kRecordBytesMax = 65'535;
/// Larger chunks append and scan no faster, and a cold read of one record pays for the whole chunk.
inline constexpr std::size_t kChunkBytes = 8'192;
inline constexpr std::size_t kTileBytes = 8'192;  // 256 hashes

using PositionKey = std::array<char, 8>;
using StreamKey = std::array<char, 17>;
using StreamRowKey = std::array<char, 21>;
using VersionValue = std::array<char, 4>;
using CommandRowKey = std::array<char, 32>;
using TileKey = std::array<char, 9>;

/// Also the key of a checkpoint, by its size.
PositionKey position_key(std::uint64_t position_or_size);
StreamKey stream_key(const StreamId& stream);
StreamRowKey stream_row_key(const StreamId& stream, StreamVersion first);
VersionValue version_value(StreamVersion version);
CommandRowKey command_row_key(const CommandKey& key);
TileKey tile_key(std::uint8_t level, std::uint64_t index);

template <std::size_t N>
BytesView view_of(const std::array<char, N>& key) {
  return {key.data(), N};
}

/// The last 8 (or 4) bytes of a key or value, which must have at least that many.
std::uint64_t trailing_u64(BytesView bytes);
std::uint32_t trailing_u32(BytesView bytes);

void append_varint(Bytes& out, std::uint64_t value);
/// Takes a varint off the front of `rest`; nothing when there is no whole one.
std::optional<std::uint64_t> take_varint(BytesView& rest);

void append_framed(Bytes& out, BytesView record);
/// Takes a record off the front of `chunk`; nothing when the framing does not fit.
std::optional<BytesView> take_framed(BytesView& chunk);
/// How many records a chunk has; nothing when the framing does not fit.
std::optional<std::uint64_t> count_framed(BytesView chunk);

}  // namespace placet::store
