#include <capnp/dynamic.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <stdexcept>

#include "base/id.h"
#include "base/time.h"
#include "codec/fields.h"
#include "schema/ledger.capnp.h"
#include "tools/client/connection.h"
#include "tools/placet/output.h"
#include "tools/placet/verbs.h"

namespace placet::cli {

namespace {

/// One question: a method of `Queries`, what may be asked of it, how its rows look as a table.
struct Question {
  const char* verb;
  const char* method;
  const char* help;
  const char* example;
  std::vector<Column> columns;
};

const std::vector<Column> kWhose = {{"worker", "parties.workerName"}, {"client", "parties.clientName"}};

std::vector<Column> with_whose(std::vector<Column> first, const std::vector<Column>& then) {
  first.insert(first.end(), kWhose.begin(), kWhose.end());
  first.insert(first.end(), then.begin(), then.end());
  return first;
}

const std::vector<Question>& questions() {
  static const std::vector<Question> kAll = {
      {"timesheets", "timesheets", "Sheets, their hours and what became of them",
       "placet timesheets --status submitted --from 2026-10-12",
       with_whose({{"period", "period.first"}, {"kind", "period.kind"}}, {{"status", "status"},
                                                                          {"open", "open", Shape::hours},
                                                                          {"submitted", "submitted", Shape::hours},
                                                                          {"refused", "refused", Shape::hours},
                                                                          {"approved", "approved", Shape::hours},
                                                                          {"sheet", "sheet"}})},
      {"approvals", "approvals", "Who approved what, by what right, on whose behalf, and how late",
       "placet --output csv approvals --from 2026-10-01 --until 2026-10-31",
       with_whose(
           {{"position", "position", Shape::number}, {"at (UTC)", "at", Shape::instant}, {"period", "period.first"}},
           {{"days", "days", Shape::days},
            {"hours", "minutes", Shape::hours},
            {"approver", "approverName"},
            {"right", "right"},
            {"for", "holderName"},
            {"late", "daysLate", Shape::number}})},
      {"open", "open", "Hours that wait: for whom, since when, and why", "placet open --client CLIENT-ID",
       with_whose({{"kind", "kind"}, {"day", "day"}}, {{"hours", "minutes", Shape::hours},
                                                       {"turn of", "owner"},
                                                       {"since (UTC)", "since", Shape::instant},
                                                       {"days", "ageDays", Shape::number},
                                                       {"reason", "reason"}})},
      {"missing", "missing", "Sheets that were expected and did not come, and calendars without which they cannot",
       "placet missing --effective 2026-11-02",
       with_whose({{"missing", "missing"}, {"period", "period.first"}, {"until", "last"}, {"kind", "period.kind"}},
                  {{"entered", "open", Shape::hours}, {"submit by", "submitBy"}, {"late", "daysLate", Shape::number}})},
      {"proposals",
       "proposals",
       "Acts that wait for a second person",
       "placet proposals",
       {{"position", "position", Shape::number},
        {"act", "act"},
        {"proposer", "proposerName"},
        {"since (UTC)", "since", Shape::instant},
        {"until (UTC)", "until", Shape::instant}}},
      {"placements", "placements", "Placements, with terms and approvers in force on a day",
       "placet placements --effective 2026-10-26",
       with_whose({{"placement", "parties.placement"}}, {{"agency", "parties.agencyName"},
                                                         {"from", "from"},
                                                         {"until", "until"},
                                                         {"started", "started"},
                                                         {"hours by", "periodKind"},
                                                         {"pay", "payPerHour", Shape::money},
                                                         {"client pays", "clientPerHour", Shape::money}})},
      {"workers",
       "workers",
       "Workers",
       "placet workers",
       {{"worker", "worker"}, {"name", "name"}, {"agency", "agencyName"}, {"person", "person"}}},
      {"clients",
       "clients",
       "Clients",
       "placet clients",
       {{"client", "party"},
        {"name", "company.name"},
        {"trade register", "company.tradeRegister"},
        {"agency", "agencyName"}}},
      {"agencies",
       "agencies",
       "Agencies",
       "placet agencies",
       {{"agency", "party"}, {"name", "company.name"}, {"trade register", "company.tradeRegister"}}},
      {"persons",
       "persons",
       "People and the roles they hold on a day",
       "placet persons --effective 2026-10-26",
       {{"person", "person"}, {"name", "name"}, {"roles", "roles"}}},
      {"accounts",
       "accounts",
       "Ways to sign in",
       "placet --output json accounts",
       {{"account", "account"},
        {"name", "name"},
        {"e-mail", "email"},
        {"opened (UTC)", "openedAt", Shape::instant},
        {"locked", "locked"}}},
      {"calendar",
       "calendar",
       "The payroll calendar: deadlines and pay days",
       "placet calendar --kind week --from 2026-10-12",
       {{"kind", "kind"},
        {"first", "period.first"},
        {"last", "period.last"},
        {"submit by", "period.submitBy"},
        {"approve by", "period.approveBy"},
        {"run", "period.run"},
        {"pay day", "period.payDay"},
        {"invoice day", "period.invoiceDay"}}},
  };
  return kAll;
}

/// What is asked, as the user typed it: the filter in the words of the schema, and of when.
struct Wanted {
  std::map<std::string, std::string> filter;
  std::string as_of, effective;
  std::uint64_t at_least = 0;
  std::uint32_t wait_ms = 2'000;
  std::uint64_t rows_max = UINT64_MAX;
};

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
  verb.add_option("--at-least", wanted.at_least, "Wait for an answer that rests on this many events");
  verb.add_option("--wait-ms", wanted.wait_ms, "For how long; at most 10,000")->capture_default_str();
  verb.add_option("--limit", wanted.rows_max, "How many rows at most");
}

void write_when(const Wanted& wanted, capnp::DynamicStruct::Builder asked) {
  asked.set("atLeast", wanted.at_least);
  asked.set("waitMs", wanted.wait_ms);
  asked.set("limit", std::min<std::uint64_t>(1'000, wanted.rows_max));
  if (!wanted.effective.empty()) {
    const auto day = Date::parse(wanted.effective);
    if (!day) throw std::runtime_error("--effective: must be a day YYYY-MM-DD");
    asked.set("effective", day->days);
  }
  if (wanted.as_of.empty()) return;
  if (const auto instant = Timestamp::parse(wanted.as_of)) {
    asked.set("asOfTime", instant->micros);
  } else if (wanted.as_of.find_first_not_of("0123456789") == std::string::npos) {
    asked.set("asOfSize", std::stoll(wanted.as_of));
  } else {
    throw std::runtime_error("--as-of: must be a number of events, or an instant such as 2026-10-26T12:00:00Z");
  }
}

std::string json_of(const std::map<std::string, std::string>& filter) {
  std::string json;
  for (const auto& [field, value] : filter)
    if (!value.empty()) json += fmt::format("{}\"{}\": \"{}\"", json.empty() ? "" : ", ", field, value);
  return "{" + json + "}";
}

/// Asks for page after page. `fill` writes what is particular to the method; `show` gets each page's rows.
template <class Fill, class Show>
void ask(client::Connection& connection, const char* method, const Wanted& wanted, Fill fill, Show show) {
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
    after.assign(reinterpret_cast<const char*>(next.begin()), next.size());
  } while (!after.empty() && left > 0);
}

/// Asks `method`, and prints what comes. `fill` as in `ask`; `add` hands one row to the output.
template <class Fill, class Add>
void print(const char* method, Output output, const Wanted& wanted, const Global& global, Fill fill, Add add) {
  client::Connection connection(global.server);
  connection.sign_in(read_token(global));
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

void add_stored(Output& output, capnp::DynamicValue::Reader row) {
  const auto bytes = row.as<capnp::Data>();
  output.add_record({reinterpret_cast<const char*>(bytes.begin()), bytes.size()});
}

void write_id(const Uuid& id, capnp::DynamicStruct::Builder to) {
  to.set("hi", id.hi);
  to.set("lo", id.lo);
}

/// A verb about one id: `show(id, wanted)`.
template <class Show>
void add_about_id(CLI::App& app, const char* name, const char* what, const char* help, const char* example, Show show) {
  CLI::App* verb = app.add_subcommand(name, help);
  verb->footer(fmt::format("Example:\n  {}", example));
  auto wanted = std::make_shared<Wanted>();
  auto text = std::make_shared<std::string>();
  verb->add_option(what, *text, "Its id")->required();
  add_when(*verb, *wanted);
  verb->callback([wanted, text, what, show] {
    const auto id = Uuid::parse(*text);
    if (!id) throw std::runtime_error(fmt::format("{}: must be a UUID", what));
    show(*id, *wanted);
  });
}

const std::vector<Column> kEntryColumns = {{"day", "day"},
                                           {"start", "start"},
                                           {"end", "end"},
                                           {"break", "breakMinutes", Shape::hours},
                                           {"hours", "minutes", Shape::hours},
                                           {"type", "hourType"},
                                           {"phase", "phase"},
                                           {"entered by", "enteredByName"},
                                           {"note", "note"}};

}  // namespace

void add_queries(CLI::App& app, Global& global) {
  for (const Question& question : questions()) {
    CLI::App* verb = app.add_subcommand(question.verb, question.help);
    verb->footer(fmt::format("Example:\n  {}", question.example));
    auto wanted = std::make_shared<Wanted>();
    const auto method = capnp::Schema::from<schema::Queries>().getMethodByName(question.method);
    const auto filter = method.getParamType().findFieldByName("filter");
    KJ_IF_MAYBE (field, filter) {
      for (const auto each : field->getType().asStruct().getFields()) {
        const std::string name = each.getProto().getName().cStr();
        verb->add_option(option_name(name), wanted->filter[name])->type_name(words_of(each.getType()));
      }
    }
    add_when(*verb, *wanted);
    verb->callback([&question, wanted, &global] {
      print(
          question.method, Output(global.output, question.columns), *wanted, global,
          [&](auto& request) {
            if (wanted->filter.empty()) return;
            client::JsonForm().decode(json_of(wanted->filter),
                                      request.init("filter").template as<capnp::DynamicStruct>());
          },
          add_row);
    });
  }
  add_about_id(app, "entries", "SHEET", "The lines of one sheet", "placet entries SHEET-ID",
               [&global](const Uuid& id, const Wanted& wanted) {
                 print(
                     "entries", Output(global.output, kEntryColumns), wanted, global,
                     [&](auto& request) { write_id(id, request.init("sheet").template as<capnp::DynamicStruct>()); },
                     add_row);
               });
  add_about_id(app, "history", "ENTITY", "Every fact about one id: who, when, what",
               "placet --output ndjson history PLACEMENT-ID", [&global](const Uuid& id, const Wanted& wanted) {
                 print(
                     "history", Output::of_records(global.output), wanted, global,
                     [&](auto& request) { write_id(id, request.init("entity").template as<capnp::DynamicStruct>()); },
                     add_stored);
               });
}

}  // namespace placet::cli
