#include "access/box_context.h"

#include "base/check.h"

namespace placet::access {

namespace {

void append(Bytes& out, const Uuid& id) {
  for (const std::uint8_t byte : id.bytes()) out.push_back(static_cast<char>(byte));
}

void append(Bytes& out, std::string_view name) {
  PLACET_CHECK(!name.empty() && name.size() <= 255);
  out.push_back(static_cast<char>(name.size()));
  out.append(name);
}

}  // namespace

Bytes BoxContext::encode() const {
  Bytes out = "placet-box-v1";
  append(out, ledger.value);
  append(out, subject);
  append(out, command.value);
  append(out, event);
  append(out, field);
  return out;
}

}  // namespace placet::access
