// What a follower is sent: what he asks for of what he may see, all of it once, from where he wants.

#include <gtest/gtest.h>

#include <optional>
#include <set>
#include <thread>

#include "codec/data.h"
#include "codec/ids.h"
#include "codec/record.h"
#include "domain/streams.h"
#include "tests/e2e/stage.h"
#include "tools/client/follower.h"

namespace placet::e2e {
namespace {

using namespace domain;

struct Seen {
  std::uint64_t position = 0;
  StreamId stream;
  std::uint16_t type = 0;
  std::set<Uuid> parties;
  Timestamp recorded;
};

class Following : public ::testing::Test {
 protected:
  Following() { whole_ = read(all_); }
  ~Following() noexcept override = default;  // those of Cap'n Proto may throw; those of test fixtures must not

  client::Connection& office() { return stage_.world().office().connection(); }

  std::vector<Seen> read(client::Follower& follower) {
    std::vector<Seen> seen;
    follower.read_on(office(), [&](BytesView record) {
      const auto header = codec::read_header(record).value();
      Seen one{header.position.value, header.stream, header.type, {}, codec::read_meta(record).value().recorded_at};
      for (const PartyId party : header.parties) one.parties.insert(party.value);
      seen.push_back(one);
    });
    return seen;
  }
  /// Where those of the whole log stand that `fits`.
  template <class Fits>
  std::vector<std::uint64_t> expected(Fits fits) const {
    std::vector<std::uint64_t> positions;
    for (const Seen& one : whole_)
      if (fits(one)) positions.push_back(one.position);
    return positions;
  }
  std::vector<std::uint64_t> positions(client::Follower& follower) {
    std::vector<std::uint64_t> found;
    for (const Seen& one : read(follower)) found.push_back(one.position);
    EXPECT_EQ(follower.size(), log_size(office())) << "the cursor moved over all others";
    return found;
  }

  Stage stage_;
  client::Follower all_;
  std::vector<Seen> whole_;
};

TEST_F(Following, IsSentTheTypesThatHeAsksFor) {
  client::Follower follower;
  auto types = follower.filter().initTypes(2);
  types.set(0, EventTraits<DaysApproved>::kNumber);
  types.set(1, EventTraits<SheetSubmitted>::kNumber);
  const auto wanted = expected([](const Seen& one) {
    return one.type == EventTraits<DaysApproved>::kNumber || one.type == EventTraits<SheetSubmitted>::kNumber;
  });
  EXPECT_EQ(wanted.size(), 6U);
  EXPECT_EQ(positions(follower), wanted);
}

TEST_F(Following, IsSentTheKindsOfStreamTheStreamsAndThePartiesThatHeAsksFor) {
  const Side& ours = stage_.ours();
  client::Follower timesheets, sheet, party, both;
  timesheets.filter().initCategories(1).set(0, schema::Category::TIMESHEET);
  codec::write(ours.sheet.value, sheet.filter().initStreams(1)[0]);
  codec::write(ours.client.value, party.filter().initParties(1)[0]);
  both.filter().initCategories(1).set(0, schema::Category::TIMESHEET);
  codec::write(ours.client.value, both.filter().initParties(1)[0]);
  const auto is_timesheet = [](const Seen& one) {
    return one.stream.category == static_cast<std::uint8_t>(Category::timesheet);
  };
  const auto concerns = [&](const Seen& one) { return one.parties.contains(ours.client.value); };
  EXPECT_EQ(positions(timesheets), expected(is_timesheet));
  EXPECT_EQ(positions(sheet), expected([&](const Seen& one) { return one.stream.id == ours.sheet.value; }));
  EXPECT_EQ(positions(party), expected(concerns));
  EXPECT_EQ(positions(both), expected([&](const Seen& one) { return is_timesheet(one) && concerns(one); }));
  EXPECT_FALSE(expected(concerns).empty());
}

TEST_F(Following, BeginsNowAtATimeOrAtASize) {
  const std::uint64_t size = log_size(office());
  client::Follower now, since, middle;
  now.begin(office(), [](schema::Place::Builder at) { at.setNow(); });
  EXPECT_EQ(now.size(), size);
  const Timestamp instant = whole_[whole_.size() / 2].recorded;
  since.begin(office(), [&](schema::Place::Builder at) { at.setSince(instant.micros); });
  EXPECT_EQ(positions(since), expected([&](const Seen& one) { return one.recorded >= instant; }));
  middle.begin(office(), [&](schema::Place::Builder at) { at.setSize(size - 1); });
  EXPECT_LE(middle.size(), size - 1) << "the end of a command";
  EXPECT_THROW(middle.begin(office(), [&](schema::Place::Builder at) { at.setSize(size + 1); }), client::Refused);

  stage_.act({RegisterPerson{stage_.make<PersonId>(), Box::plain("Somebody")}});
  EXPECT_EQ(positions(now), std::vector{size});
}

TEST_F(Following, WaitsForWhatFitsWhileOtherThingsHappen) {
  client::Desk other(stage_.server(), stage_.staff().at(Role::back_office).token);
  client::Follower follower;
  follower.begin(other.connection(), [](schema::Place::Builder at) { at.setNow(); });
  follower.filter().initTypes(1).set(0, EventTraits<ClientRegistered>::kNumber);
  const ClientId client = stage_.make<ClientId>();
  std::jthread writer([&] {
    client::Desk desk(stage_.server(), stage_.world().office_token());
    SeededRandom random(5);
    for (int i = 0; i < 5; ++i)
      desk.act({RegisterPerson{PersonId(new_uuid(random, client::kBirthOfIds)), Box::plain("Somebody")}}, random);
    desk.act({RegisterClient{client, {"Late Client", {}, {}}, {}}}, random);
  });
  std::vector<Uuid> seen;
  while (seen.empty())
    follower.read_page(other.connection(), 10'000,
                       [&](BytesView record) { seen.push_back(codec::read_meta(record).value().stream.id); });
  EXPECT_EQ(seen, std::vector{client.value});
}

/// Of somebody else, who waits while the office acts.
class Waiting : public Following {
 protected:
  ~Waiting() noexcept override = default;

  static constexpr std::uint32_t kLong = 30'000, kNotLong = 1'500;

  /// Asks for everything from the end of the log on. Returns while the ledger has the question.
  capnp::RemotePromise<schema::Events::NextResults> ask(const Member& member, std::uint32_t wait_ms) {
    desk_.emplace(stage_.server(), member.token);
    auto begin = desk_->connection().events().beginRequest();
    begin.initAt().setNow();
    const auto now = begin.send().wait(desk_->connection().wait_scope());
    auto request = desk_->connection().events().nextRequest();
    request.setCursor(now.getCursor().getCursor());
    request.setWaitMs(wait_ms);
    auto page = request.send();
    desk_->connection().size();  // is answered after the question has come
    return page;
  }
  /// Somebody who may see hours of our client, as long as he has the role.
  GrantRole contact_of_ours(const Member& member) const {
    return {member.person, Role::client_contact, PartyId(stage_.ours().client.value), {}, {}};
  }
  LogPosition enter_hours(int week_number) {
    return stage_.world().office().act({eight_hours(stage_.ours().placement, week_number, stage_.make<EntryId>())},
                                       stage_.random())[0];
  }
  kj::WaitScope& wait_scope() { return desk_->connection().wait_scope(); }

 private:
  std::optional<client::Desk> desk_;
};

TEST_F(Waiting, IsShownNothingMoreOnceHisRoleIsTakenAway) {
  const Member member = stage_.admit("Somebody");
  stage_.act({contact_of_ours(member)});
  auto asked = ask(member, kNotLong);
  stage_.act({RevokeRole{member.person, Role::client_contact, PartyId(stage_.ours().client.value), {}}});
  enter_hours(3);
  const auto response = asked.wait(wait_scope());
  const auto page = response.getPage().getEvents();
  EXPECT_EQ(page.getRecords().size(), 0U);
  EXPECT_EQ(page.getNext().getSize(), log_size(office())) << "the cursor moves over what he may not see";
}

TEST_F(Waiting, IsShownWhatANewRoleLetsHimSee) {
  const Member member = stage_.admit("Somebody");
  auto asked = ask(member, kLong);
  stage_.act({contact_of_ours(member)});
  const LogPosition entered = enter_hours(3);
  const auto response = asked.wait(wait_scope());
  const auto records = response.getPage().getEvents().getRecords();
  ASSERT_GE(records.size(), 1U);
  EXPECT_EQ(codec::read_meta(codec::view_of(records[0])).value().position, entered);
}

TEST_F(Waiting, IsRefusedOnceHisTokensAreLocked) {
  const Member member = stage_.admit("Somebody");
  auto asked = ask(member, kLong);
  stage_.act({LockAccount{member.account}});
  EXPECT_TRUE(asked.wait(wait_scope()).getPage().isRefused());
}

TEST_F(Following, IsRefusedAFilterOfMoreThanAThousandThings) {
  client::Follower follower;
  auto streams = follower.filter().initStreams(1'001);
  for (auto id : streams) codec::write(stage_.new_id(), id);
  EXPECT_THROW(read(follower), client::Refused);
}

TEST_F(Following, IsSeenInTheStatusWithHowFarHeIs) {
  const Member& somebody = stage_.staff().at(Role::auditor);
  client::Desk desk(stage_.server(), somebody.token);
  client::Follower follower;
  follower.read_page(desk.connection(), 0, [](BytesView) {});
  stage_.act({RegisterPerson{stage_.make<PersonId>(), Box::plain("Somebody")}});
  const auto status = office().operations().statusRequest().send().wait(office().wait_scope());
  const auto ledger = status.getResult().getLedger();
  unsigned shown = 0;
  for (const auto one : ledger.getFollowers()) {
    if (codec::read_id(one.getAccount()) != somebody.account.value) continue;
    ++shown;
    EXPECT_EQ(one.getSize(), 0U) << "he asked from there on, and has not asked since";
    EXPECT_EQ(one.getBehind(), ledger.getBasis().getSize());
  }
  EXPECT_EQ(shown, 1U);
}

}  // namespace
}  // namespace placet::e2e
