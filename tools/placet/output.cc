#include "tools/placet/output.h"

#include <capnp/compat/json.h>
#include <capnp/message.h>
#include <capnp/serialize.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>

#include "base/euros.h"
#include "schema/record.capnp.h"

namespace placet::cli {

namespace {

constexpr std::size_t kRowsOfTable = 2'000;

using Fields = std::map<std::string, std::string, std::less<>>;

std::string scalar(capnp::JsonValue::Reader value) {
  switch (value.which()) {
    case capnp::JsonValue::STRING: return value.getString().cStr();
    case capnp::JsonValue::BOOLEAN: return value.getBoolean() ? "true" : "false";
    case capnp::JsonValue::NUMBER: return fmt::format("{}", value.getNumber());
    default: return {};
  }
}

/// Every field by its path; the items of a list are joined by a blank, objects among them as their fields, which stand
/// by themselves too: "roles.0.role".
void flatten(capnp::JsonValue::Reader value, const std::string& path, Fields& out) {
  if (value.isObject()) {
    if (value.getObject().size() == 0) out[path + "."];  // a fact without fields
    for (const auto field : value.getObject())
      flatten(field.getValue(), path.empty() ? field.getName().cStr() : path + "." + field.getName().cStr(), out);
  } else if (value.isArray()) {
    std::string all;
    std::size_t index = 0;
    for (const auto item : value.getArray()) {
      Fields parts;
      flatten(item, "", parts);
      std::string text = scalar(item);
      for (const auto& [name, part] : parts) {
        if (name.empty()) continue;
        text += (text.empty() ? "" : ",") + name + "=" + part;
        out[fmt::format("{}.{}.{}", path, index, name)] = part;
      }
      all += (all.empty() ? "" : " ") + text;
      ++index;
    }
    out[path] = all;
  } else {
    out[path] = scalar(value);
  }
}

/// What a field is that the row leaves out.
std::string default_of(capnp::StructSchema::Field field) {
  if (field.getType().isEnum()) {
    const std::string first = field.getType().asEnum().getEnumerants()[0].getProto().getName();
    return first == "unspecified" ? "" : first;
  }
  const auto value = field.getProto().getSlot().getDefaultValue();
  if (value.isBool()) return "false";
  const bool zero = (value.isInt32() && value.getInt32() == 0) || (value.isInt64() && value.getInt64() == 0) ||
                    (value.isUint64() && value.getUint64() == 0) || (value.isUint32() && value.getUint32() == 0);
  return zero ? "0" : "";
}

bool is_id(capnp::Type type) {
  return type.isStruct() && type.asStruct().findFieldByName("hi") != nullptr;  // a struct, or inline a group
}

/// The paths of all fields of a row, as the schema has them, and what each is when a row leaves it out.
void paths_of(capnp::StructSchema schema, const std::string& path,
              std::vector<std::pair<std::string, std::string>>& out) {
  for (const auto field : schema.getFields()) {
    const std::string name = path + field.getProto().getName().cStr();
    const auto type = field.getType();
    if (is_id(type) || type.isList())
      out.emplace_back(name, "");
    else if (type.isStruct())
      paths_of(type.asStruct(), name + ".", out);
    else
      out.emplace_back(name, default_of(field));
  }
}

/// The roles of a person, each with whom it is for.
std::string roles_in(const Fields& fields, const std::string& path) {
  std::string roles;
  for (std::size_t i = 0;; ++i) {
    const auto role = fields.find(fmt::format("{}.{}.role", path, i));
    if (role == fields.end()) return roles;
    const auto scope = fields.find(fmt::format("{}.{}.scopeName", path, i));
    roles += (roles.empty() ? "" : ", ") + role->second + (scope == fields.end() ? "" : " (" + scope->second + ")");
  }
}

std::string shaped(const std::string& text, Shape shape, const Zone& zone) {
  const std::int64_t number = std::strtoll(text.c_str(), nullptr, 10);
  const std::int64_t size = std::llabs(number);
  switch (shape) {
    case Shape::text:
    case Shape::number:
    case Shape::roles: return text;
    case Shape::hours:
      if (text.empty()) return text;
      return fmt::format("{}{}:{:02}", number < 0 ? "-" : "", size / 60, size % 60);
    case Shape::money: return text.empty() ? "" : euros_grouped(Money::of(number));
    case Shape::instant: {
      const auto instant = Timestamp::parse(text);
      return instant ? zone.local_text(*instant) : text;
    }
    case Shape::days: return std::to_string(text.empty() ? 0 : 1 + std::count(text.begin(), text.end(), ' '));
  }
  return text;
}

bool to_the_right(Shape shape) {
  return shape == Shape::hours || shape == Shape::money || shape == Shape::number || shape == Shape::days;
}

std::string quoted(const std::string& cell) {
  if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
  std::string out = "\"";
  for (const char c : cell) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

/// How many columns of a terminal UTF-8 takes: its characters.
std::size_t width(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

/// The text of a field; of a union, the name of the member that it has.
std::string cell_of(const Fields& fields, std::string_view path) {
  if (const auto found = fields.find(path); found != fields.end()) return found->second;
  const std::string inside = std::string(path) + ".";
  const auto member = fields.lower_bound(inside);
  if (member == fields.end() || !member->first.starts_with(inside)) return {};
  const std::string rest = member->first.substr(inside.size());
  return rest.substr(0, rest.find('.'));
}

}  // namespace

void print_csv(const std::vector<std::string>& cells) {
  bool first = true;
  for (const auto& cell : cells) {
    std::printf("%s%s", first ? "" : ",", quoted(cell).c_str());
    first = false;
  }
  std::printf("\r\n");
}

Output::Output(std::string form, capnp::StructSchema type, std::vector<Column> columns, Zone zone)
    : form_(std::move(form)), columns_(std::move(columns)), zone_(std::move(zone)) {
  std::vector<std::pair<std::string, std::string>> all;
  paths_of(type, "", all);
  std::vector<Field> every, shown;
  for (const auto& [path, left_out] : all) every.push_back({path, left_out});
  for (const Column& column : columns_) {
    const auto known = std::ranges::find(all, column.field, &std::pair<std::string, std::string>::first);
    shown.push_back({std::string(column.field), known == all.end() ? "" : known->second, column.shape});
  }
  const bool is_record = type == capnp::Schema::from<schema::Record>();
  fields_ = form_ == "csv" && !is_record ? every : shown;
  if (form_ != "csv") return;
  Cells header;
  for (const Field& field : fields_) header.push_back(field.path);
  print_csv(header);
}

Output Output::of_records(std::string form, Zone zone) {
  return {std::move(form),
          capnp::Schema::from<schema::Record>(),
          {{"position", "position", Shape::number},
           {"at", "recordedAt", Shape::instant},
           {"stream", "category"},
           {"id", "stream"},
           {"fact", "event"},
           {"by person", "person"},
           {"through", "channel"}},
          std::move(zone)};
}

void Output::add_record(BytesView stored) {
  auto words = kj::heapArray<capnp::word>(stored.size() / sizeof(capnp::word));
  std::memcpy(words.begin(), stored.data(), stored.size());
  capnp::FlatArrayMessageReader message(words);
  add(message.getRoot<schema::Record>());
}

void Output::add(capnp::DynamicStruct::Reader row) {
  if (form_ == "ndjson") {
    std::printf("%s\n", json_->encode(row).c_str());
    return;
  }
  if (form_ == "json") {
    lines_.push_back(json_->encode(row));
    return;
  }
  capnp::MallocMessageBuilder message;
  auto tree = message.initRoot<capnp::JsonValue>();
  json_->encode(row, tree);
  Fields fields;
  flatten(tree, "", fields);
  Cells cells;
  for (const Field& field : fields_) {
    const std::string cell =
        field.shape == Shape::roles && form_ == "table" ? roles_in(fields, field.path) : cell_of(fields, field.path);
    cells.push_back(cell.empty() ? field.left_out : cell);
  }
  if (form_ == "csv") return print_csv(cells);
  for (std::size_t i = 0; i < cells.size(); ++i) cells[i] = shaped(cells[i], fields_[i].shape, zone_);
  table_.push_back(std::move(cells));
  ++rows_;
  if (table_.size() < kRowsOfTable) return;
  print_table();
  table_.clear();
}

void Output::print_table() const {
  std::vector<std::size_t> widths;
  for (const Column& column : columns_) widths.push_back(column.title.size());
  for (const Cells& cells : table_)
    for (std::size_t i = 0; i < cells.size(); ++i) widths[i] = std::max(widths[i], width(cells[i]));
  const auto print = [&](auto&& cell_at) {
    std::string line;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const std::string cell(cell_at(i));
      const std::string room(widths[i] - std::min(widths[i], width(cell)), ' ');
      line += to_the_right(columns_[i].shape) ? room + cell : cell + room;
      line += "  ";
    }
    line.erase(line.find_last_not_of(' ') + 1);
    std::printf("%s\n", line.c_str());
  };
  print([&](std::size_t i) { return columns_[i].title; });
  for (const Cells& cells : table_) print([&](std::size_t i) { return cells[i]; });
}

void Output::finish(std::uint64_t basis, const std::string& note) {
  if (form_ == "table") {
    if (!table_.empty()) print_table();
    std::fprintf(stderr, "%zu %s, as of size %llu%s\n", rows_, rows_ == 1 ? "row" : "rows",
                 static_cast<unsigned long long>(basis), note.c_str());
  }
  if (form_ == "json") {
    std::printf("{\"basis\": %llu, \"rows\": [", static_cast<unsigned long long>(basis));
    for (std::size_t i = 0; i < lines_.size(); ++i) std::printf("%s\n  %s", i == 0 ? "" : ",", lines_[i].c_str());
    std::printf("]}\n");
  }
}

}  // namespace placet::cli
