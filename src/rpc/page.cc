#include "rpc/page.h"

namespace placet::rpc {

bool PageWriter::operator()(const codec::Header& header, BytesView record) {
  if (header.position.value >= page_.next.value) {  // another command
    // What is skipped costs time too: a page looks at no more than ten times what it may hold.
    page_.is_full = page_.sizes.size() >= question_.events_max || page_.records.size() >= question_.bytes_max ||
                    looked_at_ >= std::size_t{10} * question_.events_max;
    if (page_.is_full) return false;
    page_.next = header.command_end();
  }
  ++looked_at_;
  if (!question_.interest->shows(header, question_.today)) return true;
  page_.records.append(record);
  page_.sizes.push_back(static_cast<std::uint32_t>(record.size()));
  return true;
}

}  // namespace placet::rpc
