#pragma once

#include "access/credentials.h"
#include "access/stream_cache.h"
#include "access/vault.h"
#include "base/clock.h"
#include "base/zone.h"
#include "engine/inbox.h"
#include "readside/projection_host.h"
#include "store/event_log.h"
#include "store/row_store.h"

namespace placet::reactors {

/// What reactors stand on; owned by app/wiring.cc and alive as long as they.
struct Services {
  LedgerId ledger;
  const Zone& zone;
  Clock& clock;
  const store::EventLog& log;
  store::RowStore& state;
  engine::ServiceAct act;
  readside::ProjectionHost& projections;
  access::StreamCache& streams;
  access::Vault& vault;
  access::Credentials& credentials;
};

}  // namespace placet::reactors
