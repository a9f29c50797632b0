#include "portal/sign_ins.h"

#include <fmt/format.h>

#include <utility>

#include "access/natural_key.h"
#include "base/log.h"
#include "domain/account/account.h"
#include "domain/streams.h"

namespace placet::portal {

namespace {

constexpr std::string_view kCookie = "__Host-placet";
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

Result<std::optional<Visitor>> SignIns::visitor(const Request& request) const {
  const Services& services = desk_.services();
  PLACET_ASSIGN(const auto known, services.credentials.look_up(session_of(request)));
  if (!known || known->kind != domain::TokenKind::session) return std::nullopt;
  PLACET_ASSIGN(auto caller, access::caller_of(services.streams, *known, services.clock.now()));
  if (!caller) return std::nullopt;
  caller->actor.channel = domain::Channel::portal;
  return Visitor{*known, std::move(*caller)};
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
    case domain::RejectionCode::not_ready: return std::unexpected(NotLetIn(SecondFactorMissing{}));
    case domain::RejectionCode::token_spent:
    case domain::RejectionCode::token_expired:
    case domain::RejectionCode::not_found: return std::unexpected(NotLetIn(InviteNotGood{}));
    case domain::RejectionCode::locked: return std::unexpected(NotLetIn(NotKnown{}));
    default: return busy({ErrorCode::denied, refused->message});
  }
}

Result<void> SignIns::leave(const Visitor& visitor, CommandId id) {
  PLACET_TRY(
      desk_.submit(visitor.caller.actor, {{id, domain::RevokeToken{visitor.sign_in.account, visitor.sign_in.token}}}));
  return desk_.services().credentials.forget(visitor.sign_in.token);
}

}  // namespace placet::portal
