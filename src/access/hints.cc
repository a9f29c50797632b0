#include "access/hints.h"

#include <algorithm>
#include <type_traits>

#include "base/sort_unique.h"
#include "codec/command.h"
#include "codec/record.h"
#include "domain/timesheet/hours.h"
#include "domain/timesheet/right.h"

namespace placet::access {

namespace {

template <class Id>
void fill(Id& hint, Id known) {
  if (hint.is_nil()) hint = known;
}

}  // namespace

template <class State>
Result<std::shared_ptr<const State>> Hints::state_at(StreamId stream) {
  static const State kNoStream{};
  auto known = std::ranges::find_if(known_, [&](const Known& one) { return one.second && one.first == stream; });
  if (known == known_.end()) {
    PLACET_ASSIGN(auto read, streams_.get(stream));
    known = known_.begin() + static_cast<std::ptrdiff_t>(next_known_++ % known_.size());
    *known = {stream, std::move(read)};
  }
  const auto* state = std::get_if<State>(&known->second->state);
  return std::shared_ptr<const State>(known->second, state != nullptr ? state : &kNoStream);
}

template <class State, class Id>
Result<std::shared_ptr<const State>> Hints::state_of(Id id) {
  return state_at<State>(domain::stream_of(id));
}

Result<void> Hints::fill_optional(domain::Command& command) {
  return std::visit(
      [&]<class C>(C& one) -> Result<void> {
        if constexpr (std::is_same_v<C, domain::ImportHours>) {
          for (domain::RecordEntry& entry : one.entries) PLACET_TRY(fill_from_placement(entry));
        } else if constexpr (std::is_same_v<C, domain::PreparePayments>) {
          for (domain::Payee& payee : one.payees) {
            PLACET_ASSIGN(const auto pay,
                          state_at<domain::PayAccount>(domain::pay_account_stream_of(payee.employment)));
            fill(payee.worker, pay->worker);
            if (const domain::PaymentMade* forgotten = pay->next_forgotten()) fill(payee.forgets, forgotten->batch);
          }
        } else if constexpr (requires { one.placement; } && !std::is_same_v<C, domain::ProposePlacement>) {
          return fill_from_placement(one);
        }
        return {};
      },
      command);
}

template <class C>
Result<void> Hints::fill_from_placement(C& command) {
  PLACET_ASSIGN(const auto placement, state_of<domain::Placement>(command.placement));
  if constexpr (requires { command.worker; }) fill(command.worker, placement->worker);
  if constexpr (requires { command.client; }) fill(command.client, placement->client);
  if constexpr (requires { command.employment; }) fill(command.employment, placement->employment);
  return {};
}

template <class C>
Result<void> Hints::fill_hours(C& command) {
  PLACET_ASSIGN(const auto employment, state_of<domain::Employment>(command.employment));
  PLACET_TRY(add_other_sheets(command, *employment));
  command.person = employment->person;
  PLACET_ASSIGN(const auto person, state_of<domain::Person>(command.person));
  for (const PersonId member : person->same_as) {
    if (member == command.person) continue;
    PLACET_ASSIGN(const auto joined, joined_person(member));
    command.joined.push_back(joined);
    if (joined.employment.is_nil()) continue;
    PLACET_ASSIGN(const auto his, state_of<domain::Employment>(joined.employment));
    PLACET_TRY(add_other_sheets(command, *his));
  }
  return {};
}

Result<domain::JoinedPerson> Hints::joined_person(PersonId person) {
  domain::JoinedPerson joined;
  joined.person = person;
  PLACET_ASSIGN(const auto as_worker, state_of<domain::Reservation>(domain::worker_of(ledger_, person)));
  joined.worker = WorkerId(as_worker->owner);
  if (joined.worker.is_nil()) return joined;
  PLACET_ASSIGN(const auto employed, state_of<domain::Reservation>(domain::employment_of(ledger_, joined.worker)));
  joined.employment = EmploymentId(employed->owner);
  return joined;
}

Result<void> Hints::fill_lender(domain::ApproveHours& command, PersonId actor, Date today) {
  PLACET_ASSIGN(const auto placement, state_of<domain::Placement>(command.placement));
  PLACET_ASSIGN(const auto person, state_of<domain::Person>(actor));
  const auto right = domain::right_on(*placement, *person, today);
  if (right && right->right == domain::Right::delegation) command.lender = right->holder;
  return {};
}

/// Those with payments to the worker that did not come back.
Result<void> Hints::fill_batches(EmploymentId employment, std::vector<BatchId>& batches) {
  PLACET_ASSIGN(const auto pay, state_at<domain::PayAccount>(domain::pay_account_stream_of(employment)));
  for (const domain::PaymentMade& made : pay->made)
    if (!made.back) batches.push_back(made.batch);
  sort_unique(batches);
  return {};
}

Result<void> Hints::fill_credit_notes(std::vector<domain::SheetSeen>& sheets) {
  for (domain::SheetSeen& sheet : sheets) {
    PLACET_ASSIGN(const auto state,
                  state_of<domain::Timesheet>(domain::sheet_of(ledger_, sheet.placement, sheet.period)));
    sheet.credit_note = state->credit_note;
  }
  return {};
}

Result<void> Hints::fill_server(domain::Command& command, PersonId actor, Date today) {
  if (auto* join = std::get_if<domain::JoinPersons>(&command)) {
    PLACET_ASSIGN(const auto person, state_of<domain::Person>(join->person));
    PLACET_ASSIGN(const auto other, state_of<domain::Person>(join->other));
    std::set_union(person->same_as.begin(), person->same_as.end(), other->same_as.begin(), other->same_as.end(),
                   std::back_inserter(join->members));
  } else if (auto* revoke = std::get_if<domain::RevokeRole>(&command)) {
    PLACET_ASSIGN(const auto person, state_of<domain::Person>(revoke->person));
    for (const domain::Delegation& given : person->delegations) {
      if (given.role == revoke->role && given.scope == revoke->scope) revoke->delegates.push_back(given.to);
    }
  } else if (auto* approve = std::get_if<domain::ApproveHours>(&command)) {
    return fill_lender(*approve, actor, today);
  } else if (auto* change = std::get_if<domain::ChangeWorkerBankAccount>(&command)) {
    PLACET_ASSIGN(const auto employed, state_of<domain::Reservation>(domain::employment_of(ledger_, change->worker)));
    change->employment = EmploymentId(employed->owner);
    return fill_batches(change->employment, change->batches);
  } else if (auto* back = std::get_if<domain::ReturnPayment>(&command)) {
    return fill_batches(back->employment, back->batches);
  } else if (auto* lines = std::get_if<domain::AddInvoiceLines>(&command)) {
    return fill_credit_notes(lines->sheets);
  }
  return std::visit(
      [&]<class C>(C& one) -> Result<void> {
        if constexpr (std::is_same_v<C, domain::ImportHours>) {
          for (domain::RecordEntry& entry : one.entries) PLACET_TRY(fill_hours(entry));
        } else if constexpr (requires { one.other_sheets; }) {
          return fill_hours(one);
        }
        return {};
      },
      command);
}

template <class C>
Result<void> Hints::add_other_sheets(C& command, const domain::Employment& employment) {
  Result<std::shared_ptr<const domain::Calendar>> calendar;
  Result<void> read;
  const auto four_weeks_on = [&](Date day) -> const domain::Calendar& {
    static const domain::Calendar kNotRead{};
    calendar = state_of<domain::Calendar>(domain::four_weeks_calendar_of(ledger_, day));
    if (calendar) return **calendar;
    read = std::unexpected(calendar.error());
    return kNotRead;
  };
  domain::add_other_sheets(employment, ledger_, command.placement, command.period, command.worked, four_weeks_on,
                           command.other_sheets);
  return read;
}

Result<std::optional<domain::Command>> Hints::proposed(domain::AgreeToAct& agree) {
  auto record = log_.record(agree.proposal);
  if (!record && record.error().code == ErrorCode::not_found) return std::nullopt;
  if (!record) return std::unexpected(record.error());
  PLACET_ASSIGN(const auto stored, codec::read_record(*record));
  const auto* proposal = std::get_if<domain::ActProposed>(&stored.event);
  if (proposal == nullptr) return std::nullopt;
  agree.proposer = stored.meta.actor.person;
  PLACET_ASSIGN(auto command, codec::read_command(proposal->act));
  return command;
}

}  // namespace placet::access
