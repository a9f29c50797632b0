#pragma once

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <type_traits>
#include <utility>

#include <cereal/cereal.hpp>
#include <cereal/types/array.hpp>
#include <cereal/types/map.hpp>
#include <cereal/types/optional.hpp>
#include <cereal/types/string.hpp>
#include <cereal/types/vector.hpp>

#include "base/amount.h"
#include "base/bytes.h"
#include "base/id.h"
#include "base/result.h"
#include "base/stream_id.h"
#include "base/time.h"

/// Rows of projections and snapshots <-> bytes, by cereal: give a row `template <class A> void serialize(A& a)`.
/// Integers are stored at their full width, lowest byte first. The format may change with any version of the program:
/// whoever stores such bytes stores the version that wrote them, and throws them away when it is another.

namespace placet::store {

static_assert(std::endian::native == std::endian::little, "rows are stored as they lie in memory");

/// cereal's binary archive without the iostream under it, which costs more than a small row.
class RowWriter : public cereal::OutputArchive<RowWriter, cereal::AllowEmptyClassElision> {
 public:
  explicit RowWriter(Bytes& out) : OutputArchive(this), out_(out) {}
  void write(const void* data, std::size_t size) { out_.append(static_cast<const char*>(data), size); }

 private:
  Bytes& out_;
};

class RowParser : public cereal::InputArchive<RowParser, cereal::AllowEmptyClassElision> {
 public:
  explicit RowParser(BytesView in) : InputArchive(this), rest_(in) {}
  void read(void* data, std::size_t size) {
    if (size > rest_.size()) throw cereal::Exception("the row is too short");
    rest_.copy(static_cast<char*>(data), size);
    rest_.remove_prefix(size);
  }
  std::size_t rest() const { return rest_.size(); }

 private:
  BytesView rest_;
};

template <class T>
  requires std::is_arithmetic_v<T>
void CEREAL_SAVE_FUNCTION_NAME(RowWriter& archive, const T& value) {
  archive.write(&value, sizeof value);
}
template <class T>
  requires std::is_arithmetic_v<T>
void CEREAL_LOAD_FUNCTION_NAME(RowParser& archive, T& value) {
  archive.read(&value, sizeof value);
}
/// To look at a bool that is neither is undefined behaviour; the flag of an optional is one too.
inline void CEREAL_LOAD_FUNCTION_NAME(RowParser& archive, bool& value) {
  std::uint8_t byte = 0;
  archive.read(&byte, sizeof byte);
  if (byte > 1) throw cereal::Exception("a flag is neither 0 nor 1");
  value = byte == 1;
}

template <class T>
void CEREAL_SERIALIZE_FUNCTION_NAME(RowWriter& archive, cereal::NameValuePair<T>& pair) {
  archive(pair.value);
}
template <class T>
void CEREAL_SERIALIZE_FUNCTION_NAME(RowParser& archive, cereal::NameValuePair<T>& pair) {
  archive(pair.value);
}

template <class T>
void CEREAL_SERIALIZE_FUNCTION_NAME(RowWriter& archive, cereal::SizeTag<T>& tag) {
  archive(static_cast<std::uint32_t>(tag.size));
}
/// Refuses counts that the row cannot hold, before a container makes room for them.
template <class T>
void CEREAL_SERIALIZE_FUNCTION_NAME(RowParser& archive, cereal::SizeTag<T>& tag) {
  std::uint32_t size = 0;
  archive(size);
  if (size > archive.rest()) throw cereal::Exception("a count exceeds the row");
  tag.size = size;
}

template <class T>
void CEREAL_SAVE_FUNCTION_NAME(RowWriter& archive, const cereal::BinaryData<T>& data) {
  archive.write(data.data, static_cast<std::size_t>(data.size));
}
template <class T>
void CEREAL_LOAD_FUNCTION_NAME(RowParser& archive, cereal::BinaryData<T>& data) {
  archive.read(data.data, static_cast<std::size_t>(data.size));
}

/// Replaces `out`, keeping its memory.
template <class T>
void encode_row(const T& row, Bytes& out) {
  out.clear();
  RowWriter archive(out);
  archive(row);
}

template <class T>
Bytes encode_row(const T& row) {
  Bytes out;
  encode_row(row, out);
  return out;
}

/// `corrupt` unless `bytes` are exactly one T.
template <class T>
Result<T> decode_row(BytesView bytes) {
  try {
    RowParser archive(bytes);
    T row{};
    archive(row);
    if (archive.rest() != 0) return fail(ErrorCode::corrupt, "a row is longer than its type");
    return row;
  } catch (const cereal::Exception& error) {
    return fail(ErrorCode::corrupt, std::string("a row cannot be decoded: ") + error.what());
  }
}

}  // namespace placet::store

CEREAL_REGISTER_ARCHIVE(placet::store::RowWriter)
CEREAL_REGISTER_ARCHIVE(placet::store::RowParser)
CEREAL_SETUP_ARCHIVE_TRAITS(placet::store::RowParser, placet::store::RowWriter)

namespace placet {

template <class Archive>
void serialize(Archive& archive, Uuid& uuid) {
  archive(uuid.hi, uuid.lo);
}
template <class Archive, class Tag>
void serialize(Archive& archive, Id<Tag>& id) {
  archive(id.value);
}
template <class Archive>
void serialize(Archive& archive, StreamId& stream) {
  archive(stream.category, stream.id);
}
template <class Archive>
void serialize(Archive& archive, LogPosition& position) {
  archive(position.value);
}
template <class Archive>
void serialize(Archive& archive, LogSize& size) {
  archive(size.value);
}
template <class Archive>
void serialize(Archive& archive, StreamVersion& version) {
  archive(version.value);
}
template <class Archive>
void serialize(Archive& archive, Timestamp& time) {
  archive(time.micros);
}
template <class Archive>
void serialize(Archive& archive, Date& date) {
  archive(date.days);
}
template <class Archive, class Unit>
std::int64_t save_minimal(const Archive&, const Amount<Unit>& amount) {
  return amount.count();
}
template <class Archive, class Unit>
void load_minimal(const Archive&, Amount<Unit>& amount, const std::int64_t& count) {
  amount = Amount<Unit>::of(count);
}

}  // namespace placet
