#pragma once

#include <vector>

#include "projections/event_groups.h"
#include "projections/hours/lines.h"
#include "projections/projection.h"

namespace placet::projections {

enum class ApprovalKind : std::uint8_t {
  by_client,  // days approved
  for_pay,    // accepted for pay by two persons of the employer; not for the client
};

/// One approval, by the position of its record.
struct ApprovalsByPosition {
  static constexpr std::string_view kName = "approvals.by_position";
  using Key = LogPosition;
  struct TakenBack {
    LogPosition position;
    PersonId by;
    Timestamp at;
    std::vector<Date> days;
    template <class A>
    void serialize(A& archive) {
      archive(position, by, at, days);
    }
  };
  struct Row {
    ApprovalKind kind = ApprovalKind::by_client;
    SheetId sheet;
    SheetParties parties;
    domain::Period period;
    // Who, and by what right.
    PersonId approver;
    AccountId account;
    domain::Right right = domain::Right::unspecified;
    PersonId holder;    // who holds the appointment: himself, or on whose behalf he acted
    PersonId proposer;  // the first of two persons; nil where one is enough
    domain::Strength strength = domain::Strength::unspecified;
    domain::Channel channel = domain::Channel::unspecified;
    // What: readable again by the events of the sheet up to this position.
    std::vector<Date> days;
    Minutes minutes;
    Digest content_hash{};
    Timestamp at;
    Date on;
    std::vector<TakenBack> taken_back;

    /// Days that were not taken back.
    std::vector<Date> standing_days() const;
    template <class A>
    void serialize(A& archive) {
      archive(kind, sheet, parties, period, approver, account, right, holder, proposer, strength, channel, days,
              minutes, content_hash, at, on, taken_back);
    }
  };
};

struct ApprovalsOfApprover {
  static constexpr std::string_view kName = "approvals.of_approver";
  using Key = std::tuple<PersonId, LogPosition>;
  using Row = Present;
};

/// By worker, client and agency.
struct ApprovalsOfParty {
  static constexpr std::string_view kName = "approvals.of_party";
  using Key = std::tuple<PartyId, LogPosition>;
  using Row = Present;
};

/// Those of a sheet, and which one it is.
struct ApprovalSheets {
  static constexpr std::string_view kName = "approvals.sheets";
  using Key = SheetId;
  struct Row {
    PlacementId placement;
    domain::Period period;
    std::vector<LogPosition> approvals;
    template <class A>
    void serialize(A& archive) {
      archive(placement, period, approvals);
    }
  };
};

/// What the projection must remember: whom a placement concerns, who proposed the act that was agreed to last.
struct ApprovalPlacements {
  static constexpr std::string_view kName = "approvals.placements";
  using Key = PlacementId;
  using Row = SheetParties;
};
struct LastAgreed {
  static constexpr std::string_view kName = "approvals.last_agreed";
  using Key = std::uint8_t;  // 0: there is one row
  struct Row {
    LogPosition first_of_command;
    PersonId proposer;
    template <class A>
    void serialize(A& archive) {
      archive(first_of_command, proposer);
    }
  };
};

/// Who approved what, by what right, on whose behalf, and when?
struct Approvals {
  static constexpr std::string_view kName = "approvals";
  static constexpr std::uint32_t kVersion = 3;
  using Tables = projections::Tables<ApprovalsByPosition, ApprovalsOfApprover, ApprovalsOfParty, ApprovalSheets,
                                     ApprovalPlacements, LastAgreed>;
  using Ignores = Join<SystemEvents, PersonEvents, AccountEvents, ControlEvents, WorkerEvents, ClientEvents,
                       AgencyEvents, EmploymentEvents, PlacementLifeEvents, SettlementEvents, MoneyEvents, NoticeEvents,
                       Types<domain::EntryChanged, domain::EntryRemoved, domain::SheetSubmitted, domain::DaysRefused,
                             domain::HoursObjected, domain::SheetWithdrawn, domain::SheetReopened,
                             domain::AdditionRequested, domain::CalendarPublished, domain::ActProposed>>;

  using Meta = domain::Meta;
  static void apply(Tables& rows, const domain::PlacementProposed& event, const Meta& meta);
  static void apply(Tables& rows, const domain::EntryRecorded& event, const Meta& meta);
  static void apply(Tables& rows, const domain::SheetSubmittedEmpty& event, const Meta& meta);
  static void apply(Tables& rows, const domain::DaysApproved& event, const Meta& meta);
  static void apply(Tables& rows, const domain::DaysAcceptedForPay& event, const Meta& meta);
  static void apply(Tables& rows, const domain::ApprovalTakenBack& event, const Meta& meta);
  static void apply(Tables& rows, const domain::HoursReversed& event, const Meta& meta);
  static void apply(Tables& rows, const domain::ActAgreed& event, const Meta& meta);
};

}  // namespace placet::projections
