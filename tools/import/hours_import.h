#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/zone.h"
#include "domain/timesheet/timesheet.h"
#include "tools/client/connection.h"
#include "tools/import/hours_row.h"
#include "tools/import/periods.h"

namespace placet::importing {

enum class RowOutcome {
  valid,     // nothing is wrong with it as far as could be told before; it was not sent, or not answered
  recorded,  //
  repeated,  // recorded before, by the same file
  refused,   //
  left_out,  // sound itself, but in one command with a refused one
};
std::string_view name_of(RowOutcome outcome);

/// What became of one row.
struct RowResult {
  unsigned line = 0;
  RowOutcome outcome = RowOutcome::valid;
  std::string code;     // of a refusal
  std::string message;  // of a refusal: what, where, what to do
  std::optional<LogPosition> position;
};

/// Puts the hours of one file into a ledger: first every row is checked, then all of them are recorded.
///
/// One command holds them all where that fits the ledger's limits; otherwise each sheet has a command of its own. Ids
/// of commands come from the file's bytes and the sheet, so that an import that broke off is taken up by running it
/// again. The id of an entry comes from what it says and how often the file had said that: the same hours in another
/// file are refused as `alreadyExists`, not counted twice.
class HoursImport {
 public:
  /// Told how many of the commands are answered.
  using Progress = std::function<void(std::size_t done, std::size_t all)>;

  /// `file` is the SHA-256 of its bytes, the rest the ledger's.
  HoursImport(const Digest& file, Zone zone, Periods periods)
      : file_(file), zone_(std::move(zone)), periods_(std::move(periods)) {}

  /// Checks the next row by itself and beside those before it, as the ledger will, and finds the sheet it belongs on.
  void add(unsigned line, const std::expected<domain::RecordEntry, RowFault>& row);
  bool has_refused() const;

  /// Only when nothing was refused. Throws what `Connection` throws; `rows` says how far it came.
  void send(client::Connection& connection, const Progress& progress = {});

  /// In order of the file.
  const std::vector<RowResult>& rows() const { return rows_; }

 private:
  struct SheetKey {
    PlacementId placement;
    domain::Period period;
    friend bool operator<(const SheetKey& a, const SheetKey& b) {
      return std::tuple(a.placement, a.period.first, a.period.kind) <
             std::tuple(b.placement, b.period.first, b.period.kind);
    }
  };
  /// The rows that one command records.
  struct Chunk {
    CommandId id;
    std::vector<std::size_t> rows;
  };

  std::expected<void, RowFault> check(domain::RecordEntry& entry);
  Chunk whole_file() const;
  std::vector<Chunk> chunk_per_sheet() const;
  CommandId command_id(const SheetKey* sheet) const;
  void submit(client::Connection& connection, std::span<const Chunk> chunks);
  void note_outcome(const Chunk& chunk, schema::Outcome::Reader outcome);
  void note_refusal(const Chunk& chunk, schema::Refusal::Reader refusal);

  Digest file_;
  Zone zone_;
  Periods periods_;
  std::vector<RowResult> rows_;
  std::vector<domain::RecordEntry> entries_;  // one for each row; empty where it was refused
  std::map<SheetKey, domain::Timesheet> sheets_;
  std::map<Digest, unsigned> seen_;  // how often the file says the same
};

}  // namespace placet::importing
