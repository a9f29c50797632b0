#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "documents/language.h"
#include "documents/templates.h"
#include "portal/desk.h"
#include "portal/form.h"
#include "portal/http.h"
#include "portal/sign_ins.h"

namespace placet::portal {

using documents::Language;
using documents::Page;
using readside::Reading;

/// One request, and what is known about it when a page gets it. Lives as long as the answer is made.
struct Visit {
  Desk& desk;
  SignIns& sign_ins;
  const Request& request;
  const Language& language;
  std::vector<std::string> ids;    // what stood for {} in the path
  Form query;                      // of the address
  Form form;                       // of a POST
  std::optional<Visitor> visitor;  // who is signed in; always, but on pages for everybody
  std::string form_key;

  const Visitor& who() const { return *visitor; }
  Date today() const;
  /// Whether the visitor has one of these roles today, himself or by delegation; nobody has any. As `domain::may` takes
  /// roles.
  bool has(std::uint16_t roles) const;
  std::string text(std::string_view name) const { return language.text(name); }
};

/// What a form of ours holds, and no other site knows: made of a secret that only this browser has, and nothing that
/// gives it away.
std::string form_key(std::string_view secret);
/// Where somebody was going when he had to sign in: a path of this site, or home.
std::string destination(std::string_view to);
/// What somebody who was signed out sent meanwhile, in his fields: they begin so in the form in which he signs in.
inline constexpr std::string_view kKept = "kept:";

/// The id of the n-th command of a form: they follow the form's own, so that whoever presses twice sends the same. A
/// new one when the form has none.
CommandId command_id(const Visit& visit, std::uint64_t n);

/// A page in the frame that all have, with a fresh id for its form.
class Framed {
 public:
  /// `name` of the template, which is also the text `NAME.title`.
  Framed(const Visit& visit, std::string_view name);
  Page::Part& part() { return page_.part(); }
  /// A line on top: what was just done, or what is wrong.
  Framed& done(std::string_view text);
  Framed& fault(std::string_view text);
  Response response(unsigned status = 200) const;

 private:
  Page page_;
};

/// To another page, by GET.
Response see_other(std::string path);
/// A page that says what is the matter; `name` is that of its texts, such as "error.not_found".
Response error_page(const Visit& visit, unsigned status, std::string_view name);
/// The same for something that went wrong on our side, or is not for the caller.
Response error_page(const Visit& visit, const Error& error);
/// What is wrong with a command, for the person who sent it.
std::string say(const Visit& visit, const domain::Rejection& rejection);

}  // namespace placet::portal

/// In a page: evaluates a Result<...> and shows a page about its error, or names its value.
#define PLACET_SHOW(declaration, expression) \
  PLACET_SHOW_IMPL_(PLACET_CONCAT(placet_show_, __LINE__), declaration, expression)
#define PLACET_SHOW_IMPL_(temporary, declaration, expression)                    \
  auto temporary = (expression);                                                 \
  if (!temporary) return ::placet::portal::error_page(visit, temporary.error()); \
  declaration = std::move(*temporary)
