#include <fmt/format.h>
#include <signal.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <stdexcept>

#include "access/private_file.h"
#include "documents/links.h"
#include "tools/client/balances.h"
#include "tools/client/daemon.h"
#include "tools/client/scratch.h"
#include "tools/client/scratch_folder.h"
#include "tools/demo_agency/story.h"
#include "tools/placet/verbs.h"

namespace placet::cli {

namespace {

namespace fs = std::filesystem;

struct Options {
  std::string data;
  bool serve = false;
  bool json = false;
};

/// What the story counted must be what the log says and what the queries say.
demo::LogBooks read_back(demo::Agency& agency, const demo::Books& told) {
  client::Connection& connection = agency.office().desk().connection();
  const demo::LogBooks log = demo::books_of_log(connection);
  const demo::Books queries = demo::books_of_queries(connection);
  if (log.books != told || queries != told)
    throw std::runtime_error("the books differ.\n  The story: " + to_string(told) +
                             "\n  The log: " + to_string(log.books) + "\n  The queries: " + to_string(queries));
  return log;
}

/// Somebody whom whoever tries the demo may be.
struct Role {
  const char* name;
  const char* what;
  client::Desk& desk;
  std::string email;
};

/// Says how to talk to the ledger, and waits for one of `ends`, which are blocked: Ctrl-C.
void serve(demo::Agency& agency, const client::Daemon& daemon, const fs::path& keys, const sigset_t& ends) {
  agency.set_clock(demo::kFirstMonday.plus_days(24), 10, 0, true);
  const demo::Person& recruiter = agency.recruiters().front();
  const demo::Person& manager = agency.clients().front().manager;
  const demo::Person& worker = agency.worker("Sanne").person;
  const std::array roles = {
      Role{"ada", "back office", agency.office().desk(), client::kFirstAdministratorEmail},
      Role{"vera", "recruiter", *recruiter.desk, demo::email_of(recruiter.name)},
      Role{"carla", "client, approves", *manager.desk, demo::email_of(manager.name)},
      Role{"sanne", "worker", *worker.desk, demo::email_of(worker.name)},
  };
  std::printf("\nplacetd goes on, its clock ticks from Thursday 5 November 2026, 10:00.\n\n");
  std::printf("The portal is at http://%s. Open one of these links, choose a password, and sign in from then on with\n",
              daemon.portal().c_str());
  std::printf("the address before it:\n");
  for (const Role& role : roles) {
    const std::string invite = agency.office().desk().invite(agency.office().desk().account_of(role.email));
    std::printf("  %-17s %-27s http://%s%s\n", role.what, role.email.c_str(), daemon.portal().c_str(),
                documents::welcome_path(invite).c_str());
  }
  std::printf("\nOr in another terminal:\n\n  export PLACET_SERVER=%s\n", daemon.server().c_str());
  std::printf("and be one of these:\n");
  for (const Role& role : roles) {
    const fs::path file = keys / fmt::format("{}.token", role.name);
    if (const auto written = access::write_private_file(file, role.desk.token() + "\n"); !written)
      throw std::runtime_error(written.error().message);
    std::printf("  export PLACET_TOKEN_FILE=%-40s # %s\n", file.c_str(), role.what);
  }
  const auto program = fs::read_symlink("/proc/self/exe");
  std::printf("then, for example:\n");
  for (const char* example : {"timesheets --status submitted", "approvals", "open", "balances", "invoices", "journal",
                              "reconcile hours", "clock --to 2026-11-06T08:00:00Z --tick", "status"})
    std::printf("  %s %s\n", program.c_str(), example);
  std::printf("\nCtrl-C stops it.\n");
  std::fflush(stdout);
  int signal = 0;
  sigwait(&ends, &signal);
}

void run(const Options& options) {
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGINT);
  sigaddset(&ends, SIGTERM);
  // Before any thread starts, so that none of them takes a signal that `serve` waits for.
  if (options.serve) pthread_sigmask(SIG_BLOCK, &ends, nullptr);
  std::optional<client::ScratchFolder> scratch;
  if (options.data.empty()) scratch.emplace();
  const fs::path data = scratch ? scratch->path() / "ledger" : fs::absolute(options.data);
  const auto invites = client::found_ledger(data, "demo.placet.example");
  const client::Daemon daemon(data, {"127.0.0.1:0"}, options.serve ? "127.0.0.1:0" : "");
  demo::Agency agency(daemon.server(), invites[0], invites[1]);
  demo::Story story(agency, [](const std::string& sentence) {
    std::printf("%s\n", sentence.c_str());
    std::fflush(stdout);
  });
  story.run();
  const demo::Books& told = story.books();
  const demo::LogBooks log = read_back(agency, told);
  std::printf(
      "Read back from the log and from the queries, and equal: %llu events, %llu approvals of %llu minutes,\n"
      "%llu payslips, %llu invoices and credit notes, %llu payments.\n",
      static_cast<unsigned long long>(log.events), static_cast<unsigned long long>(told.approvals),
      static_cast<unsigned long long>(told.approved_minutes), static_cast<unsigned long long>(told.payslips),
      static_cast<unsigned long long>(told.invoices), static_cast<unsigned long long>(told.payments));
  const client::Balances balances = client::balances_of(agency.office().desk().connection());
  std::printf(
      "Must be 0, and is: the journal's sum %lld, sub-ledgers less their accounts %lld, open invoices less debtors "
      "%lld cents;\napproved minutes that are neither paid and invoiced once nor listed as open %lld.\n",
      static_cast<long long>(balances.journal_sum_cents), static_cast<long long>(balances.sub_ledger_cents),
      static_cast<long long>(balances.debtor_cents), static_cast<long long>(balances.open_minutes_unexplained));
  if (balances != client::Balances()) throw std::runtime_error("a balance is not 0");
  if (!scratch && !options.serve) std::printf("The ledger is kept: placetd --data %s\n", data.c_str());
  if (options.json)
    std::printf(
        "{\"placements\":%llu,\"events\":%llu,\"minutes_approved\":%llu,\"approvals\":%llu,\"payslips\":%llu,"
        "\"invoices\":%llu,\"payments\":%llu,\"journal_sum_cents\":%lld,\"open_minutes_unexplained\":%lld,"
        "\"head\":\"%s\"}\n",
        static_cast<unsigned long long>(demo::count_placements(agency.office().desk().connection())),
        static_cast<unsigned long long>(log.events), static_cast<unsigned long long>(told.approved_minutes),
        static_cast<unsigned long long>(told.approvals), static_cast<unsigned long long>(told.payslips),
        static_cast<unsigned long long>(told.invoices), static_cast<unsigned long long>(told.payments),
        static_cast<long long>(balances.journal_sum_cents), static_cast<long long>(balances.open_minutes_unexplained),
        log.root.c_str());
  if (options.serve) serve(agency, daemon, data.string() + ".keys", ends);
}

}  // namespace

void add_demo(CLI::App& app, Global&) {
  CLI::App* verb = app.add_subcommand("demo", "A sample agency in a ledger of its own, from October 2026, checked");
  verb->footer("Example:\n  placet demo --serve");
  auto options = std::make_shared<Options>();
  verb->add_flag("--serve", options->serve, "Stay up afterwards, and say how to talk to it");
  verb->add_option("--data", options->data, "Keep the data in this folder, which must not exist yet");
  verb->add_flag("--json", options->json, "End with one line of JSON; `head` is the root of the Merkle tree");
  verb->callback([options] { run(*options); });
}

}  // namespace placet::cli
