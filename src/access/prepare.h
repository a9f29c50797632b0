#pragma once

#include <expected>
#include <functional>
#include <optional>

#include "access/hints.h"
#include "access/vault.h"
#include "base/zone.h"
#include "domain/rejection.h"

namespace placet::access {

/// Puts what only the caller knows, such as the id of a new token, into $server fields.
using FillServerFields = std::function<Result<void>(domain::Command&)>;

/// What a command is prepared with. All of it outlives the call only.
struct Preparation {
  Vault& vault;
  const Zone& zone;  // the employer's
  LedgerId ledger;
  Date today;  // the employer's local day
  /// Called last, when all else is well, with every $server field empty that `prepare` itself does not fill. May be
  /// empty.
  FillServerFields fill_server_fields = {};
};

/// What every adapter does with a command as received, before it enters the inbox; the request hash is taken before
/// this. In this order, so that nothing is stored for a command that is malformed:
///
///   1. what the client put into $server fields is dropped;
///   2. texts are checked (text_rules.h), a sealed box from a client is refused, days must lie in 1900 to 2199;
///   3. typed hours get their instants, paid minutes and length of day (hours.h);
///   4. blind indexes are filled in, personal texts sealed. The key's year is that of the day the command is about,
///   else
///      that of today.
///
/// Refuses `malformed`, `no_such_time`, `ambiguous_time` or `erased`, and `overloaded` when the keys could not be read
/// or written (the operator's log says why): the same command may be sent again. A refused command is to be thrown
/// away.
std::expected<void, domain::Rejection> prepare(domain::Command& command, CommandId id, const Preparation& env);

/// The same for a command of that person, which may leave out what the ledger knows: before it and last of all come its
/// hints. With `AgreeToAct` answers what the proposal holds that it names, if there is one.
std::expected<std::optional<domain::Command>, domain::Rejection> prepare_for(PersonId actor, domain::Command& command,
                                                                             CommandId id, Hints& hints,
                                                                             Preparation env);

}  // namespace placet::access
