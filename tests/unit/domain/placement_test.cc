#include <gtest/gtest.h>

#include "tests/unit/domain/people.h"

namespace placet::domain::testing {
namespace {

TEST(StartPlacement, IsAcceptedWhenEveryGateIsOpen) {
  ready().when(start_placement(), as(kOffice)).then({PlacementStarted{kFirstDay}});
}

TEST(StartPlacement, IsRefusedWithoutIdentityEvenWithAnOverride) {
  StartPlacement start = start_placement();
  start.override_ = {true, true, true, true, true};
  start.reason = sealed("needed tomorrow");
  people()
      .done(DrawUpContract{kEmployment, kWorker, digest(1), contract_terms()}, as(kOffice))
      .done(propose_placement(), as(kRecruiter))
      .proposed(start, as(kOffice))
      .then_refused(RejectionCode::identity_missing);
}

TEST(StartPlacement, IsRefusedWhenTheDocumentRunsOutBeforeTheFirstDay) {
  StartPlacement start = start_placement();
  start.first_day = kToday.plus_days(1'001);
  ready().when(start, as(kOffice)).then_refused(RejectionCode::identity_missing, "nobody can override");
}

TEST(StartPlacement, NamesEveryGateThatIsClosed) {
  proposed()
      .when(start_placement(), as(kOffice))
      .then_refused(RejectionCode::gate_closed,
                    "the contract signed by both, the agreement accepted, the assignment confirmed, the worker's file, "
                    "the client's file");
}

}  // namespace
}  // namespace placet::domain::testing
