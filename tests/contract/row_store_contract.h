#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/stores.h"

namespace placet::testing {

/// The contract of RowStore, run on each implementation: see the INSTANTIATE lines.
class RowStoreContract : public ::testing::TestWithParam<std::pair<std::string, MakeRows>> {
 protected:
  using Found = std::vector<std::pair<Bytes, Bytes>>;

  store::RowStore& rows() { return under_test_->rows(); }
  void reopen() { under_test_->reopen(); }
  void put(std::string_view table, BytesView key, BytesView row,
           store::Durability durability = store::Durability::buffered);
  static Found scan(const store::RowReader& reader, std::string_view table, const store::KeyRange& range);

 private:
  std::unique_ptr<RowsUnderTest> under_test_ = GetParam().second({"sheets", "cursor"});
};

}  // namespace placet::testing
