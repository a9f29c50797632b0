#include "portal/qr.h"

#include <fmt/format.h>
#include <qrencode.h>

#include <memory>

#include "base/check.h"

namespace placet::portal {

QrCode qr_code(std::string_view text) {
  const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
      QRcode_encodeString8bit(std::string(text).c_str(), 0, QR_ECLEVEL_M), &QRcode_free);
  PLACET_CHECK(code != nullptr, "a text too long for a QR code");
  QrCode drawn{code->width, {}};
  for (int y = 0; y < code->width; ++y)
    for (int x = 0; x < code->width; ++x)
      if ((code->data[y * code->width + x] & 1U) != 0) drawn.path += fmt::format("M{} {}h1v1h-1z", x, y);
  return drawn;
}

}  // namespace placet::portal
