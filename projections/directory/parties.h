#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/streams.h"
#include "projections/key.h"
#include "projections/row_types.h"

namespace placet::projections {

// Facts that different parties may see stand in different tables.

/// For the worker, his agency and staff.
struct Workers {
  static constexpr std::string_view kName = "directory.workers";
  using Key = WorkerId;
  static StreamId rests_on(const Key& key) { return domain::stream_of(key); }
  struct Row {
    PersonId person;
    AgencyId agency;  // who recruited; may be nil
    template <class A>
    void serialize(A& archive) {
      archive(person, agency);
    }
  };
};

/// As which worker a person is registered.
struct WorkerOfPerson {
  static constexpr std::string_view kName = "directory.worker_of_person";
  using Key = PersonId;
  struct Row {
    WorkerId worker;
    template <class A>
    void serialize(A& archive) {
      archive(worker);
    }
  };
};

/// For staff. The citizen number and the bank account stand in no row: who may see them reads their event.
struct WorkerFiles {
  static constexpr std::string_view kName = "directory.worker_files";
  using Key = WorkerId;
  static StreamId rests_on(const Key& key) { return domain::stream_of(key); }
  struct Row {
    Box address;
    Box phone;
    Box birth_date;
    bool has_citizen_number = false;
    std::optional<LogPosition> bank_account;  // where the event stands that set it last
    domain::DocumentKind document = domain::DocumentKind::unspecified;
    domain::VerificationMethod verified = domain::VerificationMethod::unspecified;
    PersonId verified_by;
    std::optional<Date> document_until;
    bool document_expired = false;
    domain::RightToWork right_to_work = domain::RightToWork::unspecified;
    std::optional<Date> right_to_work_until;
    std::optional<bool> wage_tax_credit;
    std::optional<Date> wage_tax_from;
    bool completed = false;
    template <class A>
    void serialize(A& archive) {
      archive(address, phone, birth_date, has_citizen_number, bank_account, document, verified, verified_by,
              document_until, document_expired, right_to_work, right_to_work_until, wage_tax_credit, wage_tax_from,
              completed);
    }
  };
};

/// For the client, its agency and staff.
struct Clients {
  static constexpr std::string_view kName = "directory.clients";
  using Key = ClientId;
  static StreamId rests_on(const Key& key) { return domain::stream_of(key); }
  struct Row {
    domain::Company company;
    AgencyId agency;                   // whose client it is; may be nil
    std::optional<Digest> conditions;  // text of the general conditions that it accepted last
    template <class A>
    void serialize(A& archive) {
      archive(company, agency, conditions);
    }
  };
};

/// For the client, its agency and staff.
struct Contacts {
  static constexpr std::string_view kName = "directory.contacts";
  using Key = std::tuple<ClientId, domain::ContactKind, PersonId>;
  struct Row {
    Date since;
    template <class A>
    void serialize(A& archive) {
      archive(since);
    }
  };
};

/// For the agency and staff.
struct ClientCredit {
  static constexpr std::string_view kName = "directory.client_credit";
  using Key = ClientId;
  static StreamId rests_on(const Key& key) { return domain::stream_of(key); }
  struct Row {
    bool asked = false;  // and not answered yet
    std::optional<bool> granted;
    Money limit;
    std::optional<Date> valid_until;
    template <class A>
    void serialize(A& archive) {
      archive(asked, granted, limit, valid_until);
    }
  };
};

/// For the client and staff.
struct ClientBilling {
  static constexpr std::string_view kName = "directory.client_billing";
  using Key = ClientId;
  struct Row {
    domain::Billing billing;
    template <class A>
    void serialize(A& archive) {
      archive(billing);
    }
  };
};

/// For staff: clients whose file is complete.
struct ClientFilesCompleted {
  static constexpr std::string_view kName = "directory.client_files_completed";
  using Key = ClientId;
  using Row = Present;
};

/// For the agency and staff.
struct Agencies {
  static constexpr std::string_view kName = "directory.agencies";
  using Key = AgencyId;
  static StreamId rests_on(const Key& key) { return domain::stream_of(key); }
  struct Admission {
    std::string scheme;
    std::string number;
    std::optional<Date> valid_until;
    template <class A>
    void serialize(A& archive) {
      archive(scheme, number, valid_until);
    }
  };
  struct Row {
    domain::Company company;
    std::vector<Admission> admissions;
    std::optional<LogPosition> bank_account;  // where the event stands that set it last
    template <class A>
    void serialize(A& archive) {
      archive(company, admissions, bank_account);
    }
  };
};

/// What employer and agency agreed, by the day from which it holds. For the agency and staff.
struct CooperationTerms {
  static constexpr std::string_view kName = "directory.cooperation_terms";
  using Key = std::tuple<AgencyId, Date>;
  struct Row {
    domain::Cooperation terms;
    Digest text{};
    template <class A>
    void serialize(A& archive) {
      archive(terms, text);
    }
  };
};

}  // namespace placet::projections
