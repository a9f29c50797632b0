#include <algorithm>

#include "projections/directory/directory.h"
#include "readside/queries.h"
#include "readside/query_walk.h"

namespace placet::readside {

using namespace projections;

namespace {

/// The row of a table by day that is in force on `day`: the last one up to it.
template <class Table>
Result<std::optional<typename Table::Row>> in_force(const View& view, PlacementId placement, Date day) {
  std::optional<typename Table::Row> found;
  PLACET_TRY(view.scan<Table>(
      [&](const typename Table::Key& key, const typename Table::Row& row) {
        if (day < std::get<1>(key)) return false;
        found = row;
        return true;
      },
      placement));
  return found;
}

bool holds(Date from, std::optional<Date> until, Date day) { return from <= day && (!until || day <= *until); }

}  // namespace

Result<Page<Placement>> Queries::placements(const PartyFilter& filter) {
  PLACET_TRY(check_visible(filter));
  Page<Placement> page;
  const auto show = [&](PlacementId id) -> Result<std::size_t> {
    PLACET_ASSIGN(const auto row, view_.get<Placements>(id));
    const SheetParties parties{id, row->worker, row->client, row->agency};
    if (!fits(parties, filter) || !sees(parties, kAudienceOf<domain::PlacementProposed>)) return 0;
    Placement placement;
    PLACET_ASSIGN(placement.parties, named(parties));
    if (sees(parties, kAudienceOf<domain::ContractDrawnUp>)) placement.employment = row->employment;
    placement.from = row->from;
    placement.until = row->until;
    placement.started = row->started;
    placement.ended = row->ended;
    for (const KindSpan& span : row->kinds) {
      placement.period_kinds.push_back({span.kind, span.from});
      if (span.from <= effective_ || placement.period_kind == domain::PeriodKind::unspecified)
        placement.period_kind = span.kind;
    }
    if (sees(parties, kAudienceOf<domain::PayTermsAgreed>)) {
      PLACET_ASSIGN(const auto terms, in_force<PayTermsByDay>(view_, id, effective_));
      if (terms) placement.pay_per_hour = terms->per_hour;
    }
    if (sees(parties, kAudienceOf<domain::ClientTermsAgreed>)) {
      PLACET_ASSIGN(const auto terms, in_force<ClientTermsByDay>(view_, id, effective_));
      if (terms) placement.client_per_hour = terms->per_hour;
    }
    if (sees(parties, kAudienceOf<domain::PurchaseTermsAgreed>)) {
      PLACET_ASSIGN(const auto terms, in_force<PurchaseTermsByDay>(view_, id, effective_));
      if (terms) placement.purchase_factor = terms->factor;
    }
    PLACET_ASSIGN(placement.approvers, approvers_of(id));
    page.rows.push_back(std::move(placement));
    return 1;
  };
  PLACET_ASSIGN(page.next, (walk<PlacementsOfParty, Placements>(narrowest(filter), show)));
  return page;
}

Result<std::vector<Approver>> Queries::approvers_of(PlacementId placement) {
  std::vector<Approver> approvers;
  PLACET_TRY(view_.scan<Approvers>(
      [&](const Approvers::Key& key, const Approvers::Row& row) {
        const auto& [of, person, from] = key;
        if (holds(from, row.until, effective_)) approvers.push_back({person, {}, from, row.until, {}});
        return true;
      },
      placement));
  PLACET_TRY(view_.scan<Substitutes>(
      [&](const Substitutes::Key& key, const Substitutes::Row& row) {
        const auto& [of, holder, person, from] = key;
        if (holds(from, row.until, effective_)) approvers.push_back({person, {}, from, row.until, holder});
        return true;
      },
      placement));
  for (Approver& approver : approvers) {
    PLACET_ASSIGN(approver.name, names_.person(approver.person));
  }
  return approvers;
}

Result<Page<Worker>> Queries::workers(const PartyFilter& filter) {
  PLACET_TRY(check_visible(filter));
  Page<Worker> page;
  PLACET_ASSIGN(page.next, walk_all<Workers>([&](WorkerId id) -> Result<std::size_t> {
                  PLACET_ASSIGN(const auto row, view_.get<Workers>(id));
                  if (!sees({id.value, row->agency.value}, kAudienceOf<domain::WorkerRegistered>)) return 0;
                  PLACET_ASSIGN(const bool wanted, meets(id.value, row->agency, filter));
                  if (!wanted) return 0;
                  Worker worker;
                  worker.worker = id;
                  worker.person = row->person;
                  PLACET_ASSIGN(worker.name, names_.person(row->person));
                  worker.agency = row->agency;
                  PLACET_ASSIGN(worker.agency_name, names_.agency(row->agency));
                  page.rows.push_back(std::move(worker));
                  return 1;
                }));
  return page;
}

Result<Page<Organisation>> Queries::clients(const PartyFilter& filter) {
  PLACET_TRY(check_visible(filter));
  Page<Organisation> page;
  PLACET_ASSIGN(page.next, walk_all<Clients>([&](ClientId id) -> Result<std::size_t> {
                  PLACET_ASSIGN(const auto row, view_.get<Clients>(id));
                  if (!sees({id.value, row->agency.value}, kAudienceOf<domain::ClientRegistered>)) return 0;
                  PLACET_ASSIGN(const bool wanted, meets(id.value, row->agency, filter));
                  if (!wanted) return 0;
                  PLACET_ASSIGN(std::string agency, names_.agency(row->agency));
                  page.rows.push_back({PartyId(id.value), row->company, row->agency, std::move(agency)});
                  return 1;
                }));
  return page;
}

Result<Page<Organisation>> Queries::agencies(const PartyFilter& filter) {
  PLACET_TRY(check_visible(filter));
  Page<Organisation> page;
  PLACET_ASSIGN(page.next, walk_all<Agencies>([&](AgencyId id) -> Result<std::size_t> {
                  PLACET_ASSIGN(const auto row, view_.get<Agencies>(id));
                  if (!sees({id.value}, kAudienceOf<domain::AgencyRegistered>)) return 0;
                  PLACET_ASSIGN(const bool wanted, meets(id.value, id, filter));
                  if (!wanted) return 0;
                  page.rows.push_back({PartyId(id.value), row->company, {}, {}});
                  return 1;
                }));
  return page;
}

Result<Page<Person>> Queries::persons() {
  Page<Person> page;
  PLACET_ASSIGN(page.next, walk_all<Persons>([&](PersonId id) -> Result<std::size_t> {
                  if (!is_staff() && id != context_.caller.actor.person) return 0;
                  PLACET_ASSIGN(const auto row, view_.get<Persons>(id));
                  Person person;
                  person.person = id;
                  PLACET_ASSIGN(person.name, names_.person(id));
                  person.registered_at = row->registered_at;
                  person.verified = row->verified.value_or(domain::VerificationMethod::unspecified);
                  person.same_as = row->same_as;
                  PLACET_ASSIGN(person.roles, roles_of(id));
                  PLACET_ASSIGN(person.accounts, accounts_of(id));
                  page.rows.push_back(std::move(person));
                  return 1;
                }));
  return page;
}

Result<std::vector<AccountId>> Queries::accounts_of(PersonId person) const {
  std::vector<AccountId> accounts;
  PLACET_TRY(view_.scan<AccountsOfPerson>(
      [&](const AccountsOfPerson::Key& key, const Present&) {
        accounts.push_back(std::get<1>(key));
        return true;
      },
      person));
  return accounts;
}

Result<std::vector<HeldRole>> Queries::roles_of(PersonId person) {
  std::vector<HeldRole> roles;
  PLACET_TRY(view_.scan<Roles>(
      [&](const Roles::Key& key, const Roles::Row& row) {
        const auto& [of, role, scope] = key;
        if (holds(row.from, row.until, effective_)) roles.push_back({role, scope, {}, row.from, row.until});
        return true;
      },
      person));
  for (HeldRole& held : roles) {
    switch (held.role) {
      case domain::Role::worker: {
        PLACET_ASSIGN(held.scope_name, names_.worker(WorkerId(held.scope.value)));
        break;
      }
      case domain::Role::agency: {
        PLACET_ASSIGN(held.scope_name, names_.agency(AgencyId(held.scope.value)));
        break;
      }
      default: {
        PLACET_ASSIGN(held.scope_name, names_.client(ClientId(held.scope.value)));
      }
    }
  }
  return roles;
}

Result<Page<Account>> Queries::accounts() {
  Page<Account> page;
  PLACET_ASSIGN(page.next, walk_all<Accounts>([&](AccountId id) -> Result<std::size_t> {
                  PLACET_ASSIGN(const auto row, view_.get<Accounts>(id));
                  if (!is_staff() && row->person != context_.caller.actor.person) return 0;
                  Account account;
                  account.account = id;
                  account.person = row->person;
                  PLACET_ASSIGN(account.name, names_.person(row->person));
                  PLACET_ASSIGN(account.email, names_.text(row->email, row->person.value, "email"));
                  account.opened_at = row->opened_at;
                  account.locked = row->locked;
                  for (const auto& token : row->tokens)
                    account.tokens.push_back({token.id, token.kind, token.expires, token.client_system, token.ended});
                  page.rows.push_back(std::move(account));
                  return 1;
                }));
  return page;
}

Result<std::string> Queries::email_of(PersonId person) {
  if (!is_staff() && person != context_.caller.actor.person) return fail(ErrorCode::not_found, "no such person");
  PLACET_ASSIGN(const auto accounts, accounts_of(person));
  for (const AccountId account : accounts) {
    PLACET_ASSIGN(const auto row, view_.get<Accounts>(account));
    if (!row || row->locked) continue;
    PLACET_ASSIGN(std::string email, names_.text(row->email, person.value, "email"));
    if (email != kErased) return email;
  }
  return std::string();
}

Result<Page<CalendarLine>> Queries::calendar(const CalendarFilter& filter) {
  Page<CalendarLine> page;
  PLACET_ASSIGN(page.next, walk_all<CalendarPeriods>([&](const CalendarPeriods::Key& key) -> Result<std::size_t> {
                  const auto& [kind, first] = key;
                  PLACET_ASSIGN(const auto row, view_.get<CalendarPeriods>(key));
                  if (filter.kind != domain::PeriodKind::unspecified && filter.kind != kind) return 0;
                  if ((filter.from && row->last < *filter.from) || (filter.until && *filter.until < first)) return 0;
                  page.rows.push_back({kind, *row});
                  return 1;
                }));
  return page;
}

}  // namespace placet::readside
