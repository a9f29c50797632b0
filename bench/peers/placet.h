#pragma once

#include <vector>

#include "bench/callers.h"
#include "bench/peers/roster.h"
#include "bench/peers/system.h"
#include "tools/client/connection.h"
#include "tools/client/daemon.h"
#include "tools/client/hours.h"

namespace placet::bench {

/// A ledger of its own and its placetd. What it is asked to do is to enter hours of placed workers, decided in full.
class PlacetSystem final : public System {
 public:
  /// In a folder that is not there yet.
  PlacetSystem(const std::filesystem::path& folder, Road road);

  std::string_view name() const override { return "placet"; }
  std::string about() override;
  bool does(Shape) const override { return true; }
  Work work(Shape shape, int seconds) override;
  std::vector<pid_t> processes() const override { return {daemon_->pid()}; }
  std::optional<double> stored_bytes() override;

  /// Batches of separate commands for as long as that says.
  Work batches(const std::function<bool()>& goes_on);
  /// Enters hours by one command.
  void enter();
  /// Ends placetd at once, as a fault of the machine would. What is under way breaks with a kj::Exception.
  void kill();
  void stop();
  /// Starts placetd again and connects.
  void start();

  client::Connection& connection() { return *connection_; }
  const std::string& server() const { return daemon_->server(); }
  const std::string& token() const { return token_; }
  /// Where the log is.
  std::filesystem::path log_folder() const { return folder_ / "log"; }
  /// For one command after the other; enough of them for an hour at 1,000 a second.
  client::HourCommands& hours() { return batch_hours_.front(); }

 private:
  Work gathered(int seconds);
  Work catch_up(int seconds);

  const std::filesystem::path folder_;
  const std::vector<std::string> addresses_;
  std::string token_;
  std::vector<client::HourCommands> callers_hours_;
  std::vector<client::HourCommands> batch_hours_;  // one
  std::vector<Roster> roster_;                     // one
  std::unique_ptr<client::Daemon> daemon_;
  std::unique_ptr<client::Connection> connection_;
};

}  // namespace placet::bench
