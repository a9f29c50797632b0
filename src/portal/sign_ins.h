#pragma once

#include <expected>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "access/passwords.h"
#include "portal/desk.h"
#include "portal/http.h"
#include "portal/throttle.h"

namespace placet::portal {

/// Who is signed in with a browser.
struct Visitor {
  access::SignIn sign_in;
  access::Caller caller;
  /// He has a role that sees the whole ledger, and has shown one factor only: that role does not count yet.
  bool owes_second_factor = false;
};

/// Why somebody is not let in. One answer for an unknown address, a wrong password and a locked account.
struct NotKnown {};
struct WaitFirst {
  std::chrono::seconds for_so_long;
};
struct CodeNotGood {};
struct InviteNotGood {};
struct LedgerBusy {};
using NotLetIn = std::variant<NotKnown, WaitFirst, CodeNotGood, InviteNotGood, LedgerBusy, access::PasswordFault>;

/// Signing in and out. A session is a token of the account (access/credentials.h), so that it ends when the account is
/// locked, the password changed, or somebody revokes it. Any thread.
class SignIns {
 public:
  explicit SignIns(Desk& desk) : desk_(desk) {}

  /// By the cookie; read again at each request, as everywhere.
  /// Nobody, when he sees the whole ledger and was away for half an hour.
  Result<std::optional<Visitor>> visitor(const Request& request);

  /// The session's text, for a cookie.
  std::expected<std::string, NotLetIn> enter(std::string_view email, std::string_view password, bool remember,
                                             const Request& request);
  /// Of somebody who shows an invite: the password is his from here on, and he is signed in.
  std::expected<std::string, NotLetIn> accept(std::string_view invite, std::string_view password,
                                              const Request& request);
  /// Of somebody who is signed in with his password, and shows a code of his second factor: a stronger session, in the
  /// place of that one.
  std::expected<std::string, NotLetIn> strengthen(const Visitor& visitor, std::string_view code);
  /// The same for somebody who has no second factor yet, and whose authenticator has taken in this secret.
  std::expected<std::string, NotLetIn> set_up(const Visitor& visitor, std::string_view secret, std::string_view code);
  Result<bool> has_second_factor(const Visitor& visitor) const;
  /// Has a mail sent to whoever has that address. Takes as long whether somebody has it or not.
  std::expected<void, NotLetIn> forget_password(std::string_view email, const Request& request);

  /// The browser is signed out at once, everywhere; nothing to say when the session has ended meanwhile.
  Result<void> leave(const Visitor& visitor, CommandId id);

 private:
  /// Nil: there is no such account.
  Result<AccountId> account_of(std::string_view email) const;
  /// Its state; a new one where there is none.
  Result<domain::Account> state_of(AccountId account) const;
  /// Signs in to the account by `command`, whose session and key the service puts in.
  std::expected<std::string, NotLetIn> begin(AccountId account, domain::Command command, TokenId key = {});
  /// A session of both factors in the place of the visitor's.
  std::expected<std::string, NotLetIn> begin_stronger(const Visitor& visitor);
  /// Whether the session was not used for half an hour; that it is now.
  bool has_idled(TokenId session);

  Desk& desk_;
  Throttle by_account_;
  Throttle by_address_;
  std::mutex seen_mutex_;
  std::map<TokenId, Timestamp> seen_;  // guarded by seen_mutex_: when a session of staff was used last, since the start
};

/// The cookie that holds a session; `remember`: for 30 days, else as long as the browser runs.
std::string session_cookie(std::string_view session, bool remember);
std::string no_session_cookie();
std::string_view session_of(const Request& request);

}  // namespace placet::portal
