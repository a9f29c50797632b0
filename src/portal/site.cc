#include "portal/site.h"

#include <fmt/format.h>

#include <array>
#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/check.h"
#include "base/log.h"
#include "crypto/base64.h"
#include "crypto/equal.h"
#include "crypto/random.h"
#include "portal/assets.h"
#include "portal/pages/pages.h"
#include "portal/routes.h"
#include "portal/visit.h"

namespace placet::portal {

namespace {

/// Of a browser in which nobody is signed in.
constexpr std::string_view kVisitCookie = "__Host-placet-visit";
constexpr std::size_t kVisitBytes = 24;

/// What browsers are told about every answer. There is no script and no style in a page itself, so that none that
/// somebody smuggles in can run: stricter than a nonce for each page.
constexpr std::array<std::pair<const char*, const char*>, 7> kHeaders = {
    {{"content-security-policy",
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action "
      "'self'; "
      "base-uri 'none'; object-src 'none'; frame-ancestors 'none'"},
     {"strict-transport-security", "max-age=31536000; includeSubDomains"},
     {"x-content-type-options", "nosniff"},
     {"referrer-policy", "same-origin"},
     {"cross-origin-opener-policy", "same-origin"},
     {"cross-origin-resource-policy", "same-origin"},
     {"permissions-policy", "camera=(), geolocation=(), microphone=(), payment=()"}}};

/// What stands for each {}, if the path fits.
std::optional<std::vector<std::string>> match(std::string_view path, std::string_view pattern) {
  std::vector<std::string> ids;
  while (!pattern.empty()) {
    if (pattern.starts_with("{}")) {
      const auto end = std::min(path.find('/'), path.size());
      if (end == 0) return std::nullopt;
      ids.emplace_back(path.substr(0, end));
      path.remove_prefix(end);
      pattern.remove_prefix(2);
    } else {
      if (path.empty() || path.front() != pattern.front()) return std::nullopt;
      path.remove_prefix(1);
      pattern.remove_prefix(1);
    }
  }
  return path.empty() ? std::optional(std::move(ids)) : std::nullopt;
}

/// Another site's page cannot make the browser send these otherwise; a browser too old for the first sends the second.
bool is_from_our_page(const Request& request) {
  const std::string_view site = request.header("sec-fetch-site");
  if (!site.empty()) return site == "same-origin";
  const std::string_view origin = request.header("origin");
  const auto host = origin.find("://");
  return host != std::string_view::npos && origin.substr(host + 3) == request.header("host");
}

std::string path_with_query(const Request& request) {
  return request.query.empty() ? request.path : fmt::format("{}?{}", request.path, request.query);
}

}  // namespace

Response Site::answer(const Request& request) {
  Response response;
  try {
    const BugBarrier barrier;
    response = dispatch(request);
  } catch (const std::exception& bug) {
    log::error("a bug in the page {}: {}", request.path, bug.what());
    response = {
        500, {{"content-type", "text/plain; charset=utf-8"}}, "Something went wrong here. It was written down.\n"};
  }
  for (const auto& [name, value] : kHeaders) response.headers.emplace_back(name, value);
  const bool says_how_long =
      std::ranges::any_of(response.headers, [](const auto& one) { return one.first == "cache-control"; });
  if (!says_how_long) response.headers.emplace_back("cache-control", "no-store");
  return response;
}

Response Site::dispatch(const Request& request) {
  const bool reads = request.method == Method::get || request.method == Method::head;
  if (reads) {
    if (auto asset = asset_at(request)) return std::move(*asset);
  }
  Visit visit{desk_, sign_ins_, request, Language::asked_for(request.header("accept-language")), {}, {}, {}, {}, {}};
  PLACET_SHOW(visit.visitor, sign_ins_.visitor(request));
  // Of a session that has ended, too: what somebody typed meanwhile comes from a page of ours.
  const std::string_view session = session_of(request);
  std::string visit_secret(session.empty() ? cookie(request, kVisitCookie) : session);
  const bool is_new = visit_secret.empty();
  if (is_new) visit_secret = crypto::to_base64url(crypto::random_bytes(kVisitBytes));
  visit.form_key = form_key(visit_secret);

  const Route* found = nullptr;
  bool path_known = false;
  for (const Route& route : routes()) {
    auto ids = match(request.path, route.path);
    if (!ids) continue;
    path_known = true;
    if (route.method != (reads ? Method::get : request.method)) continue;
    found = &route;
    visit.ids = std::move(*ids);
    break;
  }
  if (found == nullptr)
    return path_known ? error_page(visit, 405, "error.not_found") : error_page(visit, 404, "error.not_found");
  auto query = Form::parse(request.query);
  if (!query) return error_page(visit, 400, "error.malformed");
  visit.query = std::move(*query);
  if (!reads) {
    auto form = Form::parse(request.body);
    if (!form) return error_page(visit, 400, "error.malformed");
    visit.form = std::move(*form);
    if (!is_from_our_page(request) || !crypto::equal_in_constant_time(visit.form.text("key"), visit.form_key))
      return error_page(visit, 403, "error.form");
  }
  if (found->whom != For::everybody && !visit.visitor) {
    if (!reads) return pages::sign_in_again(visit);
    return see_other("/sign-in?to=" + percent_encoded(path_with_query(request)));
  }
  if (found->whom == For::signed_in && visit.who().owes_second_factor)
    return see_other("/second-factor?to=" + percent_encoded(path_with_query(request)));
  if (found->roles != 0 && !visit.has(found->roles)) return error_page(visit, 404, "error.not_found");
  Response response = found->page(visit);
  if (is_new)
    response.headers.emplace_back(
        "set-cookie", fmt::format("{}={}; Path=/; Secure; HttpOnly; SameSite=Lax", kVisitCookie, visit_secret));
  return response;
}

}  // namespace placet::portal
