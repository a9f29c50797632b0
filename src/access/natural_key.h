#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "codec/sealing.h"
#include "schema/plain.h"

namespace placet::access {

/// A personal field about which a rule over a set holds, such as one account per e-mail address.
struct NaturalKey {
  std::string_view event;
  std::string_view field;
  domain::ReservationKind kind;
  /// The one spelling that is indexed, or what is wrong with the text.
  std::expected<std::string, std::string> (*normal_form)(std::string_view text);
};

/// nullptr for a field without a blind index; every field of the schema that has one is known (a test asserts it).
const NaturalKey* natural_key_of(const codec::SealingOf& sealing);

/// Without white space around it and without ASCII capitals: people whose addresses differ in case alone do not exist.
/// Refuses what can be seen to be no address; whether mail arrives is found out by sending some.
std::expected<std::string, std::string> normal_email(std::string_view text);

/// The nine digits of a Dutch citizen service number, which may be typed with spaces or dots and, as older ones are,
/// without the leading zero. Refuses what fails the eleven-test: 9, 8, ... 2 times the first eight digits less the last
/// one must be a multiple of 11.
std::expected<std::string, std::string> normal_citizen_number(std::string_view text);

}  // namespace placet::access
