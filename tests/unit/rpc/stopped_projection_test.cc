// A projection that meets an event which it cannot take, as whoever asks the server sees it.

#include <gtest/gtest.h>

#include "tests/support/patience.h"
#include "tests/unit/rpc/serving.h"

namespace placet::rpc {
namespace {

using State = schema::ProjectionStatus::State;

class StoppedProjection : public Serving {
 protected:
  ~StoppedProjection() noexcept override { testing::Tally::poisoned = testing::Tally::kNoPosition; }
};

TEST_F(StoppedProjection, IsSeenInTheStatusWithItsPositionAndTheOthersGoOn) {
  const LogPosition poisoned{log_.size().value};
  testing::Tally::poisoned = poisoned.value;
  act(as_service(a_person()));
  act(as_service(a_person()));
  projections_->advance(log_.size());
  const std::string_view witness[] = {"witness"};
  ASSERT_TRUE(projections_->at_least(log_.size(), testing::kPatience, witness).has_value());

  serve();
  const auto response = connection_->operations().statusRequest().send().wait(connection_->wait_scope());
  const auto projections = response.getResult().getLedger().getProjections();
  ASSERT_EQ(projections.size(), 2U);
  EXPECT_STREQ(projections[0].getName().cStr(), "tally");
  EXPECT_EQ(projections[0].getState(), State::STOPPED);
  EXPECT_EQ(projections[0].getStopped().getPosition(), poisoned.value);
  EXPECT_LE(projections[0].getSize(), poisoned.value) << "nothing is skipped";
  EXPECT_STREQ(projections[1].getName().cStr(), "witness");
  EXPECT_EQ(projections[1].getState(), State::LIVE);
  EXPECT_EQ(projections[1].getSize(), log_.size().value);
}

}  // namespace
}  // namespace placet::rpc
