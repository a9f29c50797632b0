#pragma once

#include <string_view>

namespace placet {

/// Of the program; stands in every `systemStarted` event, so that each fact names what wrote it.
inline constexpr std::string_view kVersion = "0.1.0";

}  // namespace placet
