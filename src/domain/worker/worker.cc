#include "domain/worker/worker.h"

#include "domain/payment/payment_batch.h"
#include "domain/states.h"

namespace placet::domain {

namespace {

template <class C>
StreamId stream(const C& command) {
  return stream_of(command.worker);
}

std::unexpected<Rejection> no_worker() {
  return refuse(RejectionCode::not_found, "worker: no such worker; register him first");
}

/// A fact on the worker's own stream that bears from `day`.
template <class C>
Decision fact(const States& states, const C& command, Event event, Date day) {
  const Worker& worker = states.worker(command.worker);
  if (worker.person.is_nil()) return no_worker();
  return one(stream(command), std::move(event), day, worker.parties(command.worker));
}

}  // namespace

Parties Worker::parties(WorkerId id) const {
  Parties all{PartyId(id.value)};
  if (!agency.is_nil()) all.push_back(PartyId(agency.value));
  return all;
}

bool valid_bsn(std::string_view number) {
  if (number.size() != 9) return false;
  int sum = 0;
  bool any = false;
  for (int i = 0; i < 9; ++i) {
    const char digit = number[static_cast<std::size_t>(i)];
    if (digit < '0' || digit > '9') return false;
    sum += (i < 8 ? 9 - i : -1) * (digit - '0');
    any = any || digit != '0';
  }
  return any && sum % 11 == 0;
}

bool Worker::may_work_on(Date day) const {
  return identity && day <= identity->document_until &&
         (!identity->right_to_work_until || day <= *identity->right_to_work_until);
}

Worker evolve(Worker state, const WorkerRegistered& event, const Meta&) {
  state.person = event.person;
  state.agency = event.agency;
  return state;
}
Worker evolve(Worker state, const WorkerDetailsChanged&, const Meta&) { return state; }
Worker evolve(Worker state, const CitizenNumberRecorded&, const Meta&) {
  state.has_citizen_number = true;
  return state;
}
Worker evolve(Worker state, const IdentityVerified& event, const Meta&) {
  state.identity = Identity{event.valid_until, event.right_to_work_until};
  state.expired = false;
  return state;
}
Worker evolve(Worker state, const DocumentExpired&, const Meta&) {
  state.expired = true;
  return state;
}
Worker evolve(Worker state, const WorkerBankAccountChanged& event, const Meta& meta) {
  BankAccount account{meta.position, {}, false};
  // Whoever changed it in the last days is held back for as long, though somebody changed it again since.
  if (state.account) account.changes = std::move(state.account->changes);
  std::erase_if(account.changes, [&](const AccountChange& change) {
    return change.person == event.proposer || change.person == meta.actor.person ||
           meta.recorded_at.micros - change.at.micros >= kAccountHoldDays * kMicrosPerDay;
  });
  for (const PersonId person : {event.proposer, meta.actor.person})
    if (!person.is_nil()) account.changes.push_back({person, meta.recorded_at});
  state.account = std::move(account);
  return state;
}
Worker evolve(Worker state, const BankAccountClosed&, const Meta&) {
  if (state.account) state.account->closed = true;
  return state;
}
Worker evolve(Worker state, const WageTaxDeclared&, const Meta&) { return state; }
Worker evolve(Worker state, const WorkerFileCompleted&, const Meta&) {
  state.file_complete = true;
  return state;
}

void needs(const RegisterWorker& command, const Facts& facts, Needs& out) {
  out.states.push_back(stream(command));
  out.states.push_back(stream_of(command.person));
  out.states.push_back(stream_of(worker_of(facts.ledger, command.person)));
  if (!command.agency.is_nil()) out.states.push_back(stream_of(command.agency));
}
void needs(const ChangeWorkerDetails& command, const Facts&, Needs& out) { out.states.push_back(stream(command)); }
void needs(const RecordCitizenNumber& command, const Facts&, Needs& out) {
  out.states.push_back(stream(command));
  if (!command.number_key.is_nil()) out.states.push_back(stream_of(command.number_key));
}
void needs(const VerifyIdentity& command, const Facts&, Needs& out) { out.states.push_back(stream(command)); }
void needs(const ExpireDocument& command, const Facts&, Needs& out) { out.states.push_back(stream(command)); }
void needs(const ChangeWorkerBankAccount& command, const Facts& facts, Needs& out) {
  out.states.push_back(stream(command));
  out.states.push_back(stream_of(employment_of(facts.ledger, command.worker)));
  if (!command.employment.is_nil()) out.states.push_back(pay_account_stream_of(command.employment));
  for (const BatchId batch : command.batches) out.states.push_back(stream_of(batch));
}
void needs(const DeclareWageTax& command, const Facts&, Needs& out) { out.states.push_back(stream(command)); }
void needs(const CompleteWorkerFile& command, const Facts&, Needs& out) { out.states.push_back(stream(command)); }

Parties parties_of(const States&, const RegisterWorker& command, const Facts&) {
  return command.agency.is_nil() ? Parties{} : Parties{PartyId(command.agency.value)};
}
Parties parties_of(const States&, const ChangeWorkerDetails& command, const Facts&) {
  return {PartyId(command.worker.value)};
}
Parties parties_of(const States&, const DeclareWageTax& command, const Facts&) {
  return {PartyId(command.worker.value)};
}

Decision decide(const States& states, const RegisterWorker& command, const Facts& facts) {
  if (!states.worker(command.worker).person.is_nil())
    return refuse(RejectionCode::already_exists, "worker: this id is registered already");
  if (!states.person(command.person).registered)
    return refuse(RejectionCode::not_found, "person: no such person; register it first");
  if (!command.agency.is_nil() && !states.agency(command.agency).registered)
    return refuse(RejectionCode::not_found, "agency: no such agency; register it first");
  const ReservationId owner = worker_of(facts.ledger, command.person);
  if (!states.reservation(owner).owner.is_nil())
    return refuse(RejectionCode::already_exists, "person: is a worker already; one worker per person");
  const WorkerRegistered registered{command.person, command.agency};
  Events events =
      one(stream(command), registered, facts.today, evolve(Worker{}, registered, {}).parties(command.worker));
  events.push_back(
      {stream_of(owner), Reserved{ReservationKind::worker_of_person, command.worker.value}, facts.today, {}});
  return events;
}

Decision decide(const States& states, const ChangeWorkerDetails& command, const Facts& facts) {
  if (command.address.empty() && command.phone.empty() && command.birth_date.empty())
    return refuse(RejectionCode::malformed, "address, phone, birthDate: give at least one");
  return fact(states, command, WorkerDetailsChanged{command.address, command.phone, command.birth_date}, facts.today);
}

Decision decide(const States& states, const RecordCitizenNumber& command, const Facts& facts) {
  const Worker& worker = states.worker(command.worker);
  if (worker.person.is_nil()) return no_worker();
  if (command.number_key.is_nil()) return refuse(RejectionCode::malformed, "number: is missing");
  if (worker.has_citizen_number) return refuse(RejectionCode::already_exists, "worker: has a citizen number already");
  if (!states.reservation(command.number_key).owner.is_nil())
    return refuse(RejectionCode::already_exists, "number: another worker has it; one worker per citizen number");
  Events events =
      one(stream(command), CitizenNumberRecorded{command.number}, facts.today, worker.parties(command.worker));
  events.push_back({stream_of(command.number_key),
                    Reserved{ReservationKind::citizen_number, command.worker.value},
                    facts.today,
                    {}});
  return events;
}

Decision decide(const States& states, const VerifyIdentity& command, const Facts& facts) {
  if (command.document_number.empty()) return refuse(RejectionCode::malformed, "documentNumber: is missing");
  if (command.valid_until < facts.today)
    return refuse(RejectionCode::malformed, "validUntil: the document has run out");
  if ((command.right_to_work == RightToWork::permit) != command.right_to_work_until.has_value())
    return refuse(RejectionCode::malformed,
                  "rightToWorkUntil: a permit has a last day, an unrestricted right has none");
  return fact(states, command,
              IdentityVerified{command.how, command.document, command.document_number, command.valid_until,
                               command.right_to_work, command.right_to_work_until},
              facts.today);
}

Decision decide(const States& states, const ExpireDocument& command, const Facts& facts) {
  const Worker& worker = states.worker(command.worker);
  if (!worker.identity) return refuse(RejectionCode::not_found, "worker: no document was verified");
  if (worker.may_work_on(facts.today))
    return refuse(RejectionCode::not_ready, "worker: document and right to work still hold today");
  if (worker.expired) return refuse(RejectionCode::already_exists, "worker: the document's end is noted already");
  const Date until = std::min(worker.identity->document_until,
                              worker.identity->right_to_work_until.value_or(worker.identity->document_until));
  return fact(states, command, DocumentExpired{until}, until.plus_days(1));
}

Decision decide(const States& states, const ChangeWorkerBankAccount& command, const Facts& facts) {
  if (command.iban.empty()) return refuse(RejectionCode::malformed, "iban: is missing");
  if (states.reservation(employment_of(facts.ledger, command.worker)).owner != command.employment.value)
    return refuse(RejectionCode::stale, "employment: the worker has another one; read it again");
  // Of both persons; the actor of the event itself is the one who agreed.
  const PersonId proposer = facts.second.is_nil() ? PersonId() : facts.actor.person;
  Decision events = fact(states, command, WorkerBankAccountChanged{command.iban, proposer}, facts.today);
  if (!events || command.employment.is_nil()) return events;
  // What two persons may be about to release would go to the old account.
  auto waiting = take_all_out(states, command.employment, command.batches, facts);
  if (!waiting) return waiting;
  append(*events, *std::move(waiting));
  return events;
}

Decision decide(const States& states, const DeclareWageTax& command, const Facts&) {
  return fact(states, command, WageTaxDeclared{command.credit, command.from}, command.from);
}

Decision decide(const States& states, const CompleteWorkerFile& command, const Facts& facts) {
  if (states.worker(command.worker).file_complete)
    return refuse(RejectionCode::already_exists, "worker: the file is complete already");
  return fact(states, command, WorkerFileCompleted{}, facts.today);
}

}  // namespace placet::domain
