#include "portal/routes.h"

#include <array>

#include "domain/authority.h"
#include "portal/pages/pages.h"

namespace placet::portal {

namespace {

using domain::only;
using domain::Role;

constexpr auto kGet = Method::get, kPost = Method::post;
constexpr std::uint16_t kAny = 0;
constexpr std::uint16_t kWorker = only(Role::worker), kContact = only(Role::client_contact),
                        kAgency = only(Role::agency), kStaff = domain::kStaffRoles;

// Workers have no part in what contacts approve: their own hours stand on pages of their own.
constexpr std::array kRoutes = {
    Route{kGet, "/", For::signed_in, kAny, pages::home},
    Route{kGet, "/sign-in", For::everybody, kAny, pages::sign_in},
    Route{kPost, "/sign-in", For::everybody, kAny, pages::sign_in_posted},
    Route{kGet, "/welcome", For::everybody, kAny, pages::welcome},
    Route{kPost, "/welcome", For::everybody, kAny, pages::welcome_posted},
    Route{kGet, "/forgot", For::everybody, kAny, pages::forgot},
    Route{kPost, "/forgot", For::everybody, kAny, pages::forgot_posted},
    Route{kGet, "/second-factor", For::half_signed_in, kAny, pages::second_factor},
    Route{kPost, "/second-factor", For::half_signed_in, kAny, pages::second_factor_posted},
    Route{kPost, "/sign-out", For::half_signed_in, kAny, pages::sign_out_posted},
    Route{kGet, "/today", For::signed_in, kStaff, pages::today, "menu.today"},
    Route{kGet, "/hours", For::signed_in, kWorker, pages::hours, "menu.hours"},
    Route{kGet, "/hours/{}/{}/{}", For::signed_in, kWorker, pages::week},
    Route{kPost, "/hours/{}/{}/{}", For::signed_in, kWorker, pages::week_posted},
    Route{kGet, "/approve", For::signed_in, kContact, pages::approvals, "menu.approve"},
    Route{kPost, "/approve", For::signed_in, kContact, pages::approvals_posted},
    Route{kGet, "/sheets/{}", For::signed_in, kContact, pages::sheet},
    Route{kPost, "/sheets/{}", For::signed_in, kContact, pages::sheet_posted},
    Route{kGet, "/waiting", For::signed_in, kAgency | kStaff, pages::waiting, "menu.waiting"},
    Route{kGet, "/missing", For::signed_in, kAgency | kStaff, pages::missing, "menu.missing"},
    Route{kGet, "/approved", For::signed_in, kContact | kAgency | kStaff, pages::approved, "menu.approved"},
    Route{kGet, "/approved/{}", For::signed_in, kContact | kAgency | kStaff, pages::receipt},
    Route{kGet, "/approved/{}/proof", For::signed_in, kContact | kAgency | kStaff, pages::receipt_proof},
    Route{kGet, "/approved/{}/record", For::signed_in, kContact | kAgency | kStaff, pages::receipt_record},
    Route{kGet, "/placements", For::signed_in, kContact | kAgency | kStaff, pages::placements, "menu.placements"},
    Route{kGet, "/payslips", For::signed_in, kWorker | kStaff, pages::payslips, "menu.payslips"},
    Route{kGet, "/payslips/{}", For::signed_in, kWorker | kStaff, pages::payslip},
    Route{kGet, "/invoices", For::signed_in, kContact | kAgency | kStaff, pages::invoices, "menu.invoices"},
    Route{kGet, "/invoices/{}", For::signed_in, kContact | kAgency | kStaff, pages::invoice},
    Route{kGet, "/proposals", For::signed_in, kStaff, pages::proposals, "menu.proposals"},
    Route{kPost, "/proposals/{}", For::signed_in, kStaff, pages::proposal_posted},
    Route{kGet, "/history/{}", For::signed_in, kStaff, pages::history},
};

}  // namespace

std::span<const Route> routes() { return kRoutes; }

}  // namespace placet::portal
