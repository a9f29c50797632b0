#pragma once

#include <capnp/message.h>

#include <memory>
#include <utility>
#include <vector>

#include "codec/ids.h"
#include "rpc/interest.h"

namespace placet::testing {

constexpr std::uint16_t bit_of(domain::Role role) {
  return static_cast<std::uint16_t>(1U << static_cast<unsigned>(role));
}

inline const PartyId kOurs{Uuid{3, 1}}, kTheirs{Uuid{3, 2}};

/// Of somebody in that role, who asks for what concerns one of `wanted`; for everything when there is none.
inline std::shared_ptr<const rpc::Interest> interest(domain::Role role, PartyId scope,
                                                     const std::vector<PartyId>& wanted = {}) {
  capnp::MallocMessageBuilder message;
  auto filter = message.initRoot<schema::EventFilter>();
  auto parties = filter.initParties(static_cast<unsigned>(wanted.size()));
  for (unsigned i = 0; i < wanted.size(); ++i) codec::write(wanted[i], parties[i]);
  access::Caller caller;
  caller.actor.person = PersonId({4, 1});
  caller.actor.account = AccountId({4, 2});
  caller.grants = {{role, scope, {}, {}, {}}};
  return std::make_shared<const rpc::Interest>(rpc::EventFilter(filter.asReader()), std::move(caller));
}

/// Of somebody who sees the whole ledger.
inline std::shared_ptr<const rpc::Interest> staff(const std::vector<PartyId>& wanted = {}) {
  return interest(domain::Role::auditor, {}, wanted);
}

}  // namespace placet::testing
