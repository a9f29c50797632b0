#include <fmt/format.h>

#include <charconv>
#include <string>

#include "portal/pages/pages.h"
#include "portal/pages/table.h"

namespace placet::portal::pages {

Response proposals(Visit& visit) {
  PLACET_SHOW(const Reading reading, visit.desk.read(visit.who().caller));
  PLACET_SHOW(const auto rows, reading.all(&readside::Queries::proposals));
  Framed page(visit, "proposals");
  if (visit.query.text("done") == "agreed") page.done(visit.text("proposals.agreed"));
  for (const readside::Proposal& row : rows) {
    Page::Part shown = page.part().add("PROPOSAL");
    shown.set("ACT", row.act)
        .set("PROPOSER", row.proposer_name)
        .set("SINCE", visit.language.moment(row.since, visit.desk.services().zone))
        .set("UNTIL", visit.language.moment(row.until, visit.desk.services().zone))
        .set("HISTORY", fmt::format("/history/{}", row.stream.to_string()))
        .set("PATH", fmt::format("/proposals/{}", row.position.value));
    // Persons, not accounts; that they may be one human being after all, the ledger knows.
    shown.show_if(row.proposer != visit.who().caller.actor.person, "MAY_AGREE");
  }
  page.part().show_if(rows.empty(), "NOTHING");
  return page.response();
}

Response proposal_posted(Visit& visit) {
  std::uint64_t position = 0;
  const std::string& text = visit.ids[0];
  if (std::from_chars(text.data(), text.data() + text.size(), position).ec != std::errc())
    return error_page(visit, 404, "error.not_found");
  PLACET_SHOW(const Reading reading, visit.desk.read(visit.who().caller));
  PLACET_SHOW(const auto rows, reading.all(&readside::Queries::proposals));
  for (const readside::Proposal& row : rows) {
    if (row.position.value != position) continue;
    domain::AgreeToAct agree;
    agree.category = row.category;
    agree.stream = row.stream;
    agree.proposal = row.position;
    if (row.hash.size() != agree.hash.size()) return error_page(visit, 500, "error.ours");
    std::copy(row.hash.begin(), row.hash.end(), agree.hash.begin());
    PLACET_SHOW(const auto outcomes,
                visit.desk.submit(visit.who().caller.actor, {{command_id(visit, 0), std::move(agree)}}));
    const auto* const refused = std::get_if<domain::Rejection>(&outcomes.front());
    if (refused == nullptr) return see_other("/proposals?done=agreed");
    Framed page(visit, "refused");
    page.part().set("BACK", "/proposals");
    return page.fault(say(visit, *refused)).response(422);
  }
  return error_page(visit, 409, "error.nothing_waits");
}

}  // namespace placet::portal::pages
