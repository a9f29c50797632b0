#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "portal/http.h"

namespace placet::portal {

/// What a browser sends of a form: application/x-www-form-urlencoded, as the URL standard has it.
class Form {
 public:
  static constexpr std::size_t kFieldsMax = 4'096;

  Form() = default;
  /// `invalid` for a percent sign without two hexadecimal digits behind it, and for more fields than that.
  static Result<Form> parse(std::string_view body);

  /// The first field of that name, without white space around it; empty when there is none.
  std::string_view text(std::string_view name) const;
  /// As it was typed: for passwords.
  std::string_view untrimmed(std::string_view name) const;
  bool has(std::string_view name) const;
  /// Every field, as it was sent.
  const Pairs& fields() const { return fields_; }
  /// All fields of that name.
  std::vector<std::string_view> all(std::string_view name) const;

 private:
  Pairs fields_;
};

/// For a value in an address: all but letters, digits and -._~ as %XX (RFC 3986, 2.1).
std::string percent_encoded(std::string_view text);

}  // namespace placet::portal
