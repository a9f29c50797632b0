#include <algorithm>

#include "codec/record.h"
#include "domain/authority.h"
#include "readside/queries.h"

namespace placet::readside {

namespace {

/// More facts on one id than a page ever shows; whoever needs them all follows the log.
constexpr std::size_t kPositionsMax = 100'000;

}  // namespace

Result<Page<Bytes>> Queries::history(const Uuid& entity) {
  std::vector<LogPosition> positions;
  for (std::uint8_t category = 1; category < domain::kCategoryCount; ++category) {
    const StreamId stream{category, entity};
    PLACET_ASSIGN(const auto found, context_.log.positions(stream, {}, kPositionsMax));
    positions.insert(positions.end(), found.begin(), found.end());
  }
  std::ranges::sort(positions);
  Page<Bytes> page;
  bool visible = false;
  for (const LogPosition position : positions) {
    if (position.value >= view_.basis().size.value) break;
    PLACET_ASSIGN(Bytes record, context_.log.record(position));
    PLACET_ASSIGN(const domain::Meta meta, codec::read_meta(record));
    if (!domain::may(context_.caller.grants, meta.parties, meta.audience, context_.today)) continue;
    visible = true;
    if (projections::key_bytes(position) <= context_.asked.after) continue;
    page.rows.push_back(std::move(record));
    if (page.rows.size() < limit_) continue;
    page.next = projections::key_bytes(position);
    break;
  }
  if (!visible) return fail(ErrorCode::not_found, entity.to_string() + ": no such thing, or not yours to see");
  return page;
}

}  // namespace placet::readside
