#include "portal/visit.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/log.h"
#include "crypto/base64.h"
#include "crypto/sha256.h"
#include "domain/authority.h"
#include "portal/assets.h"
#include "portal/files.h"
#include "portal/routes.h"

namespace placet::portal {

namespace {

using domain::RejectionCode;

/// The texts of refusals that people can cause by what they type or press; any other is shown as it is.
std::string_view text_of(RejectionCode code) {
  switch (code) {
    case RejectionCode::overloaded:
    case RejectionCode::disk_low:
    case RejectionCode::clock_jumped: return "refusal.busy";
    case RejectionCode::not_found: return "refusal.not_found";
    case RejectionCode::not_allowed: return "refusal.not_allowed";
    case RejectionCode::too_large: return "refusal.too_large";
    case RejectionCode::command_id_reused: return "refusal.sent_already";
    case RejectionCode::version_moved:
    case RejectionCode::stale:
    case RejectionCode::moved: return "refusal.moved";
    case RejectionCode::no_such_time: return "refusal.no_such_time";
    case RejectionCode::ambiguous_time: return "refusal.ambiguous_time";
    case RejectionCode::hours_over_day: return "refusal.hours_over_day";
    case RejectionCode::hours_overlap: return "refusal.hours_overlap";
    case RejectionCode::own_hours: return "refusal.own_hours";
    case RejectionCode::entered_by_you: return "refusal.entered_by_you";
    case RejectionCode::not_an_approver: return "refusal.not_an_approver";
    case RejectionCode::needs_second_contact: return "refusal.needs_second_contact";
    case RejectionCode::entries_moved: return "refusal.entries_moved";
    case RejectionCode::not_submitted: return "refusal.not_submitted";
    case RejectionCode::submitted: return "refusal.submitted";
    case RejectionCode::approved: return "refusal.approved";
    case RejectionCode::settled: return "refusal.settled";
    case RejectionCode::not_published: return "refusal.not_published";
    case RejectionCode::outside_placement: return "refusal.outside_placement";
    case RejectionCode::ended: return "refusal.ended";
    case RejectionCode::locked: return "refusal.locked";
    default: return {};
  }
}

const documents::Templates& templates() {
  static const documents::Templates kPages(embedded_files());
  return kPages;
}

}  // namespace

Date Visit::today() const { return desk.services().zone.local_day(desk.services().clock.now()); }

bool Visit::has(std::uint16_t roles) const {
  return visitor && std::ranges::any_of(visitor->caller.grants, [&](const domain::Grant& grant) {
           return (domain::only(grant.role) & roles) != 0 && grant.in_force(today());
         });
}

std::string form_key(std::string_view secret) {
  return crypto::to_base64url(view_of(crypto::sha256(fmt::format("placet-form-v1:{}", secret))));
}

std::string destination(std::string_view to) {
  const bool ours = to.starts_with("/") && !to.starts_with("//") && std::ranges::all_of(to, [](char letter) {
                      return letter > ' ' && letter != '\\' && letter != 0x7F;
                    });
  return ours ? std::string(to) : "/";
}

CommandId command_id(const Visit& visit, std::uint64_t n) {
  const auto form = Uuid::parse(visit.form.text("form"));
  const Services& services = visit.desk.services();
  const Uuid first = form ? *form : new_uuid(services.random, services.clock.now());
  return CommandId(Uuid{first.hi, first.lo + n});
}

Framed::Framed(const Visit& visit, std::string_view name)
    : page_(templates(), visit.language, fmt::format("{}.html", name)) {
  const Services& services = visit.desk.services();
  part()
      .set("LANGUAGE", visit.language.code())
      .set("STYLE", asset_url("portal.css"))
      .set("SCRIPT", asset_url("portal.js"))
      .set("ICON", asset_url("placet.svg"))
      .set("KEY", visit.form_key)
      .set("FORM", new_uuid(services.random, services.clock.now()).to_string());
  if (!visit.visitor) return;
  Page::Part menu = part().add("SIGNED_IN");
  for (const Route& route : routes()) {
    if (route.menu.empty() || !visit.has(route.roles)) continue;
    Page::Part shown = menu.add("LINK");
    shown.set("PATH", route.path).set("NAME", visit.text(route.menu));
    const std::string_view path = visit.request.path;
    shown.show_if(path == route.path || path.starts_with(fmt::format("{}/", route.path)), "HERE");
  }
}

Framed& Framed::done(std::string_view text) {
  part().add("DONE").set("TEXT", text);
  return *this;
}

Framed& Framed::fault(std::string_view text) {
  part().add("FAULT").set("TEXT", text);
  return *this;
}

Response Framed::response(unsigned status) const {
  return {status, {{"content-type", "text/html; charset=utf-8"}}, page_.text()};
}

Response see_other(std::string path) { return {303, {{"location", std::move(path)}}, {}}; }

Response error_page(const Visit& visit, unsigned status, std::string_view name) {
  Framed page(visit, "error");
  page.part()
      .set("HEADING", visit.text(fmt::format("{}.heading", name)))
      .set("TEXT", visit.text(fmt::format("{}.text", name)));
  return page.response(status);
}

Response error_page(const Visit& visit, const Error& error) {
  switch (error.code) {
    case ErrorCode::not_found:
    case ErrorCode::denied: return error_page(visit, 404, "error.not_found");
    case ErrorCode::unavailable: return error_page(visit, 503, "error.busy");
    default: break;
  }
  log::error("a page could not be made: {}", error.message);
  return error_page(visit, 500, "error.ours");
}

std::string say(const Visit& visit, const domain::Rejection& rejection) {
  const std::string_view name = text_of(rejection.code);
  return name.empty() ? rejection.message : visit.text(name);
}

}  // namespace placet::portal
