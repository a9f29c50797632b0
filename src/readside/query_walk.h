#pragma once

// How the lists of queries.h are walked; for its own .cc files.

#include <string>
#include <tuple>
#include <type_traits>

#include "projections/directory/directory.h"
#include "projections/invoices/invoices.h"
#include "projections/key.h"
#include "readside/queries.h"

namespace placet::readside {

template <class Event>
inline constexpr std::uint16_t kAudienceOf = domain::EventTraits<Event>::kAudience;

inline std::string bytes_of(const Digest& digest) { return std::string(digest.begin(), digest.end()); }

/// As it stands on paper: `2026-0007`, of a credit note `2026-C0007`; empty for a draft. (query_invoices.cc)
std::string number_of(const projections::Invoices::Row& invoice);

/// The party by whose index to walk: the narrowest that the filter names.
inline Uuid narrowest(const PartyFilter& filter) {
  if (!filter.worker.is_nil()) return filter.worker.value;
  return filter.client.is_nil() ? filter.agency.value : filter.client.value;
}

/// Whether a row about these is one that fits all that the filter gives.
inline bool fits(const projections::SheetParties& parties, const PartyFilter& filter) {
  const auto same = [](const auto& wanted, const auto& id) { return wanted.is_nil() || wanted == id; };
  return same(filter.worker, parties.worker) && same(filter.client, parties.client) &&
         same(filter.agency, parties.agency);
}

namespace detail {

/// What a key of an index by party says behind the party: a key of the list itself.
template <class Key, class Party, class... Rest>
Key behind_party(const std::tuple<Party, Rest...>& key) {
  if constexpr (sizeof...(Rest) == 1) {
    return std::get<1>(key);
  } else {
    return std::apply([](const Party&, const Rest&... rest) { return Key(rest...); }, key);
  }
}

/// Counts what a page has taken and looked at.
class PageMeter {
 public:
  explicit PageMeter(std::uint32_t limit) : limit_(limit) {}
  /// True when that was enough. A row that is not shown costs time too.
  bool full_after(std::size_t rows) {
    rows_ += rows;
    return rows_ >= limit_ || ++looked_at_ >= std::size_t{10} * limit_;
  }

 private:
  const std::size_t limit_;
  std::size_t rows_ = 0;
  std::size_t looked_at_ = 0;
};

}  // namespace detail

/// Shows the rows of one table to `use(key)`, from behind the cursor on, until the page is full. True: it is, and
/// `next` says where the following one starts.
template <class Table, class Use, class... Prefix>
Result<bool> Queries::fill_page(detail::PageMeter& meter, Bytes& next, Use use, const Prefix&... prefix) {
  Result<bool> full = false;
  PLACET_TRY(view_.scan_behind<Table>(
      context_.asked.after,
      [&](const typename Table::Key& key, const typename Table::Row&) {
        const Result<std::size_t> rows = use(key);
        if (!rows) {
          full = std::unexpected(rows.error());
          return false;
        }
        full = meter.full_after(*rows);
        if (*full) next = projections::key_bytes(key);
        return !*full;
      },
      prefix...));
  return full;
}

template <class OfParty, class All, class Use>
Result<Bytes> Queries::walk(const Uuid& named, Use use) {
  if (named.is_nil() && is_staff()) return walk_all<All>(std::move(use));
  const std::vector<PartyId> parties = named.is_nil() ? scopes() : std::vector{PartyId(named)};
  detail::PageMeter meter(limit_);
  Bytes next;
  for (auto party = parties.begin(); party != parties.end(); ++party) {
    // What an earlier party of the caller's has as well was shown with that one.
    const auto shown = [&](typename OfParty::Key key) -> Result<bool> {
      for (auto earlier = parties.begin(); earlier != party; ++earlier) {
        std::get<0>(key) = *earlier;
        PLACET_ASSIGN(const auto row, view_.get<OfParty>(key));
        if (row) return true;
      }
      return false;
    };
    const auto use_once = [&](const typename OfParty::Key& key) -> Result<std::size_t> {
      PLACET_ASSIGN(const bool before, shown(key));
      if (before) return 0;
      return use(detail::behind_party<typename All::Key>(key));
    };
    PLACET_ASSIGN(const bool full, fill_page<OfParty>(meter, next, use_once, *party));
    if (full) break;
  }
  return next;
}

template <class Table, class Use, class... Prefix>
Result<Bytes> Queries::walk_all(Use use, const Prefix&... prefix) {
  detail::PageMeter meter(limit_);
  Bytes next;
  PLACET_TRY(fill_page<Table>(meter, next, std::move(use), prefix...));
  return next;
}

}  // namespace placet::readside
