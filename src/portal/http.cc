#include "portal/http.h"

#include <algorithm>

namespace placet::portal {

std::string_view Request::header(std::string_view name) const {
  const auto found = std::ranges::find(headers, name, [](const auto& one) { return std::string_view(one.first); });
  return found == headers.end() ? std::string_view() : std::string_view(found->second);
}

std::string_view cookie(const Request& request, std::string_view name) {
  std::string_view rest = request.header("cookie");
  while (!rest.empty()) {
    const std::string_view one = rest.substr(0, rest.find("; "));
    rest.remove_prefix(std::min(rest.size(), one.size() + 2));
    if (one.size() > name.size() && one.starts_with(name) && one[name.size()] == '=')
      return one.substr(name.size() + 1);
  }
  return {};
}

}  // namespace placet::portal
