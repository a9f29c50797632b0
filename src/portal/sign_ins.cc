#include "portal/sign_ins.h"

#include <fmt/format.h>

#include <chrono>
#include <thread>
#include <utility>

#include "access/natural_key.h"
#include "base/log.h"
#include "domain/account/account.h"
#include "domain/authority.h"
#include "domain/streams.h"

namespace placet::portal {

namespace {

constexpr std::string_view kCookie = "__Host-placet";
/// Whoever sees the whole ledger signs in again after so long without a request.
constexpr std::int64_t kIdleMicros = 30 * INT64_C(60'000'000);
constexpr std::size_t kSeenMax = 4'096;
constexpr std::chrono::milliseconds kForgetTakes{400};
constexpr std::string_view kAttributes = "Path=/; Secure; HttpOnly; SameSite=Lax";

std::unexpected<NotLetIn> busy(const Error& error) {
  log::error("nobody could be signed in: {}", error.message);
  return std::unexpected(NotLetIn(LedgerBusy{}));
}

}  // namespace

std::string_view session_of(const Request& request) { return cookie(request, kCookie); }

std::string session_cookie(std::string_view session, bool remember) {
  const std::string age = remember ? fmt::format("; Max-Age={}", domain::kRememberedDays * 86'400) : std::string();
  return fmt::format("{}={}; {}{}", kCookie, session, kAttributes, age);
}

std::string no_session_cookie() { return fmt::format("{}=; {}; Max-Age=0", kCookie, kAttributes); }

Result<std::optional<Visitor>> SignIns::visitor(const Request& request) {
  const Services& services = desk_.services();
  PLACET_ASSIGN(const auto known, services.credentials.look_up(session_of(request)));
  if (!known || known->kind != domain::TokenKind::session) return std::nullopt;
  PLACET_ASSIGN(auto caller, access::caller_of(services.streams, *known, services.clock.now()));
  if (!caller) return std::nullopt;
  caller->actor.channel = domain::Channel::portal;
  PLACET_ASSIGN(const auto stream, services.streams.get(domain::stream_of(caller->actor.person)));
  const Date today = services.zone.local_day(services.clock.now());
  const bool staff = std::get<domain::Person>(stream->state).sees_the_whole_ledger(today);
  const bool one_factor = domain::by_one_factor(caller->actor.strength);
  if (staff && !one_factor && has_idled(known->token)) return std::nullopt;
  return Visitor{*known, std::move(*caller), staff && one_factor};
}

bool SignIns::has_idled(TokenId session) {
  const Timestamp now = desk_.services().clock.now();
  const std::lock_guard lock(seen_mutex_);
  if (seen_.size() >= kSeenMax)
    std::erase_if(seen_, [&](const auto& one) { return one.second.micros < now.micros - kIdleMicros; });
  Timestamp& seen = seen_.try_emplace(session, now).first->second;
  if (seen.micros < now.micros - kIdleMicros) return true;
  seen = now;
  return false;
}

Result<AccountId> SignIns::account_of(std::string_view email) const {
  const Services& services = desk_.services();
  const auto normal = access::normal_email(email);
  if (!normal) return AccountId();
  const ReservationId key = services.vault.blind_index(domain::ReservationKind::account_email, *normal);
  PLACET_ASSIGN(const auto stream, services.streams.get(domain::stream_of(key)));
  const auto* reserved = std::get_if<domain::Reservation>(&stream->state);
  return reserved == nullptr ? AccountId() : AccountId(reserved->owner);
}

Result<domain::Account> SignIns::state_of(AccountId account) const {
  PLACET_ASSIGN(const auto stream, desk_.services().streams.get(domain::stream_of(account)));
  const auto* found = std::get_if<domain::Account>(&stream->state);
  return found == nullptr ? domain::Account() : *found;
}

std::expected<std::string, NotLetIn> SignIns::enter(std::string_view email, std::string_view password, bool remember,
                                                    const Request& request) {
  const auto account = account_of(email);
  if (!account) return busy(account.error());
  const std::string whose = account->is_nil() ? std::string(email) : account->value.to_string();
  const auto now = Throttle::Clock::now();
  if (const auto wait = std::max(by_account_.wait(whose, now), by_address_.wait(request.from, now)); wait.count() > 0)
    return std::unexpected(NotLetIn(WaitFirst{wait}));
  const auto state = state_of(*account);
  if (!state) return busy(state.error());
  const auto matches = desk_.services().passwords.matches(state->password, password);
  if (!matches) return busy(matches.error());
  if (!*matches) {
    by_account_.failed(whose, now);
    by_address_.failed(request.from, now);
    return std::unexpected(NotLetIn(NotKnown{}));
  }
  auto session = begin(*account, domain::SignIn{*account, state->person, domain::Strength::password, remember, {}});
  if (session) {
    by_account_.succeeded(whose);
    by_address_.succeeded(request.from);
  }
  return session;
}

std::expected<std::string, NotLetIn> SignIns::accept(std::string_view invite, std::string_view password,
                                                     const Request& request) {
  const Services& services = desk_.services();
  const auto now = Throttle::Clock::now();
  if (const auto wait = by_address_.wait(request.from, now); wait.count() > 0)
    return std::unexpected(NotLetIn(WaitFirst{wait}));
  const auto known = services.credentials.look_up(invite);
  if (!known) return busy(known.error());
  if (!*known || (*known)->kind != domain::TokenKind::unspecified) {
    by_address_.failed(request.from, now);
    return std::unexpected(NotLetIn(InviteNotGood{}));
  }
  if (const auto fault = access::fault_of_password(password, {})) return std::unexpected(NotLetIn(*fault));
  const AccountId account = (*known)->account;
  const auto state = state_of(account);
  if (!state) return busy(state.error());
  const auto key = services.passwords.keep(password);
  if (!key) return busy(key.error());
  auto session = begin(account, domain::AcceptInvite{account, state->person, (*known)->token, {}, {}}, *key);
  // Busy: nobody knows whether it was carried out after all.
  if (session || std::holds_alternative<LedgerBusy>(session.error())) return session;
  if (const auto forgotten = services.passwords.forget(*key); !forgotten) return busy(forgotten.error());
  return session;
}

/// What is kept of token and password is there before the log says that they count, so that a crash between leaves
/// something that nothing refers to.
std::expected<std::string, NotLetIn> SignIns::begin(AccountId account, domain::Command command, TokenId key) {
  access::Credentials& credentials = desk_.services().credentials;
  auto token = credentials.issue(account, domain::TokenKind::session);
  if (!token) return busy(token.error());
  const auto outcome = desk_.act(std::move(command), [&](domain::Command& prepared) -> Result<void> {
    if (auto* const sign_in = std::get_if<domain::SignIn>(&prepared)) sign_in->session = token->id;
    if (auto* const accept = std::get_if<domain::AcceptInvite>(&prepared)) {
      accept->session = token->id;
      accept->key = key;
    }
    return {};
  });
  if (!outcome) return busy(outcome.error());
  const auto* const refused = std::get_if<domain::Rejection>(&*outcome);
  if (refused == nullptr) return std::move(token->text);
  if (const auto forgotten = credentials.forget(token->id); !forgotten) return busy(forgotten.error());
  switch (refused->code) {
    case domain::RejectionCode::token_spent:
    case domain::RejectionCode::token_expired:
    case domain::RejectionCode::not_found: return std::unexpected(NotLetIn(InviteNotGood{}));
    case domain::RejectionCode::locked: return std::unexpected(NotLetIn(NotKnown{}));
    default: return busy({ErrorCode::denied, refused->message});
  }
}

std::expected<std::string, NotLetIn> SignIns::strengthen(const Visitor& visitor, std::string_view code) {
  const AccountId account = visitor.sign_in.account;
  const std::string whose = fmt::format("totp:{}", account.value.to_string());
  const auto now = Throttle::Clock::now();
  if (const auto wait = by_account_.wait(whose, now); wait.count() > 0)
    return std::unexpected(NotLetIn(WaitFirst{wait}));
  const auto state = state_of(account);
  if (!state) return busy(state.error());
  const auto matches = desk_.services().second_factors.matches(state->totp, code);
  if (!matches) return busy(matches.error());
  if (!*matches) {
    by_account_.failed(whose, now);
    return std::unexpected(NotLetIn(CodeNotGood{}));
  }
  by_account_.succeeded(whose);
  return begin_stronger(visitor);
}

std::expected<std::string, NotLetIn> SignIns::set_up(const Visitor& visitor, std::string_view secret,
                                                     std::string_view code) {
  access::SecondFactors& second_factors = desk_.services().second_factors;
  const auto key = second_factors.keep(secret, code);
  if (!key) return busy(key.error());
  if (!*key) return std::unexpected(NotLetIn(CodeNotGood{}));
  domain::ChangeKey change;
  change.account = visitor.sign_in.account;
  change.kind = domain::KeyKind::totp;
  change.session = visitor.sign_in.token;
  const auto outcome = desk_.act(change, [&](domain::Command& command) -> Result<void> {
    std::get<domain::ChangeKey>(command).key = **key;
    return {};
  });
  if (!outcome) return busy(outcome.error());
  if (std::holds_alternative<domain::Rejection>(*outcome)) {
    if (const auto forgotten = second_factors.forget(**key); !forgotten) return busy(forgotten.error());
    return std::unexpected(NotLetIn(CodeNotGood{}));
  }
  return begin_stronger(visitor);
}

std::expected<std::string, NotLetIn> SignIns::begin_stronger(const Visitor& visitor) {
  domain::SignIn command;
  command.account = visitor.sign_in.account;
  command.person = visitor.caller.actor.person;
  command.strength = domain::Strength::totp;
  auto session = begin(visitor.sign_in.account, command);
  if (!session) return session;
  const Services& services = desk_.services();
  if (const auto left = leave(visitor, CommandId(new_uuid(services.random, services.clock.now()))); !left)
    return busy(left.error());
  return session;
}

Result<bool> SignIns::has_second_factor(const Visitor& visitor) const {
  PLACET_ASSIGN(const auto state, state_of(visitor.sign_in.account));
  return !state.totp.is_nil();
}

std::expected<void, NotLetIn> SignIns::forget_password(std::string_view email, const Request& request) {
  const auto now = Throttle::Clock::now();
  if (const auto wait = by_address_.wait(request.from, now); wait.count() > 0)
    return std::unexpected(NotLetIn(WaitFirst{wait}));
  by_address_.failed(request.from, now);  // each counts: nobody sends mails to many
  const auto account = account_of(email);
  if (!account) return busy(account.error());
  if (!account->is_nil()) {
    // A refusal says that a mail is on its way already, or that the account is locked: nothing for whoever asks.
    if (const auto outcome = desk_.act(domain::ForgetPassword{*account}); !outcome) return busy(outcome.error());
  }
  std::this_thread::sleep_until(now + kForgetTakes);
  return {};
}

Result<void> SignIns::leave(const Visitor& visitor, CommandId id) {
  PLACET_TRY(
      desk_.submit(visitor.caller.actor, {{id, domain::RevokeToken{visitor.sign_in.account, visitor.sign_in.token}}}));
  return desk_.services().credentials.forget(visitor.sign_in.token);
}

}  // namespace placet::portal
