#pragma once

#include <capnp/compat/json.h>

#include <memory>
#include <string>
#include <string_view>

namespace placet::client {

/// The JSON form of every message: the schema's names, ids as UUIDs, days as YYYY-MM-DD, instants in UTC, bytes in
/// hexadecimal, personal texts as plain strings. What has its default value is left out. Comes from the schema alone,
/// so that a new command or event needs no line here.
class JsonForm {
 public:
  JsonForm();
  ~JsonForm();

  /// As a tree of values: for whoever shows single fields.
  void encode(capnp::DynamicStruct::Reader message, capnp::JsonValue::Builder out) const {
    codec_.encode(capnp::DynamicValue::Reader(message), capnp::Type(message.getSchema()), out);
  }
  /// One line. Throws kj::Exception when `message` holds what JSON cannot say.
  std::string encode(capnp::DynamicStruct::Reader message) const;
  /// Throws std::invalid_argument that says what is wrong and where.
  void decode(std::string_view json, capnp::DynamicStruct::Builder message) const;

 private:
  struct Handlers;
  std::unique_ptr<Handlers> handlers_;
  capnp::JsonCodec codec_;
};

}  // namespace placet::client
