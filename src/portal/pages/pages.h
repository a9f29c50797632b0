#pragma once

#include "portal/visit.h"

/// A function for each page, and for what its form sends. Which path leads to which stands in site.cc.
namespace placet::portal::pages {

// ---- sign_in.cc
Response sign_in(Visit& visit);
Response sign_in_posted(Visit& visit);
/// For somebody whose session ended while he typed: what he sent goes along, and he sends it again once he is in.
Response sign_in_again(Visit& visit);
/// For somebody who has an invite: he chooses a password. The invite's code stands behind the # of the link, so that no
/// server and no log sees it; the page's script puts it into the form, and without script he types it.
Response welcome(Visit& visit);
Response welcome_posted(Visit& visit);
/// For whoever forgot his password: a mail brings him a link.
Response forgot(Visit& visit);
Response forgot_posted(Visit& visit);
/// For whoever sees the whole ledger: sets up a second factor the first time, then asks for its code.
Response second_factor(Visit& visit);
Response second_factor_posted(Visit& visit);
Response sign_out_posted(Visit& visit);
/// To what this person comes for.
Response home(Visit& visit);

// ---- hours.cc: for the worker
Response hours(Visit& visit);
Response week(Visit& visit);
Response week_posted(Visit& visit);

// ---- approvals.cc: for the client's contact
Response approvals(Visit& visit);
Response approvals_posted(Visit& visit);
Response sheet(Visit& visit);
Response sheet_posted(Visit& visit);

// ---- lists.cc: what there is, for whom it is; as of a day, where ?as-of= names one
/// Staff: what has to be done.
Response today(Visit& visit);
/// Hours that wait: for whom, since when.
Response waiting(Visit& visit);
/// Sheets that were expected and did not come.
Response missing(Visit& visit);
/// Who approved what.
Response approved(Visit& visit);
Response placements(Visit& visit);
/// Every fact about one thing.
Response history(Visit& visit);

// ---- receipts.cc: that an approval stands in the ledger, for who may see it
Response receipt(Visit& visit);
Response receipt_proof(Visit& visit);
Response receipt_record(Visit& visit);

// ---- money.cc
Response payslips(Visit& visit);
Response payslip(Visit& visit);
Response invoices(Visit& visit);
Response invoice(Visit& visit);

// ---- proposals.cc: acts that wait for a second person
Response proposals(Visit& visit);
Response proposal_posted(Visit& visit);

}  // namespace placet::portal::pages
