#include "tools/client/json_fault.h"

#include <capnp/dynamic.h>
#include <capnp/message.h>
#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <optional>

namespace placet::client {

namespace {

/// From here come the faults in words for the user; those of the library are for programmers.
constexpr const char* kOurs = "json_fault";

/// Nothing when it is JSON.
std::optional<std::string> syntax_fault(std::string_view text) {
  try {
    [[maybe_unused]] const nlohmann::json sound = nlohmann::json::parse(text);
    return std::nullopt;
  } catch (const nlohmann::json::exception& error) {
    const std::string_view what = error.what();
    return std::string(what.substr(std::min(what.find("column "), what.size())));
  }
}

std::string names_of(capnp::EnumSchema type) {
  std::string names;
  for (const auto enumerant : type.getEnumerants())
    if (enumerant.getOrdinal() != 0) names += (names.empty() ? "" : ", ") + std::string(enumerant.getProto().getName());
  return names;
}

std::string must_be(capnp::Type type) {
  if (type.isEnum()) return "must be one of " + names_of(type.asEnum());
  if (type.isBool()) return "must be true or false";
  if (type.isText()) return "must be a string";
  if (type.isList()) return "must be a list";
  if (type.isStruct()) return "must be an object";
  return "must be a whole number that fits";
}

class Finder {
 public:
  explicit Finder(const capnp::JsonCodec& codec) : codec_(codec) {}

  /// The first fault inside an object, nothing when each of its fields can be decoded.
  std::optional<std::string> in_object(capnp::JsonValue::Reader json, capnp::StructSchema type,
                                       const std::string& path) const {
    for (const auto field : json.getObject()) {
      const std::string at = (path.empty() ? "" : path + ".") + field.getName().cStr();
      KJ_IF_MAYBE (known, type.findFieldByName(field.getName())) {
        const auto why = fault_of(field, type);
        if (why) return in_value(field.getValue(), known->getType(), at, *why);
      } else {
        return at + ": there is no such field";
      }
    }
    return std::nullopt;
  }

 private:
  std::string in_value(capnp::JsonValue::Reader json, capnp::Type type, const std::string& path,
                       const std::string& why) const {
    if (type.isStruct() && json.isObject())
      if (auto inside = in_object(json, type.asStruct(), path)) return *std::move(inside);
    if (type.isList() && type.asList().getElementType().isStruct() && json.isArray()) {
      unsigned index = 0;
      for (const auto item : json.getArray()) {
        const std::string at = fmt::format("{}[{}]", path, index++);
        if (!item.isObject()) continue;
        if (auto inside = in_object(item, type.asList().getElementType().asStruct(), at)) return *std::move(inside);
      }
    }
    return path + ": " + (why.empty() ? must_be(type) : why);
  }

  /// Decodes the field on its own. Nothing when that works; an empty text when the library has no words for the user.
  std::optional<std::string> fault_of(capnp::JsonValue::Field::Reader field, capnp::StructSchema type) const {
    capnp::MallocMessageBuilder object, scratch;
    auto json = object.initRoot<capnp::JsonValue>();
    json.initObject(1).setWithCaveats(0, field);
    try {
      codec_.decode(json.asReader(), scratch.initRoot<capnp::DynamicStruct>(type));
      return std::nullopt;
    } catch (const kj::Exception& exception) {
      return exception.getFile() == std::string_view(kOurs) ? exception.getDescription().cStr() : "";
    }
  }

  const capnp::JsonCodec& codec_;
};

}  // namespace

std::string fault_in(std::string_view text, capnp::StructSchema type, const capnp::JsonCodec& codec) {
  if (auto fault = syntax_fault(text)) return *std::move(fault);
  capnp::MallocMessageBuilder message;
  auto json = message.initRoot<capnp::JsonValue>();
  try {
    codec.decodeRaw({text.data(), text.size()}, json);
  } catch (const kj::Exception& exception) {
    return exception.getDescription().cStr();  // nested too deeply
  }
  if (!json.isObject()) return "must be an object: {...}";
  return Finder(codec).in_object(json.asReader(), type, "").value_or("its fields do not go together");
}

void throw_field_fault(const char* what) {
  kj::throwFatalException(kj::Exception(kj::Exception::Type::FAILED, kOurs, __LINE__, kj::str(what)));
}

}  // namespace placet::client
