#pragma once

#include <array>
#include <cstdint>
#include <memory>

#include "base/bytes.h"
#include "base/result.h"
#include "domain/meta.h"
#include "schema/plain.h"

namespace placet::codec {

inline constexpr std::size_t kRecordBytesMax = 65'535;

/// Writes records. Keeps its buffer, so one per thread.
class RecordWriter {
 public:
  RecordWriter();
  ~RecordWriter();
  /// The stored bytes of one event; valid until the next call. ErrorCode::full when it is over kRecordBytesMax.
  Result<BytesView> write(const domain::Meta& meta, const domain::Event& event);

 private:
  struct Buffer;
  std::unique_ptr<Buffer> buffer_;
};

struct StoredEvent {
  domain::Meta meta;
  domain::Event event;
};

/// Reads one stored record. ErrorCode::corrupt when the bytes are not what `RecordWriter` writes; an event type that
/// this program does not know yet comes as std::monostate.
Result<StoredEvent> read_record(BytesView bytes);
Result<domain::Meta> read_meta(BytesView bytes);

/// What tells whom a record is for, as far as that can be told without reading its event.
struct Header {
  LogPosition position;
  StreamId stream;
  std::uint16_t index = 0;  // in its command
  std::uint16_t count = 0;  // of that command
  std::uint16_t audience = 0;
  std::uint16_t type = 0;  // number of the event, also of one that this program does not know
  domain::Parties parties;

  LogSize command_begin() const { return {position.value - index}; }
  LogSize command_end() const { return {position.value - index + count}; }
};
/// Without its parties for whoever need not know them: they are a third of the work.
Result<Header> read_header(BytesView bytes, bool with_parties = true);

}  // namespace placet::codec
