#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "base/amount.h"
#include "base/time.h"
#include "readside/queries.h"

namespace placet::documents {

struct DayOfHours {
  Date day;
  Minutes minutes;
};

/// What somebody wants to know who is to approve hours.
struct SheetDigest {
  std::vector<DayOfHours> days;  // with hours
  Minutes total;
  /// What is not as usual about them, as names of texts: whoever approves many at once should look at these.
  std::vector<std::string_view> odd;
};

enum class Lines { waiting, all };

/// Of the lines that wait for approval, or of all.
SheetDigest digest_of(const readside::Sheet& sheet, std::span<const readside::Entry> entries, Lines lines);

/// Of a line: it waits for the client's approval.
bool waits(const readside::Entry& entry);

}  // namespace placet::documents
