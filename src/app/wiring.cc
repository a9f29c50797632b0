#include "app/wiring.h"

#include <chrono>
#include <future>
#include <utility>

#include "access/prepare.h"
#include "base/check.h"
#include "base/log.h"
#include "base/version.h"
#include "crypto/sha256.h"
#include "engine/recovery.h"
#include "projections/all.h"
#include "store/disk.h"
#include "store/rocks/event_log.h"

namespace placet::app {

namespace {

constexpr std::uint64_t kDiskLowBytes = 256 << 20;
constexpr std::size_t kStreamCacheBytes = 24 << 20;
constexpr std::chrono::seconds kAnswerWithin{30};
constexpr std::string_view kDemoOrigins = "demo.";
constexpr Timestamp kDemoStart{1'791'777'600'000'000};  // Monday 2026-10-12T04:00:00Z, 6 o'clock in Amsterdam

/// A demo ledger goes on where its log ends. Its people live in October 2026, whenever the demo runs.
std::unique_ptr<DemoClock> demo_clock(const std::string& origin, Timestamp last_recorded, Clock& machine) {
  if (!origin.starts_with(kDemoOrigins)) return nullptr;
  return std::make_unique<DemoClock>(std::max(kDemoStart, last_recorded), machine);
}

}  // namespace

Ledger::Ledger(Folder folder, const domain::FoundLedger& founded, access::KeyFolder keys, Stores stores, Zone zone,
               Timestamp last_recorded)
    : folder_(std::move(folder)),
      ledger_(founded.ledger),
      origin_(founded.origin),
      keys_(std::move(keys)),
      zone_(std::move(zone)),
      demo_clock_(demo_clock(origin_, last_recorded, machine_clock_)),
      clock_(demo_clock_ ? static_cast<Clock&>(*demo_clock_) : machine_clock_),
      stores_(std::move(stores)),
      credentials_(*stores_.state, clock_, random_),
      passwords_(*stores_.state, clock_, random_),
      // By the machine's clock, as the telephones that make the codes.
      second_factors_(*stores_.state, keys_, machine_clock_, random_),
      streams_(*stores_.log, kStreamCacheBytes) {}

Result<std::unique_ptr<Ledger>> Ledger::open(const Folder& folder) {
  if (!std::filesystem::exists(folder.data))
    return fail(ErrorCode::not_found, folder.data.string() + ": no ledger here; make one with 'placet init'");
  PLACET_ASSIGN(Log log, open_log(folder));
  const auto* founded = std::get_if<domain::System>(&log.recovered.system.state);
  if (founded == nullptr)
    return fail(ErrorCode::corrupt, folder.data.string() + ": the log does not say whose ledger it is");
  if (founded->highest_event_type >= std::variant_size_v<domain::Event::Alternatives>)
    return fail(ErrorCode::invalid, "the log holds events of a newer program; install that version of placetd");
  const domain::FoundLedger as_founded{founded->ledger, founded->origin, founded->zone};
  PLACET_ASSIGN(auto ledger, wire(folder, std::move(log), as_founded));
  PLACET_TRY(ledger->start_system());
  return ledger;
}

Result<std::unique_ptr<Ledger>> Ledger::open_new(const Folder& folder, const domain::FoundLedger& founded) {
  PLACET_ASSIGN(Log log, open_log(folder));
  return wire(folder, std::move(log), founded);
}

Result<Ledger::Log> Ledger::open_log(const Folder& folder) {
  PLACET_ASSIGN(store::HeadFile head, store::HeadFile::open(folder.head()));
  const auto holds_head = [&](const store::EventLog& log) -> Result<void> {
    PLACET_TRY(engine::recover(log, head));
    return {};
  };
  PLACET_ASSIGN(auto event_log, store::recover_event_log(folder.log(), store::OpenMode::existing, holds_head));
  PLACET_ASSIGN(Stores stores, open_stores(folder, store::OpenMode::existing, std::move(event_log)));
  PLACET_ASSIGN(engine::Recovered recovered, engine::recover(*stores.log, head));
  return Log{std::move(stores), std::move(head), std::move(recovered)};
}

Result<std::unique_ptr<Ledger>> Ledger::wire(const Folder& folder, Log log, const domain::FoundLedger& founded) {
  PLACET_ASSIGN(Zone zone, Zone::find(founded.zone));
  PLACET_ASSIGN(access::KeyFolder keys, access::KeyFolder::open(folder.keys));
  std::unique_ptr<Ledger> ledger(new Ledger(folder, founded, std::move(keys), std::move(log.stores), std::move(zone),
                                            log.recovered.last_recorded));
  // Personal data is sealed and opened here, and nowhere behind the inbox.
  PLACET_ASSIGN(ledger->vault_, access::Vault::load(*ledger->stores_.state, ledger->keys_, founded.ledger));
  PLACET_ASSIGN(store::HeadFile last_signed, access::open_last_signed(ledger->keys_));
  PLACET_ASSIGN(ledger->notary_,
                access::Notary::open({.log = *ledger->stores_.log,
                                      .clock = ledger->machine_clock_,
                                      .origin = founded.origin,
                                      .key = ledger->keys_.signing_key(),
                                      .reached = {log.recovered.tree.size(), log.recovered.tree.root()}},
                                     std::move(last_signed)));
  ledger->backup_maker_ = std::make_unique<BackupMaker>(*ledger->stores_.log, *ledger->stores_.state, *ledger->notary_,
                                                        ledger->machine_clock_, BackupFolder{folder.backups});
  ledger->backups_ = std::make_unique<rpc::BackupThread>(*ledger->backup_maker_);
  PLACET_TRY(ledger->start_projections());
  // The engine owns every decision from here on.
  Ledger& parts = *ledger;
  parts.engine_ = std::make_unique<engine::Engine>(
      engine::Engine::Surroundings{
          .log = *parts.stores_.log,
          .inbox = parts.inbox_,
          .clock = parts.clock_,
          .zone = parts.zone_,
          .disk_is_low = [&parts] { return store::free_bytes(parts.folder_.data).value_or(0) < kDiskLowBytes; },
          .on_durable =
              [&parts](const store::Head& head) {
                parts.notary_->reached(head);
                parts.durable_.advance(head.size);
                parts.projections_->advance(head.size);
              },
      },
      std::move(log.recovered), std::move(log.head), engine::EngineSettings{});
  return ledger;
}

Result<void> Ledger::start_projections() {
  PLACET_ASSIGN(projections_,
                readside::ProjectionHost::start(*stores_.log, *stores_.views, *stores_.snapshots,
                                                {.ledger = ledger_,
                                                 .projections = projections::all(),
                                                 .advanced = [this](LogSize size) { projected_.advance(size); }}));
  projections_->advance(stores_.log->size());
  past_ = std::make_unique<rpc::PastViews>(projections_->as_of());
  return {};
}

Ledger::~Ledger() {
  mailer_.reset();
  portal_.reset();
  rpc_.reset();
  if (started_) {
    if (const auto stopped = act_or_fail(domain::StopSystem{}); !stopped)
      log::warning("stop: {}", stopped.error().message);
  }
  inbox_.close();
  engine_.reset();
  // So that all there is can be held against a signature, also where nobody asked for one.
  if (!started_) return;
  if (const auto kept = notary_->keep_newest(); !kept) log::warning("the last checkpoint: {}", kept.error().message);
}

Result<std::vector<std::string>> Ledger::serve_rpc(const std::vector<std::string>& addresses) {
  PLACET_ASSIGN(rpc_, rpc::Server::start({.ledger = ledger_,
                                          .origin = origin_,
                                          .zone = zone_,
                                          .clock = clock_,
                                          .demo_clock = demo_clock_.get(),
                                          .random = random_,
                                          .log = *stores_.log,
                                          .views = *stores_.views,
                                          .inbox = inbox_,
                                          .durable = durable_,
                                          .projected = projected_,
                                          .projections = *projections_,
                                          .past = *past_,
                                          .data = folder_.data,
                                          .streams = streams_,
                                          .vault = *vault_,
                                          .notary = *notary_,
                                          .backups = *backups_,
                                          .credentials = credentials_},
                                         addresses));
  return rpc_->addresses();
}

Result<std::vector<std::string>> Ledger::serve_http(const std::vector<std::string>& addresses,
                                                    const std::optional<portal::TlsFiles>& tls) {
  PLACET_ASSIGN(portal_, portal::Portal::start({.ledger = ledger_,
                                                .zone = zone_,
                                                .clock = clock_,
                                                .random = random_,
                                                .log = *stores_.log,
                                                .inbox = inbox_,
                                                .act = service_act(),
                                                .projections = *projections_,
                                                .streams = streams_,
                                                .vault = *vault_,
                                                .credentials = credentials_,
                                                .passwords = passwords_,
                                                .second_factors = second_factors_,
                                                .notary = *notary_},
                                               addresses, tls));
  return portal_->addresses();
}

Result<void> Ledger::send_mail(reactors::MailSettings settings) {
  PLACET_ASSIGN(mailer_, reactors::Mailer::start({.ledger = ledger_,
                                                  .zone = zone_,
                                                  .clock = clock_,
                                                  .log = *stores_.log,
                                                  .state = *stores_.state,
                                                  .act = service_act(),
                                                  .projections = *projections_,
                                                  .streams = streams_,
                                                  .vault = *vault_,
                                                  .credentials = credentials_},
                                                 std::move(settings)));
  return {};
}

engine::ServiceAct Ledger::service_act() {
  return [this](domain::Command command, access::FillServerFields fill) {
    return act(std::move(command), std::move(fill));
  };
}

Result<engine::Outcome> Ledger::act(domain::Command command, access::FillServerFields fill) {
  auto request = std::make_unique<engine::Request>();
  engine::Submission& submission = request->submissions.emplace_back();
  submission.id = CommandId(new_id());
  submission.actor.strength = domain::Strength::system;
  submission.actor.channel = domain::Channel::service;
  // The service's own commands have fresh ids and are never retried: the id stands in for the content.
  submission.request_hash = vault_->request_hash(submission.id.to_string());
  const access::Preparation preparation{*vault_, zone_, ledger_, zone_.local_day(clock_.now()), std::move(fill)};
  if (auto prepared = access::prepare(command, submission.id, preparation); !prepared)
    return engine::Outcome(std::move(prepared).error());
  submission.command = std::move(command);
  // Shared with the committer, which may answer after nobody waits any longer.
  const auto promise = std::make_shared<std::promise<engine::Outcome>>();
  auto answer = promise->get_future();
  request->answer = [promise](std::vector<engine::Outcome> outcomes, LogSize) {
    promise->set_value(std::move(outcomes.front()));
  };
  if (!inbox_.offer(request)) return fail(ErrorCode::unavailable, "the inbox is full or closed");
  if (answer.wait_for(kAnswerWithin) != std::future_status::ready)
    return fail(ErrorCode::unavailable, "the ledger did not answer in time");
  return answer.get();
}

Result<void> Ledger::act_or_fail(domain::Command command, access::FillServerFields fill) {
  PLACET_ASSIGN(const engine::Outcome outcome, act(std::move(command), std::move(fill)));
  if (const auto* refused = std::get_if<domain::Rejection>(&outcome)) return fail(ErrorCode::denied, refused->message);
  return {};
}

Result<void> Ledger::start_system() {
  domain::StartSystem start{std::string(kVersion), crypto::sha256(folder_.data.string())};
  PLACET_TRY(act_or_fail(std::move(start)));
  started_ = true;
  return {};
}

Result<std::string> Ledger::invite(AccountId account) {
  PLACET_ASSIGN(access::NewToken token, credentials_.issue(account, domain::TokenKind::unspecified));
  PLACET_TRY(act_or_fail(domain::IssueInvite{.account = account}, [&](domain::Command& command) -> Result<void> {
    std::get<domain::IssueInvite>(command).token = token.id;
    return {};
  }));
  return std::move(token.text);
}

}  // namespace placet::app
