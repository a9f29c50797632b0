#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "access/credentials.h"
#include "access/notary.h"
#include "access/passwords.h"
#include "access/second_factors.h"
#include "access/stream_cache.h"
#include "access/vault.h"
#include "app/backup.h"
#include "app/folder.h"
#include "base/clock.h"
#include "base/zone.h"
#include "crypto/random.h"
#include "engine/engine.h"
#include "portal/portal.h"
#include "reactors/mailer.h"
#include "readside/projection_host.h"
#include "rpc/server.h"

namespace placet::app {

/// One running ledger: every part, made in the order in which they lean on each other and torn down in the reverse.
class Ledger {
 public:
  /// Opens what `placet init` made, and starts the engine. The system's `started` event is durable when it returns.
  static Result<std::unique_ptr<Ledger>> open(const Folder& folder);
  /// The same on the empty log of a ledger that is just being made.
  static Result<std::unique_ptr<Ledger>> open_new(const Folder& folder, const domain::FoundLedger& founded);
  /// Writes `stopped`, drains the inbox, and closes.
  ~Ledger();

  /// Listens for programs; answers what to connect to. `addresses` as in rpc::Server.
  Result<std::vector<std::string>> serve_rpc(const std::vector<std::string>& addresses);
  /// Listens for browsers; the same. `addresses` and `tls` as in portal::Server.
  Result<std::vector<std::string>> serve_http(const std::vector<std::string>& addresses,
                                              const std::optional<portal::TlsFiles>& tls);

  /// Sends mail from here on, and has people reminded of hours. Errors as Mailer::start.
  Result<void> send_mail(reactors::MailSettings settings);

  /// Signs a checkpoint over all there is, and keeps it.
  Result<void> keep_checkpoint() { return notary_->keep_newest(); }

  /// Carries out one command in the name of the service itself: engine::ServiceAct.
  Result<engine::Outcome> act(domain::Command command, access::FillServerFields fill = {});
  /// `denied` where it is refused.
  Result<void> act_or_fail(domain::Command command, access::FillServerFields fill = {});
  Result<void> start_system();
  /// A new invite for an account: its text, to be handed over once.
  Result<std::string> invite(AccountId account);
  Uuid new_id() { return new_uuid(random_, clock_.now()); }

 private:
  Ledger(Folder folder, const domain::FoundLedger& founded, access::KeyFolder keys, Stores stores, Zone zone,
         Timestamp last_recorded);
  /// The stores of a log that is what its head says.
  struct Log {
    Stores stores;
    store::HeadFile head;
    engine::Recovered recovered;
  };
  static Result<Log> open_log(const Folder& folder);
  Result<void> start_projections();
  engine::ServiceAct service_act();
  static Result<std::unique_ptr<Ledger>> wire(const Folder& folder, Log log, const domain::FoundLedger& founded);

  const Folder folder_;
  const LedgerId ledger_;
  const std::string origin_;
  const access::KeyFolder keys_;
  const Zone zone_;
  SystemClock machine_clock_;
  const std::unique_ptr<DemoClock> demo_clock_;  // of a demo ledger, in place of the machine's
  Clock& clock_;
  crypto::OsRandom random_;  // used by several threads: it keeps no state of its own
  const Stores stores_;
  std::unique_ptr<access::Vault> vault_;
  std::unique_ptr<access::Notary> notary_;
  access::Credentials credentials_;
  access::Passwords passwords_;
  access::SecondFactors second_factors_;
  access::StreamCache streams_;
  rpc::GrowthSignal durable_;    // of the log
  rpc::GrowthSignal projected_;  // of the live rows
  engine::Inbox inbox_;
  std::unique_ptr<readside::ProjectionHost> projections_;
  std::unique_ptr<rpc::PastViews> past_;
  std::unique_ptr<BackupMaker> backup_maker_;
  std::unique_ptr<rpc::BackupThread> backups_;
  std::unique_ptr<engine::Engine> engine_;
  std::unique_ptr<rpc::Server> rpc_;
  std::unique_ptr<portal::Portal> portal_;
  std::unique_ptr<reactors::Mailer> mailer_;
  bool started_ = false;
};

}  // namespace placet::app
