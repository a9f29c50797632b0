#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "access/vault.h"
#include "crypto/secret.h"
#include "store/memory/row_store.h"

namespace placet::testing {

inline const LedgerId kLedger{Uuid{0x1ed6e4, 1}};

inline access::KeyFolder keys_of(char root) {
  const auto key = [](char byte) { return crypto::SecretKey::from_bytes(Bytes(32, byte)).value(); };
  return access::KeyFolder::in_memory(key(root), key('s'));
}

/// A `state/` in memory, and a vault over it that can be opened again as after a restart.
struct VaultInMemory {
  VaultInMemory() { vault = access::Vault::create(state, keys, kLedger).value(); }

  void reopen() { vault = access::Vault::load(state, keys, kLedger).value(); }
  void fence(const Uuid& subject) {
    store::RowBatch batch;
    batch.put(access::kFences, access::encode_uuid(subject), "erased");
    EXPECT_TRUE(state.write(batch, store::Durability::synced));
  }
  /// Every byte that is kept, keys of rows too.
  Bytes everything_stored() const {
    Bytes all;
    for (const std::string& table : state.tables()) {
      EXPECT_TRUE(state.scan(table, {}, [&](BytesView key, BytesView row) {
        all.append(key).append(row);
        return true;
      }));
    }
    return all;
  }
  std::size_t rows_in(std::string_view table) const {
    std::size_t rows = 0;
    EXPECT_TRUE(state.scan(table, {}, [&](BytesView, BytesView) { return ++rows != 0; }));
    return rows;
  }

  store::MemoryRowStore state{access::Vault::tables()};
  access::KeyFolder keys = keys_of('r');
  std::unique_ptr<access::Vault> vault;
};

}  // namespace placet::testing
