#include "tools/import/periods.h"

#include "codec/ids.h"
#include "tools/client/rows.h"

namespace placet::importing {

namespace {

RowFault fault(domain::RejectionCode code, std::string message) {
  return {std::string(domain::name_of(code)), std::move(message)};
}

}  // namespace

std::expected<domain::Period, RowFault> Periods::holding(PlacementId placement, Date day) const {
  using enum domain::RejectionCode;
  const auto known = kinds.find(placement);
  if (known == kinds.end())
    return std::unexpected(fault(not_found, "placement: the ledger has no " + placement.to_string() +
                                                ", or it is not yours to see; correct the id"));
  const domain::PeriodKind kind = domain::kind_on(known->second, day);
  if (kind == domain::PeriodKind::unspecified)
    return std::unexpected(fault(outside_placement, "day: " + day.to_string() + " lies before the placement; correct " +
                                                        "the day, or name the placement of that time"));
  const auto span = domain::period_holding(kind, day, [&](Date) -> const domain::Calendar& { return four_weeks; });
  if (!span)
    return std::unexpected(fault(not_published, "day: no published period of four weeks holds " + day.to_string() +
                                                    "; have the payroll calendar of that year published, then import"));
  return domain::Period{kind, span->first};
}

Periods periods_of(client::Connection& connection) {
  Periods periods;
  client::read_rows(
      connection, [&] { return connection.queries().placementsRequest(); },
      [&](schema::Placement::Reader row) {
        auto& kinds = periods.kinds[PlacementId(codec::read_id(row.getParties().getPlacement()))];
        for (const auto kind : row.getPeriodKinds())
          kinds.push_back({Date{kind.getFrom()}, static_cast<domain::PeriodKind>(kind.getKind())});
      });
  client::read_rows(
      connection,
      [&] {
        auto request = connection.queries().calendarRequest();
        request.initFilter().setKind(schema::PeriodKind::FOUR_WEEKS);
        return request;
      },
      [&](schema::CalendarLine::Reader row) {
        const auto period = row.getPeriod();
        periods.four_weeks.periods.push_back({Date{period.getFirst()}, Date{period.getLast()}, {}, {}, {}, {}, {}});
      });
  return periods;
}

}  // namespace placet::importing
