#pragma once

#include <capnp/message.h>
#include <capnp/serialize.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string>
#include <type_traits>

#include "base/bytes.h"
#include "base/result.h"
#include "codec/issues.h"
#include "codec/record.h"
#include "schema/record.capnp.h"

/// How the message of a record lies in its bytes. For codec/ alone.
namespace placet::codec {

// The framing of a message of one segment: segment count - 1, then its size in words, both u32 little-endian.
inline constexpr std::size_t kFrameBytes = 8;
inline constexpr std::size_t kSegmentWordsMax = (kRecordBytesMax - kFrameBytes) / sizeof(capnp::word);

/// Calls use(Record::Reader, Issues&) on well-framed bytes; every failure is `corrupt`.
template <class Use>
auto with_record(BytesView bytes, Use&& use) -> Result<std::invoke_result_t<Use, schema::Record::Reader, Issues&>> {
  const auto corrupt = [&](const std::string& what) {
    return fail(ErrorCode::corrupt, "a record of " + std::to_string(bytes.size()) + " bytes cannot be read: " + what);
  };
  std::uint32_t frame[2];
  if (bytes.size() < kFrameBytes) return corrupt("shorter than its frame");
  std::memcpy(frame, bytes.data(), sizeof frame);
  if (frame[0] != 0 || kFrameBytes + std::size_t{frame[1]} * sizeof(capnp::word) != bytes.size())
    return corrupt("not one segment of the stated length");
  try {
    // Cap'n Proto wants its words aligned; records lie packed in their chunk.
    const std::size_t words = frame[1];
    thread_local kj::Array<capnp::word> aligned;
    kj::ArrayPtr<const capnp::word> segment;
    if (reinterpret_cast<std::uintptr_t>(bytes.data()) % alignof(capnp::word) == 0) {
      segment = {reinterpret_cast<const capnp::word*>(bytes.data() + kFrameBytes), words};
    } else {
      if (aligned.size() < words) aligned = kj::heapArray<capnp::word>(std::max(words, kSegmentWordsMax));
      std::memcpy(aligned.begin(), bytes.data() + kFrameBytes, words * sizeof(capnp::word));
      segment = {aligned.begin(), words};
    }
    const kj::ArrayPtr<const capnp::word> segments[] = {segment};
    capnp::SegmentArrayMessageReader message(segments);
    Issues issues;
    auto value = use(message.getRoot<schema::Record>(), issues);
    if (!issues.empty()) return corrupt(issues.text());
    return value;
  } catch (const kj::Exception& exception) {
    return corrupt(exception.getDescription().cStr());
  }
}

}  // namespace placet::codec
