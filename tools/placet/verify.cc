#include <fmt/format.h>

#include <cstdio>
#include <memory>
#include <stdexcept>

#include "audit/chain.h"
#include "audit/rows.h"
#include "crypto/base64.h"
#include "projections/all.h"
#include "store/head_file.h"
#include "store/rocks/event_log.h"
#include "store/rocks/log_tables.h"
#include "store/rocks/row_store.h"
#include "tools/client/scratch_folder.h"
#include "tools/placet/files.h"
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
  const auto key = merkle::VerifierKey::parse(options.key);
  if (!key) wrong_usage("--key", key.error().message);
  return {key->name().name, *key};
}

/// `corrupt` also when there is none: whoever makes a ledger makes its head.
Result<store::Head> head_in(const fs::path& data) {
  PLACET_ASSIGN(store::HeadFile file, store::HeadFile::open_read_only(data / "head"));
  PLACET_ASSIGN(const auto head, file.read());
  if (!head) return fail(ErrorCode::corrupt, "the head file is blank");
  return *head;
}

/// Shows on a terminal how far it is.
class Meter {
 public:
  explicit Meter(const char* what) : what_(what) {}
  ~Meter() { std::fprintf(stderr, "\r"); }
  void operator()(LogSize size) const {
    std::fprintf(stderr, "\r%s: %llu records", what_, static_cast<unsigned long long>(size.value));
  }

 private:
  const char* what_;
};

void print(const audit::Fault& fault) {
  if (!fault.first)
    std::printf("WRONG  %s\n", fault.what.c_str());
  else if (*fault.first == fault.last)
    std::printf("WRONG  at position %llu: %s\n", static_cast<unsigned long long>(fault.last.value), fault.what.c_str());
  else
    std::printf("WRONG  somewhere from position %llu to %llu: %s\n",
                static_cast<unsigned long long>(fault.first->value), static_cast<unsigned long long>(fault.last.value),
                fault.what.c_str());
}

bool check_chain(const Options& options, const merkle::LogIdentity& identity) {
  const fs::path data = options.data;
  // The head first: the log may only be longer.
  auto head = head_in(data);
  std::optional<merkle::Checkpoint> since;
  if (!options.since.empty()) {
    const auto opened = merkle::open_checkpoint(read_file(options.since), identity);
    if (!opened) wrong_usage("--since", opened.error().message);
    since = opened->checkpoint;
  }
  const auto tables = found(store::open_log_tables(data / "log"));
  const Meter meter("log");
  const auto report = found(audit::check_chain({.tables = *tables,
                                                .identity = identity,
                                                .head = head ? std::optional(*head) : std::nullopt,
                                                .since = since,
                                                .progress = std::cref(meter)}));
  std::printf(
      "Checked: %llu records with their hashes and tiles (%llu), %llu places in streams, %llu heads of streams,\n"
      "%llu commands, %llu checkpoints with their signatures%s%s.\n",
      static_cast<unsigned long long>(report.records), static_cast<unsigned long long>(report.tiles),
      static_cast<unsigned long long>(report.stream_rows), static_cast<unsigned long long>(report.heads),
      static_cast<unsigned long long>(report.commands), static_cast<unsigned long long>(report.checkpoints),
      report.head_checked ? ", the head file" : "", report.since_checked ? ", your own checkpoint" : "");
  std::printf("Root of all: %s; signed up to %llu records.\n", crypto::to_base64(view_of(report.root)).c_str(),
              static_cast<unsigned long long>(report.signed_size.value));
  for (const std::string& what : report.not_checked) std::printf("Not checked: %s.\n", what.c_str());
  if (!head) print(audit::Fault{{}, {}, head.error().message});
  for (const audit::Fault& fault : report.faults) print(fault);
  return head && report.faults.empty();
}

bool check_rows(const Options& options) {
  const fs::path data = fs::absolute(options.data);
  const auto log = found(store::open_event_log(data / "log", store::OpenMode::read_only));
  if (!fs::exists(data / "views")) {
    std::printf("Not checked: rows of projections; there are none.\n");
    return true;
  }
  const auto live =
      found(store::open_row_store(data / "views", store::RowKind::rebuildable, store::OpenMode::read_only, {}));
  const client::ScratchFolder scratch(data.parent_path());
  const auto fresh =
      found(store::open_row_store(scratch.path() / "views", store::RowKind::rebuildable, store::OpenMode::create, {}));
  const auto types = projections::all();
  const Meter meter("projections");
  const auto report = found(
      audit::check_rows({.log = *log, .live = *live, .fresh = *fresh, .types = types, .progress = std::cref(meter)}));
  std::printf("Checked: %llu rows of projections against a fold of the first %llu records.\n",
              static_cast<unsigned long long>(report.rows), static_cast<unsigned long long>(report.size.value));
  for (const std::string& what : report.not_checked) std::printf("Not checked: %s.\n", what.c_str());
  for (const std::string& what : report.faults) std::printf("WRONG  %s\n", what.c_str());
  return report.faults.empty();
}

void verify(const Options& options, Global& global) {
  if (!fs::exists(options.data)) throw std::runtime_error(options.data + ": no ledger here");
  const merkle::LogIdentity identity = identity_of(options);
  const auto is_right = [](const auto& check) {
    try {
      return check();
    } catch (const Damaged& damaged) {
      std::printf("WRONG  %s\n", damaged.what());
      return false;
    }
  };
  const bool chain = is_right([&] { return check_chain(options, identity); });
  const bool rows = options.chain_only || !chain || is_right([&] { return check_rows(options); });
  if (options.chain_only) std::printf("Not checked: rows of projections; you asked for the chain alone.\n");
  if (!chain) std::printf("Not checked: rows of projections; what they are made of is wrong.\n");
  std::printf(chain && rows ? "All of that is right.\n"
                            : "Keep the folder as it is: README, 'When it does not start'.\n");
  if (!chain || !rows) global.exit_status = kNo;
}

}  // namespace

void add_verify(CLI::App& app, Global& global) {
  auto options = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand("verify", "Check a whole ledger: its log, its signatures, its rows");
  verb->footer("Example:\n  placet verify --data /var/lib/placet --key ledger.example.nl+5e4f1a2b+AQ...");
  verb->add_option("--data", options->data, "The folder of a ledger on which no placetd runs, or a copy of it")
      ->required();
  verb->add_option("--key", options->key, "The ledger's verifier key, from whom you trust");
  verb->add_option("--since", options->since, "A checkpoint that you kept: the ledger must extend it");
  verb->add_flag("--chain", options->chain_only, "Only the log, not the rows of projections");
  verb->callback([options, &global] { verify(*options, global); });
}

}  // namespace placet::cli
