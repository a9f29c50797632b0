#include "tools/import/hours_import.h"

#include <capnp/message.h>
#include <capnp/serialize.h>

#include <algorithm>
#include <charconv>

#include "access/hours.h"
#include "access/text_rules.h"
#include "base/check.h"
#include "codec/ids.h"
#include "crypto/sha256.h"
#include "domain/timesheet/hours.h"
#include "schema/plain_codec.h"

namespace placet::importing {

namespace {

using domain::RejectionCode;

/// So that a call stays far below the 8 MiB of a message, whatever the notes.
constexpr std::size_t kEntriesPerCall = domain::kEventsPerCommandMax;

RowFault fault_of(const domain::Rejection& rejection) {
  return {std::string(domain::name_of(rejection.code)), rejection.message};
}

BytesView bytes_of(const Digest& digest) { return {reinterpret_cast<const char*>(digest.data()), digest.size()}; }

Uuid id_of(crypto::Sha256 hash) { return Uuid::from_bytes(bytes_of(hash.finish()).substr(0, 16)); }

/// As it will be sent, and as the ledger's own reader finds it.
std::expected<Digest, RowFault> read_back(const domain::RecordEntry& entry) {
  capnp::MallocMessageBuilder message;
  const auto sent = message.initRoot<schema::RecordEntry>();
  codec::write(entry, sent);
  domain::RecordEntry received;
  codec::Issues issues;
  codec::read(sent.asReader(), received, issues);
  if (!issues.empty()) return std::unexpected(RowFault{"malformed", issues.text()});
  const auto canonical = capnp::canonicalize(sent.asReader());
  const auto bytes = canonical.asBytes();
  return crypto::sha256({reinterpret_cast<const char*>(bytes.begin()), bytes.size()});
}

/// Which of a command's entries a refusal is about: the N of "entries[N]" in its path.
std::optional<std::size_t> entry_named_in(std::string_view message) {
  constexpr std::string_view kPath = "entries[";
  const auto at = message.find(kPath);
  if (at == std::string_view::npos || at > message.find(": ")) return std::nullopt;
  std::size_t index = 0;
  const char* digits = message.data() + at + kPath.size();
  if (std::from_chars(digits, message.data() + message.size(), index).ec != std::errc()) return std::nullopt;
  return index;
}

}  // namespace

std::string_view name_of(RowOutcome outcome) {
  switch (outcome) {
    case RowOutcome::valid: return "valid";
    case RowOutcome::recorded: return "recorded";
    case RowOutcome::repeated: return "repeated";
    case RowOutcome::refused: return "refused";
    case RowOutcome::left_out: return "leftOut";
  }
  return "unknown";
}

void HoursImport::add(unsigned line, const std::expected<domain::RecordEntry, RowFault>& row) {
  RowResult& result = rows_.emplace_back();
  result.line = line;
  domain::RecordEntry& entry = entries_.emplace_back();
  if (row) entry = *row;
  const std::expected<void, RowFault> sound = row ? check(entry) : std::unexpected(row.error());
  if (sound) return;
  result.outcome = RowOutcome::refused;
  result.code = sound.error().code;
  result.message = sound.error().message;
}

bool HoursImport::has_refused() const {
  return std::any_of(rows_.begin(), rows_.end(),
                     [](const RowResult& row) { return row.outcome == RowOutcome::refused; });
}

/// Gives it its period and its id, and puts it on the sheet against which the rows after it are checked.
std::expected<void, RowFault> HoursImport::check(domain::RecordEntry& entry) {
  const auto period = periods_.holding(entry.placement, entry.worked.day);
  if (!period) return std::unexpected(period.error());
  entry.period = *period;
  entry.entry = EntryId(Uuid{1, 1});  // any, until the real one is known
  const auto content = read_back(entry);
  if (!content) return std::unexpected(content.error());
  crypto::Sha256 hash;
  hash.update("placet-import-entry-v1").update(bytes_of(*content)).update(std::to_string(seen_[*content]));
  entry.entry = EntryId(id_of(hash));
  if (const auto fault = access::fault_of(entry.note.bytes()))
    return std::unexpected(RowFault{"malformed", "note: " + *fault});
  domain::Worked worked = entry.worked;
  if (auto resolved = access::resolve_hours(worked, zone_, "row"); !resolved)
    return std::unexpected(fault_of(resolved.error()));
  if (auto checked = domain::check_worked(worked); !checked) return std::unexpected(fault_of(checked.error()));
  domain::Timesheet& sheet = sheets_[{entry.placement, entry.period}];
  const domain::Timesheet* const sheets[] = {&sheet};
  if (auto checked = domain::check_fit(sheets, worked, {}); !checked) return std::unexpected(fault_of(checked.error()));
  if (sheet.entries.size() == domain::kEntriesPerSheetMax)
    return std::unexpected(RowFault{"tooLarge", "sheet: more than 512 entries; put hours of a day together"});
  sheet = domain::evolve(std::move(sheet),
                         domain::EntryRecorded{entry.entry, entry.placement, entry.period, entry.hour_type, worked, {}},
                         {});
  ++seen_[*content];
  return {};
}

void HoursImport::send(client::Connection& connection, const Progress& progress) {
  PLACET_CHECK(!has_refused(), "a file with refused rows is sent nowhere");
  if (rows_.empty()) return;
  if (rows_.size() <= domain::kEventsPerCommandMax) {
    const Chunk whole = whole_file();
    submit(connection, {&whole, 1});
    if (rows_.front().code != domain::name_of(RejectionCode::too_large)) return;
  }
  const auto chunks = chunk_per_sheet();
  for (std::size_t first = 0, end = 0; first < chunks.size(); first = end) {
    std::size_t entries = 0;
    while (end < chunks.size() && (end == first || entries + chunks[end].rows.size() <= kEntriesPerCall))
      entries += chunks[end++].rows.size();
    submit(connection, std::span(chunks).subspan(first, end - first));
    if (progress) progress(end, chunks.size());
  }
}

HoursImport::Chunk HoursImport::whole_file() const {
  Chunk whole{command_id(nullptr), {}};
  for (std::size_t i = 0; i < rows_.size(); ++i) whole.rows.push_back(i);
  return whole;
}

/// In order of their first rows.
std::vector<HoursImport::Chunk> HoursImport::chunk_per_sheet() const {
  std::vector<Chunk> chunks;
  std::map<SheetKey, std::size_t> chunk_of;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const SheetKey key{entries_[i].placement, entries_[i].period};
    const auto [chunk, is_new] = chunk_of.try_emplace(key, chunks.size());
    if (is_new) chunks.push_back({command_id(&key), {}});
    chunks[chunk->second].rows.push_back(i);
  }
  return chunks;
}

/// SHA-256 of ("placet-import-v1", hash of the file, and for one sheet its placement, period kind and first day), cut
/// to 16 bytes.
CommandId HoursImport::command_id(const SheetKey* sheet) const {
  crypto::Sha256 hash;
  hash.update("placet-import-v1").update(bytes_of(file_));
  if (sheet != nullptr)
    hash.update(sheet->placement.to_string())
        .update(domain::name_of(sheet->period.kind))
        .update(sheet->period.first.to_string());
  return CommandId(id_of(hash));
}

void HoursImport::submit(client::Connection& connection, std::span<const Chunk> chunks) {
  auto request = connection.commands().submitRequest();
  auto submissions = request.initSubmissions(static_cast<unsigned>(chunks.size()));
  for (unsigned i = 0; i < chunks.size(); ++i) {
    codec::write(chunks[i].id, submissions[i].initId());
    domain::ImportHours command;
    for (const std::size_t row : chunks[i].rows) command.entries.push_back(entries_[row]);
    codec::write(domain::Command(std::move(command)), submissions[i].initCommand());
  }
  const auto response = request.send().wait(connection.wait_scope());
  for (unsigned i = 0; i < chunks.size(); ++i) note_outcome(chunks[i], response.getOutcomes()[i]);
}

void HoursImport::note_outcome(const Chunk& chunk, schema::Outcome::Reader outcome) {
  if (outcome.isRefused()) return note_refusal(chunk, outcome.getRefused());
  const auto accepted = outcome.getAccepted();
  for (std::size_t i = 0; i < chunk.rows.size(); ++i) {
    RowResult& row = rows_[chunk.rows[i]];
    row = {row.line,
           accepted.getRepeated() ? RowOutcome::repeated : RowOutcome::recorded,
           {},
           {},
           LogPosition{accepted.getFirst() + i}};
  }
}

/// The row that is in the way is refused, the others are left out; all are refused when the ledger named none.
void HoursImport::note_refusal(const Chunk& chunk, schema::Refusal::Reader refusal) {
  const std::string message = refusal.getMessage().cStr();
  const std::string code(domain::name_of(static_cast<RejectionCode>(refusal.getCode())));
  const auto named = entry_named_in(message);
  const bool one = named && *named < chunk.rows.size();
  for (std::size_t i = 0; i < chunk.rows.size(); ++i) {
    RowResult& row = rows_[chunk.rows[i]];
    if (!one || i == *named)
      row = {row.line, RowOutcome::refused, code, message, {}};
    else
      row = {row.line,
             RowOutcome::left_out,
             code,
             "not recorded: in one command with line " + std::to_string(rows_[chunk.rows[*named]].line),
             {}};
  }
}

}  // namespace placet::importing
