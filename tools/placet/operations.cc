#include <chrono>
#include <cstdio>
#include <memory>
#include <thread>

#include "base/clock.h"
#include "base/time.h"
#include "tools/client/connection.h"
#include "tools/placet/output.h"
#include "tools/placet/verbs.h"

namespace placet::cli {

namespace {

constexpr std::chrono::milliseconds kLook{500};
constexpr double kMiB = 1 << 20;

std::string ago(Timestamp then) {
  const std::int64_t minutes = (SystemClock().now().micros - then.micros) / 60'000'000;
  if (minutes < 120) return std::to_string(minutes) + " minutes ago";
  return minutes < 48 * 60 ? std::to_string(minutes / 60) + " hours ago"
                           : std::to_string(minutes / (24 * 60)) + " days ago";
}

void show_backup(const char* what, schema::BackupAt::Reader backup, const char* none) {
  if (backup.getId() == 0)
    std::printf("%-12s %s\n", what, none);
  else
    std::printf("%-12s %s: back-up %u, of %llu events\n", what, ago({backup.getAt()}).c_str(), backup.getId(),
                static_cast<unsigned long long>(backup.getSize()));
}

void show_backups(schema::BackupStatus::Reader backups) {
  if (backups.hasFault())
    std::printf("backed up    not known: %s\n", backups.getFault().cStr());
  else
    show_backup("backed up", backups.getNewest(), "never: 'placet backup'");
  if (!backups.hasFault()) show_backup("restored", backups.getRestored(), "never: 'placet restore BACKUPS --drill'");
}

void show_snapshots(capnp::List<std::uint64_t>::Reader sizes) {
  std::printf("snapshots    ");
  if (sizes.size() == 0) std::printf("none yet: looks at the past fold from the first event");
  for (unsigned i = 0; i < sizes.size(); ++i)
    std::printf("%s%llu", i == 0 ? "as of " : ", ", static_cast<unsigned long long>(sizes[i]));
  std::printf("\n");
}

/// The ledger line by line, and a table of its projections.
void show_table(schema::Status::Ledger::Reader ledger, client::Connection& connection) {
  std::printf("ledger       %s, time zone %s\n", ledger.getOrigin().cStr(), ledger.getZone().cStr());
  std::printf("placetd      version %s, its clock says %s\n", ledger.getVersion().cStr(),
              connection.zone().local_text(Timestamp{ledger.getNow()}).c_str());
  std::printf("log          %llu events; %.0f MiB free on its disk\n",
              static_cast<unsigned long long>(ledger.getBasis().getSize()),
              static_cast<double>(ledger.getDiskFreeBytes()) / kMiB);
  show_backups(ledger.getBackups());
  show_snapshots(ledger.getSnapshots());
  std::printf("\n");
  Output output("table", capnp::Schema::from<schema::ProjectionStatus>(),
                {{"projection", "name"},
                 {"version", "version", Shape::number},
                 {"state", "state"},
                 {"events", "size", Shape::number},
                 {"rebuilt", "rebuilt", Shape::number},
                 {"why it stopped", "stopped.why"}},
                connection.zone());
  for (const auto projection : ledger.getProjections()) output.add(projection);
  output.finish(ledger.getBasis().getSize(), "");
  if (ledger.getFollowers().size() == 0) return;
  std::printf("\n");
  Output followers("table", capnp::Schema::from<schema::FollowerStatus>(),
                   {{"follower", "account"},
                    {"token", "token"},
                    {"stands at", "size", Shape::number},
                    {"behind", "behind", Shape::number},
                    {"asked last", "asked", Shape::instant}},
                   connection.zone());
  for (const auto follower : ledger.getFollowers()) followers.add(follower);
  followers.finish(ledger.getBasis().getSize(), "");
}

void show_status(Global& global) {
  client::Connection connection(global.server);
  connection.sign_in(read_token(global));
  const auto response = connection.operations().statusRequest().send().wait(connection.wait_scope());
  const auto status = response.getResult();
  if (status.isRefused()) throw client::Refused(status.getRefused());
  const auto ledger = status.getLedger();
  if (global.output == "table") return show_table(ledger, connection);
  Output output(global.output, capnp::Schema::from<schema::Status>().getFieldByName("ledger").getType().asStruct(), {},
                connection.zone());
  output.add(capnp::DynamicStruct::Reader(status).get("ledger").as<capnp::DynamicStruct>());
  output.finish(ledger.getBasis().getSize(), "");
}

/// How far the rebuild of `name` is; nothing when it has ended.
std::optional<std::int64_t> rebuilt(client::Connection& connection, schema::Operations::Client& operations,
                                    const std::string& name) {
  const auto response = operations.statusRequest().send().wait(connection.wait_scope());
  const auto status = response.getResult();
  if (status.isRefused()) throw client::Refused(status.getRefused());
  for (const auto projection : status.getLedger().getProjections()) {
    if (projection.getName() != name.c_str()) continue;
    if (projection.hasStopped())
      throw std::runtime_error(name + " stopped: " + projection.getStopped().getWhy().cStr());
    if (projection.getRebuilt() >= 0) return projection.getRebuilt();
  }
  return std::nullopt;
}

void rebuild(const std::string& name, bool cancel, Global& global) {
  client::Connection connection(global.server);
  connection.sign_in(read_token(global));
  auto operations = connection.operations();
  const auto check = [](schema::Done::Reader done) {
    if (done.isRefused()) throw client::Refused(done.getRefused());
  };
  if (cancel) {
    auto request = operations.cancelRebuildRequest();
    request.setProjection(name);
    check(request.send().wait(connection.wait_scope()).getResult());
    std::printf("The rebuild of %s stops; 'placet rebuild %s' goes on where it is.\n", name.c_str(), name.c_str());
    return;
  }
  auto request = operations.rebuildRequest();
  request.setProjection(name);
  check(request.send().wait(connection.wait_scope()).getResult());
  while (const auto size = rebuilt(connection, operations, name)) {
    std::fprintf(stderr, "\r%s: %lld events", name.c_str(), static_cast<long long>(*size));
    std::this_thread::sleep_for(kLook);
  }
  std::fprintf(stderr, "\r");
  std::printf("%s is rebuilt.\n", name.c_str());
}

void move_clock(const std::string& to, bool tick, Global& global) {
  const auto instant = Timestamp::parse(to);
  if (!instant) wrong_usage("--to", "'" + to + "' is no UTC instant such as 2026-11-02T08:00:00Z");
  client::Connection connection(global.server);
  connection.sign_in(read_token(global));
  connection.move_clock(*instant, tick);
  std::printf("The clock %s %s.\n", tick ? "ticks from" : "stands at", instant->to_string().c_str());
}

}  // namespace

void add_operations(CLI::App& app, Global& global) {
  CLI::App* status = app.add_subcommand("status", "How the service is: log, projections, disk");
  status->footer("Example:\n  placet status");
  status->callback([&global] { show_status(global); });

  CLI::App* verb = app.add_subcommand("rebuild", "Make the rows of a projection anew; the old ones answer meanwhile");
  verb->footer("Example:\n  placet rebuild timesheets");
  auto name = std::make_shared<std::string>();
  auto cancel = std::make_shared<bool>(false);
  verb->add_option("NAME", *name, "timesheets, approvals, directory or open_items")->required();
  verb->add_flag("--cancel", *cancel, "Stop a rebuild that is going on");
  verb->callback([name, cancel, &global] { rebuild(*name, *cancel, global); });

  CLI::App* clock = app.add_subcommand("clock", "Move the clock of a demo ledger forward; for administrators");
  clock->footer("Example:\n  placet clock --to 2026-11-02T08:00:00Z --tick");
  auto to = std::make_shared<std::string>();
  auto tick = std::make_shared<bool>(false);
  clock->add_option("--to", *to, "UTC; at most 62 days ahead")->required();
  clock->add_flag("--tick", *tick, "Let it run from there; without, it stands");
  clock->callback([to, tick, &global] { move_clock(*to, *tick, global); });
}

}  // namespace placet::cli
