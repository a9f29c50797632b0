#include "readside/names.h"

namespace placet::readside {

using namespace projections;

template <class Find>
Result<std::string> Names::remembered(const Uuid& id, Find find) {
  if (id.is_nil()) return std::string();
  if (const auto known = known_.find(id); known != known_.end()) return known->second;
  PLACET_ASSIGN(std::string name, find());
  return known_.emplace(id, std::move(name)).first->second;
}

Result<std::string> Names::person(PersonId id) {
  return remembered(id.value, [&]() -> Result<std::string> {
    PLACET_ASSIGN(const auto row, view_.get<Persons>(id));
    return row ? text(row->name, id.value, "name") : std::string();
  });
}

Result<std::string> Names::worker(WorkerId id) {
  return remembered(id.value, [&]() -> Result<std::string> {
    PLACET_ASSIGN(const auto row, view_.get<Workers>(id));
    return row ? person(row->person) : std::string();
  });
}

Result<std::string> Names::client(ClientId id) {
  return remembered(id.value, [&]() -> Result<std::string> {
    PLACET_ASSIGN(const auto row, view_.get<Clients>(id));
    return row ? row->company.name : std::string();
  });
}

Result<std::string> Names::agency(AgencyId id) {
  return remembered(id.value, [&]() -> Result<std::string> {
    PLACET_ASSIGN(const auto row, view_.get<Agencies>(id));
    return row ? row->company.name : std::string();
  });
}

Result<std::string> Names::text(const SealedText& sealed, const Uuid& subject, std::string_view field) {
  if (sealed.box.empty()) return std::string();
  if (vault_ == nullptr) return std::string(kSealed);
  const access::BoxContext context{view_.basis().ledger, subject, sealed.command, domain::kEventNames[sealed.event],
                                   field};
  auto opened = vault_->open(sealed.box, context);
  if (!opened && opened.error().code == ErrorCode::erased) return std::string(kErased);
  return opened;
}

}  // namespace placet::readside
