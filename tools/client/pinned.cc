#include "tools/client/pinned.h"

#include "codec/data.h"
#include "codec/fields.h"
#include "store/paged_walk.h"

namespace placet::client {

Result<std::optional<Bytes>> PinnedRows::get(std::string_view table, BytesView key) const {
  std::optional<Bytes> found;
  PLACET_TRY(scan(table, {Bytes(key), Bytes(key) + '\0'}, [&](BytesView, BytesView row) {
    found = Bytes(row);
    return false;
  }));
  return found;
}

Result<void> PinnedRows::scan(std::string_view table, const store::KeyRange& range,
                              const store::RowVisitor& visit) const {
  for (Bytes from = range.from;;) {
    auto request = ledger_.rowsRequest();
    request.setTable(prefix_ + std::string(table));
    request.setFrom(codec::bytes_of<capnp::Data>(from));
    const auto response = request.send().wait(connection_.wait_scope());
    const auto result = response.getResult();
    if (result.isRefused()) throw Refused(result.getRefused());
    const auto page = result.getPage();
    for (const auto row : page.getRows()) {
      const BytesView key = codec::view_of(row.getKey());
      if ((range.to && key >= *range.to) || !visit(key, codec::view_of(row.getRow()))) return {};
      from = Bytes(key) + '\0';
    }
    if (!page.getMore()) return {};
  }
}

Result<std::unique_ptr<store::RowWalk>> PinnedTables::walk(store::LogColumn column) const {
  return std::make_unique<store::PagedWalk>(rows_,
                                            std::string(store::kLogColumnNames[static_cast<std::size_t>(column)]));
}

schema::PinnedLedger::Client pin(Connection& connection) {
  auto response = connection.proofs().pinRequest().send().wait(connection.wait_scope());
  if (response.getResult().isRefused()) throw Refused(response.getResult().getRefused());
  return response.getResult().getPinned();
}

}  // namespace placet::client
