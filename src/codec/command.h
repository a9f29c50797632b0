#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "schema/plain.h"

namespace placet::codec {

/// The canonical Cap'n Proto bytes of a command as somebody sent it, personal texts in the plain: for its hash alone.
Bytes canonical_bytes(const domain::Command& command);
/// The canonical Cap'n Proto bytes of a sealed command, as `actProposed` keeps them.
Bytes write_command(const domain::Command& command);
/// ErrorCode::corrupt when they are not.
Result<domain::Command> read_command(BytesView bytes);

}  // namespace placet::codec
