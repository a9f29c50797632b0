#pragma once

// All rows of all projections as a map, to be compared byte for byte.

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <utility>

#include "projections/all.h"
#include "readside/view.h"

namespace placet::testing {

/// Table, key -> bytes.
using RowMap = std::map<std::pair<std::string, Bytes>, Bytes>;

/// `scan(table, visit)`
template <class Scan>
RowMap row_map(Scan scan) {
  RowMap rows;
  for (const auto& type : projections::all())
    for (const std::string_view table : type.tables)
      EXPECT_TRUE(scan(table, [&](BytesView key, BytesView row) {
                    rows[{std::string(table), Bytes(key)}] = row;
                    return true;
                  }).has_value());
  return rows;
}

inline RowMap rows_of(const readside::View& view) {
  return row_map([&](std::string_view table, auto visit) { return view.scan_bytes(table, visit); });
}
inline RowMap rows_of(const store::RowReader& rows) {
  return row_map([&](std::string_view table, auto visit) { return rows.scan(table, {}, visit); });
}

}  // namespace placet::testing
