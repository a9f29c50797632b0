#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>

#include "tests/support/stores.h"

namespace placet::testing {

/// The contract of RowArchive, run on each implementation: see the INSTANTIATE lines.
class RowArchiveContract : public ::testing::TestWithParam<std::pair<std::string, MakeRows>> {
 protected:
  store::RowStore& rows() { return under_test_->rows(); }
  store::RowArchive& archive() { return under_test_->archive(); }
  /// Writes one row to the store and keeps all.
  void keep(LogSize size, BytesView row);
  static std::string row_in(const store::RowReader& rows);

 private:
  std::unique_ptr<RowsUnderTest> under_test_ = GetParam().second({"sheets"});
};

}  // namespace placet::testing
