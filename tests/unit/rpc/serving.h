#pragma once

#include <gtest/gtest.h>

#include "rpc/server.h"
#include "store/log_tree.h"
#include "store/memory/row_archive.h"
#include "store/memory/row_store.h"
#include "tests/support/vaults.h"
#include "tests/unit/engine/fixture.h"
#include "tests/unit/readside/tally.h"
#include "tools/client/connection.h"

namespace placet::rpc {

class NoBackups final : public Backups {
  Result<BackupMade> make(const std::stop_token&) override { return fail(ErrorCode::unavailable, "none here"); }
  Result<BackupStatus> status() const override { return BackupStatus{}; }
};

/// A server on the engine under test, and a connection of somebody who may do everything.
class Serving : public engine::EngineTest {
 protected:
  Serving() {
    act(as_service(domain::OpenAccount{account_, person_, Box::sealed("address"), ReservationId(new_id())}));
    act(as_service(domain::IssueToken{account_, domain::TokenKind::personal, {}, token_.id}));
  }
  ~Serving() noexcept override {
    connection_.reset();
    server_.reset();
  }

  /// Of the engine as it is now.
  Services services() {
    return {.ledger = ledger_,
            .origin = "test.placet.example",
            .zone = zone_,
            .clock = clock_,
            .demo_clock = nullptr,
            .random = of_the_server_,
            .log = log_,
            .views = views_,
            .inbox = *inbox_,
            .durable = durable_,
            .projected = projected_,
            .projections = *projections_,
            .past = past_,
            .data = scratch_.path(),
            .streams = streams_,
            .vault = *state_.vault,
            .notary = *notary_,
            .backups = backups_,
            .credentials = credentials_};
  }
  void serve() {
    auto server = Server::start(services(), {"127.0.0.1:0"});
    ASSERT_TRUE(server.has_value()) << server.error().message;
    server_ = std::move(*server);
    connection_.emplace(server_->addresses().front());
    connection_->sign_in(token_.text);
  }

  NoBackups no_backups_;
  BackupThread backups_{no_backups_};
  testing::VaultInMemory state_;
  store::MemoryRowStore tokens_{access::Credentials::tables()};
  SeededRandom of_the_server_{7};  // on its thread
  access::Credentials credentials_{tokens_, clock_, of_the_server_};
  const access::NewToken token_ = credentials_.issue(account_, domain::TokenKind::personal).value();
  access::StreamCache streams_{log_, 64 << 10};
  std::unique_ptr<access::Notary> notary_ =
      access::Notary::open({.log = log_,
                            .clock = clock_,
                            .origin = "test.placet.example",
                            .key = state_.keys.signing_key(),
                            .reached = {log_.size(), store::tree_of(log_, log_.size()).value().root()}},
                           store::HeadFile::create(scratch_.path() / "last-signed").value())
          .value();
  store::MemoryRowStore views_{std::vector<std::string>{"tally.totals", "tally.streams", "witness.totals"}};
  store::MemoryRowArchive archive_;
  std::unique_ptr<readside::ProjectionHost> projections_ =
      readside::ProjectionHost::start(
          log_, views_, archive_,
          {.ledger = ledger_,
           .projections = {projections::type_of<testing::Tally>(), projections::type_of<testing::Witness>()},
           .advanced = {}})
          .value();
  PastViews past_{projections_->as_of()};
  GrowthSignal durable_, projected_;
  std::unique_ptr<Server> server_;
  std::optional<client::Connection> connection_;
};

}  // namespace placet::rpc
