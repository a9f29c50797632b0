#pragma once

#include <capnp/blob.h>

#include "base/bytes.h"

namespace placet::codec {

/// The bytes of a field, valid as long as its message.
inline BytesView view_of(capnp::Data::Reader data) {
  return {reinterpret_cast<const char*>(data.begin()), data.size()};
}

}  // namespace placet::codec
