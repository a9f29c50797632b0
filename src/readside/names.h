#pragma once

#include <map>
#include <string>
#include <string_view>

#include "access/vault.h"
#include "base/result.h"
#include "projections/directory/directory.h"
#include "readside/view.h"

namespace placet::readside {

/// What stands for the text of a box whose key was destroyed.
inline constexpr std::string_view kErased = "(erased)";
/// And where nobody has keys.
inline constexpr std::string_view kSealed = "(sealed)";

/// Opens the personal texts that rows hold as boxes. Whoever may see a row may see the names on it. Made for one query.
class Names {
 public:
  /// `vault`: nullptr where there are no keys.
  Names(const View& view, access::Vault* vault) : view_(view), vault_(vault) {}

  /// Empty when the directory does not have it.
  Result<std::string> person(PersonId id);
  Result<std::string> worker(WorkerId id);
  Result<std::string> client(ClientId id);
  Result<std::string> agency(AgencyId id);
  /// `subject`: whose data it is; `field`: its name in the event.
  Result<std::string> text(const projections::SealedText& sealed, const Uuid& subject, std::string_view field);

 private:
  template <class Find>
  Result<std::string> remembered(const Uuid& id, Find find);

  const View& view_;
  access::Vault* vault_;
  std::map<Uuid, std::string> known_;
};

}  // namespace placet::readside
