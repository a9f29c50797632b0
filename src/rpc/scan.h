#pragma once

#include <functional>

#include "base/result.h"
#include "codec/record.h"
#include "store/event_log.h"

namespace placet::rpc {

/// Returns false to stop early. The record is valid during the call only.
using HeadedVisit = std::function<bool(const codec::Header&, BytesView record)>;

/// Every record of the log from `from` on, in order, with its header.
inline Result<void> scan(const store::EventLog& log, LogPosition from, bool with_parties, const HeadedVisit& visit) {
  Result<void> decoded;
  PLACET_TRY(log.read(from, [&](LogPosition, BytesView record) {
    const auto header = codec::read_header(record, with_parties);
    if (!header) decoded = std::unexpected(header.error());
    return header && visit(*header, record);
  }));
  return decoded;
}

}  // namespace placet::rpc
