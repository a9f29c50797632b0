#pragma once

namespace placet::store {

enum class OpenMode {
  create,     // makes the database when it is missing
  existing,   // a missing database is an error: for what must not come back empty
  read_only,  // beside a running server too; sees the log as it was at the open
};

}  // namespace placet::store
