#include "app/folder.h"

#include "access/credentials.h"
#include "access/passwords.h"
#include "access/second_factors.h"
#include "base/log.h"
#include "reactors/mailer.h"
#include "store/rocks/row_archive.h"
#include "store/rocks/row_store.h"

namespace placet::app {

namespace {

/// Rows that cannot be opened are thrown away: they are made again from the log.
Result<std::unique_ptr<store::RowStore>> open_views(const std::filesystem::path& views) {
  auto opened = store::open_row_store(views, store::RowKind::rebuildable, store::OpenMode::create, {});
  if (opened || opened.error().code != ErrorCode::corrupt) return opened;
  log::warning("{}; its rows are made anew from the log", opened.error().message);
  std::error_code removed;
  std::filesystem::remove_all(views, removed);
  return store::open_row_store(views, store::RowKind::rebuildable, store::OpenMode::create, {});
}

}  // namespace

Result<Stores> open_stores(const Folder& folder, store::OpenMode mode, std::unique_ptr<store::EventLog> log) {
  std::vector<std::string> tables = access::Vault::tables();
  for (std::string& table : access::Credentials::tables()) tables.push_back(std::move(table));
  for (std::string& table : access::Passwords::tables()) tables.push_back(std::move(table));
  for (std::string& table : access::SecondFactors::tables()) tables.push_back(std::move(table));
  for (std::string& table : reactors::Mailer::tables()) tables.push_back(std::move(table));
  Stores stores;
  stores.log = std::move(log);
  PLACET_ASSIGN(stores.state, store::open_row_store(folder.state(), store::RowKind::kept, mode, {}));
  for (const std::string& table : tables) PLACET_TRY(stores.state->create_table(table));  // an older program had fewer
  PLACET_ASSIGN(stores.views, open_views(folder.views()));
  PLACET_ASSIGN(stores.snapshots, store::open_row_archive(folder.snapshots()));
  return stores;
}

}  // namespace placet::app
