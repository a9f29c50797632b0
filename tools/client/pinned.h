#pragma once

#include <cstdint>
#include <string>

#include "store/log_tables.h"
#include "store/row_store.h"
#include "tools/client/connection.h"

namespace placet::client {

/// Rows of a ledger that the server holds as of one moment (schema/ledger.capnp, PinnedLedger), read over the
/// connection when they are asked for. `prefix` comes before the names of tables. Errors as of any RowReader; throws
/// `Refused` for a no, kj::Exception when the ledger breaks off.
class PinnedRows final : public store::RowReader {
 public:
  PinnedRows(Connection& connection, schema::PinnedLedger::Client ledger, std::string prefix)
      : connection_(connection), ledger_(kj::mv(ledger)), prefix_(std::move(prefix)) {}
  ~PinnedRows() noexcept override = default;  // those of Cap'n Proto may throw; that of a reader must not

  Result<std::optional<Bytes>> get(std::string_view table, BytesView key) const override;
  Result<void> scan(std::string_view table, const store::KeyRange& range,
                    const store::RowVisitor& visit) const override;

 private:
  Connection& connection_;
  mutable schema::PinnedLedger::Client ledger_;
  const std::string prefix_;
};

/// The same as the tables of a log.
class PinnedTables final : public store::LogTables {
 public:
  PinnedTables(Connection& connection, schema::PinnedLedger::Client ledger)
      : rows_(connection, kj::mv(ledger), "log/") {}
  ~PinnedTables() noexcept override = default;
  Result<std::unique_ptr<store::RowWalk>> walk(store::LogColumn column) const override;

 private:
  const PinnedRows rows_;
};

/// Has the ledger pinned, as an auditor. Throws `Refused`.
schema::PinnedLedger::Client pin(Connection& connection);

}  // namespace placet::client
