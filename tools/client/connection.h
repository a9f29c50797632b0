#pragma once

#include <capnp/rpc-twoparty.h>
#include <kj/async-io.h>

#include <memory>
#include <stdexcept>
#include <string>

#include "base/zone.h"
#include "domain/rejection.h"
#include "schema/ledger.capnp.h"

namespace placet::client {

/// The ledger said no, with its reason.
class Refused : public std::runtime_error {
 public:
  explicit Refused(schema::Refusal::Reader refusal)
      : std::runtime_error(refusal.getMessage().cStr()), code(static_cast<domain::RejectionCode>(refusal.getCode())) {}
  explicit Refused(const domain::Rejection& rejection) : std::runtime_error(rejection.message), code(rejection.code) {}
  const domain::RejectionCode code;
};

/// What stands beside the rows of an answer. Throws `Refused`, or std::runtime_error when the rows cannot be known now.
schema::Answer::Rows::Reader rows_of(schema::Answer::Reader answer);

/// A stream to a ledger, for this thread's event loop; throws kj::Exception when it cannot be reached.
kj::Own<kj::AsyncIoStream> connect(kj::AsyncIoProvider& provider, kj::WaitScope& scope, const std::string& server);

/// One connection to a ledger, for programs that do one thing after another. Throws `Refused` for a no, kj::Exception
/// when the ledger cannot be reached or breaks off. Used on one thread.
class Connection {
 public:
  /// `server` is HOST:PORT.
  explicit Connection(const std::string& server);

  /// Exchanges an invite for a token of one's own.
  std::string redeem(const std::string& invite);
  /// Everything below needs this first.
  void sign_in(const std::string& token);

  schema::Session::Client& session() { return session_; }
  schema::Commands::Client& commands() { return commands_; }
  schema::Events::Client& events() { return events_; }
  schema::Queries::Client& queries() { return queries_; }
  /// For staff; throws `Refused` for others.
  schema::Operations::Client operations();
  schema::Proofs::Client proofs() { return session_.proofsRequest().send().getProofs(); }
  LedgerId ledger();
  /// How many events the ledger has.
  LogSize size();
  /// The ledger's. Throws std::runtime_error where this machine does not know it.
  Zone zone();
  /// Of a demo ledger, as an administrator: `Operations.moveClock`.
  void move_clock(Timestamp to, bool tick);
  kj::WaitScope& wait_scope() { return loop_->waitScope; }
  kj::AsyncIoProvider& provider() { return *loop_->provider; }

 private:
  std::shared_ptr<kj::AsyncIoContext> loop_;  // one for all connections of a thread
  kj::Own<kj::AsyncIoStream> stream_;
  capnp::TwoPartyClient rpc_;
  schema::Bootstrap::Client bootstrap_;
  schema::Session::Client session_ = nullptr;
  schema::Commands::Client commands_ = nullptr;
  schema::Events::Client events_ = nullptr;
  schema::Queries::Client queries_ = nullptr;
};

}  // namespace placet::client
