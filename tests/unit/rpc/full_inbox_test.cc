// A server whose engine cannot keep up: its inbox has room for one request, and the disk holds.

#include <gtest/gtest.h>

#include "codec/ids.h"
#include "schema/plain_codec.h"
#include "tests/unit/rpc/serving.h"

namespace placet::rpc {
namespace {

using domain::RejectionCode;

class FullInbox : public Serving {
 protected:
  FullInbox() {
    stop();
    limits_.requests = 1;
    start();
    serve();
  }
  ~FullInbox() noexcept override = default;

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
