#pragma once

#include <string_view>

#include "base/bytes.h"
#include "base/id.h"

namespace placet::access {

/// Where a box stands: the associated data under which it is sealed, so that it opens nowhere else.
///
///   context = "placet-box-v1" ledger subject command event field
///   ledger, subject, command = 16 bytes each, the UUID
///   event, field             = u8 length, then as many bytes: the names in the schema, "accountOpened" "email"
///
/// The subject stands where a stream would be looked for. An adapter seals before anybody has decided, and the stream
/// on which the event will land cannot be told from every command; command id and event type fix it as well as it
/// needs: a box still cannot be moved to another person, another command or another field.
struct BoxContext {
  LedgerId ledger;
  Uuid subject;
  CommandId command;
  std::string_view event;
  std::string_view field;

  Bytes encode() const;
};

}  // namespace placet::access
