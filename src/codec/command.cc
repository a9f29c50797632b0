#include "codec/command.h"

#include <capnp/message.h>

#include <cstring>
#include <variant>

#include "base/check.h"
#include "schema/plain_codec.h"

namespace placet::codec {

Bytes canonical_bytes(const domain::Command& command) {
  capnp::MallocMessageBuilder message;
  auto root = message.initRoot<schema::Command>();
  write(command, root);
  const auto canonical = capnp::canonicalize(root.asReader());
  const auto bytes = canonical.asBytes();
  return {reinterpret_cast<const char*>(bytes.begin()), bytes.size()};
}

Bytes write_command(const domain::Command& command) {
  domain::Command checked = command;
  std::visit(
      [](auto& one) {
        for_each_secret(one, [](const Box& box, const auto&...) {
          PLACET_CHECK(!box.is_plain(), "a personal text must be sealed before it is stored");
        });
      },
      checked);
  return canonical_bytes(command);
}

Result<domain::Command> read_command(BytesView bytes) {
  const auto corrupt = [](const std::string& why) {
    return fail(ErrorCode::corrupt, "a stored command cannot be read: " + why);
  };
  if (bytes.size() % sizeof(capnp::word) != 0) return corrupt("not a whole number of words");
  auto words = kj::heapArray<capnp::word>(bytes.size() / sizeof(capnp::word));
  std::memcpy(words.begin(), bytes.data(), bytes.size());
  try {
    const kj::ArrayPtr<const capnp::word> segments[] = {words};
    capnp::SegmentArrayMessageReader message(segments);
    domain::Command command;
    Issues issues;
    read(message.getRoot<schema::Command>(), command, issues);
    if (!issues.empty()) return corrupt(issues.text());
    return command;
  } catch (const kj::Exception& exception) {
    return corrupt(exception.getDescription().cStr());
  }
}

}  // namespace placet::codec
