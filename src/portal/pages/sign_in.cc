#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <variant>

#include "portal/pages/pages.h"

namespace placet::portal::pages {

namespace {

template <class... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};

std::string say(const Visit& visit, const NotLetIn& why) {
  return std::visit(Overloaded{[&](NotKnown) { return visit.text("sign_in.not_known"); },
                               [&](WaitFirst wait) {
                                 return visit.language.say("sign_in.wait",
                                                           fmt::arg("seconds", wait.for_so_long.count()));
                               },
                               [&](SecondFactorMissing) { return visit.text("sign_in.second_factor"); },
                               [&](InviteNotGood) { return visit.text("welcome.not_good"); },
                               [&](LedgerBusy) { return visit.text("refusal.busy"); },
                               [&](access::PasswordFault fault) {
                                 switch (fault) {
                                   case access::PasswordFault::too_short: return visit.text("welcome.too_short");
                                   case access::PasswordFault::too_long: return visit.text("welcome.too_long");
                                   case access::PasswordFault::easily_guessed:
                                     return visit.text("welcome.easily_guessed");
                                 }
                                 return std::string();
                               }},
                    why);
}

unsigned status_of(const NotLetIn& why) {
  if (std::holds_alternative<WaitFirst>(why)) return 429;
  return std::holds_alternative<LedgerBusy>(why) ? 503 : 422;
}

/// Where he was going when he had to sign in: a path of this site, or home.
std::string destination(std::string_view to) {
  const bool ours = to.starts_with("/") && !to.starts_with("//") && std::ranges::all_of(to, [](char letter) {
                      return letter > ' ' && letter != '\\' && letter != 0x7F;
                    });
  return ours ? std::string(to) : "/";
}

Framed sign_in_page(const Visit& visit, std::string_view email, std::string_view to) {
  Framed page(visit, "sign_in");
  page.part().set("EMAIL", email).set("TO", to);
  return page;
}

Response signed_in(std::string to, const std::string& session, bool remember) {
  Response response = see_other(std::move(to));
  response.headers.emplace_back("set-cookie", session_cookie(session, remember));
  return response;
}

}  // namespace

Response home(Visit& visit) {
  if (visit.has(domain::Role::worker)) return see_other("/hours");
  if (visit.has(domain::Role::client_contact)) return see_other("/approve");
  return error_page(visit, 200, "error.nothing_here");
}

Response sign_in(Visit& visit) {
  if (visit.visitor) return see_other(destination(visit.query.text("to")));
  return sign_in_page(visit, "", visit.query.text("to")).response();
}

Response sign_in_posted(Visit& visit) {
  const std::string_view email = visit.form.text("email");
  const std::string_view to = visit.form.text("to");
  const bool remember = visit.form.has("remember");
  const auto session = visit.sign_ins.enter(email, visit.form.untrimmed("password"), remember, visit.request);
  if (!session)
    return sign_in_page(visit, email, to).fault(say(visit, session.error())).response(status_of(session.error()));
  return signed_in(destination(to), *session, remember);
}

Response welcome(Visit& visit) { return Framed(visit, "welcome").response(); }

Response welcome_posted(Visit& visit) {
  const std::string_view invite = visit.form.text("code");
  const auto session = visit.sign_ins.accept(invite, visit.form.untrimmed("password"), visit.request);
  if (session) return signed_in("/", *session, false);
  Framed page(visit, "welcome");
  page.part().set("CODE", invite);
  return page.fault(say(visit, session.error())).response(status_of(session.error()));
}

Response sign_out_posted(Visit& visit) {
  if (const auto left = visit.sign_ins.leave(visit.who(), command_id(visit, 0)); !left)
    return error_page(visit, left.error());
  Response response = see_other("/sign-in");
  response.headers.emplace_back("set-cookie", no_session_cookie());
  return response;
}

}  // namespace placet::portal::pages
