#include "codec/fields.h"

namespace placet::codec {

void add_too_long(std::string_view name, std::size_t max_bytes, Issues& issues) {
  issues.add(name, "longer than " + std::to_string(max_bytes) + " bytes");
}

void read_field(schema::Secret::Reader from, Box& to, std::string_view name, const Limits& limits, Issues& issues) {
  if (from.isText()) {
    const auto text = from.getText();
    if (text.size() > limits.max_bytes) return add_too_long(name, limits.max_bytes, issues);
    to = Box::plain(std::string(text.cStr(), text.size()));
  } else if (from.isBox()) {
    read_field(from.getBox(), to, name, limits, issues);
  }
}

}  // namespace placet::codec
