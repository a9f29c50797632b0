#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/time.h"
#include "domain/timesheet/content.h"
#include "tools/client/connection.h"

namespace placet::demo {

/// What became of the hours, in sums.
struct Books {
  std::uint64_t entered_minutes = 0;          // as they stand now
  std::uint64_t approved_minutes = 0;         // by clients, and not taken back
  std::uint64_t paid_unapproved_minutes = 0;  // accepted for pay by two persons
  std::uint64_t approvals = 0;                // acts of approving, those taken back too
  std::uint64_t payslips = 0;
  std::int64_t net_cents = 0;       // of them
  std::uint64_t invoices = 0;       // and credit notes
  std::int64_t invoiced_cents = 0;  // with VAT, less credit notes
  std::uint64_t payments = 0;       // released, those that came back too
  friend bool operator==(const Books&, const Books&) = default;
};
std::string to_string(const Books& books);

struct LogBooks {
  Books books;
  std::uint64_t events = 0;
  std::string root;  // of the RFC 6962 tree of all of them, in hex
};

/// By the events alone, read by somebody who may see all of them.
LogBooks books_of_log(client::Connection& connection);
/// By the queries `timesheets` and `approvals`, which must agree with each other, or it throws.
Books books_of_queries(client::Connection& connection);
std::uint64_t count_placements(client::Connection& connection);

/// The lines of one sheet, as the caller may see them.
class SeenSheet {
 public:
  SeenSheet(client::Connection& connection, SheetId sheet, domain::Period period);
  /// Of those days; with no days, of all.
  Digest hash(const std::vector<Date>& days) const;
  std::uint64_t minutes(const std::vector<Date>& days) const;

 private:
  std::vector<const domain::Line*> lines(const std::vector<Date>& days) const;

  SheetId sheet_;
  domain::Period period_;
  std::map<EntryId, domain::Line> lines_;
};

struct ApprovalRow {
  domain::Right right = domain::Right::unspecified;
  std::int32_t days_late = 0;
};
/// The last approval of that sheet by the client.
ApprovalRow last_approval(client::Connection& connection, SheetId sheet);

}  // namespace placet::demo
