#pragma once

#include "base/id.h"
#include "schema/types.capnp.h"

namespace placet::codec {

inline void write(const Uuid& from, schema::Id::Builder to) {
  to.setHi(from.hi);
  to.setLo(from.lo);
}
template <class Tag>
void write(const Id<Tag>& from, schema::Id::Builder to) {
  write(from.value, to);
}
inline Uuid read_id(schema::Id::Reader from) { return {from.getHi(), from.getLo()}; }

}  // namespace placet::codec
