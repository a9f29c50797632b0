#pragma once

#include <string_view>

namespace placet::documents {

/// A file of templates/, texts/ or assets/ as it was when the program was built: the program needs no folder beside it.
/// Each module that has some has a function `embedded_files` (placet_embed in CMakeLists.txt).
struct Embedded {
  std::string_view path;  // such as "templates/week.html"
  std::string_view bytes;
};

}  // namespace placet::documents
