#include "store/row_store.h"

namespace placet::store {

KeyRange keys_with_prefix(BytesView prefix) {
  KeyRange range{Bytes(prefix), Bytes(prefix)};
  while (!range.to->empty() && static_cast<unsigned char>(range.to->back()) == 0xff) range.to->pop_back();
  if (range.to->empty())
    range.to.reset();
  else
    range.to->back() = static_cast<char>(range.to->back() + 1);
  return range;
}

}  // namespace placet::store
