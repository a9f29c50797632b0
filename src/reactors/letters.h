#pragma once

#include <expected>
#include <string>
#include <variant>

#include "access/caller.h"
#include "documents/mail.h"
#include "reactors/services.h"
#include "readside/reading.h"

namespace placet::reactors {

/// Somebody's mail, as things stand now.
struct Letter {
  std::string to;  // his address
  documents::Mail mail;
};

/// Why nothing can be written: for good, or the rows are behind and it can be later.
using NoLetter = std::variant<domain::DeliveryFault, Error>;

/// Writes what a notice says to whom it is for: with his rights, as he would see it in the portal. `portal`: where that
/// is, such as https://placet.example.
class Letters {
 public:
  Letters(const Services& services, std::string portal) : services_(services), portal_(std::move(portal)) {}

  /// Rests on so many records at least: the notice itself among them.
  std::expected<Letter, NoLetter> write(const domain::NoticeQueued& notice, LogSize at_least) const;

 private:
  std::expected<documents::Mail, NoLetter> about_hours(const domain::NoticeQueued& notice,
                                                       const readside::Reading& reading) const;
  /// With an invite that is made for it, and stands in this mail alone.
  std::expected<documents::Mail, NoLetter> about_account(const domain::NoticeQueued& notice) const;
  std::expected<readside::Reading, NoLetter> read(const access::Caller& caller, LogSize at_least) const;

  const Services& services_;
  const std::string portal_;
};

}  // namespace placet::reactors
