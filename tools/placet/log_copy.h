#pragma once

#include "merkle/tree.h"
#include "store/event_log.h"
#include "store/log_tables.h"

namespace placet::cli {

/// Puts records of another ledger into a log of one's own, one after the other, and computes their tree.
class LogCopy {
 public:
  explicit LogCopy(store::EventLog& log) : log_(log) {}

  /// `corrupt` when it is not the next record.
  Result<void> add(BytesView record);
  /// After the last one.
  Result<void> finish();
  const merkle::Tree& tree() const { return tree_; }

 private:
  store::EventLog& log_;
  store::Group group_{LogSize{0}};
  merkle::Tree tree_;
};

/// Tables whose records, while somebody walks over them, are copied too. What cannot be copied is left out, from there
/// on: whoever walks finds out why.
class CopyingTables final : public store::LogTables {
 public:
  CopyingTables(const store::LogTables& tables, LogCopy& copy) : tables_(tables), copy_(copy) {}
  Result<std::unique_ptr<store::RowWalk>> walk(store::LogColumn column) const override;

 private:
  const store::LogTables& tables_;
  LogCopy& copy_;
};

}  // namespace placet::cli
