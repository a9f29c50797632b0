#pragma once

#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"

namespace placet::crypto {

// RFC 4648. Decoding is strict, so that one value has one spelling: padding exactly where it belongs, no other
// characters, unused bits zero; anything else is `invalid`.

/// Section 4, with padding: signed notes and checkpoints.
std::string to_base64(BytesView bytes);
Result<Bytes> from_base64(std::string_view text);

/// Section 5, without padding: tokens in links and cookies.
std::string to_base64url(BytesView bytes);
Result<Bytes> from_base64url(std::string_view text);

}  // namespace placet::crypto
