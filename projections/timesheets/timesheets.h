#pragma once

#include <optional>
#include <vector>

#include "domain/streams.h"
#include "projections/event_groups.h"
#include "projections/hours/lines.h"
#include "projections/projection.h"

namespace placet::projections {

/// Minutes by what became of them. Together they are what was entered. `accepted` is not for the client: to him it is
/// still submitted.
struct MinutesByPhase {
  Minutes open;
  Minutes submitted;
  Minutes approved;
  Minutes refused;
  Minutes accepted;
};

/// One sheet: a placement and a period, with its entries.
struct Sheets {
  static constexpr std::string_view kName = "timesheets.sheets";
  using Key = SheetId;
  static StreamId rests_on(const Key& key) { return domain::stream_of(key); }
  struct Line {
    EntryId entry;
    Date day;
    Phase phase = Phase::open;
    domain::HourType hour_type = domain::HourType::unspecified;
    domain::Worked worked;
    SealedText note;
    PersonId entered_by;
    domain::Channel channel = domain::Channel::unspecified;
    LogPosition changed;
    template <class A>
    void serialize(A& archive) {
      archive(entry, day, phase, hour_type, worked, note, entered_by, channel, changed);
    }
  };
  struct Row {
    SheetParties parties;
    domain::Period period;
    std::vector<Line> lines;  // as they were entered, 512 at most
    bool submitted_empty = false;
    bool objected = false;  // by the worker, since it was submitted last
    std::optional<Timestamp> submitted_at;
    std::optional<Digest> submitted_hash;  // of the days submitted last
    std::optional<Timestamp> approved_at;  // last

    MinutesByPhase minutes() const;
    template <class A>
    void serialize(A& archive) {
      archive(parties, period, lines, submitted_empty, objected, submitted_at, submitted_hash, approved_at);
    }
  };
};

enum class SheetStatus : std::uint8_t { open, submitted, empty, partly_approved, approved, refused, settled_for_pay };

/// The whole sheet in one word: what waits for somebody comes before what is done.
SheetStatus status_of(const Sheets::Row& sheet);

/// How far each sheet is. Apart from the sheet, which needs not be read for what only moves this.
struct SheetHeads {
  static constexpr std::string_view kName = "timesheets.heads";
  using Key = SheetId;
  static StreamId rests_on(const Key& key) { return domain::stream_of(key); }
  struct Row {
    LogPosition changed;       // the last event about it
    std::uint32_t events = 0;  // on its stream
    template <class A>
    void serialize(A& archive) {
      archive(changed, events);
    }
  };
};

/// By worker, client and agency, oldest period first.
struct SheetsOfParty {
  static constexpr std::string_view kName = "timesheets.sheets_of_party";
  using Key = std::tuple<PartyId, Date, SheetId>;
  static StreamId rests_on(const Key& key) { return domain::stream_of(std::get<SheetId>(key)); }
  static constexpr bool kNeverErased = true;
  using Row = Present;
};

/// For staff: by the first day of the period.
struct SheetsByPeriod {
  static constexpr std::string_view kName = "timesheets.sheets_by_period";
  using Key = std::tuple<Date, SheetId>;
  using Row = Present;
};

/// Whom the sheets of a placement concern.
struct SheetPlacements {
  static constexpr std::string_view kName = "timesheets.placements";
  using Key = PlacementId;
  static StreamId rests_on(const Key& key) { return domain::stream_of(key); }
  using Row = SheetParties;
};

/// Which hours were worked, and what became of them?
struct Timesheets {
  static constexpr std::string_view kName = "timesheets";
  static constexpr std::uint32_t kVersion = 3;
  using Tables = projections::Tables<Sheets, SheetHeads, SheetsOfParty, SheetsByPeriod, SheetPlacements>;
  using Ignores = Join<SystemEvents, PersonEvents, AccountEvents, ControlEvents, WorkerEvents, ClientEvents,
                       AgencyEvents, EmploymentEvents, PlacementLifeEvents, TwoPersonEvents, MoneyEvents, NoticeEvents,
                       Types<domain::CalendarPublished>>;

  using Meta = domain::Meta;
  static void apply(Tables& rows, const domain::PlacementProposed& event, const Meta& meta);
  static void apply(Tables& rows, const domain::EntryRecorded& event, const Meta& meta);
  static void apply(Tables& rows, const domain::EntryChanged& event, const Meta& meta);
  static void apply(Tables& rows, const domain::EntryRemoved& event, const Meta& meta);
  static void apply(Tables& rows, const domain::SheetSubmitted& event, const Meta& meta);
  static void apply(Tables& rows, const domain::SheetSubmittedEmpty& event, const Meta& meta);
  static void apply(Tables& rows, const domain::DaysApproved& event, const Meta& meta);
  static void apply(Tables& rows, const domain::DaysRefused& event, const Meta& meta);
  static void apply(Tables& rows, const domain::HoursObjected& event, const Meta& meta);
  static void apply(Tables& rows, const domain::SheetWithdrawn& event, const Meta& meta);
  static void apply(Tables& rows, const domain::SheetReopened& event, const Meta& meta);
  static void apply(Tables& rows, const domain::AdditionRequested& event, const Meta& meta);
  static void apply(Tables& rows, const domain::ApprovalTakenBack& event, const Meta& meta);
  static void apply(Tables& rows, const domain::DaysAcceptedForPay& event, const Meta& meta);
  static void apply(Tables& rows, const domain::HoursReversed& event, const Meta& meta);
  static void apply(Tables& rows, const domain::HoursPaid& event, const Meta& meta);
  static void apply(Tables& rows, const domain::HoursInvoiced& event, const Meta& meta);
  static void apply(Tables& rows, const domain::HoursCredited& event, const Meta& meta);
  static void apply(Tables& rows, const domain::MarginBooked& event, const Meta& meta);
};

}  // namespace placet::projections
