#include <algorithm>

#include "domain/placement/checks.h"
#include "domain/placement/placement.h"
#include "domain/pricing/pricing.h"

// From the proposal to the agreement: who works where, and at what terms.

namespace placet::domain {

namespace {

constexpr std::int32_t kSurchargeMax = 100'000;  // basis points: ten times the rate
constexpr std::int32_t kFactorMax = 1'000'000;   // a hundred times the pay rate

std::expected<void, Rejection> check_rate(Money per_hour, Money travel_per_km,
                                          const std::vector<Surcharge>& surcharges) {
  if (per_hour.count() <= 0 || per_hour > kRateMax)
    return refuse(RejectionCode::malformed, "terms.perHour: must be above 0, and 100,000.00 at most");
  if (travel_per_km.count() < 0) return refuse(RejectionCode::malformed, "terms.travelPerKm: must not be negative");
  for (auto one = surcharges.begin(); one != surcharges.end(); ++one) {
    if (one->basis_points < 0 || one->basis_points > kSurchargeMax)
      return refuse(RejectionCode::malformed, "terms.surcharges.basisPoints: must be 0 to 100,000");
    if (std::any_of(surcharges.begin(), one, [&](const Surcharge& other) { return other.hour_type == one->hour_type; }))
      return refuse(RejectionCode::malformed, "terms.surcharges: names an hour type twice");
  }
  return {};
}

std::expected<void, Rejection> check_terms(const PayTerms& terms) {
  return check_rate(terms.per_hour, terms.travel_per_km, terms.surcharges);
}
std::expected<void, Rejection> check_terms(const ClientTerms& terms) {
  return check_rate(terms.per_hour, terms.travel_per_km, terms.surcharges);
}
std::expected<void, Rejection> check_terms(const PurchaseTerms& terms) {
  if (terms.factor < 10'000)
    return refuse(RejectionCode::malformed, "terms.factor: must be at least 10,000, which is 1.00");
  if (terms.factor > kFactorMax) return refuse(RejectionCode::malformed, "terms.factor: must be 1,000,000 at most");
  if (terms.fee_per_hour.count() < 0 || terms.fee_per_hour > kRateMax)
    return refuse(RejectionCode::malformed, "terms.feePerHour: must not be negative, and 100,000.00 at most");
  return {};
}

/// Pay, client and purchase terms are three facts, because no party may see all three.
template <class Agreed, class C, class T>
Decision agree(const States& states, const C& command, const std::vector<Dated<T>>& before) {
  const Placement& placement = states.placement(command.placement);
  if (auto checked = check_open(placement); !checked) return std::unexpected(std::move(checked).error());
  if (auto checked = check_terms(command.terms); !checked) return std::unexpected(std::move(checked).error());
  if (command.from < placement.from)
    return refuse(RejectionCode::malformed, "from: the placement begins on " + placement.from.to_string());
  if (before.size() >= kTermsMax)
    return refuse(RejectionCode::too_large, "placement: 256 terms already; propose a new placement");
  return one(stream_of(command.placement), Agreed{command.terms, command.from}, command.from,
             placement.parties(command.placement));
}

}  // namespace

void needs(const ProposePlacement& command, const Facts& facts, Needs& out) {
  out.states.push_back(stream_of(command.placement));
  out.states.push_back(stream_of(command.worker));
  out.states.push_back(stream_of(command.client));
  out.states.push_back(stream_of(command.employment));
  out.states.push_back(stream_of(facts.actor.person));
  need(command.agency, out);
}
void needs(const AgreePayTerms& command, const Facts&, Needs& out) {
  out.states.push_back(stream_of(command.placement));
}
void needs(const AgreeClientTerms& command, const Facts&, Needs& out) {
  out.states.push_back(stream_of(command.placement));
}
void needs(const AgreePurchaseTerms& command, const Facts&, Needs& out) {
  out.states.push_back(stream_of(command.placement));
}
void needs(const SendAgreement& command, const Facts&, Needs& out) {
  out.states.push_back(stream_of(command.placement));
  need(command.client, out);
}
void needs(const AcceptAgreement& command, const Facts& facts, Needs& out) {
  out.states.push_back(stream_of(command.placement));
  out.states.push_back(stream_of(facts.actor.person));
  need(command.client, out);
}
void needs(const ConfirmAssignment& command, const Facts&, Needs& out) {
  out.states.push_back(stream_of(command.placement));
}

Parties parties_of(const States&, const ProposePlacement& command, const Facts&) {
  return command.agency.is_nil() ? Parties{} : Parties{PartyId(command.agency.value)};
}
Parties parties_of(const States& states, const AcceptAgreement& command, const Facts&) {
  return states.placement(command.placement).parties(command.placement);
}

Decision decide(const States& states, const ProposePlacement& command, const Facts& facts) {
  if (!states.placement(command.placement).worker.is_nil())
    return refuse(RejectionCode::already_exists, "placement: this id is in use already");
  const Worker& worker = states.worker(command.worker);
  const Client& client = states.client(command.client);
  const Employment& employment = states.employment(command.employment);
  // To an agency the workers and clients of others do not exist.
  const bool office =
      facts.actor.strength == Strength::system || states.person(facts.actor.person).has(Role::back_office, facts.today);
  if (worker.person.is_nil() || (!office && worker.agency != command.agency))
    return refuse(RejectionCode::not_found, "worker: no such worker; register him first");
  if (!client.registered || (!office && client.agency != command.agency))
    return refuse(RejectionCode::not_found, "client: no such client; register it first");
  if (!command.agency.is_nil() && !states.agency(command.agency).registered)
    return refuse(RejectionCode::not_found, "agency: no such agency; register it first");
  if (employment.worker != command.worker)
    return refuse(RejectionCode::not_found, "employment: this worker has no such contract; draw it up first");
  if (employment.last_day)
    return refuse(RejectionCode::ended, "employment: ended on " + employment.last_day->to_string());
  if (command.until && *command.until < command.from)
    return refuse(RejectionCode::malformed, "until: lies before `from`");
  if (employment.placements.size() >= kPlacementsPerEmploymentMax)
    return refuse(RejectionCode::too_large, "employment: 512 placements already; draw up a new contract");
  const PlacementProposed proposed{command.worker,     worker.person, command.client, command.agency,
                                   command.employment, command.kind,  command.from,   command.until};
  const Parties parties = evolve(Placement{}, proposed, {}).parties(command.placement);
  Events events = one(stream_of(command.placement), proposed, command.from, parties);
  events.push_back({stream_of(command.employment),
                    PlacementLinked{command.placement, command.kind, command.from, command.until}, command.from,
                    parties});
  return events;
}

Decision decide(const States& states, const AgreePayTerms& command, const Facts&) {
  return agree<PayTermsAgreed>(states, command, states.placement(command.placement).pay);
}
Decision decide(const States& states, const AgreeClientTerms& command, const Facts&) {
  return agree<ClientTermsAgreed>(states, command, states.placement(command.placement).client_terms);
}
Decision decide(const States& states, const AgreePurchaseTerms& command, const Facts&) {
  const Placement& placement = states.placement(command.placement);
  if (!placement.worker.is_nil() && placement.agency.is_nil())
    return refuse(RejectionCode::malformed, "placement: has no agency, so nothing is purchased");
  return agree<PurchaseTermsAgreed>(states, command, placement.purchase);
}

Decision decide(const States& states, const SendAgreement& command, const Facts& facts) {
  const Placement& placement = states.placement(command.placement);
  if (auto checked = check_open(placement); !checked) return std::unexpected(std::move(checked).error());
  if (auto checked = check_hint("client", command.client, placement.client); !checked)
    return std::unexpected(std::move(checked).error());
  if (command.approvers.empty()) return refuse(RejectionCode::malformed, "approvers: name who will approve the hours");
  const Client& client = states.client(command.client);
  for (const PersonId person : command.approvers) {
    if (!client.has(person, ContactKind::approver))
      return refuse(RejectionCode::not_found,
                    "approvers: " + person.to_string() + " is no approver of this client; add the contact first");
  }
  return one(stream_of(command.placement), AgreementSent{command.text_hash, command.approvers}, facts.today,
             placement.parties(command.placement));
}

Decision decide(const States& states, const AcceptAgreement& command, const Facts& facts) {
  const Placement& placement = states.placement(command.placement);
  if (auto checked = check_open(placement); !checked) return std::unexpected(std::move(checked).error());
  if (auto checked = check_hint("client", command.client, placement.client); !checked)
    return std::unexpected(std::move(checked).error());
  if (!placement.agreement) return refuse(RejectionCode::not_ready, "placement: no agreement was sent yet");
  if (*placement.agreement != command.text_hash)
    return refuse(RejectionCode::moved, "textHash: the agreement has another text by now; read it again");
  if (!states.client(command.client).has(states.person(facts.actor.person), ContactKind::signatory))
    return refuse_by_control(RejectionCode::not_a_signatory);
  if (placement.agreement_accepted)
    return refuse(RejectionCode::already_exists, "placement: the agreement is accepted already");
  const Parties parties = placement.parties(command.placement);
  Events events = one(stream_of(command.placement), AgreementAccepted{command.text_hash}, facts.today, parties);
  for (const PersonId person : placement.first_approvers) {
    if (placement.approver_on(person, facts.today)) continue;
    const Date from = std::min(placement.from, facts.today);
    events.push_back(
        {stream_of(command.placement), placement.appointment_of(person, from, std::nullopt), from, parties});
  }
  return events;
}

Decision decide(const States& states, const ConfirmAssignment& command, const Facts& facts) {
  const Placement& placement = states.placement(command.placement);
  if (auto checked = check_open(placement); !checked) return std::unexpected(std::move(checked).error());
  return one(stream_of(command.placement), AssignmentConfirmed{command.text_hash}, facts.today,
             placement.parties(command.placement));
}

}  // namespace placet::domain
