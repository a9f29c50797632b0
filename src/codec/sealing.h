#pragma once

#include <string_view>

#include "schema/plain.h"

namespace placet::codec {

/// Where a box will stand and how long it is kept: part of what the box is bound to (schema/types.capnp, Sealing).
struct SealingOf {
  std::string_view event;
  std::string_view field;
  domain::RetentionClass retention;
  std::string_view from;  // the field of the command that holds the text
};

}  // namespace placet::codec
