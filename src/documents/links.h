#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/id.h"
#include "schema/plain.h"

/// Where pages of the portal are: for the portal itself, and for mails that lead there.
namespace placet::documents {

/// Of kinds of periods in paths: week, four-weeks, month.
std::string_view word_of(domain::PeriodKind kind);
std::optional<domain::PeriodKind> period_kind_of(std::string_view word);

/// Where the worker enters the hours of a period.
std::string hours_path(PlacementId placement, const domain::Period& period);
/// Where an approver looks at a sheet.
std::string sheet_path(SheetId sheet);
/// Where somebody with an invite chooses a password. The invite stands behind the #, which no server is sent.
std::string welcome_path(std::string_view invite);

}  // namespace placet::documents
