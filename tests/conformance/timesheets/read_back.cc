#include "tests/conformance/timesheets/read_back.h"

#include <stdexcept>

namespace placet::timesheets {

using namespace domain;

void add(nlohmann::json& counts, const std::string& what, std::int64_t more) {
  counts[what] = (counts.contains(what) ? counts[what].get<std::int64_t>() : 0) + more;
}

ReadBack::ReadBack(Agency& agency) {
  names_[agency.person(kSubstitute)] = kSubstitute;
  for (const auto& [job, placement] : agency.placements()) {
    authoriser_of_[placement] = job.authoriser;
    names_[agency.person(job.authoriser)] = job.authoriser;
  }
  client::Follower().read_on(agency.office().desk().connection(), [&](BytesView record) {
    const auto stored = codec::read_record(record);
    if (!stored) throw std::runtime_error(stored.error().message);
    see(*stored);
  });
}

void ReadBack::see(const codec::StoredEvent& stored) {
  const SheetId sheet(stored.meta.stream.id);
  if (const auto* entry = std::get_if<EntryRecorded>(&stored.event)) {
    enterers.insert(stored.meta.actor.person);
    channels.insert(stored.meta.actor.channel);
    see(*entry, sheet);
  } else if (const auto* approval = std::get_if<DaysApproved>(&stored.event)) {
    see(*approval, sheet, names_.at(stored.meta.actor.person));
  } else if (const auto* appointment = std::get_if<ApproverAppointed>(&stored.event)) {
    if (appointment->is_worker) ++warnings;
  }
}

void ReadBack::see(const EntryRecorded& entry, SheetId sheet) {
  nlohmann::json& counts = authorisers[authoriser_of_.at(entry.placement)];
  ++entries;
  if (!entered.contains(sheet)) add(counts, "sheets", 1);
  entered[sheet] += entry.worked.minutes.count();
  add(counts, "entered_minutes", entry.worked.minutes.count());
}

void ReadBack::see(const DaysApproved& approval, SheetId sheet, const std::string& approver) {
  approved[sheet] += approval.minutes.count();
  if (approver == kSubstitute)
    by_substitute += approval.minutes.count();
  else
    add(authorisers[approver], "approved_minutes", approval.minutes.count());
}

}  // namespace placet::timesheets
