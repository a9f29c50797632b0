#pragma once

#include <capnp/compat/json.h>

#include <memory>
#include <string>
#include <string_view>

namespace placet::client {

/// The JSON form of every message: the schema's names, ids as UUIDs, days as YYYY-MM-DD, personal texts as plain
/// strings. Comes from the schema alone, so that a new command or event needs no line here.
class JsonForm {
 public:
  JsonForm();
  ~JsonForm();

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
