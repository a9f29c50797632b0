#pragma once

#include <capnp/compat/json.h>

#include <string>
#include <string_view>

namespace placet::client {

/// Why `text` could not be decoded as a message of that type, and where: "column 17: ..." where it is no JSON, else the
/// path of the field, "command.recordEntry.worked.day: ...". What was thrown by
/// `throw_field_fault` is told in its own words, the rest as what the field must be.
std::string fault_in(std::string_view text, capnp::StructSchema type, const capnp::JsonCodec& codec);

/// For handlers of single fields: what is wrong with the value, for the user.
[[noreturn]] void throw_field_fault(const char* what);

}  // namespace placet::client
