#pragma once

#include <string>
#include <string_view>

namespace placet::portal {

/// A square that telephones read (ISO/IEC 18004), as the path of an SVG: one unit for each of its modules.
struct QrCode {
  int side = 0;
  std::string path;
};
QrCode qr_code(std::string_view text);

}  // namespace placet::portal
