#pragma once

// Calls and commands as the schema describes them, for tests that must not forget one.

#include <capnp/dynamic.h>

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/id.h"
#include "domain/rejection.h"
#include "tools/client/connection.h"

namespace placet::e2e {

/// An id somewhere in a message.
struct IdField {
  std::vector<std::string> path;  // the names of the fields that lead to it
  std::string kind;               // such as "WorkerId": what its annotation says; without one, what its name says

  std::string name() const;
  /// Sets it and nothing else.
  void set(capnp::DynamicStruct::Builder message, const Uuid& id) const;
};
std::vector<IdField> ids_of(capnp::StructSchema schema);

/// Gives every field a value with which the message is well formed, and ids as `id_of(kind)` says; of a union nothing.
void fill(capnp::DynamicStruct::Builder message, const std::function<Uuid(const std::string& kind)>& id_of);

/// What a call came to.
struct Answered {
  std::optional<domain::RejectionCode> refused;
  std::string why;
  std::set<Uuid> ids;  // every id in the answer, those in stored records too
  bool shows_one_of(const std::set<Uuid>& others) const;
};
Answered answered(capnp::DynamicStruct::Reader results);

/// Every interface that can be reached from `from`, itself first.
std::vector<capnp::InterfaceSchema> interfaces_from(capnp::InterfaceSchema from);

}  // namespace placet::e2e
