#include <capnp/dynamic.h>
#include <capnp/message.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>

#include "base/id.h"
#include "base/time.h"
#include "codec/data.h"
#include "codec/fields.h"
#include "schema/ledger.capnp.h"
#include "tools/client/connection.h"
#include "tools/placet/output.h"
#include "tools/placet/questions.h"
#include "tools/placet/verbs.h"

namespace placet::cli {

namespace {

/// What is asked, as the user typed it: the filter in the words of the schema, and of when.
struct Wanted {
  std::map<std::string, std::string> filter;
  std::string as_of, effective;
  std::optional<std::uint64_t> at_least;  // nothing: as many events as the ledger has by then
  std::uint32_t wait_ms = 2'000;
  std::uint64_t rows_max = UINT64_MAX;
};

/// The type of the question's filter; without fields where it takes none.
capnp::StructSchema filter_of(const Question& question) {
  const auto parameters = capnp::Schema::from<schema::Queries>().getMethodByName(question.method).getParamType();
  KJ_IF_MAYBE (filter, parameters.findFieldByName("filter")) return filter->getType().asStruct();
  return {};
}

/// `startedAt` becomes `started-at`.
std::string option_name(const std::string& field) {
  std::string name = "--";
  for (const char c : field) {
    if (c >= 'A' && c <= 'Z') name += '-';
    name += static_cast<char>(std::tolower(c));
  }
  return name;
}

/// What a filter takes, for the help.
std::string words_of(capnp::Type type) {
  if (type.isStruct()) return "UUID";
  if (!type.isEnum()) return "YYYY-MM-DD";
  std::string names;
  for (const auto enumerant : type.asEnum().getEnumerants())
    if (enumerant.getOrdinal() != 0) names += (names.empty() ? "" : "|") + std::string(enumerant.getProto().getName());
  return names;
}

void add_when(CLI::App& verb, Wanted& wanted) {
  verb.add_option("--as-of", wanted.as_of, "As it was: after so many events, or at a UTC instant 2026-10-26T12:00:00Z");
  verb.add_option("--effective", wanted.effective,
                  "The day that counts for terms, roles and lateness (default: today)");
  verb.add_option(
      "--at-least", wanted.at_least,
      "Wait for an answer that rests on this many events (default: all that the ledger has now; 0: do not wait)");
  verb.add_option("--wait-ms", wanted.wait_ms, "For how long; at most 10,000")->capture_default_str();
  verb.add_option("--limit", wanted.rows_max, "How many rows at most");
}

void write_when(const Wanted& wanted, capnp::DynamicStruct::Builder asked) {
  asked.set("atLeast", wanted.at_least.value_or(0));
  asked.set("waitMs", wanted.wait_ms);
  asked.set("limit", std::min<std::uint64_t>(1'000, wanted.rows_max));
  if (!wanted.effective.empty()) {
    const auto day = Date::parse(wanted.effective);
    if (!day) wrong_usage("--effective", "must be a day YYYY-MM-DD");
    asked.set("effective", day->days);
  }
  if (wanted.as_of.empty()) return;
  std::int64_t size = 0;
  const char* const end = wanted.as_of.data() + wanted.as_of.size();
  if (const auto instant = Timestamp::parse(wanted.as_of)) {
    asked.set("asOfTime", instant->micros);
  } else if (const auto [rest, error] = std::from_chars(wanted.as_of.data(), end, size);
             error == std::errc() && rest == end && size >= 0) {
    asked.set("asOfSize", size);
  } else {
    wrong_usage("--as-of", "must be a number of events, or an instant such as 2026-10-26T12:00:00Z");
  }
}

/// What the options say, as the method's filter.
void read_filter(const std::map<std::string, std::string>& options, capnp::DynamicStruct::Builder filter) {
  nlohmann::json json = nlohmann::json::object();
  for (const auto& [field, value] : options)
    if (!value.empty()) json[field] = value;
  try {
    client::JsonForm().decode(json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace), filter);
  } catch (const std::invalid_argument& error) {
    const std::string what = error.what();
    const auto colon = what.find(": ");
    wrong_usage(option_name(what.substr(0, colon)), what.substr(colon + 2));
  }
}

/// Asks for page after page. `fill` writes what is particular to the method; `show` gets each page's rows.
template <class Fill, class Show>
void ask(client::Connection& connection, const char* method, Wanted wanted, Fill fill, Show show) {
  // So that everybody sees what he just did.
  if (!wanted.at_least && wanted.as_of.empty()) wanted.at_least = connection.size().value;
  capnp::DynamicCapability::Client queries(connection.queries());
  std::string after;
  std::uint64_t left = wanted.rows_max;
  do {
    auto request = queries.newRequest(method);
    auto asked = request.init("asked").as<capnp::DynamicStruct>();
    write_when(wanted, asked);
    asked.set("after", codec::bytes_of<capnp::Data>(after));
    fill(request);
    auto response = request.send().wait(connection.wait_scope());
    const auto answer = response.get("answer").template as<capnp::DynamicStruct>().template as<schema::Answer>();
    const auto head = client::rows_of(answer);
    left -= show(response.get("rows").template as<capnp::DynamicList>(), head, left);
    const auto next = head.getNext();
    after = codec::view_of(next);
  } while (!after.empty() && left > 0);
}

/// Asks `method`, and prints what comes. `fill` as in `ask`; `add` hands one row to the output.
template <class Fill, class Add>
void print(client::Connection& connection, const char* method, Output output, const Wanted& wanted, Fill fill,
           Add add) {
  std::uint64_t basis = 0;
  std::string note;
  ask(connection, method, wanted, fill,
      [&](capnp::DynamicList::Reader rows, schema::Answer::Rows::Reader head, std::uint64_t left) {
        basis = head.getBasis().getSize();
        if (head.getRoundedDown()) note = ", the end of the command before";
        const auto count = static_cast<unsigned>(std::min<std::uint64_t>(rows.size(), left));
        for (unsigned i = 0; i < count; ++i) add(output, rows[i]);
        return count;
      });
  output.finish(basis, note);
}

void add_row(Output& output, capnp::DynamicValue::Reader row) { output.add(row.as<capnp::DynamicStruct>()); }

/// The same, of a method whose rows are of the type that the schema says.
template <class Fill, class Add = decltype(&add_row)>
void print_rows(const char* method, const std::vector<Column>& columns, const Wanted& wanted, const Global& global,
                Fill fill, Add add = add_row) {
  const auto rows = capnp::Schema::from<schema::Queries>().getMethodByName(method).getResultType();
  client::Connection connection(global.server);
  connection.sign_in(read_token(global));
  const auto row = rows.getFieldByName("rows").getType().asList().getElementType().asStruct();
  print(connection, method, Output(global.output, row, columns, connection.zone()), wanted, fill, add);
}

void add_stored(Output& output, capnp::DynamicValue::Reader row) {
  const auto bytes = row.as<capnp::Data>();
  output.add_record(codec::view_of(bytes));
}

void write_id(const Uuid& id, capnp::DynamicStruct::Builder to) {
  to.set("hi", id.hi);
  to.set("lo", id.lo);
}

/// A verb about one id: `show(id, wanted)`.
template <class Show>
CLI::App* add_about_id(CLI::App& app, const char* name, const char* what, const char* help, const char* example,
                       Show show) {
  CLI::App* verb = app.add_subcommand(name, help);
  verb->footer(fmt::format("Example:\n  {}", example));
  auto wanted = std::make_shared<Wanted>();
  auto text = std::make_shared<std::string>();
  verb->add_option(what, *text, "Its id")->required();
  add_when(*verb, *wanted);
  verb->callback([wanted, text, what, show] {
    const auto id = Uuid::parse(*text);
    if (!id) wrong_usage(what, "must be a UUID");
    show(*id, *wanted);
  });
  return verb;
}

/// Says no when one of its rows has a difference.
void add_reconciliation(CLI::App& reconcile, const Question& question, Global& global) {
  CLI::App* verb = reconcile.add_subcommand(question.verb, question.help);
  verb->footer(fmt::format("Example:\n  {}", question.example));
  auto wanted = std::make_shared<Wanted>();
  add_when(*verb, *wanted);
  verb->callback([&question, wanted, &global] {
    const auto add = [&](Output& output, capnp::DynamicValue::Reader value) {
      const auto row = value.as<capnp::DynamicStruct>();
      for (const auto field : row.getSchema().getFields()) {
        const std::string_view name = field.getProto().getName().cStr();
        const bool differs = name.ends_with("ifference") && row.get(field).as<std::int64_t>() != 0;
        if (differs) global.exit_status = kNo;
      }
      output.add(row);
    };
    print_rows(question.method, question.columns, *wanted, global, [](auto&) {}, add);
  });
}

}  // namespace

void add_queries(CLI::App& app, Global& global) {
  for (const Question& question : questions()) {
    CLI::App* verb = app.add_subcommand(question.verb, question.help);
    verb->footer(fmt::format("Example:\n  {}", question.example));
    auto wanted = std::make_shared<Wanted>();
    for (const auto each : filter_of(question).getFields()) {
      const std::string name = each.getProto().getName().cStr();
      verb->add_option(option_name(name), wanted->filter[name])->type_name(words_of(each.getType()));
    }
    add_when(*verb, *wanted);
    verb->callback([&question, wanted, &global] {
      capnp::MallocMessageBuilder filter;
      if (!wanted->filter.empty())
        read_filter(wanted->filter, filter.initRoot<capnp::DynamicStruct>(filter_of(question)));
      print_rows(question.method, question.columns, *wanted, global, [&](auto& request) {
        if (!wanted->filter.empty())
          request.set("filter", filter.getRoot<capnp::DynamicStruct>(filter_of(question)).asReader());
      });
    });
  }
  add_about_id(app, "entries", "SHEET", "The lines of one sheet", "placet entries SHEET-ID",
               [&global](const Uuid& id, const Wanted& wanted) {
                 print_rows("entries", columns_of_entries(), wanted, global, [&](auto& request) {
                   write_id(id, request.init("sheet").template as<capnp::DynamicStruct>());
                 });
               });
  add_about_id(app, "invoice-lines", "INVOICE", "The lines of one invoice or credit note",
               "placet invoice-lines INVOICE-ID", [&global](const Uuid& id, const Wanted& wanted) {
                 print_rows("invoiceLines", columns_of_invoice_lines(), wanted, global, [&](auto& request) {
                   write_id(id, request.init("invoice").template as<capnp::DynamicStruct>());
                 });
               });
  auto line = std::make_shared<std::uint32_t>(0);
  CLI::App* explain = add_about_id(
      app, "explain", "DOCUMENT", "Why a line of a payslip or invoice says so: hours, approval, rate, rule",
      "placet explain INVOICE-ID --line 3", [&global, line](const Uuid& id, const Wanted& wanted) {
        print_rows("explain", columns_of_steps(), wanted, global, [&](auto& request) {
          write_id(id, request.init("document").template as<capnp::DynamicStruct>());
          request.set("line", *line);
        });
      });
  explain->add_option("--line", *line, "Which of its lines, from 0")->capture_default_str();
  CLI::App* reconcile = app.add_subcommand("reconcile", "Whether two books agree; exit 1 if they do not");
  reconcile->require_subcommand(1);
  reconcile->footer("Example:\n  placet reconcile hours");
  for (const Question& question : reconciliations()) add_reconciliation(*reconcile, question, global);
  add_about_id(app, "history", "ENTITY", "Every fact about one id: who, when, what",
               "placet --output ndjson history PLACEMENT-ID", [&global](const Uuid& id, const Wanted& wanted) {
                 client::Connection connection(global.server);
                 connection.sign_in(read_token(global));
                 print(
                     connection, "history", Output::of_records(global.output, connection.zone()), wanted,
                     [&](auto& request) { write_id(id, request.init("entity").template as<capnp::DynamicStruct>()); },
                     add_stored);
               });
}

}  // namespace placet::cli
