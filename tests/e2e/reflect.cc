#include "tests/e2e/reflect.h"

#include <capnp/serialize.h>

#include <algorithm>
#include <map>

#include "codec/ids.h"
#include "schema/record.capnp.h"
#include "tests/e2e/stage.h"

namespace placet::e2e {

namespace {

constexpr std::uint64_t kIsAnnotation = 0xd3ba9a3f3f2a4b01;

std::string name_of(capnp::StructSchema::Field field) { return field.getProto().getName().cStr(); }

std::string annotated(capnp::StructSchema::Field field) {
  for (const auto annotation : field.getProto().getAnnotations())
    if (annotation.getId() == kIsAnnotation) return annotation.getValue().getText().cStr();
  return {};
}

bool is(capnp::Type type, capnp::StructSchema schema) { return type.isStruct() && type.asStruct() == schema; }
bool is_id(capnp::Type type) { return is(type, capnp::Schema::from<schema::Id>()); }

std::string kind_of(capnp::StructSchema::Field field) {
  if (const std::string said = annotated(field); !said.empty()) return said;
  std::string name = name_of(field);
  if (name == "clientSystem") return "PersonId";
  name[0] = static_cast<char>(name[0] - 'a' + 'A');
  return name + "Id";
}

void find_ids(capnp::StructSchema schema, std::vector<std::string>& path, std::vector<IdField>& found) {
  for (const auto field : schema.getFields()) {
    path.push_back(name_of(field));
    if (is_id(field.getType()))
      found.push_back({path, kind_of(field)});
    else if (field.getType().isStruct())
      find_ids(field.getType().asStruct(), path, found);
    path.pop_back();
  }
}

/// A text that each field takes.
std::string text_for(const std::string& name) {
  static const std::map<std::string, std::string> kPicky = {
      {"email", "somebody@example.org"}, {"iban", "NL91ABNA0417164300"}, {"number", "123456782"}};
  const auto found = kPicky.find(name);
  return found != kPicky.end() ? found->second : "text";
}

std::uint16_t enum_for(const std::string& name) {
  // Of the roles one that can be delegated; of the rest the first that means something.
  return name == "role" ? static_cast<std::uint16_t>(schema::Role::CLIENT_CONTACT) : 1;
}

void fill_field(capnp::DynamicStruct::Builder message, capnp::StructSchema::Field field,
                const std::function<Uuid(const std::string& kind)>& id_of) {
  const std::string name = name_of(field), type = annotated(field);
  const auto kind = field.getType();
  if (is_id(kind)) {
    codec::write(id_of(kind_of(field)), message.init(field).as<schema::Id>());
  } else if (is(kind, capnp::Schema::from<schema::Secret>())) {
    message.init(field).as<schema::Secret>().setText(text_for(name));
  } else if (kind.isStruct()) {
    fill(message.init(field).as<capnp::DynamicStruct>(), id_of);
  } else if (kind.isList() && is_id(kind.asList().getElementType())) {
    auto list = message.init(field, 1).as<capnp::DynamicList>();
    codec::write(id_of(kind_of(field)), list[0].as<schema::Id>());
  } else if (kind.isEnum()) {
    message.set(field, capnp::DynamicEnum(kind.asEnum(), enum_for(name)));
  } else if (kind.isText()) {
    message.set(field, capnp::Text::Reader(text_for(name).c_str()));
  } else if (type == "Digest") {
    const kj::byte digest[32] = {};
    message.set(field, capnp::Data::Reader(digest, sizeof digest));
  } else if (type == "Date" && kind.isInt32()) {
    message.set(field, kFirstMonday.days);
  } else if (name == "minutes") {
    message.set(field, 60);
  }
}

void collect(const capnp::DynamicValue::Reader& value, std::set<Uuid>& ids);

void collect(capnp::DynamicStruct::Reader message, std::set<Uuid>& ids) {
  const auto schema = message.getSchema();
  if (is_id(schema)) {
    ids.insert(codec::read_id(message.as<schema::Id>()));
    return;
  }
  // Envelopes hold ids as groups.
  KJ_IF_MAYBE (hi, schema.findFieldByName("hi")) {
    ids.insert({message.get(*hi).as<std::uint64_t>(), message.get("lo").as<std::uint64_t>()});
    return;
  }
  for (const auto field : schema.getNonUnionFields()) collect(message.get(field), ids);
  KJ_IF_MAYBE (field, message.which()) collect(message.get(*field), ids);
}

void collect(const capnp::DynamicValue::Reader& value, std::set<Uuid>& ids) {
  switch (value.getType()) {
    case capnp::DynamicValue::STRUCT: return collect(value.as<capnp::DynamicStruct>(), ids);
    case capnp::DynamicValue::LIST: {
      const auto list = value.as<capnp::DynamicList>();
      const bool records = list.getSchema().getElementType().isData();
      for (const auto item : list) {
        if (!records) {
          collect(item, ids);
          continue;
        }
        const auto bytes = item.as<capnp::Data>();
        auto words = kj::heapArray<capnp::word>(bytes.size() / sizeof(capnp::word));
        std::copy(bytes.begin(), bytes.end(), words.asBytes().begin());
        capnp::FlatArrayMessageReader record(words);
        collect(capnp::DynamicStruct::Reader(record.getRoot<schema::Record>()), ids);
      }
      return;
    }
    default: return;
  }
}

void find_interfaces(capnp::InterfaceSchema from, std::vector<capnp::InterfaceSchema>& found);

void find_interfaces(capnp::StructSchema in, std::vector<capnp::InterfaceSchema>& found) {
  for (const auto field : in.getFields()) {
    if (field.getType().isInterface()) find_interfaces(field.getType().asInterface(), found);
    if (field.getType().isStruct()) find_interfaces(field.getType().asStruct(), found);
  }
}

void find_interfaces(capnp::InterfaceSchema from, std::vector<capnp::InterfaceSchema>& found) {
  if (std::ranges::find(found, from) != found.end()) return;
  found.push_back(from);
  for (const auto method : from.getMethods()) find_interfaces(method.getResultType(), found);
}

}  // namespace

std::string IdField::name() const {
  std::string text;
  for (const std::string& one : path) text += (text.empty() ? "" : ".") + one;
  return text;
}

void IdField::set(capnp::DynamicStruct::Builder message, const Uuid& id) const {
  for (std::size_t i = 0; i + 1 < path.size(); ++i) message = message.get(path[i].c_str()).as<capnp::DynamicStruct>();
  codec::write(id, message.init(path.back().c_str()).as<schema::Id>());
}

std::vector<IdField> ids_of(capnp::StructSchema schema) {
  std::vector<std::string> path;
  std::vector<IdField> found;
  find_ids(schema, path, found);
  return found;
}

void fill(capnp::DynamicStruct::Builder message, const std::function<Uuid(const std::string& kind)>& id_of) {
  for (const auto field : message.getSchema().getNonUnionFields()) fill_field(message, field, id_of);
}

bool Answered::shows_one_of(const std::set<Uuid>& others) const {
  return std::ranges::any_of(ids, [&](const Uuid& id) { return others.contains(id); });
}

Answered answered(capnp::DynamicStruct::Reader results) {
  Answered answer;
  for (const auto field : results.getSchema().getFields()) {
    if (!field.getType().isStruct() || !results.has(field)) continue;
    const auto part = results.get(field).as<capnp::DynamicStruct>();
    KJ_IF_MAYBE (which, part.which()) {
      if (name_of(*which) != "refused") continue;
      const auto refusal = part.get(*which).as<schema::Refusal>();
      answer.refused = static_cast<domain::RejectionCode>(refusal.getCode());
      answer.why = refusal.getMessage().cStr();
    }
  }
  collect(results, answer.ids);
  return answer;
}

std::vector<capnp::InterfaceSchema> interfaces_from(capnp::InterfaceSchema from) {
  std::vector<capnp::InterfaceSchema> found;
  find_interfaces(from, found);
  return found;
}

}  // namespace placet::e2e
