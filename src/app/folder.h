#pragma once

#include <filesystem>
#include <memory>

#include "access/keys.h"
#include "access/vault.h"
#include "base/result.h"
#include "store/event_log.h"
#include "store/head_file.h"
#include "store/rocks/open.h"
#include "store/row_archive.h"
#include "store/row_store.h"

namespace placet::app {

/// Where a ledger lives. One data folder is one ledger, one employer of record, one origin; the keys lie elsewhere.
struct Folder {
  std::filesystem::path data;
  std::filesystem::path keys;
  std::filesystem::path backups = {};  // may be empty where none are made or read

  std::filesystem::path log() const { return data / "log"; }
  std::filesystem::path views() const { return data / "views"; }
  std::filesystem::path snapshots() const { return data / "snapshots"; }
  std::filesystem::path state() const { return data / "state"; }
  std::filesystem::path head() const { return data / "head"; }
};

/// The stores of one ledger, opened for writing. One process at a time.
struct Stores {
  std::unique_ptr<store::EventLog> log;
  std::unique_ptr<store::RowStore> state;
  std::unique_ptr<store::RowStore> views;        // made anew when it is missing
  std::unique_ptr<store::RowArchive> snapshots;  // of views, too
};
Result<Stores> open_stores(const Folder& folder, store::OpenMode mode, std::unique_ptr<store::EventLog> log);

}  // namespace placet::app
