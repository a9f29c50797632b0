#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <variant>

#include "portal/pages/pages.h"
#include "portal/qr.h"
#include "portal/routes.h"

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
                               [&](CodeNotGood) { return visit.text("second_factor.wrong"); },
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

void keep(Page::Part& part, std::string_view name, std::string_view value) {
  part.add("KEPT").set("NAME", name).set("VALUE", value);
}

/// What the form has kept already.
void keep_again(Page::Part& part, const Form& form) {
  for (const auto& [name, value] : form.fields())
    if (name.starts_with(kKept)) keep(part, std::string_view(name).substr(kKept.size()), value);
}

/// With what he sent before he had to sign in, if he did.
Framed sign_in_page(const Visit& visit, std::string_view email, std::string_view to) {
  Framed page(visit, "sign_in");
  page.part().set("EMAIL", email).set("TO", to);
  keep_again(page.part(), visit.form);
  return page;
}

/// For him to send again what he had typed, from a page that the new session knows.
Response resume(Visit& visit, std::string_view to, const std::string& session) {
  visit.form_key = form_key(session);
  Framed page(visit, "resume");
  page.part().set("PATH", destination(to));
  keep_again(page.part(), visit.form);
  return page.response();
}

bool has_kept(const Form& form) {
  return std::ranges::any_of(form.fields(), [](const auto& field) { return field.first.starts_with(kKept); });
}

Response with_session(Response response, const std::string& session, bool remember) {
  response.headers.emplace_back("set-cookie", session_cookie(session, remember));
  return response;
}

}  // namespace

Response home(Visit& visit) {
  for (const Route& route : routes())
    if (!route.menu.empty() && visit.has(route.roles)) return see_other(std::string(route.path));
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
  Response next = has_kept(visit.form) ? resume(visit, to, *session) : see_other(destination(to));
  return with_session(std::move(next), *session, remember);
}

Response sign_in_again(Visit& visit) {
  Framed page = sign_in_page(visit, "", visit.request.path);
  for (const auto& [name, value] : visit.form.fields())
    if (name != "key") keep(page.part(), name, value);
  return page.fault(visit.text("sign_in.kept")).response(401);
}

Response welcome(Visit& visit) { return Framed(visit, "welcome").response(); }

Response welcome_posted(Visit& visit) {
  const std::string_view invite = visit.form.text("code");
  const auto session = visit.sign_ins.accept(invite, visit.form.untrimmed("password"), visit.request);
  if (session) return with_session(see_other("/"), *session, false);
  Framed page(visit, "welcome");
  page.part().set("CODE", invite);
  return page.fault(say(visit, session.error())).response(status_of(session.error()));
}

Response forgot(Visit& visit) { return Framed(visit, "forgot").response(); }

Response forgot_posted(Visit& visit) {
  const std::string_view email = visit.form.text("email");
  Framed page(visit, "forgot");
  page.part().set("EMAIL", email);
  if (const auto asked = visit.sign_ins.forget_password(email, visit.request); !asked)
    return page.fault(say(visit, asked.error())).response(status_of(asked.error()));
  return page.done(visit.text("forgot.done")).response();
}

namespace {

/// With a new secret to take in, for who has none yet.
Result<Framed> second_factor_page(const Visit& visit, std::string_view to, std::string_view typed_secret) {
  Framed page(visit, "second_factor");
  page.part().set("TO", to);
  PLACET_ASSIGN(const bool has_one, visit.sign_ins.has_second_factor(visit.who()));
  if (has_one) return page;
  const std::string secret = typed_secret.empty() ? access::SecondFactors::new_secret() : std::string(typed_secret);
  constexpr int kMargin = 4;  // of modules, on each side
  // The form that authenticators read: an issuer, and a name for people.
  const std::string issuer = percent_encoded(visit.request.header("host"));
  const QrCode code =
      qr_code(fmt::format("otpauth://totp/Placet:{}?secret={}&issuer=Placet", issuer, percent_encoded(secret)));
  page.part().add("SET_UP").set("SIDE", code.side + 2 * kMargin).set("PATH", code.path).set("SECRET", secret);
  return page;
}

}  // namespace

Response second_factor(Visit& visit) {
  const std::string_view to = visit.query.text("to");
  if (!visit.who().owes_second_factor) return see_other(destination(to));
  PLACET_SHOW(Framed page, second_factor_page(visit, to, ""));
  return page.response();
}

Response second_factor_posted(Visit& visit) {
  const std::string_view to = visit.form.text("to");
  if (!visit.who().owes_second_factor) return see_other(destination(to));
  std::string code(visit.form.text("code"));
  std::erase(code, ' ');
  const std::string_view secret = visit.form.text("secret");
  const auto session =
      secret.empty() ? visit.sign_ins.strengthen(visit.who(), code) : visit.sign_ins.set_up(visit.who(), secret, code);
  if (session) return with_session(see_other(destination(to)), *session, false);
  PLACET_SHOW(Framed page, second_factor_page(visit, to, secret));
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
