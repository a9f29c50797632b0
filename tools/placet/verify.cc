#include <fmt/format.h>

#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>
#include <vector>

#include "audit/chain.h"
#include "audit/rows.h"
#include "crypto/base64.h"
#include "projections/all.h"
#include "store/head_file.h"
#include "store/rocks/event_log.h"
#include "store/rocks/log_tables.h"
#include "store/rocks/row_store.h"
#include "tools/client/pinned.h"
#include "tools/client/scratch_folder.h"
#include "tools/placet/files.h"
#include "tools/placet/log_copy.h"
#include "tools/placet/meter.h"
#include "tools/placet/pinned_key.h"
#include "tools/placet/verbs.h"

namespace placet::cli {

namespace {

namespace fs = std::filesystem;

struct Options {
  std::string data;
  std::string key;
  std::string since;
  bool chain_only = false;
};

/// What is checked cannot even be read: that is an answer.
struct Damaged : std::runtime_error {
  using std::runtime_error::runtime_error;
};

template <class T>
T found(Result<T> result) {
  if (!result) {
    const ErrorCode code = result.error().code;
    if (code == ErrorCode::corrupt || code == ErrorCode::not_found) throw Damaged(result.error().message);
    throw std::runtime_error(result.error().message);
  }
  if constexpr (!std::is_void_v<T>) return *std::move(result);
}

/// Who must have signed. The key comes from whoever asks, never from the folder that is checked.
merkle::LogIdentity identity_of(const Options& options) {
  if (options.key.empty())
    wrong_usage("--key", "give the ledger's verifier key, from whom you trust ('placet checkpoint --key' shows it)");
  return ledger_of(options.key);
}

/// `corrupt` also when there is none: whoever makes a ledger makes its head.
Result<store::Head> head_in(const fs::path& data) {
  PLACET_ASSIGN(store::HeadFile file, store::HeadFile::open_read_only(data / "head"));
  PLACET_ASSIGN(const auto head, file.read());
  if (!head) return fail(ErrorCode::corrupt, "the head file is blank");
  return *head;
}

/// What a check came to, for people or for programs.
class Findings {
 public:
  void checked(std::string what) { checked_.push_back(std::move(what)); }
  void not_checked(std::string what) { not_checked_.push_back(std::move(what)); }
  void wrong(std::string what) { wrong_.push_back({std::nullopt, {}, std::move(what)}); }
  void wrong(const audit::Fault& fault) { wrong_.push_back(fault); }
  bool is_right() const { return wrong_.empty(); }

  void print(const std::string& form) const { form == "table" ? print_text() : print_json(); }

 private:
  void print_text() const {
    for (const std::string& what : checked_) std::printf("Checked: %s.\n", what.c_str());
    for (const std::string& what : not_checked_) std::printf("Not checked: %s.\n", what.c_str());
    for (const audit::Fault& fault : wrong_) std::printf("WRONG  %s%s\n", place_of(fault).c_str(), fault.what.c_str());
    std::printf("%s\n",
                is_right() ? "All of that is right." : "Keep the folder as it is: README, 'When it does not start'.");
  }
  void print_json() const {
    nlohmann::json all = {{"right", is_right()}, {"checked", checked_}, {"notChecked", not_checked_}};
    all["wrong"] = nlohmann::json::array();
    for (const audit::Fault& fault : wrong_) {
      auto& one = all["wrong"].emplace_back(nlohmann::json{{"what", fault.what}});
      if (!fault.first) continue;
      one["first"] = fault.first->value;
      one["last"] = fault.last.value;
    }
    std::printf("%s\n", all.dump().c_str());
  }
  static std::string place_of(const audit::Fault& fault) {
    if (!fault.first) return "";
    if (*fault.first == fault.last) return fmt::format("at position {}: ", fault.last.value);
    return fmt::format("somewhere from position {} to {}: ", fault.first->value, fault.last.value);
  }

  std::vector<std::string> checked_;
  std::vector<std::string> not_checked_;
  std::vector<audit::Fault> wrong_;
};

struct Chain {
  const store::LogTables& tables;
  merkle::LogIdentity identity;
  std::optional<Result<store::Head>> head;  // nothing: it cannot be seen from here
};

void check_chain(const Chain& chain, const Options& options, Findings& findings) {
  std::optional<merkle::Checkpoint> since;
  if (!options.since.empty()) {
    const auto opened = merkle::open_checkpoint(read_file(options.since), chain.identity);
    if (!opened) wrong_usage("--since", opened.error().message);
    since = opened->checkpoint;
  }
  const Meter meter("log");
  std::optional<store::Head> head;
  if (chain.head && *chain.head) head = **chain.head;
  const auto report = found(audit::check_chain({.tables = chain.tables,
                                                .identity = chain.identity,
                                                .head = head,
                                                .since = since,
                                                .progress = std::cref(meter)}));
  findings.checked(fmt::format("{} records with their hashes, {} tiles", report.records, report.tiles));
  findings.checked(fmt::format("{} places in streams, {} heads of streams, {} commands", report.stream_rows,
                               report.heads, report.commands));
  findings.checked(fmt::format("{} checkpoints with their signatures, up to {} records", report.checkpoints,
                               report.signed_size.value));
  if (report.head_checked) findings.checked("the head file");
  if (report.since_checked) findings.checked("your own checkpoint");
  findings.checked("the root of all: " + crypto::to_base64(view_of(report.root)));
  for (const std::string& what : report.not_checked) findings.not_checked(what);
  if (chain.head && !*chain.head) findings.wrong(chain.head->error().message);
  for (const audit::Fault& fault : report.faults) findings.wrong(fault);
}

void check_rows(const store::EventLog& log, const store::RowReader& live, const fs::path& scratch, Findings& findings) {
  const auto fresh =
      found(store::open_row_store(scratch / "views", store::RowKind::rebuildable, store::OpenMode::create, {}));
  const auto types = projections::all();
  const Meter meter("projections");
  const auto report = found(
      audit::check_rows({.log = log, .live = live, .fresh = *fresh, .types = types, .progress = std::cref(meter)}));
  findings.checked(
      fmt::format("{} rows of projections against a fold of the first {} records", report.rows, report.size.value));
  for (const std::string& what : report.not_checked) findings.not_checked(what);
  for (const std::string& what : report.faults) findings.wrong(what);
}

/// Both halves, one after the other; what cannot be read is a finding.
template <class CheckChain, class CheckRows>
void check_both(const Options& options, Findings& findings, CheckChain check_chain, CheckRows check_rows) {
  const auto look = [&](const auto& check) {
    try {
      check();
    } catch (const Damaged& damaged) {
      findings.wrong(damaged.what());
    }
  };
  look(check_chain);
  if (!findings.is_right())
    findings.not_checked("rows of projections: what they are made of is wrong");
  else if (options.chain_only)
    findings.not_checked("rows of projections: you asked for the chain alone");
  else
    look(check_rows);
}

/// A folder on which nobody runs.
void verify_folder(const Options& options, const merkle::LogIdentity& identity, Findings& findings) {
  const fs::path data = fs::absolute(options.data);
  if (!fs::exists(data)) throw std::runtime_error(options.data + ": no ledger here");
  check_both(
      options, findings,
      [&] {
        // The head first: the log may only be longer.
        const auto head = head_in(data);
        const auto tables = found(store::open_log_tables(data / "log"));
        check_chain({*tables, identity, head}, options, findings);
      },
      [&] {
        if (!fs::exists(data / "views")) return findings.not_checked("rows of projections: there are none");
        const auto log = found(store::open_event_log(data / "log", store::OpenMode::read_only));
        const auto live =
            found(store::open_row_store(data / "views", store::RowKind::rebuildable, store::OpenMode::read_only, {}));
        const client::ScratchFolder scratch(data.parent_path());
        check_rows(*log, *live, scratch.path(), findings);
      });
}

/// A ledger that serves, as of this moment: everything comes over the connection, the log into a folder of one's own.
void verify_server(const Options& options, const merkle::LogIdentity& identity, Findings& findings,
                   const Global& global) {
  client::Connection connection(global.server);
  connection.sign_in(read_token(global));
  auto pinned = client::pin(connection);
  const client::PinnedTables tables(connection, pinned);
  const client::PinnedRows live(connection, pinned, "views/");
  const client::ScratchFolder scratch;
  const auto log = found(store::open_event_log(scratch.path() / "log", store::OpenMode::create));
  LogCopy copy(*log);
  findings.not_checked("the head file: it is where the ledger is");
  check_both(
      options, findings,
      [&] {
        if (options.chain_only) return check_chain({tables, identity, {}}, options, findings);
        check_chain({CopyingTables(tables, copy), identity, {}}, options, findings);
        found(copy.finish());
      },
      [&] { check_rows(*log, live, scratch.path(), findings); });
}

void verify(const Options& options, Global& global) {
  const merkle::LogIdentity identity = identity_of(options);
  Findings findings;
  if (options.data.empty())
    verify_server(options, identity, findings, global);
  else
    verify_folder(options, identity, findings);
  findings.print(global.output);
  if (!findings.is_right()) global.exit_status = kNo;
}

}  // namespace

void add_verify(CLI::App& app, Global& global) {
  auto options = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand("verify", "Check a whole ledger: its log, its signatures, its rows");
  verb->footer(
      "Example:\n  placet verify --data /var/lib/placet --key ledger.example.nl+5e4f1a2b+AQ...\n"
      "  placet --server ledger.example.nl:7411 verify --key ledger.example.nl+5e4f1a2b+AQ...");
  verb->add_option("--data", options->data,
                   "The folder of a ledger on which no placetd runs, or a copy of it; without, the ledger that serves, "
                   "as an auditor");
  verb->add_option("--key", options->key, "The ledger's verifier key, from whom you trust");
  verb->add_option("--since", options->since, "A checkpoint that you kept: the ledger must extend it");
  verb->add_flag("--chain", options->chain_only, "Only the log, not the rows of projections");
  verb->callback([options, &global] { verify(*options, global); });
}

}  // namespace placet::cli
