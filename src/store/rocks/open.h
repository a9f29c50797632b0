#pragma once

namespace rocksdb {
class Env;
}

namespace placet::store {

enum class OpenMode {
  create,     // makes the database when it is missing
  existing,   // a missing database is an error: for what must not come back empty
  read_only,  // beside a running server too; sees the log as it was at the open
};

/// What a database stands on: the files of this machine, unless a test puts something else below it, which must outlive
/// the database. Never destroyed.
rocksdb::Env* this_machine();

}  // namespace placet::store
