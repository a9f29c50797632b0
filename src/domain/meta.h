#pragma once

#include <boost/container/static_vector.hpp>
#include <optional>

#include "base/id.h"
#include "base/stream_id.h"
#include "base/time.h"
#include "schema/plain.h"

namespace placet::domain {

/// Whose act it is, and how he had signed in.
struct Actor {
  PersonId person;
  AccountId account;
  Strength strength = Strength::unspecified;
  Channel channel = Channel::unspecified;
  PersonId on_behalf_of;  // nil: for himself
  Right right = Right::own;
  friend bool operator==(const Actor&, const Actor&) = default;
};

/// Worker, client, agency and placement that a fact concerns.
using Parties = boost::container::static_vector<PartyId, 4>;

/// What stands on the envelope of a stored event (schema/record.capnp has the meaning of each field).
struct Meta {
  LogPosition position;
  StreamId stream;
  StreamVersion version;
  std::uint16_t index = 0;
  std::uint16_t count = 0;
  Timestamp recorded_at;
  Date effective_on;
  std::uint16_t audience = 0;
  Actor actor;
  CommandId command;
  std::optional<LogPosition> cause;
  LogPosition producer;
  Parties parties;
  std::optional<Digest> request_hash;

  bool opens_stream() const { return version == StreamVersion{}; }
  LogPosition last_of_command() const { return {position.value + count - index - 1}; }
};

}  // namespace placet::domain
