#pragma once

#include <functional>

#include "base/bytes.h"
#include "base/result.h"

namespace placet::codec {

/// Shows every sealed box in a stored record, those of a proposed command too. `corrupt` as read_record.
Result<void> each_box(BytesView record, const std::function<void(BytesView box)>& visit);

}  // namespace placet::codec
