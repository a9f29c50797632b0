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

/// Every field by its path; the items of a list are joined by a blank, objects among them as their fields.
void flatten(capnp::JsonValue::Reader value, const std::string& path, Fields& out) {
  if (value.isObject()) {
    if (value.getObject().size() == 0) out[path + "."];  // a fact without fields
    for (const auto field : value.getObject())
      flatten(field.getValue(), path.empty() ? field.getName().cStr() : path + "." + field.getName().cStr(), out);
  } else if (value.isArray()) {
    std::string& all = out[path];
    for (const auto item : value.getArray()) {
      Fields parts;
      flatten(item, "", parts);
      std::string text = scalar(item);
      for (const auto& [name, part] : parts)
        if (!name.empty()) text += (text.empty() ? "" : ",") + name + "=" + part;
      all += (all.empty() ? "" : " ") + text;
    }
  } else {
    out[path] = scalar(value);
  }
}

/// What a field is that the row leaves out.
std::string default_of(capnp::StructSchema::Field field) {
  const auto value = field.getProto().getSlot().getDefaultValue();
  if (value.isBool()) return "false";
  const bool zero = (value.isInt32() && value.getInt32() == 0) || (value.isInt64() && value.getInt64() == 0) ||
                    (value.isUint64() && value.getUint64() == 0);
  return zero ? "0" : "";
}

/// The paths of all fields of a row, as the schema has them.
void paths_of(capnp::StructSchema schema, const std::string& path, std::vector<Output::CsvField>& out) {
  for (const auto field : schema.getFields()) {
    const std::string name = path + field.getProto().getName().cStr();
    const auto type = field.getType();
    if (type.isStruct() && std::string_view(type.asStruct().getShortDisplayName().cStr()) != "Id")
      paths_of(type.asStruct(), name + ".", out);
    else
      out.push_back({name, default_of(field)});
  }
}

std::string with_thousands(std::int64_t whole) {
  std::string digits = std::to_string(whole);
  for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3)
    digits.insert(static_cast<std::size_t>(at), ",");
  return digits;
}

std::string shaped(const std::string& text, Shape shape) {
  const std::int64_t number = std::strtoll(text.c_str(), nullptr, 10);
  const std::int64_t size = std::llabs(number);
  switch (shape) {
    case Shape::text: return text;
    case Shape::number: return text.empty() ? "0" : text;
    case Shape::hours: return fmt::format("{}{}:{:02}", number < 0 ? "-" : "", size / 60, size % 60);
    case Shape::money:
      return text.empty() ? ""
                          : fmt::format("{}{}.{:02}", number < 0 ? "-" : "", with_thousands(size / 100), size % 100);
    case Shape::instant: return text.size() < 16 ? text : text.substr(0, 10) + " " + text.substr(11, 5);
    case Shape::days: return std::to_string(text.empty() ? 0 : 1 + std::count(text.begin(), text.end(), ' '));
  }
  return text;
}

bool to_the_right(Shape shape) { return shape != Shape::text && shape != Shape::instant; }

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

void print_csv(const std::vector<std::string>& cells) {
  bool first = true;
  for (const auto& cell : cells) {
    std::printf("%s%s", first ? "" : ",", quoted(cell).c_str());
    first = false;
  }
  std::printf("\r\n");
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

Output Output::of_records(std::string form) {
  Output output(std::move(form), {{"position", "position", Shape::number},
                                  {"at (UTC)", "recordedAt", Shape::instant},
                                  {"stream", "category"},
                                  {"id", "stream"},
                                  {"fact", "event"},
                                  {"by person", "person"},
                                  {"through", "channel"}});
  output.columns_are_csv_ = true;
  return output;
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
  if (form_ == "csv") {
    if (header_.empty()) {
      if (columns_are_csv_)
        for (const Column& column : columns_)
          header_.push_back({std::string(column.field), column.shape == Shape::number ? "0" : ""});
      else
        paths_of(row.getSchema(), "", header_);
      for (const CsvField& field : header_) cells.push_back(field.path);
      print_csv(cells);
      cells.clear();
    }
    for (const CsvField& field : header_) {
      std::string& cell = cells.emplace_back(cell_of(fields, field.path));
      if (cell.empty()) cell = field.left_out;
    }
    print_csv(cells);
    return;
  }
  for (const Column& column : columns_) cells.push_back(shaped(cell_of(fields, column.field), column.shape));
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
