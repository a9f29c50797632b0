#include <fmt/format.h>

#include <cstdio>
#include <memory>
#include <stdexcept>
#include <string>

#include "app/restore.h"
#include "store/rocks/backups.h"
#include "tools/client/connection.h"
#include "tools/client/scratch_folder.h"
#include "tools/placet/files.h"
#include "tools/placet/meter.h"
#include "tools/placet/verbs.h"

namespace placet::cli {

namespace {

namespace fs = std::filesystem;

void back_up(const std::string& checkpoint_file, Global& global) {
  client::Connection connection(global.server);
  connection.sign_in(read_token(global));
  const auto response = connection.operations().backupRequest().send().wait(connection.wait_scope());
  const auto result = response.getResult();
  if (result.isRefused()) throw client::Refused(result.getRefused());
  const auto backup = result.getBackup();
  if (!checkpoint_file.empty()) write_file(checkpoint_file, backup.getCheckpoint().cStr());
  std::printf("Back-up %u, of %llu events and what came meanwhile, is in %s and was read back.\n", backup.getId(),
              static_cast<unsigned long long>(backup.getSize()), backup.getFolder().cStr());
  std::printf("Keep copies of that folder and of its checkpoint on another machine, the key folder on a third.\n");
}

struct Options {
  std::string from;
  std::uint32_t id = 0;
  std::string data;
  std::string keys;
  bool drill = false;
};

void list(const app::BackupFolder& folder) {
  const auto backups = required(store::backups_in(folder.log()));
  if (backups.empty()) throw std::runtime_error(folder.root.string() + ": there are no back-ups here");
  std::printf("%6s  %-20s  %12s  %10s\n", "id", "made", "events", "MiB");
  for (const store::Backup& backup : backups)
    std::printf("%6u  %-20s  %12llu  %10.1f\n", backup.id, backup.made.to_string().c_str(),
                static_cast<unsigned long long>(required(app::size_of(backup)).value),
                static_cast<double>(backup.bytes) / (1 << 20));
  std::printf("Choose one: --id ID, with --drill to see whether it can be restored, with --data DIR to do it.\n");
}

void restore(const Options& options, Global& global) {
  const app::BackupFolder from{options.from};
  if (options.id == 0) return list(from);
  if (options.drill == !options.data.empty()) wrong_usage("restore", "give --data DIR, or --drill, and not both");
  const std::string keys = options.keys.empty() ? options.data + ".keys" : options.keys;
  if (options.drill && options.keys.empty()) wrong_usage("--keys", "give the ledger's key folder");
  const Meter meter("log");
  // A drill needs as much room as the ledger, beside the back-ups.
  const std::string place = options.drill ? (fs::absolute(options.from) / "drill").string() : options.data;
  const auto restored = app::restore({.from = from,
                                      .id = options.id,
                                      .to = {.data = place, .keys = keys},
                                      .drill = options.drill,
                                      .progress = std::cref(meter)});
  if (!restored) {
    std::fprintf(stderr, "placet: %s\n", restored.error().message.c_str());
    global.exit_status = restored.error().code == ErrorCode::corrupt ? kNo : 2;
    return;
  }
  std::printf("Back-up %u of %s holds %llu events, a signed checkpoint over %llu of them, and every key (state %u).\n",
              options.id, restored->origin.c_str(), static_cast<unsigned long long>(restored->size.value),
              static_cast<unsigned long long>(restored->signed_size.value), restored->state_id);
  if (options.drill)
    std::printf("It can be restored; nothing was left behind.\n");
  else
    std::printf("It is in %s. Next: placetd --data %s --keys %s\n", options.data.c_str(), options.data.c_str(),
                keys.c_str());
}

}  // namespace

void add_backup(CLI::App& app, Global& global) {
  CLI::App* backup = app.add_subcommand("backup", "Copy log and state while placetd serves; for administrators");
  backup->footer("Example:\n  placet backup -o monday.checkpoint");
  auto file = std::make_shared<std::string>();
  backup->add_option("-o", *file, "Also keep the checkpoint in this file");
  backup->callback([file, &global] { back_up(*file, global); });

  auto options = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand("restore", "Make a ledger of a back-up, or see whether it can be done");
  verb->footer(
      "Example:\n  placet restore ledger.backups\n  placet restore ledger.backups --id 7 --drill --keys ledger.keys\n"
      "  placet restore ledger.backups --id 7 --data ledger");
  verb->add_option("BACKUPS", options->from, "The folder of back-ups")->required();
  verb->add_option("--id", options->id, "Which one; without, they are listed");
  verb->add_option("--data", options->data, "The data folder to make, which must not exist yet");
  verb->add_option("--keys", options->keys, "The key folder of that ledger (default: DATA.keys)");
  verb->add_flag("--drill", options->drill, "Restore and check it beside the back-ups, and leave nothing");
  verb->callback([options, &global] { restore(*options, global); });
}

}  // namespace placet::cli
