#pragma once

#include "access/credentials.h"
#include "access/notary.h"
#include "access/passwords.h"
#include "access/second_factors.h"
#include "access/stream_cache.h"
#include "access/vault.h"
#include "base/clock.h"
#include "base/random.h"
#include "base/zone.h"
#include "engine/inbox.h"
#include "readside/projection_host.h"
#include "store/event_log.h"

namespace placet::portal {

/// What the portal stands on; owned by app/wiring.cc and alive as long as the portal.
struct Services {
  LedgerId ledger;
  const Zone& zone;
  Clock& clock;
  Random& random;
  const store::EventLog& log;
  engine::Inbox& inbox;
  engine::ServiceAct act;
  readside::ProjectionHost& projections;
  access::StreamCache& streams;
  access::Vault& vault;
  access::Credentials& credentials;
  access::Passwords& passwords;
  access::SecondFactors& second_factors;
  access::Notary& notary;
};

}  // namespace placet::portal
