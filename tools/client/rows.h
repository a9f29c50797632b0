#pragma once

#include <cstdint>
#include <string>

#include "codec/data.h"
#include "codec/fields.h"
#include "tools/client/connection.h"

namespace placet::client {

/// Shows every row of an answer, page after page, resting on all that the log held when it was asked; waits for that as
/// long as the rows get nearer. `ask` makes a request with its filter. Throws what `rows_of` throws.
template <class Ask, class Visit>
void read_rows(Connection& connection, Ask ask, Visit visit) {
  constexpr std::uint32_t kRowsPerPage = 1'000;
  constexpr std::uint32_t kWaitMs = 10'000;
  const LogSize size = connection.size();
  std::string after;
  std::uint64_t reached = 0;  // by rows that were behind
  while (true) {
    auto request = ask();
    auto asked = request.initAsked();
    asked.setAtLeast(size.value);
    asked.setWaitMs(kWaitMs);
    asked.setLimit(kRowsPerPage);
    asked.setAfter(codec::bytes_of<capnp::Data>(after));
    const auto response = request.send().wait(connection.wait_scope());
    if (response.getAnswer().isBehind()) {
      const std::uint64_t basis = response.getAnswer().getBehind().getSize();
      if (basis > reached) {
        reached = basis;
        continue;
      }
    }
    const auto next = rows_of(response.getAnswer()).getNext();
    for (const auto row : response.getRows()) visit(row);
    after = codec::view_of(next);
    if (after.empty()) return;
  }
}

}  // namespace placet::client
