#pragma once

#include <vector>

#include "projections/projection.h"

namespace placet::projections {

/// Every projection of the service, in the order in which they are told of an event.
std::vector<ProjectionType> all();

}  // namespace placet::projections
