#pragma once

#include <span>

#include "documents/embedded.h"

namespace placet::documents {

/// What stands in texts/ and templates/.
std::span<const Embedded> embedded_files();

}  // namespace placet::documents
