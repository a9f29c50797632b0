#include <capnp/message.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <utility>
#include <vector>

#include "access/stream_cache.h"
#include "codec/record.h"
#include "merkle/checkpoint.h"
#include "merkle/tile.h"
#include "projections/all.h"
#include "readside/as_of.h"
#include "readside/fold.h"
#include "readside/queries.h"
#include "schema/queries_codec.h"
#include "store/rocks/event_log.h"
#include "store/rocks/row_store.h"
#include "tools/client/scratch_folder.h"
#include "tools/placet/files.h"
#include "tools/placet/log_copy.h"
#include "tools/placet/meter.h"
#include "tools/placet/pinned_key.h"
#include "tools/placet/questions.h"
#include "tools/placet/verbs.h"

namespace placet::cli {

namespace {

namespace fs = std::filesystem;
using readside::Queries;

struct Options {
  std::string log;
  std::string key;
  std::optional<std::uint64_t> to;
  std::string book = "trial-balance";
};

/// The records of an export (`placet export tiles`) into `log`, each under the checkpoint that lies beside them.
merkle::Checkpoint read_export(const Options& options, store::EventLog& log) {
  const merkle::LogIdentity ledger = ledger_of(options.key);
  const fs::path folder = options.log;
  const std::string note = read_file(folder / "checkpoint");
  const auto checkpoint = required<Wrong>(merkle::open_checkpoint(note, ledger)).checkpoint;
  LogCopy copy(log);
  const Meter meter("log");
  while (copy.tree().size() < checkpoint.size) {
    const std::uint64_t at = copy.tree().size().value, left = checkpoint.size.value - at;
    const auto width = static_cast<unsigned>(std::min<std::uint64_t>(merkle::kTileHashes, left));
    const merkle::TilePath path{std::nullopt, at / merkle::kTileHashes, width};
    const std::string bundle = read_file(folder / path.to_string());
    const auto records = required<Wrong>(merkle::decode_bundle(bundle, width));
    for (const BytesView record : records) required<Wrong>(copy.add(record));
    meter(copy.tree().size());
  }
  if (copy.tree().root() != checkpoint.root) throw Wrong("the records are not those of the checkpoint beside them");
  required<Wrong>(copy.finish());
  return checkpoint;
}

/// The rows that follow from a log, and who looks at them: somebody who may see everything, and has no keys.
struct Replay {
  const store::EventLog& log;
  readside::View view;
  Timestamp now;  // of the last event
  Date today;
  access::Caller caller{.actor = {}, .grants = {domain::Grant{domain::Role::auditor, {}, {}, {}, {}}}};

  Queries::Context context(const Bytes& after) const {
    return {.view = view,
            .caller = caller,
            .vault = nullptr,
            .log = log,
            .now = now,
            .today = today,
            .asked = {.limit = Queries::kLimitMax, .after = after}};
  }
};

template <class Row, auto Ask>
void show(const Replay& replay, Output& output) {
  Bytes after;
  do {
    Queries queries(replay.context(after));
    const auto page = required<Wrong>(Ask(queries));
    for (const auto& row : page.rows) {
      capnp::MallocMessageBuilder message;
      auto written = message.initRoot<Row>();
      codec::write(row, written);
      output.add(written.asReader());
    }
    after = page.next;
  } while (!after.empty());
}

struct Book {
  const char* name;
  capnp::StructSchema row;
  const std::vector<Column>& columns;
  void (*show)(const Replay& replay, Output& output);
};

/// A question whose rows are of that type.
template <class Row, auto Ask>
Book book(const char* name, const std::vector<Question>& among, std::string_view verb) {
  const auto question = std::ranges::find(among, verb, &Question::verb);
  return {name, capnp::Schema::from<Row>(), question->columns, show<Row, Ask>};
}

const std::vector<Book>& books() {
  using namespace schema;
  static const std::vector<Book> kAll = {
      book<AccountBalance, [](Queries& q) { return q.trial_balance({}); }>("trial-balance", questions(),
                                                                           "trial-balance"),
      book<JournalEntry, [](Queries& q) { return q.journal({}); }>("journal", questions(), "journal"),
      book<PayBalance, [](Queries& q) { return q.balances({}); }>("balances", questions(), "balances"),
      book<Payslip, [](Queries& q) { return q.payslips({}); }>("payslips", questions(), "payslips"),
      book<Payment, [](Queries& q) { return q.payments({}); }>("payments", questions(), "payments"),
      book<Invoice, [](Queries& q) { return q.invoices({}); }>("invoices", questions(), "invoices"),
      book<Sheet, [](Queries& q) { return q.timesheets({}); }>("timesheets", questions(), "timesheets"),
      book<Approval, [](Queries& q) { return q.approvals({}); }>("approvals", questions(), "approvals"),
      book<OpenItem, [](Queries& q) { return q.open({}); }>("open", questions(), "open"),
      book<ReconciledSheet, [](Queries& q) { return q.reconcile_hours(); }>("reconcile-hours", reconciliations(),
                                                                            "hours"),
      book<ReconciledDebtor, [](Queries& q) { return q.reconcile_debtors(); }>("reconcile-debtors", reconciliations(),
                                                                               "debtors"),
  };
  return kAll;
}

void replay(const Options& options, Global& global) {
  const auto book = std::ranges::find(books(), options.book, &Book::name);
  const client::ScratchFolder scratch;
  const auto log = required<Wrong>(store::open_event_log(scratch.path() / "log", store::OpenMode::create));
  const merkle::Checkpoint checkpoint = read_export(options, *log);
  const auto end = readside::command_end_at(*log, {options.to.value_or(checkpoint.size.value)});
  if (!end) wrong_usage("--to", end.error().message);
  if (end->size.value == 0) wrong_usage("--to", "nothing was recorded up to there");
  const domain::System founded = required<Wrong>(access::founded_in(*log));
  const Zone zone = required<Wrong>(Zone::find(founded.zone));
  const auto rows = required<Wrong>(
      store::open_row_store(scratch.path() / "views", store::RowKind::rebuildable, store::OpenMode::create, {}));
  {
    const Meter meter("projections");
    required<Wrong>(readside::fold_all(*log, end->size, projections::all(), *rows, std::cref(meter)));
  }
  readside::View::Generations generations;
  for (const auto& type : projections::all())
    generations.push_back(std::make_shared<const readside::Generation>(std::string(type.name), 0U));
  const Bytes last = required<Wrong>(log->record({end->size.value - 1}));
  const Timestamp now = required<Wrong>(codec::read_meta(last)).recorded_at;
  const Replay replayed{.log = *log,
                        .view = {{founded.ledger, end->size}, rows->snapshot(), generations, end->rounded_down},
                        .now = now,
                        .today = zone.local_day(now)};
  Output output(global.output, book->row, book->columns, zone);
  book->show(replayed, output);
  output.finish(end->size.value, end->rounded_down ? ", the end of the command before" : "");
}

}  // namespace

void add_replay(CLI::App& app, Global& global) {
  auto options = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand("replay", "The books from an exported log alone, with no server and no keys");
  verb->footer(
      "Example:\n  placet replay --log /srv/audit --key ledger.example.nl+5e4f1a2b+AQ... --to 3458 trial-balance");
  verb->add_option("--log", options->log, "The folder of 'placet export tiles'")->required();
  verb->add_option("--key", options->key, "The ledger's verifier key, from whom you trust")->required();
  verb->add_option("--to", options->to, "After how many events (default: all that were exported)");
  std::vector<std::string> names;
  for (const Book& book : books()) names.emplace_back(book.name);
  verb->add_option("BOOK", options->book, "Which one")->check(CLI::IsMember(names))->capture_default_str();
  verb->callback([options, &global] { replay(*options, global); });
}

}  // namespace placet::cli
