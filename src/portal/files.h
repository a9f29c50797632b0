#pragma once

#include <span>

#include "documents/embedded.h"

namespace placet::portal {

/// What stands in templates/ and assets/.
std::span<const documents::Embedded> embedded_files();

}  // namespace placet::portal
