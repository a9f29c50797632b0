#include "rpc/interest.h"

#include <algorithm>

#include "base/sort_unique.h"
#include "domain/authority.h"
#include "domain/streams.h"

namespace placet::rpc {

namespace {

// Beside ids of streams and parties. Nothing is wrong when one of those is the same: what is found is looked at in
// full.
constexpr Uuid kEverything{};
constexpr Uuid key_of_category(std::uint8_t category) { return {1, category}; }
constexpr Uuid key_of_type(std::uint16_t type) { return {2, type}; }

template <class T, class KeyOf>
std::vector<Uuid> keys_of_all(const std::vector<T>& things, KeyOf key_of) {
  std::vector<Uuid> keys;
  std::ranges::transform(things, std::back_inserter(keys), key_of);
  return keys;
}

bool sees_whole_ledger(const domain::Grant& grant) { return domain::is_staff(grant.role); }

/// The narrowest that is said of what fits.
std::vector<Uuid> narrowest(const EventFilter& filter, const std::vector<domain::Grant>& grants) {
  if (!filter.streams().empty()) return filter.streams();
  if (!filter.parties().empty()) return filter.parties();
  if (std::ranges::none_of(grants, sees_whole_ledger))
    return keys_of_all(grants, [](const domain::Grant& grant) { return grant.scope.value; });
  if (!filter.types().empty()) return keys_of_all(filter.types(), key_of_type);
  if (!filter.categories().empty()) return keys_of_all(filter.categories(), key_of_category);
  return {kEverything};
}

}  // namespace

bool Interest::shows(const codec::Header& header, Date today) const {
  return filter.fits(header) && domain::may(caller.grants, header.parties, header.audience, today);
}

bool Interest::is_by_party() const {
  return !filter.parties().empty() || !std::ranges::all_of(caller.grants, sees_whole_ledger);
}

bool Interest::may_change_by(const codec::Header& header) const {
  return header.stream == domain::stream_of(caller.actor.person) ||
         header.stream == domain::stream_of(caller.actor.account);
}

std::vector<Uuid> Interest::keys() const {
  std::vector<Uuid> keys = narrowest(filter, caller.grants);
  keys.push_back(caller.actor.person.value);
  keys.push_back(caller.actor.account.value);
  sort_unique(keys);
  return keys;
}

RecordKeys keys_of(const codec::Header& header) {
  RecordKeys keys{kEverything, key_of_category(header.stream.category), key_of_type(header.type), header.stream.id};
  for (const PartyId party : header.parties) keys.push_back(party.value);
  return keys;
}

}  // namespace placet::rpc
