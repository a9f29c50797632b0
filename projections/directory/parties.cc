#include "projections/directory/parties.h"

#include <algorithm>

#include "projections/directory/directory.h"

namespace placet::projections {

namespace {

WorkerFiles::Row& file_of_worker(Directory::Tables& rows, const domain::Meta& meta) {
  return rows.of<WorkerFiles>().edit(WorkerId(meta.stream.id));
}
ClientId client_of(const domain::Meta& meta) { return ClientId(meta.stream.id); }
AgencyId agency_of(const domain::Meta& meta) { return AgencyId(meta.stream.id); }

void replace_unless_empty(Box& old, const Box& box) {
  if (!box.empty()) old = box;
}

}  // namespace

// ---- workers

void Directory::apply(Tables& rows, const domain::WorkerRegistered& event, const Meta& meta) {
  const WorkerId worker(meta.stream.id);
  rows.of<Workers>().put(worker, {event.person, event.agency});
  rows.of<WorkerFiles>().put(worker, {});
  rows.of<WorkerOfPerson>().put(event.person, {worker});
}
void Directory::apply(Tables& rows, const domain::WorkerDetailsChanged& event, const Meta& meta) {
  WorkerFiles::Row& file = file_of_worker(rows, meta);
  replace_unless_empty(file.address, event.address);
  replace_unless_empty(file.phone, event.phone);
  replace_unless_empty(file.birth_date, event.birth_date);
}
void Directory::apply(Tables& rows, const domain::CitizenNumberRecorded&, const Meta& meta) {
  file_of_worker(rows, meta).has_citizen_number = true;
}
void Directory::apply(Tables& rows, const domain::IdentityVerified& event, const Meta& meta) {
  WorkerFiles::Row& file = file_of_worker(rows, meta);
  file.document = event.document;
  file.verified = event.how;
  file.verified_by = meta.actor.person;
  file.document_until = event.valid_until;
  file.document_expired = false;
  file.right_to_work = event.right_to_work;
  file.right_to_work_until = event.right_to_work_until;
}
void Directory::apply(Tables& rows, const domain::DocumentExpired&, const Meta& meta) {
  file_of_worker(rows, meta).document_expired = true;
}
void Directory::apply(Tables& rows, const domain::WorkerBankAccountChanged&, const Meta& meta) {
  file_of_worker(rows, meta).bank_account = meta.position;
}
void Directory::apply(Tables& rows, const domain::WageTaxDeclared& event, const Meta& meta) {
  WorkerFiles::Row& file = file_of_worker(rows, meta);
  file.wage_tax_credit = event.credit;
  file.wage_tax_from = event.from;
}
void Directory::apply(Tables& rows, const domain::WorkerFileCompleted&, const Meta& meta) {
  file_of_worker(rows, meta).completed = true;
}

// ---- clients

void Directory::apply(Tables& rows, const domain::ClientRegistered& event, const Meta& meta) {
  rows.of<Clients>().put(client_of(meta), {event.company, event.agency, std::nullopt});
}
void Directory::apply(Tables& rows, const domain::ContactAdded& event, const Meta& meta) {
  rows.of<Contacts>().put({client_of(meta), event.kind, event.person}, {meta.effective_on});
}
void Directory::apply(Tables& rows, const domain::ContactRemoved& event, const Meta& meta) {
  rows.of<Contacts>().erase({client_of(meta), event.kind, event.person});
}
void Directory::apply(Tables& rows, const domain::CreditCheckAsked&, const Meta& meta) {
  rows.of<ClientCredit>().edit_or_add(client_of(meta)).asked = true;
}
void Directory::apply(Tables& rows, const domain::CreditCheckAnswered& event, const Meta& meta) {
  rows.of<ClientCredit>().put(client_of(meta), {false, event.granted, event.limit, event.valid_until});
}
void Directory::apply(Tables& rows, const domain::CreditCheckWithdrawn&, const Meta& meta) {
  rows.of<ClientCredit>().erase(client_of(meta));
}
void Directory::apply(Tables& rows, const domain::ConditionsAccepted& event, const Meta& meta) {
  rows.of<Clients>().edit(client_of(meta)).conditions = event.text_hash;
}
void Directory::apply(Tables& rows, const domain::ClientFileCompleted&, const Meta& meta) {
  rows.of<ClientFilesCompleted>().put(client_of(meta), {});
}
void Directory::apply(Tables& rows, const domain::BillingChanged& event, const Meta& meta) {
  rows.of<ClientBilling>().put(client_of(meta), {event.billing});
}

// ---- agencies

void Directory::apply(Tables& rows, const domain::AgencyRegistered& event, const Meta& meta) {
  rows.of<Agencies>().put(agency_of(meta), {event.company, {}, std::nullopt});
}
void Directory::apply(Tables& rows, const domain::CooperationSigned& event, const Meta& meta) {
  rows.of<CooperationTerms>().put({agency_of(meta), event.from}, {event.terms, event.text_hash});
}
void Directory::apply(Tables& rows, const domain::AgencyBankAccountChanged&, const Meta& meta) {
  rows.of<Agencies>().edit(agency_of(meta)).bank_account = meta.position;
}
void Directory::apply(Tables& rows, const domain::AdmissionRecorded& event, const Meta& meta) {
  auto& admissions = rows.of<Agencies>().edit(agency_of(meta)).admissions;
  std::erase_if(admissions, [&](const auto& held) { return held.scheme == event.scheme; });
  admissions.push_back({event.scheme, event.number, event.valid_until});
}

}  // namespace placet::projections
