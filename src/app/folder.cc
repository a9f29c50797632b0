#include "app/folder.h"

#include "access/credentials.h"
#include "store/rocks/event_log.h"
#include "store/rocks/row_store.h"

namespace placet::app {

Result<Stores> open_stores(const Folder& folder, store::OpenMode mode) {
  std::vector<std::string> tables = access::Vault::tables();
  for (std::string& table : access::Credentials::tables()) tables.push_back(std::move(table));
  Stores stores;
  PLACET_ASSIGN(stores.log, store::open_event_log(folder.log(), mode));
  PLACET_ASSIGN(stores.state, store::open_row_store(folder.state(), store::RowKind::kept, mode, tables));
  return stores;
}

}  // namespace placet::app
