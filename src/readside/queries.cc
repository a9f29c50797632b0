#include "readside/queries.h"

#include <algorithm>

#include "base/sort_unique.h"
#include "domain/authority.h"
#include "projections/timesheets/timesheets.h"
#include "readside/query_walk.h"

namespace placet::readside {

using namespace projections;

Queries::Queries(Context context)
    : context_(std::move(context)),
      view_(context_.view),
      limit_(std::clamp(context_.asked.limit, 1U, kLimitMax)),
      effective_(context_.asked.effective.value_or(context_.today)),
      names_(view_, context_.vault) {}

bool Queries::is_staff() const {
  return std::ranges::any_of(context_.caller.grants, [&](const domain::Grant& grant) {
    return domain::is_staff(grant.role) && grant.in_force(context_.today);
  });
}

bool Queries::sees(std::initializer_list<Uuid> parties, std::uint16_t audience) const {
  domain::Parties concerned;
  for (const Uuid& party : parties)
    if (!party.is_nil()) concerned.push_back(PartyId(party));
  return domain::may(context_.caller.grants, concerned, audience, context_.today);
}

bool Queries::sees(const SheetParties& parties, std::uint16_t audience) const {
  return sees({parties.worker.value, parties.client.value, parties.agency.value, parties.placement.value}, audience);
}

std::vector<PartyId> Queries::scopes() const {
  std::vector<PartyId> all;
  for (const domain::Grant& grant : context_.caller.grants)
    if (!grant.scope.is_nil() && grant.in_force(context_.today)) all.push_back(grant.scope);
  sort_unique(all);
  return all;
}

namespace {

std::unexpected<Error> no_such_thing(const Uuid& id) {
  return fail(ErrorCode::not_found, id.to_string() + ": no such thing, or not yours to see");
}

}  // namespace

Result<void> Queries::check_visible(std::initializer_list<Uuid> ids) const {
  for (const Uuid& id : ids) {
    if (id.is_nil()) continue;
    PLACET_ASSIGN(const bool visible, is_visible(id));
    if (!visible) return no_such_thing(id);
  }
  return {};
}

Result<void> Queries::check_visible(const PartyFilter& filter) const {
  return check_visible({filter.worker.value, filter.client.value, filter.agency.value});
}

Result<void> Queries::check_visible(const HoursFilter& filter) const {
  PLACET_TRY(check_visible({filter.placement.value, filter.worker.value, filter.client.value, filter.agency.value}));
  PLACET_ASSIGN(const bool sheet, filter.sheet.is_nil() ? true : is_visible(filter.sheet));
  if (!sheet) return no_such_thing(filter.sheet.value);
  PLACET_ASSIGN(const bool approver, filter.approver.is_nil() ? true : is_visible(filter.approver));
  if (!approver) return no_such_thing(filter.approver.value);
  return {};
}

Result<bool> Queries::is_visible(SheetId id) const {
  PLACET_ASSIGN(const auto sheet, view_.get<Sheets>(id));
  return sheet && sees(sheet->parties, kAudienceOf<domain::EntryRecorded>);
}

/// A person shows through those for whom he acts.
Result<bool> Queries::is_visible(PersonId id) const {
  if (id == context_.caller.actor.person) return true;
  if (is_staff()) {
    PLACET_ASSIGN(const auto person, view_.get<Persons>(id));
    return person.has_value();
  }
  Result<bool> visible = false;
  const auto look = [&](const Uuid& scope) {
    visible = is_visible(scope);
    return visible && !*visible;
  };
  PLACET_TRY(view_.scan<Roles>([&](const Roles::Key& key, const auto&) { return look(std::get<2>(key).value); }, id));
  if (!visible || *visible) return visible;
  PLACET_TRY(view_.scan<DelegationsReceived>(
      [&](const DelegationsReceived::Key& key, const auto&) { return look(std::get<3>(key).value); }, id));
  return visible;
}

Result<bool> Queries::meets(const Uuid& party, AgencyId agency, const PartyFilter& filter) const {
  if (!filter.agency.is_nil() && filter.agency != agency) return false;
  const auto is = [](const auto& wanted, const auto&... ids) {
    return wanted.is_nil() || ((wanted.value == ids) || ...);
  };
  if (is(filter.worker, party) && is(filter.client, party)) return true;
  Result<bool> met = false;
  PLACET_TRY(view_.scan<PlacementsOfParty>(
      [&](const PlacementsOfParty::Key& key, const Present&) {
        const PlacementId placement = std::get<1>(key);
        const auto row = view_.get<Placements>(placement);
        if (!row) met = std::unexpected(row.error());
        if (!row) return false;
        const auto& of = **row;
        met = is(filter.worker, of.worker.value) && is(filter.client, of.client.value) &&
              sees({placement, of.worker, of.client, of.agency}, kAudienceOf<domain::PlacementProposed>);
        return !*met;
      },
      PartyId(party)));
  return met;
}

Result<bool> Queries::is_visible(const Uuid& id) const {
  const auto own = scopes();
  if (std::ranges::find(own, PartyId(id)) != own.end()) return true;
  const bool staff = is_staff();
  const auto is_own = [&](AgencyId agency) {
    return staff || std::ranges::find(own, PartyId(agency.value)) != own.end();
  };
  PLACET_ASSIGN(const auto worker, view_.get<Workers>(WorkerId(id)));
  if (worker && is_own(worker->agency)) return true;
  PLACET_ASSIGN(const auto client, view_.get<Clients>(ClientId(id)));
  if (client && is_own(client->agency)) return true;
  PLACET_ASSIGN(const auto agency, view_.get<Agencies>(AgencyId(id)));
  if (agency && staff) return true;
  PLACET_ASSIGN(const auto placement, view_.get<Placements>(PlacementId(id)));
  if (placement && staff) return true;
  return is_visible_by_placement(id);
}

Result<bool> Queries::is_visible_by_placement(const Uuid& id) const {
  bool found = false;
  Result<void> outcome;
  for (const PartyId scope : scopes()) {
    PLACET_TRY(view_.scan<PlacementsOfParty>(
        [&](const PlacementsOfParty::Key& key, const Present&) {
          const PlacementId placement = std::get<1>(key);
          const auto row = view_.get<Placements>(placement);
          if (!row) outcome = std::unexpected(row.error());
          if (!row) return false;
          const auto& of = **row;
          found = id == placement.value || id == of.worker.value || id == of.client.value || id == of.agency.value;
          return !found;
        },
        scope));
    PLACET_TRY(outcome);
    if (found) break;
  }
  return found;
}

Result<Parties> Queries::named(const SheetParties& parties) {
  Parties out{.placement = parties.placement,
              .worker = parties.worker,
              .worker_name = {},
              .client = parties.client,
              .client_name = {},
              .agency = parties.agency,
              .agency_name = {}};
  PLACET_ASSIGN(out.worker_name, names_.worker(parties.worker));
  PLACET_ASSIGN(out.client_name, names_.client(parties.client));
  PLACET_ASSIGN(out.agency_name, names_.agency(parties.agency));
  return out;
}

Result<Parties> Queries::parties_at(PlacementId placement) {
  PLACET_ASSIGN(const auto row, view_.get<Placements>(placement));
  if (!row) return Parties{.placement = placement};
  return named({placement, row->worker, row->client, row->agency});
}

}  // namespace placet::readside
