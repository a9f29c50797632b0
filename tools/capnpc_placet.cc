// A Cap'n Proto compiler plug-in: plain C++ types, and the code between them and stored bytes, out of schema/*.capnp.
//
//   capnp compile -o capnpc_placet:DIR types.capnp events.capnp commands.capnp
//
// writes into DIR
//   plain.h        namespace placet::domain: one plain struct per schema struct (strong types by the annotation `is`),
//                  enum classes, `Event` and `Command` as std::variant, and traits (number, name, audience, category)
//   plain.cc       how those two are copied, moved and destroyed
//   plain_codec.h  namespace placet::codec: write(plain, Builder), read(Reader, plain, Issues);
//                  for_each_secret(command), for_each_text(command), clear_server_fields(command)
//   plain_codec.cc
//
// and, run on queries.capnp alone, the same for it: queries.h (namespace placet::readside), queries_codec.{h,cc}. What
// it takes over from types.capnp is that of plain.h.
//
// So an event or a command is described once, in the schema. A union whose members are all structs (or Void) and that
// is all its struct has becomes a variant; no other unions are supported, `Secret` and `Id` aside.

#include <capnp/message.h>
#include <capnp/schema-loader.h>
#include <capnp/schema.capnp.h>
#include <capnp/serialize.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace {

namespace schema = capnp::schema;

constexpr std::uint64_t kIs = 0xd3ba9a3f3f2a4b01, kOptional = 0xd3ba9a3f3f2a4b02, kMaxBytes = 0xd3ba9a3f3f2a4b03,
                        kMaxItems = 0xd3ba9a3f3f2a4b04, kServer = 0xd3ba9a3f3f2a4b05, kSealed = 0xd3ba9a3f3f2a4b06,
                        kAudience = 0xd3ba9a3f3f2a4b07, kStream = 0xd3ba9a3f3f2a4b08, kTwoPersons = 0xd3ba9a3f3f2a4b09,
                        kBy = 0xd3ba9a3f3f2a4b0a, kService = 0xd3ba9a3f3f2a4b0b;

[[noreturn]] void die(const std::string& message) {
  std::fprintf(stderr, "capnpc_placet: %s\n", message.c_str());
  std::exit(1);
}

std::string snake(const std::string& camel) {
  std::string out;
  for (const char c : camel) {
    if (c >= 'A' && c <= 'Z') {
      out += '_';
      out += static_cast<char>(c - 'A' + 'a');
    } else {
      out += c;
    }
  }
  static const std::set<std::string> kKeywords = {"class",    "override", "import", "export",
                                                  "register", "default",  "private"};
  return kKeywords.contains(out) ? out + "_" : out;
}

std::string upper_first(std::string name) {
  name[0] = static_cast<char>(std::toupper(name[0]));
  return name;
}

// capnp's spelling of an enumerant in generated C++: backOffice -> BACK_OFFICE.
std::string upper_snake(const std::string& camel) {
  std::string out;
  for (const char c : camel) {
    if (c >= 'A' && c <= 'Z') out += '_';
    out += static_cast<char>(std::toupper(c));
  }
  return out;
}

struct Field {
  std::string name;      // as in the schema
  std::string getter;    // getFoo
  std::string plain;     // foo
  std::string cpp_type;  // of the plain member, without optional
  std::string is;
  bool optional = false, server = false;
  unsigned max_bytes = 256, max_items = 64;
  schema::Type::Reader type;
  std::string default_literal;  // of a number
  schema::Node::Reader sealing;
  bool has_sealing = false;
  std::string event, event_field, subject, retention, blind_index;
};

class Generator {
 public:
  explicit Generator(schema::CodeGeneratorRequest::Reader request) {
    for (const auto node : request.getNodes()) nodes_.insert({node.getId(), node});
    for (const auto file : request.getRequestedFiles()) requested_.insert(file.getId());
    for (const auto file : request.getRequestedFiles()) {
      for (const auto nested : nodes_.at(file.getId()).getNestedNodes()) visit(nested.getId());
      const std::string path = file.getFilename().cStr();
      files_.push_back(path.substr(path.rfind('/') + 1));
    }
    ledger_ = files_ != std::vector<std::string>{"queries.capnp"};
    name_ = ledger_ ? "plain" : "queries";
    space_ = ledger_ ? "domain" : "readside";
  }

  void run() {
    write_file(name_ + ".h", header());
    if (ledger_) write_file(name_ + ".cc", source());
    write_file(name_ + "_codec.h", codec_header());
    write_file(name_ + "_codec.cc", codec_source());
  }

 private:
  static void write_file(const std::string& name, const std::string& text) {
    std::ofstream out(name);
    out << text;
    if (!out.flush()) die("cannot write " + name);
  }

  std::string short_name(std::uint64_t id) const {
    const auto node = nodes_.at(id);
    return std::string(node.getDisplayName().cStr() + node.getDisplayNamePrefixLength());
  }

  // Whether it stands in a file that this run is about.
  bool requested(std::uint64_t id) const {
    auto node = nodes_.at(id);
    while (node.getScopeId() != 0) node = nodes_.at(node.getScopeId());
    return requested_.contains(node.getId());
  }

  std::string qualified(std::uint64_t id) const { return (requested(id) ? space_ : "domain") + "::" + short_name(id); }

  static bool builtin(const std::string& name) { return name == "Id" || name == "Secret" || name == "Sealing"; }

  // Depth first, so that a struct stands behind those it holds.
  void visit(std::uint64_t id) {
    const auto node = nodes_.at(id);
    const std::string name = short_name(id);
    if (builtin(name) || !requested(id) || !seen_.insert(id).second) return;
    if (node.isEnum()) enums_.push_back(id);
    if (!node.isStruct()) return;
    for (const auto field : node.getStruct().getFields()) {
      if (!field.isSlot()) die(name + "." + field.getName().cStr() + ": groups are not supported");
      auto type = field.getSlot().getType();
      while (type.isList()) type = type.getList().getElementType();
      if (type.isStruct()) visit(type.getStruct().getTypeId());
      if (type.isEnum()) visit(type.getEnum().getTypeId());
    }
    structs_.push_back(id);
  }

  bool is_variant(std::uint64_t id) const {
    const auto node = nodes_.at(id).getStruct();
    return node.getDiscriminantCount() != 0;
  }

  std::string scalar_type(schema::Type::Reader type, const std::string& is, const std::string& where) const {
    if (type.isStruct()) {
      std::string name = short_name(type.getStruct().getTypeId());
      if (name == "Id") return is.empty() ? "Uuid" : is;
      if (name == "Secret") return "Box";
      return requested(type.getStruct().getTypeId()) ? name : qualified(type.getStruct().getTypeId());
    }
    if (!is.empty()) return is;
    switch (type.which()) {
      case schema::Type::VOID: return "std::monostate";
      case schema::Type::BOOL: return "bool";
      case schema::Type::INT8: return "std::int8_t";
      case schema::Type::INT16: return "std::int16_t";
      case schema::Type::INT32: return "std::int32_t";
      case schema::Type::INT64: return "std::int64_t";
      case schema::Type::UINT8: return "std::uint8_t";
      case schema::Type::UINT16: return "std::uint16_t";
      case schema::Type::UINT32: return "std::uint32_t";
      case schema::Type::UINT64: return "std::uint64_t";
      case schema::Type::TEXT: return "std::string";
      case schema::Type::DATA: return "Bytes";
      case schema::Type::ENUM: {
        const auto id = type.getEnum().getTypeId();
        return requested(id) ? short_name(id) : qualified(id);
      }
      default: die(where + ": type not supported");
    }
  }

  std::vector<Field> fields_of(std::uint64_t id) const {
    std::vector<Field> fields;
    const auto reader = nodes_.at(id).getStruct().getFields();
    std::vector<schema::Field::Reader> ordered(reader.size());
    for (const auto field : reader) ordered[field.getOrdinal().getExplicit()] = field;
    for (const auto source : ordered) {
      Field field;
      field.name = source.getName().cStr();
      field.getter = upper_first(field.name);
      field.plain = snake(field.name);
      for (const auto annotation : source.getAnnotations()) {
        const auto value = annotation.getValue();
        switch (annotation.getId()) {
          case kIs: field.is = value.getText().cStr(); break;
          case kOptional: field.optional = true; break;
          case kServer: field.server = true; break;
          case kMaxBytes: field.max_bytes = value.getUint32(); break;
          case kMaxItems: field.max_items = value.getUint32(); break;
          case kSealed: read_sealing(value.getStruct(), field); break;
          default: break;
        }
      }
      field.type = source.getSlot().getType();
      const auto value = source.getSlot().getDefaultValue();
      if (value.isInt16()) field.default_literal = fmt::format("{}", value.getInt16());
      if (value.isInt32()) field.default_literal = fmt::format("{}", value.getInt32());
      if (value.isInt64()) field.default_literal = fmt::format("{}", value.getInt64());
      if (value.isUint32()) field.default_literal = fmt::format("{}u", value.getUint32());
      if (value.isUint64()) field.default_literal = fmt::format("{}u", value.getUint64());
      const std::string where = short_name(id) + "." + field.name;
      if (field.type.isList()) {
        field.cpp_type = "std::vector<" + scalar_type(field.type.getList().getElementType(), field.is, where) + ">";
      } else {
        field.cpp_type = scalar_type(field.type, field.is, where);
        const bool number =
            !field.type.isStruct() && !field.type.isText() && !field.type.isData() && !field.type.isEnum();
        if (field.optional && number) field.cpp_type = "std::optional<" + field.cpp_type + ">";
        const bool plain_struct = field.type.isStruct() && !builtin(short_name(field.type.getStruct().getTypeId()));
        if (field.optional && plain_struct) field.cpp_type = "std::optional<" + field.cpp_type + ">";
      }
      fields.push_back(field);
    }
    return fields;
  }

  // The annotation's value is a Sealing; this program has no generated code for it and reads it by layout.
  void read_sealing(capnp::AnyPointer::Reader value, Field& field) const {
    const auto data = value.getAs<capnp::AnyStruct>();
    const auto pointers = data.getPointerSection();
    field.has_sealing = true;
    field.event = pointers[0].getAs<capnp::Text>().cStr();
    field.event_field = pointers[1].getAs<capnp::Text>().cStr();
    field.subject = pointers[2].getAs<capnp::Text>().cStr();
    field.blind_index = pointers.size() > 3 && !pointers[3].isNull() ? pointers[3].getAs<capnp::Text>().cStr() : "";
    const unsigned ordinal = data.getDataSection()[0];
    for (const auto id : enums_) {
      if (short_name(id) != "RetentionClass") continue;
      field.retention = nodes_.at(id).getEnum().getEnumerants()[ordinal].getName().cStr();
    }
    if (field.retention.empty()) die("list types.capnp first: RetentionClass is not known yet");
  }

  // ---- plain.h ---------------------------------------------------------------------------------------------------

  std::string header() const {
    std::string out =
        "#pragma once\n\n// Generated by tools/capnpc_placet.cc from schema/*.capnp.\n\n"
        "#include <array>\n#include <cstdint>\n#include <optional>\n#include <string>\n#include "
        "<string_view>\n#include <type_traits>\n#include <utility>\n#include <variant>\n"
        "#include <vector>\n\n"
        "#include \"base/amount.h\"\n#include \"base/box.h\"\n#include \"base/bytes.h\"\n#include \"base/id.h\"\n"
        "#include \"base/time.h\"\n" +
        std::string(ledger_ ? "" : "#include \"schema/plain.h\"\n") + "\nnamespace placet::" + space_ + " {\n\n";
    for (const auto id : enums_) {
      const std::string name = short_name(id);
      out += "enum class " + name + " : std::uint16_t {\n";
      std::vector<std::string> names;
      for (const auto enumerant : nodes_.at(id).getEnum().getEnumerants()) names.push_back(enumerant.getName().cStr());
      for (std::size_t i = 0; i < names.size(); ++i) out += fmt::format("  {} = {},\n", snake(names[i]), i);
      out += "};\nstd::string_view name_of(" + name + " value);\n";
      out += fmt::format("inline constexpr std::uint16_t k{}Count = {};\n\n", name, names.size());
    }
    for (const auto id : structs_) {
      if (is_variant(id)) continue;
      out += "struct " + short_name(id) + " {\n";
      for (const auto& field : fields_of(id)) out += "  " + field.cpp_type + " " + field.plain + "{};\n";
      out +=
          "  friend bool operator==(const " + short_name(id) + "&, const " + short_name(id) + "&) = default;\n};\n\n";
    }
    for (const auto id : structs_) {
      if (is_variant(id)) out += variant(id);
    }
    return out + "}  // namespace placet::" + space_ + "\n";
  }

  std::string variant(std::uint64_t id) const {
    const std::string name = short_name(id);
    std::string alternatives;
    std::string traits = "template <class T>\nstruct " + name + "Traits;\n";
    std::string names;
    for (const auto& member : fields_of(id)) {
      alternatives += (alternatives.empty() ? "" : ", ") + member_type(member);
      names += "    \"" + member.name + "\",\n";
      if (!member.type.isStruct()) continue;
      const auto node = nodes_.at(member.type.getStruct().getTypeId());
      traits += "template <>\nstruct " + name + "Traits<" + member_type(member) + "> {\n";
      traits += fmt::format("  static constexpr std::uint16_t kNumber = {};\n", ordinal_of(id, member.name));
      traits += "  static constexpr std::string_view kName = \"" + member.name + "\";\n";
      bool two_persons = false, service = false;
      unsigned by = 0, category = 0;
      for (const auto annotation : node.getAnnotations()) {
        if (annotation.getId() == kAudience)
          traits +=
              fmt::format("  static constexpr std::uint16_t kAudience = {};\n", annotation.getValue().getUint16());
        if (annotation.getId() == kStream) category = annotation.getValue().getEnum();
        if (annotation.getId() == kTwoPersons) two_persons = true;
        if (annotation.getId() == kService) service = true;
        if (annotation.getId() == kBy) by = annotation.getValue().getUint16();
      }
      if (name == "Event") traits += fmt::format("  static constexpr Category kCategory{{{}}};\n", category);
      if (name == "Command") {
        traits += fmt::format("  static constexpr bool kTwoPersons = {};\n", two_persons);
        traits += fmt::format("  static constexpr bool kService = {};\n", service);
        traits += fmt::format("  static constexpr std::uint16_t kBy = {};\n", by);
      }
      traits += "};\n";
    }
    return variant_class(name, alternatives) + traits + "\ninline constexpr std::string_view k" + name +
           "Names[] = {\n" + names + "};\n\n";
  }

  /// Not only a name for the variant: to copy, move and destroy some ninety alternatives is compiled once, in the
  /// source, and not in every file that has one. That was four fifths of the time it took to compile such a file.
  static std::string variant_class(const std::string& name, const std::string& alternatives) {
    constexpr std::string_view kClass = R"(class {0} : public std::variant<{1}> {{
 public:
  using Alternatives = std::variant<{1}>;
  {0}();
  {0}(const {0}&);
  {0}({0}&&) noexcept;
  {0}& operator=(const {0}&);
  {0}& operator=({0}&&) noexcept;
  ~{0}();
  template <class T>
    requires(!std::is_same_v<std::remove_cvref_t<T>, {0}> && std::is_constructible_v<Alternatives, T>)
  {0}(T&& one) : Alternatives(std::forward<T>(one)) {{}}
  friend bool operator==(const {0}&, const {0}&);
}};

)";
    return fmt::format(kClass, name, alternatives);
  }

  /// What `variant_class` declares.
  std::string source() const {
    constexpr std::string_view kMembers = R"(
{0}::{0}() = default;
{0}::{0}(const {0}&) = default;
{0}::{0}({0}&&) noexcept = default;
{0}& {0}::operator=(const {0}&) = default;
{0}& {0}::operator=({0}&&) noexcept = default;
{0}::~{0}() = default;
bool operator==(const {0}& a, const {0}& b) {{ const {0}::Alternatives &x = a, &y = b; return x == y; }}
)";
    std::string out =
        "// Generated by tools/capnpc_placet.cc from schema/*.capnp.\n\n#include \"schema/plain.h\"\n\n"
        "namespace placet::domain {\n";
    for (const auto id : structs_)
      if (is_variant(id)) out += fmt::format(kMembers, short_name(id));
    return out + "\n}  // namespace placet::domain\n";
  }

  std::string member_type(const Field& member) const {
    return member.type.isVoid() ? "std::monostate" : member.cpp_type;
  }

  unsigned ordinal_of(std::uint64_t id, const std::string& name) const {
    for (const auto field : nodes_.at(id).getStruct().getFields()) {
      if (name == field.getName().cStr()) return field.getDiscriminantValue();
    }
    die("no member " + name);
  }

  // ---- plain_codec -----------------------------------------------------------------------------------------------

  std::string codec_header() const {
    std::string out =
        "#pragma once\n\n// Generated by tools/capnpc_placet.cc from schema/*.capnp.\n\n#include "
        "\"codec/issues.h\"\n#include \"codec/sealing.h\"\n"
        "#include \"schema/" +
        std::string(ledger_ ? "plain" : "plain_codec") + ".h\"\n#include \"schema/" + name_ + ".h\"\n";
    for (const auto& file : files_) out += "#include \"schema/" + file + ".h\"\n";
    out += "\nnamespace placet::codec {\n\n";
    for (const auto id : structs_) {
      const std::string name = short_name(id);
      out += "void write(const " + qualified(id) + "& from, schema::" + name + "::Builder to);\n";
      out += "void read(schema::" + name + "::Reader from, " + qualified(id) + "& to, Issues& issues);\n";
    }
    if (!ledger_) return out + "\n}  // namespace placet::codec\n";
    out += "\n// Calls use(box, sealing, subject, blind_index or nullptr) for each personal field of a command.\n";
    std::set<std::uint64_t> with_secrets;
    for (const auto id : structs_) {
      if (is_variant(id)) continue;
      std::string body;
      for (const auto& field : fields_of(id)) {
        if (field.type.isList() && field.type.getList().getElementType().isStruct() &&
            with_secrets.contains(field.type.getList().getElementType().getStruct().getTypeId()))
          body += "  for (auto& one : command." + field.plain + ") for_each_secret(one, use);\n";
        if (!field.has_sealing) continue;
        body += fmt::format(
            "  use(command.{}, SealingOf{{\"{}\", \"{}\", domain::RetentionClass::{}, \"{}\"}}, command.{}.value, "
            "{});\n",
            field.plain, field.event, field.event_field, snake(field.retention), field.name, snake(field.subject),
            field.blind_index.empty() ? "static_cast<ReservationId*>(nullptr)"
                                      : "&command." + snake(field.blind_index));
      }
      if (body.empty()) continue;
      with_secrets.insert(id);
      out += "template <class Use>\nvoid for_each_secret(domain::" + short_name(id) + "& command, Use&& use) {\n" +
             body + "}\n";
    }
    out += "template <class Command, class Use>\nvoid for_each_secret(Command&, Use&&) {}\n";
    return out + text_walk() + server_walk() + "\n}  // namespace placet::codec\n";
  }

  void reach(std::uint64_t id, std::set<std::uint64_t>& found) const {
    if (!found.insert(id).second) return;
    for (const auto field : nodes_.at(id).getStruct().getFields()) {
      auto type = field.getSlot().getType();
      while (type.isList()) type = type.getList().getElementType();
      if (type.isStruct()) reach(type.getStruct().getTypeId(), found);
    }
  }

  // One function for each struct of a command that holds, at whatever depth, a field for which `leaf` gives a line;
  // `descend` gives the line that calls the function of a nested struct.
  template <class Leaf, class Descend>
  std::string walk(const std::string& head, Leaf leaf, Descend descend) const {
    std::set<std::uint64_t> of_commands, walked;
    for (const auto id : structs_) {
      if (short_name(id) == "Command") reach(id, of_commands);
    }
    std::string out;
    for (const auto id : structs_) {
      if (!of_commands.contains(id) || short_name(id) == "Command") continue;
      std::string body;
      for (const auto& field : fields_of(id)) {
        const std::string own = leaf(field);
        body += own;
        const auto type = field.type.isList() ? field.type.getList().getElementType() : field.type;
        if (!own.empty() || !type.isStruct() || !walked.contains(type.getStruct().getTypeId())) continue;
        const std::string member = "command." + field.plain;
        const bool wrapped = field.cpp_type.starts_with("std::optional");
        body += field.type.isList() ? "  for (auto& one : " + member + ") " + descend("one", field)
                : wrapped           ? "  if (" + member + ") " + descend("*" + member, field)
                                    : "  " + descend(member, field);
      }
      if (body.empty()) continue;
      if (is_variant(id)) die(short_name(id) + ": texts and server fields inside a union are not supported");
      walked.insert(id);
      out += fmt::format(fmt::runtime(head), short_name(id)) + " {\n" + body + "}\n";
    }
    return out;
  }

  std::string text_walk() const {
    return "\n// Calls use(text, path) for each text of a command that is not personal; the path is that in the "
           "schema.\n"
           "template <class Command, class Use>\nvoid for_each_text(const Command&, Use&&) {}\n" +
           walk(
               "template <class Use>\nvoid for_each_text(const domain::{}& command, Use&& use)",
               [](const Field& field) -> std::string {
                 const bool list = field.type.isList();
                 if (!(list ? field.type.getList().getElementType() : field.type).isText()) return {};
                 return list ? "  for (const auto& one : command." + field.plain + ") use(one, \"" + field.name +
                                   "\");\n"
                             : "  use(command." + field.plain + ", \"" + field.name + "\");\n";
               },
               [](const std::string& nested, const Field& field) {
                 return "for_each_text(" + nested + ", [&](const auto& text, const auto& path) { use(text, \"" +
                        field.name + ".\" + std::string(path)); });\n";
               });
  }

  std::string server_walk() const {
    return "\n// Empties the fields that only the server may fill in.\n"
           "template <class Command>\nvoid clear_server_fields(Command&) {}\n" +
           walk(
               "inline void clear_server_fields(domain::{}& command)",
               [](const Field& field) {
                 return field.server ? "  command." + field.plain + " = {};\n" : std::string();
               },
               [](const std::string& nested, const Field&) { return "clear_server_fields(" + nested + ");\n"; });
  }

  std::string codec_source() const {
    std::string out = "// Generated by tools/capnpc_placet.cc from schema/*.capnp.\n\n#include \"" + name_ +
                      "_codec.h\"\n\n#include \"codec/fields.h\"\n\nnamespace placet::" + space_ + " {\n\n";
    for (const auto id : enums_) {
      out +=
          "std::string_view name_of(" + short_name(id) + " value) {\n  static constexpr std::string_view kNames[] = {";
      for (const auto enumerant : nodes_.at(id).getEnum().getEnumerants())
        out += "\"" + std::string(enumerant.getName().cStr()) + "\", ";
      out +=
          "};\n  const auto index = static_cast<std::size_t>(value);\n"
          "  return index < std::size(kNames) ? kNames[index] : \"unknown\";\n}\n";
    }
    out += "\n}  // namespace placet::" + space_ + "\n\nnamespace placet::codec {\n\n";
    for (const auto id : structs_) out += is_variant(id) ? variant_codec(id) : struct_codec(id);
    return out + "}  // namespace placet::codec\n";
  }

  std::string variant_codec(std::uint64_t id) const {
    const std::string name = short_name(id);
    std::string writes, reads;
    for (const auto& member : fields_of(id)) {
      const std::string tag = "schema::" + name + "::" + upper_snake(member.name);
      const unsigned number = ordinal_of(id, member.name);
      if (member.type.isVoid()) {
        writes += fmt::format("    case {}: PLACET_CHECK(false, \"an unspecified {} is never written\"); break;\n",
                              number, name);
        continue;
      }
      writes +=
          fmt::format("    case {}: write(std::get<{}>(from), to.init{}()); break;\n", number, number, member.getter);
      reads += fmt::format(
          "    case {}: {{ const auto scope = issues.enter(\"{}\"); read(from.get{}(), to.emplace<{}>(), issues); "
          "break; }}\n",
          tag, member.name, member.getter, number);
    }
    return "void write(const " + qualified(id) + "& from, schema::" + name +
           "::Builder to) {\n  switch (from.index()) {\n" + writes + "  }\n}\n\nvoid read(schema::" + name +
           "::Reader from, " + qualified(id) + "& to, Issues& issues) {\n  switch (from.which()) {\n" + reads +
           "    default: issues.add(\"\", \"unknown or unspecified kind\"); break;\n  }\n}\n\n";
  }

  std::string struct_codec(std::uint64_t id) const {
    const std::string name = short_name(id);
    std::string writes, reads;
    for (const auto& field : fields_of(id)) {
      const std::string limits = fmt::format("Limits{{.max_bytes = {}, .max_items = {}, .optional = {}}}",
                                             field.max_bytes, field.max_items, field.optional || field.server);
      const std::string member = "from." + field.plain;
      const std::string target = "to." + field.plain;
      if (field.type.isList()) {
        writes += fmt::format("  {{ auto list = to.init{}(list_size({})); write_list({}, list); }}\n", field.getter,
                              member, member);
        reads += fmt::format("  read_list(from.get{}(), {}, \"{}\", {}, issues);\n", field.getter, target, field.name,
                             limits);
      } else if (field.type.isStruct()) {
        const std::string type = short_name(field.type.getStruct().getTypeId());
        const bool wrapped = field.optional && !builtin(type);
        if (wrapped) {
          writes += fmt::format("  if ({}) write(*{}, to.init{}());\n", member, member, field.getter);
          reads += fmt::format(
              "  if (from.has{}()) {{ const auto scope = issues.enter(\"{}\"); read(from.get{}(), {}.emplace(), "
              "issues); }}\n",
              field.getter, field.name, field.getter, target);
        } else if (builtin(type)) {
          writes += fmt::format("  if (!is_none({})) write({}, to.init{}());\n", member, member, field.getter);
          reads += fmt::format("  read_field(from.get{}(), {}, \"{}\", {}, issues);\n", field.getter, target,
                               field.name, limits);
        } else {
          writes += fmt::format("  write({}, to.init{}());\n", member, field.getter);
          reads += fmt::format("  {{ const auto scope = issues.enter(\"{}\"); read(from.get{}(), {}, issues); }}\n",
                               field.name, field.getter, target);
        }
      } else if (field.type.isText() || field.type.isData()) {
        writes += fmt::format("  if (!is_none({})) to.set{}(bytes_of<{}>({}));\n", member, field.getter,
                              field.type.isText() ? "capnp::Text" : "capnp::Data", member);
        reads += fmt::format("  read_field(from.get{}(), {}, \"{}\", {}, issues);\n", field.getter, target, field.name,
                             limits);
      } else if (field.type.isEnum()) {
        const std::string type = short_name(field.type.getEnum().getTypeId());
        writes += fmt::format("  to.set{}(static_cast<schema::{}>({}));\n", field.getter, type, member);
        reads += fmt::format("  read_enum(from.get{}(), {}, {}::k{}Count, \"{}\", {}, issues);\n", field.getter, target,
                             requested(field.type.getEnum().getTypeId()) ? space_ : "domain", type, field.name, limits);
      } else if (field.cpp_type.starts_with("std::optional")) {
        writes += fmt::format("  if ({}) to.set{}(raw<decltype(to.get{}())>(*{}));\n", member, field.getter,
                              field.getter, member);
        reads += fmt::format("  if (from.get{}() != {}) {} = plain<{}>(from.get{}());\n", field.getter,
                             field.default_literal, target, field.cpp_type.substr(14, field.cpp_type.size() - 15),
                             field.getter);
      } else {
        writes += fmt::format("  to.set{}(raw<decltype(to.get{}())>({}));\n", field.getter, field.getter, member);
        reads += fmt::format("  {} = plain<decltype({})>(from.get{}());\n", target, target, field.getter);
      }
    }
    const char* unused = writes.empty() ? "[[maybe_unused]] " : "";
    return fmt::format("void write({}const {}& from, {}schema::{}::Builder to) {{\n{}}}\n\n", unused, qualified(id),
                       unused, name, writes) +
           fmt::format("void read({}schema::{}::Reader from, {}{}& to, [[maybe_unused]] Issues& issues) {{\n{}}}\n\n",
                       unused, name, unused, qualified(id), reads);
  }

  std::map<std::uint64_t, schema::Node::Reader> nodes_;
  std::set<std::uint64_t> requested_, seen_;
  bool ledger_ = true;        // the schemas of the log, not of queries
  std::string name_, space_;  // of the files and the namespace written
  std::vector<std::uint64_t> enums_, structs_;
  std::vector<std::string> files_;
};

}  // namespace

int main() {
  capnp::ReaderOptions options;
  options.traversalLimitInWords = 1 << 24;
  capnp::StreamFdMessageReader message(STDIN_FILENO, options);
  Generator(message.getRoot<schema::CodeGeneratorRequest>()).run();
  return 0;
}
