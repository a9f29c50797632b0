#pragma once

#include <span>
#include <string_view>

namespace placet::portal {

/// A file of templates/, texts/ or assets/ as it was when the program was built: the program needs no folder beside it.
struct Embedded {
  std::string_view path;  // such as "templates/week.html"
  std::string_view bytes;
};
std::span<const Embedded> embedded_files();

}  // namespace placet::portal
