#include "tests/property/domain/history.h"

// Commands about workers, clients and agencies.

namespace placet::domain::testing {

// --- worker -------------------------------------------------------------------------------------------------------

auto History::register_worker() -> Try {
  // The same person twice, or one who has no work here.
  const AgencyAt& agency = any(agencies_);
  const PersonId person = one_in(2) ? any(workers_).person : any(extras_);
  return {RegisterWorker{mostly(fresh<WorkerId>(), any(workers_).id), person, agency.id}, agency.recruiter};
}

auto History::change_worker_details() -> Try {
  const WorkerAt& worker = any(workers_);
  return {ChangeWorkerDetails{mostly(worker.id, fresh<WorkerId>()), box(), one_in(2) ? box() : Box{}, {}},
          worker.person};
}

auto History::record_citizen_number() -> Try {
  const auto key = mostly(fresh<ReservationId>(), one_in(2) ? ReservationId{} : id<ReservationId>(8), 4);
  return {RecordCitizenNumber{any(workers_).id, box(), key}, any(offices_)};
}

auto History::verify_identity() -> Try {
  const auto right = any_of<RightToWork>(kRightToWorkCount);
  std::optional<Date> until;
  if (mostly(right == RightToWork::permit, right != RightToWork::permit)) until = in_days(-10, 400);
  return {VerifyIdentity{any(workers_).id, any_of<VerificationMethod>(kVerificationMethodCount),
                         any_of<DocumentKind>(kDocumentKindCount), box(), mostly(in_days(100, 500), in_days(-3, 5), 3),
                         right, until},
          any(offices_)};
}

auto History::expire_document() -> Try { return {ExpireDocument{any(workers_).id}, any(offices_)}; }

auto History::change_worker_bank_account() -> Try {
  WorkerAt worker = any(workers_);
  // Mostly of somebody who cannot be paid.
  for (const WorkerAt& other : workers_) {
    const auto& account = story_.state_of<Worker>(stream_of(other.id)).account;
    if ((!account || account->closed) && !one_in(3)) worker = other;
  }
  const EmploymentId owner(story_.state_of<Reservation>(stream_of(employment_of(kLedger, worker.id))).owner);
  return {ChangeWorkerBankAccount{worker.id, one_in(12) ? Box{} : box(), mostly(owner, EmploymentId{}, 40),
                                  batches_of(owner)},
          any(offices_)};
}

auto History::declare_wage_tax() -> Try {
  const WorkerAt& worker = any(workers_);
  return {DeclareWageTax{worker.id, one_in(2), in_days(-5, 30)}, worker.person};
}

auto History::complete_worker_file() -> Try { return {CompleteWorkerFile{any(workers_).id}, any(offices_)}; }

// --- client -------------------------------------------------------------------------------------------------------

auto History::register_client() -> Try {
  const AgencyAt& agency = any(agencies_);
  return {RegisterClient{mostly(fresh<ClientId>(), any(clients_).id, 3), Company{"Client", "87654321", {}}, agency.id},
          agency.recruiter};
}

auto History::add_contact() -> Try {
  const ClientAt& client = any(clients_);
  const PersonId person = one_in(2) ? any(client.approvers) : any(extras_);
  return {AddContact{client.id, person, any_of<ContactKind>(kContactKindCount)},
          mostly(client.signatory, client.approvers[0], 4)};
}

auto History::remove_contact() -> Try {
  const ClientAt& client = any(clients_);
  return {
      RemoveContact{client.id, mostly(any(extras_), any(client.approvers), 4), any_of<ContactKind>(kContactKindCount)},
      mostly(client.signatory, any(offices_), 2)};
}

auto History::ask_credit_check() -> Try { return {AskCreditCheck{any(clients_).id}, any(offices_)}; }

auto History::answer_credit_check() -> Try {
  return {AnswerCreditCheck{any(clients_).id, !one_in(3), money(), in_days(-2, 90)}, any(offices_)};
}

auto History::withdraw_credit_check() -> Try { return {WithdrawCreditCheck{any(clients_).id}, any(offices_)}; }

auto History::accept_conditions() -> Try {
  const ClientAt& client = any(clients_);
  return {AcceptConditions{client.id, text()}, mostly(client.signatory, any(client.approvers), 3)};
}

auto History::complete_client_file() -> Try { return {CompleteClientFile{any(clients_).id}, any(offices_)}; }

auto History::change_billing() -> Try {
  const ClientAt& client = any(clients_);
  const auto percent = static_cast<std::uint16_t>(mostly(25, 101));
  return {ChangeBilling{client.id, Billing{"order 7", {}, percent}}, mostly(client.signatory, any(offices_), 3)};
}

// --- agency -------------------------------------------------------------------------------------------------------

auto History::register_agency() -> Try {
  return {RegisterAgency{mostly(fresh<AgencyId>(), any(agencies_).id, 3), Company{"Agency", "12345678", {}}},
          any(offices_)};
}

auto History::sign_cooperation() -> Try {
  const Cooperation terms{mostly(16'200, 9'000), money(), any_of<PayOutBasis>(kPayOutBasisCount), one_in(2)};
  return {SignCooperation{any(agencies_).id, text(), terms, in_days(-5, 20)}, any(offices_)};
}

auto History::change_agency_bank_account() -> Try {
  return {ChangeAgencyBankAccount{any(agencies_).id, box()}, any(offices_)};
}

auto History::record_admission() -> Try {
  return {RecordAdmission{mostly(any(agencies_).id, fresh<AgencyId>()), "SNA", "1", in_days(-2, 300)}, any(offices_)};
}

}  // namespace placet::domain::testing
