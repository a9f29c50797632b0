#include "access/hints.h"

#include <algorithm>
#include <map>
#include <type_traits>

#include "codec/command.h"
#include "codec/record.h"
#include "domain/timesheet/hours.h"

namespace placet::access {

namespace {

template <class Id>
void fill(Id& hint, Id known) {
  if (hint.is_nil()) hint = known;
}

}  // namespace

template <class State, class Id>
Result<State> Hints::state_of(Id id) {
  PLACET_ASSIGN(const auto stream, streams_.get(domain::stream_of(id)));
  const auto* state = std::get_if<State>(&stream->state);
  return state != nullptr ? *state : State{};
}

Result<void> Hints::fill_optional(domain::Command& command) {
  return std::visit(
      [&]<class C>(C& one) -> Result<void> {
        if constexpr (std::is_same_v<C, domain::ImportHours>) {
          for (domain::RecordEntry& entry : one.entries) PLACET_TRY(fill_from_placement(entry));
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
  if constexpr (requires { command.worker; }) fill(command.worker, placement.worker);
  if constexpr (requires { command.client; }) fill(command.client, placement.client);
  if constexpr (requires { command.employment; }) fill(command.employment, placement.employment);
  return {};
}

template <class C>
Result<void> Hints::fill_other_sheets(C& command) {
  PLACET_ASSIGN(const auto employment, state_of<domain::Employment>(command.employment));
  std::map<CalendarId, domain::Calendar> calendars;
  for (const Date day : domain::days_touched(command.worked)) {
    const CalendarId id = domain::four_weeks_calendar_of(ledger_, day);
    PLACET_ASSIGN(calendars[id], state_of<domain::Calendar>(id));
  }
  command.other_sheets = domain::other_sheets(
      employment, ledger_, domain::sheet_of(ledger_, command.placement, command.period), command.worked,
      [&](Date day) -> const domain::Calendar& { return calendars[domain::four_weeks_calendar_of(ledger_, day)]; });
  return {};
}

Result<void> Hints::fill_server(domain::Command& command) {
  if (auto* join = std::get_if<domain::JoinPersons>(&command)) {
    PLACET_ASSIGN(const auto person, state_of<domain::Person>(join->person));
    PLACET_ASSIGN(const auto other, state_of<domain::Person>(join->other));
    std::set_union(person.same_as.begin(), person.same_as.end(), other.same_as.begin(), other.same_as.end(),
                   std::back_inserter(join->members));
  } else if (auto* revoke = std::get_if<domain::RevokeRole>(&command)) {
    PLACET_ASSIGN(const auto person, state_of<domain::Person>(revoke->person));
    for (const domain::Delegation& given : person.delegations) {
      if (given.role == revoke->role && given.scope == revoke->scope) revoke->delegates.push_back(given.to);
    }
  }
  return std::visit(
      [&]<class C>(C& one) -> Result<void> {
        if constexpr (std::is_same_v<C, domain::ImportHours>) {
          for (domain::RecordEntry& entry : one.entries) PLACET_TRY(fill_other_sheets(entry));
        } else if constexpr (requires { one.other_sheets; }) {
          return fill_other_sheets(one);
        }
        return {};
      },
      command);
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
