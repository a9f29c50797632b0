#include "projections/all.h"

#include "projections/approvals/approvals.h"
#include "projections/directory/directory.h"
#include "projections/open_items/open_items.h"
#include "projections/timesheets/timesheets.h"

namespace placet::projections {

std::vector<ProjectionType> all() {
  return {type_of<Directory>(), type_of<Timesheets>(), type_of<Approvals>(), type_of<OpenItems>()};
}

}  // namespace placet::projections
