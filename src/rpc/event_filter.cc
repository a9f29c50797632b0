#include "rpc/event_filter.h"

#include <algorithm>

#include "base/sort_unique.h"
#include "codec/ids.h"

namespace placet::rpc {

namespace {

template <class T>
bool has(const std::vector<T>& wanted, const T& one) {
  return wanted.empty() || std::ranges::binary_search(wanted, one);
}

std::vector<Uuid> ids_in(capnp::List<schema::Id>::Reader from) {
  std::vector<Uuid> ids;
  for (const auto id : from) ids.push_back(codec::read_id(id));
  sort_unique(ids);
  return ids;
}

}  // namespace

EventFilter::EventFilter(schema::EventFilter::Reader from)
    : streams_(ids_in(from.getStreams())), parties_(ids_in(from.getParties())) {
  for (const auto category : from.getCategories()) categories_.push_back(static_cast<std::uint8_t>(category));
  for (const auto type : from.getTypes()) types_.push_back(type);
  sort_unique(categories_);
  sort_unique(types_);
}

bool EventFilter::fits(const codec::Header& header) const {
  return has(categories_, header.stream.category) && has(types_, header.type) && has(streams_, header.stream.id) &&
         (parties_.empty() ||
          std::ranges::any_of(header.parties, [&](PartyId party) { return has(parties_, party.value); }));
}

}  // namespace placet::rpc
