#pragma once

#include <optional>
#include <vector>

#include "domain/streams.h"
#include "projections/key.h"
#include "projections/row_types.h"

namespace placet::projections {

/// For the worker and staff.
struct Employments {
  static constexpr std::string_view kName = "directory.employments";
  using Key = EmploymentId;
  static StreamId rests_on(const Key& key) { return domain::stream_of(key); }
  struct Row {
    WorkerId worker;
    PersonId person;
    Digest text{};  // of the latest contract
    domain::ContractTerms terms;
    bool sent = false;
    std::optional<Date> signed_by_worker;
    std::optional<Date> signed_by_employer;
    std::optional<Date> announced_end;
    std::optional<Date> ended;  // last day
    template <class A>
    void serialize(A& archive) {
      archive(worker, person, text, terms, sent, signed_by_worker, signed_by_employer, announced_end, ended);
    }
  };
};

struct EmploymentsOfWorker {
  static constexpr std::string_view kName = "directory.employments_of_worker";
  using Key = std::tuple<WorkerId, EmploymentId>;
  using Row = Present;
};

/// From `from` on hours are kept by this kind of period.
struct KindSpan {
  Date from;
  domain::PeriodKind kind = domain::PeriodKind::unspecified;
  template <class A>
  void serialize(A& archive) {
    archive(from, kind);
  }
};

/// Which placements hang on an employment, and by which periods they count: from here adapters find the worker's other
/// sheets of a day.
struct EmploymentPlacements {
  static constexpr std::string_view kName = "directory.employment_placements";
  using Key = std::tuple<EmploymentId, PlacementId>;
  static StreamId rests_on(const Key& key) { return domain::stream_of(std::get<EmploymentId>(key)); }
  struct Row {
    std::vector<KindSpan> kinds;  // by day
    std::optional<Date> until;    // last day
    template <class A>
    void serialize(A& archive) {
      archive(kinds, until);
    }
  };
};

/// For every party to it.
struct Placements {
  static constexpr std::string_view kName = "directory.placements";
  using Key = PlacementId;
  static StreamId rests_on(const Key& key) { return domain::stream_of(key); }
  struct Row {
    WorkerId worker;
    PersonId person;  // the worker's
    ClientId client;
    AgencyId agency;  // may be nil
    EmploymentId employment;
    Date from;
    std::optional<Date> until;    // last day
    std::vector<KindSpan> kinds;  // by day
    std::optional<Date> started;  // first day of work
    bool ended = false;
    template <class A>
    void serialize(A& archive) {
      archive(worker, person, client, agency, employment, from, until, kinds, started, ended);
    }
  };
};

/// How far its papers are. Agreement: for the client, the agency and staff.
struct PlacementAgreements {
  static constexpr std::string_view kName = "directory.placement_agreements";
  using Key = PlacementId;
  static StreamId rests_on(const Key& key) { return domain::stream_of(key); }
  struct Row {
    Digest text{};                          // sent last
    std::vector<PersonId> first_approvers;  // that it names
    std::optional<PersonId> accepted_by;
    std::optional<Date> accepted_on;
    template <class A>
    void serialize(A& archive) {
      archive(text, first_approvers, accepted_by, accepted_on);
    }
  };
};

/// The confirmation to the worker. For the worker, the agency and staff.
struct PlacementAssignments {
  static constexpr std::string_view kName = "directory.placement_assignments";
  using Key = PlacementId;
  struct Row {
    Digest text{};
    Date confirmed_on;
    template <class A>
    void serialize(A& archive) {
      archive(text, confirmed_on);
    }
  };
};

/// Starts past a closed gate, and until when what is missing must be there. For staff.
struct GateOverrides {
  static constexpr std::string_view kName = "directory.gate_overrides";
  using Key = PlacementId;
  struct Row {
    domain::Gates missing;
    Date due_on;
    Box reason;
    template <class A>
    void serialize(A& archive) {
      archive(missing, due_on, reason);
    }
  };
};

/// Terms by the day from which they hold; the last row up to a day is in force on it. For the worker, the agency and
/// staff.
struct PayTermsByDay {
  static constexpr std::string_view kName = "directory.pay_terms";
  using Key = std::tuple<PlacementId, Date>;
  static StreamId rests_on(const Key& key) { return domain::stream_of(std::get<PlacementId>(key)); }
  static constexpr bool kNeverErased = true;
  using Row = domain::PayTerms;
};
/// For the client, the agency and staff.
struct ClientTermsByDay {
  static constexpr std::string_view kName = "directory.client_terms";
  using Key = std::tuple<PlacementId, Date>;
  static StreamId rests_on(const Key& key) { return domain::stream_of(std::get<PlacementId>(key)); }
  static constexpr bool kNeverErased = true;
  using Row = domain::ClientTerms;
};
/// For the agency and staff.
struct PurchaseTermsByDay {
  static constexpr std::string_view kName = "directory.purchase_terms";
  using Key = std::tuple<PlacementId, Date>;
  static StreamId rests_on(const Key& key) { return domain::stream_of(std::get<PlacementId>(key)); }
  static constexpr bool kNeverErased = true;
  using Row = domain::PurchaseTerms;
};

/// Who may approve the hours of a placement, by the first day of the appointment.
struct Approvers {
  static constexpr std::string_view kName = "directory.approvers";
  using Key = std::tuple<PlacementId, PersonId, Date>;
  static StreamId rests_on(const Key& key) { return domain::stream_of(std::get<PlacementId>(key)); }
  static constexpr bool kNeverErased = true;
  struct Row {
    std::optional<Date> until;  // last day
    template <class A>
    void serialize(A& archive) {
      archive(until);
    }
  };
};

/// Who may in his place: (placement, approver, substitute, first day).
struct Substitutes {
  static constexpr std::string_view kName = "directory.substitutes";
  using Key = std::tuple<PlacementId, PersonId, PersonId, Date>;
  static StreamId rests_on(const Key& key) { return domain::stream_of(std::get<PlacementId>(key)); }
  static constexpr bool kNeverErased = true;
  struct Row {
    Date until;  // last day
    template <class A>
    void serialize(A& archive) {
      archive(until);
    }
  };
};

/// Whose hours a person approves or ever did, himself or as a substitute.
struct PlacementsOfApprover {
  static constexpr std::string_view kName = "directory.placements_of_approver";
  using Key = std::tuple<PersonId, PlacementId>;
  using Row = Present;
};

/// By worker, client and agency.
struct PlacementsOfParty {
  static constexpr std::string_view kName = "directory.placements_of_party";
  using Key = std::tuple<PartyId, PlacementId>;
  static StreamId rests_on(const Key& key) { return domain::stream_of(std::get<PlacementId>(key)); }
  static constexpr bool kNeverErased = true;
  using Row = Present;
};

/// The payroll calendar: a period by its kind and first day.
struct CalendarPeriods {
  static constexpr std::string_view kName = "directory.calendar_periods";
  using Key = std::tuple<domain::PeriodKind, Date>;
  using Row = domain::CalendarPeriod;
};

}  // namespace placet::projections
