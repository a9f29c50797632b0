#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "codec/record.h"
#include "tests/conformance/timesheets/agency.h"

namespace placet::timesheets {

/// What the log says, added up from its events alone.
struct ReadBack {
  /// Reads the whole log with the office's token.
  explicit ReadBack(Agency& agency);

  nlohmann::json authorisers = nlohmann::json::object();  // name -> sheets, minutes entered and approved
  std::size_t entries = 0;
  std::set<domain::Channel> channels;                 // by which they came, and
  std::set<PersonId> enterers;                        // who ran the import
  std::size_t warnings = 0;                           // appointments of a worker
  std::int64_t by_substitute = 0;                     // minutes that he approved
  std::map<SheetId, std::int64_t> entered, approved;  // minutes

 private:
  void see(const codec::StoredEvent& stored);
  void see(const domain::EntryRecorded& entry, SheetId sheet);
  void see(const domain::DaysApproved& approval, SheetId sheet, const std::string& approver);

  std::map<PlacementId, std::string> authoriser_of_;
  std::map<PersonId, std::string> names_;  // of who approves
};

/// counts[what] += more
void add(nlohmann::json& counts, const std::string& what, std::int64_t more);

}  // namespace placet::timesheets
