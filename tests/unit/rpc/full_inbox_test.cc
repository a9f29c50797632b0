// A server whose engine cannot keep up: its inbox has room for one request, and the disk holds.

#include <gtest/gtest.h>

#include "codec/ids.h"
#include "rpc/server.h"
#include "schema/plain_codec.h"
#include "store/log_tree.h"
#include "store/memory/row_archive.h"
#include "store/memory/row_store.h"
#include "tests/support/vaults.h"
#include "tests/unit/engine/fixture.h"
#include "tools/client/connection.h"

namespace placet::rpc {
namespace {

using domain::RejectionCode;

class FullInbox : public engine::EngineTest {
 protected:
  FullInbox() {
    const access::NewToken token = credentials_.issue(account_, domain::TokenKind::personal).value();
    act(as_service(domain::OpenAccount{account_, person_, Box::sealed("address"), ReservationId(new_id())}));
    act(as_service(domain::IssueToken{account_, domain::TokenKind::personal, {}, token.id}));
    stop();
    limits_.requests = 1;
    start();
    auto server = Server::start({.ledger = ledger_,
                                 .origin = "test.placet.example",
                                 .zone = zone_,
                                 .clock = clock_,
                                 .demo_clock = nullptr,
                                 .random = of_the_server_,
                                 .log = log_,
                                 .inbox = *inbox_,
                                 .durable = durable_,
                                 .projected = projected_,
                                 .projections = *projections_,
                                 .past = past_,
                                 .data = scratch_.path(),
                                 .streams = streams_,
                                 .vault = *state_.vault,
                                 .notary = *notary_,
                                 .credentials = credentials_},
                                {"127.0.0.1:0"});
    EXPECT_TRUE(server.has_value()) << server.error().message;
    server_ = std::move(*server);
    connection_.emplace(server_->addresses().front());
    connection_->sign_in(token.text);
  }
  ~FullInbox() noexcept override {
    connection_.reset();
    server_.reset();
  }

  using Call = capnp::RemotePromise<schema::Commands::SubmitResults>;
  Call send(CommandId id, const domain::Command& command) {
    auto request = connection_->commands().submitRequest();
    auto submission = request.initSubmissions(1)[0];
    codec::write(id.value, submission.initId());
    codec::write(command, submission.initCommand());
    return request.send();
  }
  domain::RejectionCode outcome_of(Call call) {
    const auto response = call.wait(connection_->wait_scope());
    const auto outcome = response.getOutcomes()[0];
    EXPECT_FALSE(outcome.isAccepted() && outcome.getAccepted().getRepeated());
    return outcome.isAccepted() ? RejectionCode::unspecified
                                : static_cast<RejectionCode>(outcome.getRefused().getCode());
  }
  domain::RegisterPerson somebody() { return {PersonId(new_id()), Box::plain("Somebody")}; }
  CommandId fresh() { return CommandId(new_id()); }

  testing::VaultInMemory state_;
  store::MemoryRowStore tokens_{access::Credentials::tables()};
  SeededRandom of_the_server_{7};  // on its thread
  access::Credentials credentials_{tokens_, clock_, of_the_server_};
  access::StreamCache streams_{log_, 100};
  std::unique_ptr<access::Notary> notary_ =
      access::Notary::open({.log = log_,
                            .clock = clock_,
                            .origin = "test.placet.example",
                            .key = state_.keys.signing_key(),
                            .reached = {log_.size(), store::tree_of(log_, log_.size()).value().root()}},
                           store::HeadFile::create(scratch_.path() / "last-signed").value())
          .value();
  store::MemoryRowStore views_{std::vector<std::string>{}};
  store::MemoryRowArchive archive_;
  std::unique_ptr<readside::ProjectionHost> projections_ =
      readside::ProjectionHost::start(log_, views_, archive_, {.ledger = ledger_, .projections = {}, .advanced = {}})
          .value();
  PastViews past_{projections_->as_of()};
  GrowthSignal durable_, projected_;
  std::unique_ptr<Server> server_;
  std::optional<client::Connection> connection_;
};

TEST_F(FullInbox, AnswersOverloadedAtOnceAndLeavesNothingBehind) {
  // Whose states are cold goes to the loader first, and the engine takes what comes behind it.
  EXPECT_EQ(outcome_of(send(fresh(), somebody())), RejectionCode::unspecified);
  const LogSize before = log_.size();
  log_.hold_appends();
  const unsigned takes = takes_;
  Call in_flight = send(fresh(), somebody());
  connection_->wait_scope().poll();  // sends it
  takes_.wait(takes);
  Call waiting = send(fresh(), somebody());
  // The committer may be late with its nudge for what it did before: then the engine takes the one above.
  Call maybe_waiting = send(fresh(), somebody());
  const CommandId id = fresh();
  const domain::RegisterPerson person = somebody();
  EXPECT_EQ(outcome_of(send(id, person)), RejectionCode::overloaded);
  EXPECT_EQ(log_.size(), before);

  log_.release_appends();
  EXPECT_EQ(outcome_of(std::move(in_flight)), RejectionCode::unspecified);
  EXPECT_EQ(outcome_of(std::move(waiting)), RejectionCode::unspecified);
  const bool waited = outcome_of(std::move(maybe_waiting)) == RejectionCode::unspecified;
  EXPECT_EQ(log_.size().value, before.value + (waited ? 3 : 2));
  EXPECT_EQ(outcome_of(send(id, person)), RejectionCode::unspecified);
  EXPECT_EQ(log_.size().value, before.value + (waited ? 4 : 3));
}

}  // namespace
}  // namespace placet::rpc
