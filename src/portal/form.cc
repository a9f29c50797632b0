#include "portal/form.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

namespace placet::portal {

namespace {

std::optional<std::string> decoded(std::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+') {
      plain.push_back(' ');
    } else if (text[i] != '%') {
      plain.push_back(text[i]);
    } else {
      unsigned char byte = 0;
      if (text.size() < i + 3) return std::nullopt;
      const char* const end = text.data() + i + 3;
      if (std::from_chars(text.data() + i + 1, end, byte, 16).ptr != end) return std::nullopt;
      plain.push_back(static_cast<char>(byte));
      i += 2;
    }
  }
  return plain;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kWhite = " \t\r\n";
  const auto first = text.find_first_not_of(kWhite);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kWhite) - first + 1);
}

}  // namespace

Result<Form> Form::parse(std::string_view body) {
  Form form;
  while (!body.empty()) {
    const std::string_view field = body.substr(0, body.find('&'));
    body.remove_prefix(std::min(body.size(), field.size() + 1));
    if (field.empty()) continue;
    if (form.fields_.size() == kFieldsMax) return fail(ErrorCode::invalid, "more than 4,096 fields");
    const auto equals = std::min(field.find('='), field.size());
    auto name = decoded(field.substr(0, equals));
    auto value = decoded(equals < field.size() ? field.substr(equals + 1) : std::string_view());
    if (!name || !value) return fail(ErrorCode::invalid, "a percent sign without two hexadecimal digits");
    form.fields_.emplace_back(std::move(*name), std::move(*value));
  }
  return form;
}

bool Form::has(std::string_view name) const {
  return std::ranges::find(fields_, name, &Pairs::value_type::first) != fields_.end();
}

std::string_view Form::untrimmed(std::string_view name) const {
  const auto found = std::ranges::find(fields_, name, &Pairs::value_type::first);
  return found == fields_.end() ? std::string_view() : std::string_view(found->second);
}

std::string_view Form::text(std::string_view name) const { return trimmed(untrimmed(name)); }

std::vector<std::string_view> Form::all(std::string_view name) const {
  std::vector<std::string_view> values;
  for (const auto& [its_name, value] : fields_)
    if (its_name == name) values.push_back(trimmed(value));
  return values;
}

std::string percent_encoded(std::string_view text) {
  std::string encoded;
  for (const char letter : text) {
    const bool plain = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
                       (letter >= '0' && letter <= '9') || std::string_view("-._~").contains(letter);
    if (plain)
      encoded.push_back(letter);
    else
      encoded += fmt::format("%{:02X}", static_cast<unsigned char>(letter));
  }
  return encoded;
}

}  // namespace placet::portal
