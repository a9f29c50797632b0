#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "access/caller.h"
#include "access/credentials.h"
#include "access/hints.h"
#include "access/notary.h"
#include "access/prepare.h"
#include "access/vault.h"
#include "base/clock.h"
#include "base/random.h"
#include "base/zone.h"
#include "readside/projection_host.h"
#include "rpc/backups.h"
#include "rpc/engine_port.h"
#include "rpc/growth_signal.h"
#include "rpc/past_views.h"
#include "store/event_log.h"

namespace placet::rpc {

class PageReader;
class Tail;

/// Where a follower stood when it asked last.
struct FollowerAt {
  AccountId account;
  LogSize size;
  Timestamp asked;
};

/// What the RPC server stands on; owned by app/wiring.cc and alive as long as the server.
struct Services {
  LedgerId ledger;
  std::string origin;
  const Zone& zone;
  Clock& clock;
  DemoClock* demo_clock;  // the same, on a demo ledger; null on others
  Random& random;
  const store::EventLog& log;
  const store::RowStore& views;  // as stored: for who checks them
  engine::Inbox& inbox;
  EnginePort* engine = nullptr;  // the way into it; made by the RPC thread itself
  Tail* tail = nullptr;          // of the log; so is this
  PageReader* pages = nullptr;   // of what lies before it; and this
  GrowthSignal& durable;
  GrowthSignal& projected;
  readside::ProjectionHost& projections;
  PastViews& past;
  std::filesystem::path data;  // for how much room it has
  access::StreamCache& streams;
  access::Vault& vault;
  access::Notary& notary;
  BackupThread& backups;
  std::map<TokenId, FollowerAt> followers = {};  // since the start; as many as there are tokens
  access::Credentials& credentials;
  unsigned pins = 0;  // ledgers that somebody holds as of a moment
};

}  // namespace placet::rpc
