#include "access/prepare.h"

#include <fmt/format.h>

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <variant>

#include "access/hours.h"
#include "access/natural_key.h"
#include "access/text_rules.h"
#include "base/check.h"
#include "base/log.h"
#include "codec/issues.h"
#include "schema/plain_codec.h"

namespace placet::access {

namespace {

using domain::Rejection;
using domain::RejectionCode;
using Checked = std::expected<void, Rejection>;

const Date kDayMin = *Date::of(1900, 1, 1);
const Date kDayMax = *Date::of(2199, 12, 31);

/// The local day that a command is about, if it has one: the day that decide takes as effectiveOn.
struct NamedDay {
  std::optional<Date> day;
  std::string_view path;
};

template <class Command>
NamedDay day_of(const Command& command) {
  if constexpr (requires { command.worked.day; }) {
    return {command.worked.day, "worked.day"};
  } else if constexpr (requires { std::optional<Date>(command.day); }) {
    return {command.day, "day"};
  } else if constexpr (requires { std::optional<Date>(command.from); }) {
    return {command.from, "from"};
  } else {
    return {};
  }
}

void check_secret(const Box& box, const codec::SealingOf& sealing, const Uuid& subject, const ReservationId* index,
                  codec::Issues& issues) {
  if (box.empty()) return;
  if (!box.is_plain()) return issues.add(sealing.from, "must be the text itself, not a sealed box");
  if (subject.is_nil()) return issues.add(sealing.from, "belongs to nobody: the id of its subject is missing");
  if (const auto fault = fault_of(box.bytes())) return issues.add(sealing.from, *fault);
  const NaturalKey* key = natural_key_of(sealing);
  PLACET_CHECK(key != nullptr || index == nullptr, "a blind index without a natural key");
  if (key == nullptr) return;
  if (const auto normal = key->normal_form(box.bytes()); !normal) issues.add(sealing.from, normal.error());
}

template <class Command>
void check(Command& command, codec::Issues& issues) {
  codec::for_each_text(command, [&](std::string_view text, std::string_view path) {
    if (const auto fault = fault_of(text)) issues.add(path, *fault);
  });
  codec::for_each_secret(
      command, [&](const Box& box, const codec::SealingOf& sealing, const Uuid& subject, const ReservationId* index) {
        check_secret(box, sealing, subject, index, issues);
      });
  const NamedDay named = day_of(command);
  if (named.day && (*named.day < kDayMin || *named.day > kDayMax))
    issues.add(named.path, "must lie between 1900-01-01 and 2199-12-31");
}

template <class Command>
Result<void> seal_secrets(Command& command, CommandId id, const Preparation& env) {
  const int year = day_of(command).day.value_or(env.today).year();
  Result<void> outcome;
  codec::for_each_secret(command,
                         [&](Box& box, const codec::SealingOf& sealing, const Uuid& subject, ReservationId* index) {
                           if (box.empty() || !outcome) return;
                           if (index != nullptr) {
                             const NaturalKey* key = natural_key_of(sealing);
                             *index = env.vault.blind_index(key->kind, key->normal_form(box.bytes()).value());
                           }
                           const BoxContext context{env.ledger, subject, id, sealing.event, sealing.field};
                           auto sealed = env.vault.seal(box.bytes(), context, sealing.retention, year);
                           if (sealed)
                             box = *std::move(sealed);
                           else
                             outcome = std::unexpected(std::move(sealed).error());
                         });
  return outcome;
}

std::unexpected<Rejection> refuse_for(const Error& error, std::string_view command) {
  if (error.code == ErrorCode::erased)
    return domain::refuse(RejectionCode::erased, fmt::format("{}: {}", command, error.message));
  log::error("{} could not be prepared: {}", command, error.message);
  return domain::refuse(RejectionCode::overloaded,
                        "the ledger could not store what the command needs; try again with the same command id");
}

/// What a command is made of: itself, or the commands that it holds a list of.
template <class Command>
std::span<Command> parts_of(Command& command) {
  return {&command, 1};
}
std::span<domain::RecordEntry> parts_of(domain::ImportHours& command) { return command.entries; }

template <class Part>
Checked check_part(Part& part, std::string_view path, const Preparation& env) {
  codec::Issues issues;
  const auto scope = issues.enter(path);
  check(part, issues);
  if (!issues.empty()) return domain::refuse(RejectionCode::malformed, issues.text());
  if constexpr (requires { part.worked; }) return resolve_hours(part.worked, env.zone, path);
  return {};
}

template <class Command>
Checked prepare_one(Command& command, CommandId id, const Preparation& env) {
  constexpr std::string_view kName = domain::CommandTraits<Command>::kName;
  codec::clear_server_fields(command);
  const auto parts = parts_of(command);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    constexpr bool kIsList = !std::is_same_v<std::remove_reference_t<decltype(parts[i])>, Command>;
    const std::string path = kIsList ? fmt::format("{}.entries[{}]", kName, i) : std::string(kName);
    if (auto checked = check_part(parts[i], path, env); !checked) return checked;
  }
  for (auto& part : parts) {
    if (auto sealed = seal_secrets(part, id, env); !sealed) return refuse_for(sealed.error(), kName);
  }
  return {};
}

Checked prepare_one(std::monostate, CommandId, const Preparation&) {
  return domain::refuse(RejectionCode::malformed, "command: unknown or unspecified kind");
}

}  // namespace

Checked prepare(domain::Command& command, CommandId id, const Preparation& env) {
  auto checked = std::visit([&](auto& one) { return prepare_one(one, id, env); }, command);
  if (!checked || !env.fill_server_fields) return checked;
  if (auto filled = env.fill_server_fields(command); !filled)
    return refuse_for(filled.error(), domain::kCommandNames[command.index()]);
  return {};
}

std::expected<std::optional<domain::Command>, Rejection> prepare_for(PersonId actor, domain::Command& command,
                                                                     CommandId id, Hints& hints, Preparation env) {
  const auto refuse = [&](const Error& error) { return refuse_for(error, domain::kCommandNames[command.index()]); };
  if (const auto filled = hints.fill_optional(command); !filled) return refuse(filled.error());
  env.fill_server_fields = [&](domain::Command& sealed) { return hints.fill_server(sealed, actor, env.today); };
  if (auto prepared = prepare(command, id, env); !prepared) return std::unexpected(std::move(prepared).error());
  auto* const agree = std::get_if<domain::AgreeToAct>(&command);
  if (agree == nullptr) return std::nullopt;
  auto proposed = hints.proposed(*agree);
  if (!proposed) return refuse(proposed.error());
  return std::move(*proposed);
}

}  // namespace placet::access
