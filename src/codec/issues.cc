#include "codec/issues.h"

namespace placet::codec {

namespace {
constexpr int kFindingsShownMax = 5;
}

void Issues::add(std::string_view field, std::string_view what) {
  if (++found_ > kFindingsShownMax) return;
  if (!text_.empty()) text_ += "; ";
  std::string_view separator;
  for (const std::string_view part : path_) {
    text_ += separator;
    text_ += part;
    separator = ".";
  }
  if (!field.empty()) {
    text_ += separator;
    text_ += field;
  }
  text_ += ": ";
  text_ += what;
}

}  // namespace placet::codec
