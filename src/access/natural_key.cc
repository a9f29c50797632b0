#include "access/natural_key.h"

#include <algorithm>
#include <array>

namespace placet::access {

namespace {

constexpr std::size_t kAddressBytesMax = 254;  // RFC 5321 4.5.3.1, less the angle brackets
constexpr std::size_t kLocalPartBytesMax = 64;

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kWhiteSpace = " \t\n";
  const std::size_t first = text.find_first_not_of(kWhiteSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kWhiteSpace) - first + 1);
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }
char upper_ascii(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }
char lower_ascii(char c) { return is_capital(c) ? static_cast<char>(c - 'A' + 'a') : c; }

bool is_dotted(std::string_view text) {
  return !text.empty() && !text.starts_with('.') && !text.ends_with('.') && text.find("..") == std::string_view::npos;
}

bool is_domain(std::string_view text) {
  constexpr std::string_view kForbidden = "!\"#$%&'()*+,/:;<=>?@[\\]^_`{|}~ \t\n";
  return is_dotted(text) && text.find('.') != std::string_view::npos &&
         text.find_first_of(kForbidden) == std::string_view::npos;
}

bool is_local_part(std::string_view text) {
  constexpr std::string_view kForbidden = "\"(),:;<>@[\\] \t\n";
  return is_dotted(text) && text.size() <= kLocalPartBytesMax &&
         text.find_first_of(kForbidden) == std::string_view::npos;
}

constexpr std::array kNaturalKeys{
    NaturalKey{"accountOpened", "email", domain::ReservationKind::account_email, &normal_email},
    NaturalKey{"citizenNumberRecorded", "number", domain::ReservationKind::citizen_number, &normal_citizen_number},
    NaturalKey{"workerBankAccountChanged", "iban", domain::ReservationKind::unspecified, &normal_iban},
    NaturalKey{"agencyBankAccountChanged", "iban", domain::ReservationKind::unspecified, &normal_iban},
};

}  // namespace

std::expected<std::string, std::string> normal_email(std::string_view text) {
  std::string address(trimmed(text));
  std::ranges::transform(address, address.begin(), lower_ascii);
  const std::size_t at = address.rfind('@');
  const std::string_view whole = address;
  if (at == std::string::npos || whole.size() > kAddressBytesMax || !is_local_part(whole.substr(0, at)) ||
      !is_domain(whole.substr(at + 1)))
    return std::unexpected("is not an e-mail address; write it as name@example.org");
  return address;
}

std::expected<std::string, std::string> normal_citizen_number(std::string_view text) {
  constexpr std::size_t kDigits = 9;
  const std::unexpected refused(
      std::string("is not a citizen service number: it has nine digits, of which the last checks the others"));
  std::string number;
  for (const char c : trimmed(text)) {
    if (c == ' ' || c == '.') continue;
    if (!is_digit(c)) return refused;
    number += c;
  }
  if (number.size() == kDigits - 1) number.insert(0, 1, '0');
  if (number.size() != kDigits || number.find_first_not_of('0') == std::string::npos) return refused;
  int sum = '0' - number.back();
  for (std::size_t i = 0; i + 1 < kDigits; ++i) sum += static_cast<int>(kDigits - i) * (number[i] - '0');
  if (sum % 11 != 0) return refused;
  return number;
}

std::expected<std::string, std::string> normal_iban(std::string_view text) {
  constexpr std::size_t kCountryAndCheck = 4, kSignsMin = 15, kSignsMax = 34;
  const std::unexpected refused(
      std::string("is not an IBAN: two letters of the country, two check digits and the account, as on a statement"));
  std::string number;
  for (const char c : trimmed(text)) {
    if (c == ' ') continue;
    number += upper_ascii(c);
    if (!is_digit(number.back()) && !is_capital(number.back())) return refused;
  }
  if (number.size() < kSignsMin || number.size() > kSignsMax || !is_capital(number[0]) || !is_capital(number[1]) ||
      !is_digit(number[2]) || !is_digit(number[3]))
    return refused;
  int rest = 0;
  for (std::size_t i = 0; i < number.size(); ++i) {
    const char c = number[(kCountryAndCheck + i) % number.size()];
    rest = is_digit(c) ? (10 * rest + c - '0') % 97 : (100 * rest + 10 + c - 'A') % 97;
  }
  if (rest != 1) return std::unexpected(std::string("is not an IBAN: its check digits say that a sign is wrong"));
  return number;
}

const NaturalKey* natural_key_of(const codec::SealingOf& sealing) {
  const auto found = std::ranges::find_if(
      kNaturalKeys, [&](const NaturalKey& key) { return key.event == sealing.event && key.field == sealing.field; });
  return found == kNaturalKeys.end() ? nullptr : &*found;
}

}  // namespace placet::access
