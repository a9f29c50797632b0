#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "codec/sealing.h"
#include "schema/plain.h"

namespace placet::access {

/// A personal field that names one thing in the world, such as an e-mail address or a bank account.
struct NaturalKey {
  std::string_view event;
  std::string_view field;
  /// Of the rule over a set that holds about it, such as one account per e-mail address; unspecified: none does.
  domain::ReservationKind kind;
  /// The one spelling that is compared, or what is wrong with the text.
  std::expected<std::string, std::string> (*normal_form)(std::string_view text);
};

/// nullptr for any other text; every field of the schema that has a blind index is known (a test asserts it).
const NaturalKey* natural_key_of(const codec::SealingOf& sealing);

/// Without white space around it and without ASCII capitals: people whose addresses differ in case alone do not exist.
/// Refuses what can be seen to be no address; whether mail arrives is found out by sending some.
std::expected<std::string, std::string> normal_email(std::string_view text);

/// The nine digits of a Dutch citizen service number, which may be typed with spaces or dots and, as older ones are,
/// without the leading zero. Refuses what fails the eleven-test: 9, 8, ... 2 times the first eight digits less the last
/// one must be a multiple of 11.
std::expected<std::string, std::string> normal_citizen_number(std::string_view text);

/// An international bank account number (ISO 13616) without spaces, in capitals. Refuses what is no longer than 34
/// signs with a country, two check digits and an account, or leaves another rest than 1 by 97: the four first signs put
/// last, letters as 10 to 35.
std::expected<std::string, std::string> normal_iban(std::string_view text);

}  // namespace placet::access
