#include "projections/directory/placements.h"

#include "projections/directory/directory.h"

namespace placet::projections {

namespace {

Employments::Row& employment_of(Directory::Tables& rows, const domain::Meta& meta) {
  return rows.of<Employments>().edit(EmploymentId(meta.stream.id));
}
PlacementId placement_id(const domain::Meta& meta) { return PlacementId(meta.stream.id); }
Placements::Row& placement_of(Directory::Tables& rows, const domain::Meta& meta) {
  return rows.of<Placements>().edit(placement_id(meta));
}

/// Both sign again.
void set_text(Employments::Row& row, const Digest& text, const domain::ContractTerms& terms) {
  row.text = text;
  row.terms = terms;
  row.sent = false;
  row.signed_by_worker.reset();
  row.signed_by_employer.reset();
}

}  // namespace

// ---- employments

void Directory::apply(Tables& rows, const domain::ContractDrawnUp& event, const Meta& meta) {
  const EmploymentId employment(meta.stream.id);
  Employments::Row row;
  row.worker = event.worker;
  row.person = event.person;
  set_text(row, event.text_hash, event.terms);
  rows.of<Employments>().put(employment, row);
  rows.of<EmploymentsOfWorker>().put({event.worker, employment}, {});
}
void Directory::apply(Tables& rows, const domain::ContractSent&, const Meta& meta) {
  employment_of(rows, meta).sent = true;
}
void Directory::apply(Tables& rows, const domain::ContractSigned& event, const Meta& meta) {
  Employments::Row& row = employment_of(rows, meta);
  (event.party == domain::ContractParty::worker ? row.signed_by_worker : row.signed_by_employer) = meta.effective_on;
}
void Directory::apply(Tables& rows, const domain::ContractAmended& event, const Meta& meta) {
  set_text(employment_of(rows, meta), event.text_hash, event.terms);
}
void Directory::apply(Tables& rows, const domain::ContractRenewed& event, const Meta& meta) {
  set_text(employment_of(rows, meta), event.text_hash, event.terms);
}
void Directory::apply(Tables& rows, const domain::EmploymentEndAnnounced& event, const Meta& meta) {
  employment_of(rows, meta).announced_end = event.last_day;
}
void Directory::apply(Tables& rows, const domain::EmploymentEnded& event, const Meta& meta) {
  employment_of(rows, meta).ended = event.last_day;
}
void Directory::apply(Tables& rows, const domain::PlacementLinked& event, const Meta& meta) {
  auto& row = rows.of<EmploymentPlacements>().edit_or_add({EmploymentId(meta.stream.id), event.placement});
  row.kinds.push_back({event.from, event.kind});
  row.until = event.until;
}
void Directory::apply(Tables& rows, const domain::PlacementSpanChanged& event, const Meta& meta) {
  rows.of<EmploymentPlacements>().edit({EmploymentId(meta.stream.id), event.placement}).until = event.until;
}

// ---- placements

void Directory::apply(Tables& rows, const domain::PlacementProposed& event, const Meta& meta) {
  const PlacementId placement = placement_id(meta);
  Placements::Row row;
  row.worker = event.worker;
  row.person = event.person;
  row.client = event.client;
  row.agency = event.agency;
  row.employment = event.employment;
  row.from = event.from;
  row.until = event.until;
  row.kinds = {{event.from, event.kind}};
  rows.of<Placements>().put(placement, row);
  for (const Uuid party : {event.worker.value, event.client.value, event.agency.value})
    if (!party.is_nil()) rows.of<PlacementsOfParty>().put({PartyId(party), placement}, {});
}
void Directory::apply(Tables& rows, const domain::PayTermsAgreed& event, const Meta& meta) {
  rows.of<PayTermsByDay>().put({placement_id(meta), event.from}, event.terms);
}
void Directory::apply(Tables& rows, const domain::ClientTermsAgreed& event, const Meta& meta) {
  rows.of<ClientTermsByDay>().put({placement_id(meta), event.from}, event.terms);
}
void Directory::apply(Tables& rows, const domain::PurchaseTermsAgreed& event, const Meta& meta) {
  rows.of<PurchaseTermsByDay>().put({placement_id(meta), event.from}, event.terms);
}
void Directory::apply(Tables& rows, const domain::AgreementSent& event, const Meta& meta) {
  rows.of<PlacementAgreements>().put(placement_id(meta),
                                     {event.text_hash, event.approvers, std::nullopt, std::nullopt});
}
void Directory::apply(Tables& rows, const domain::AgreementAccepted&, const Meta& meta) {
  PlacementAgreements::Row& row = rows.of<PlacementAgreements>().edit(placement_id(meta));
  row.accepted_by = meta.actor.person;
  row.accepted_on = meta.effective_on;
}
void Directory::apply(Tables& rows, const domain::AssignmentConfirmed& event, const Meta& meta) {
  rows.of<PlacementAssignments>().put(placement_id(meta), {event.text_hash, meta.effective_on});
}
void Directory::apply(Tables& rows, const domain::GatesOverridden& event, const Meta& meta) {
  rows.of<GateOverrides>().put(placement_id(meta), {event.missing, event.due_on, event.reason});
}
void Directory::apply(Tables& rows, const domain::PlacementStarted& event, const Meta& meta) {
  placement_of(rows, meta).started = event.first_day;
}
void Directory::apply(Tables& rows, const domain::ApproverAppointed& event, const Meta& meta) {
  rows.of<Approvers>().put({placement_id(meta), event.person, event.from}, {event.until});
  rows.of<PlacementsOfApprover>().put({event.person, placement_id(meta)}, {});
}
void Directory::apply(Tables& rows, const domain::ApproverEnded& event, const Meta& meta) {
  std::vector<Approvers::Key> shortened;
  rows.of<Approvers>().scan(
      [&](const Approvers::Key& key, const Approvers::Row& row) {
        if (!row.until || event.last_day < *row.until) shortened.push_back(key);
        return true;
      },
      placement_id(meta), event.person);
  for (const Approvers::Key& key : shortened) rows.of<Approvers>().edit(key).until = event.last_day;
}
void Directory::apply(Tables& rows, const domain::SubstituteNamed& event, const Meta& meta) {
  rows.of<Substitutes>().put({placement_id(meta), event.approver, event.substitute, event.from}, {event.until});
  rows.of<PlacementsOfApprover>().put({event.substitute, placement_id(meta)}, {});
}
void Directory::apply(Tables& rows, const domain::PlacementExtended& event, const Meta& meta) {
  placement_of(rows, meta).until = event.until;
}
void Directory::apply(Tables& rows, const domain::PlacementEnded& event, const Meta& meta) {
  Placements::Row& row = placement_of(rows, meta);
  row.until = event.last_day;
  row.ended = true;
}
void Directory::apply(Tables& rows, const domain::PeriodKindChanged& event, const Meta& meta) {
  placement_of(rows, meta).kinds.push_back({event.from, event.kind});
}

// ---- calendar

void Directory::apply(Tables& rows, const domain::CalendarPublished& event, const Meta&) {
  for (const domain::CalendarPeriod& period : event.periods)
    rows.of<CalendarPeriods>().put({event.kind, period.first}, period);
}

}  // namespace placet::projections
