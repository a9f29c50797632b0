#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "portal/http.h"

namespace placet::portal {

/// Where a file of assets/ is found: its name holds a piece of its hash, so that a browser may keep it for ever.
std::string asset_url(std::string_view name);

/// The file at such a path, compressed where the browser knows gzip; nothing for any other path.
std::optional<Response> asset_at(const Request& request);

}  // namespace placet::portal
