#pragma once

#include <optional>
#include <vector>

#include "domain/streams.h"
#include "projections/key.h"
#include "projections/row_types.h"

namespace placet::projections {

/// Persons by id. For staff.
struct Persons {
  static constexpr std::string_view kName = "directory.persons";
  using Key = PersonId;
  static StreamId rests_on(const Key& key) { return domain::stream_of(key); }
  struct Row {
    SealedText name;
    Timestamp registered_at;
    std::optional<domain::VerificationMethod> verified;
    std::vector<PersonId> same_as;  // all who are one human being with this one, himself included, once joined
    template <class A>
    void serialize(A& archive) {
      archive(name, registered_at, verified, same_as);
    }
  };
};

/// Who has which role, and over whose rows (nil: staff, who see the whole ledger).
struct Roles {
  static constexpr std::string_view kName = "directory.roles";
  using Key = std::tuple<PersonId, domain::Role, PartyId>;
  struct Row {
    Date from;
    std::optional<Date> until;  // last day
    PersonId granted_by;
    template <class A>
    void serialize(A& archive) {
      archive(from, until, granted_by);
    }
  };
};

/// The same the other way round: who acts for a party.
struct RoleHolders {
  static constexpr std::string_view kName = "directory.role_holders";
  using Key = std::tuple<PartyId, domain::Role, PersonId>;
  using Row = Present;
};

/// Who lets whom act for him, by who gives.
struct Delegations {
  static constexpr std::string_view kName = "directory.delegations";
  using Key = std::tuple<PersonId, PersonId, domain::Role, PartyId>;
  struct Row {
    Date from;
    Date until;  // last day
    template <class A>
    void serialize(A& archive) {
      archive(from, until);
    }
  };
};

/// The other way round: by who receives.
struct DelegationsReceived {
  static constexpr std::string_view kName = "directory.delegations_received";
  using Key = std::tuple<PersonId, PersonId, domain::Role, PartyId>;
  using Row = Present;
};

/// For staff and their owner.
struct Accounts {
  static constexpr std::string_view kName = "directory.accounts";
  using Key = AccountId;
  static StreamId rests_on(const Key& key) { return domain::stream_of(key); }
  /// Of sessions only those that may still be used.
  struct Token {
    TokenId id;
    domain::TokenKind kind = domain::TokenKind::unspecified;  // unspecified: an invite
    Timestamp expires;
    PersonId client_system;  // of a delegated token: who holds it
    bool ended = false;      // spent or revoked
    template <class A>
    void serialize(A& archive) {
      archive(id, kind, expires, client_system, ended);
    }
  };
  struct Row {
    PersonId person;
    SealedText email;
    Timestamp opened_at;
    bool locked = false;
    std::vector<Token> tokens;
    template <class A>
    void serialize(A& archive) {
      archive(person, email, opened_at, locked, tokens);
    }
  };
};

struct AccountsOfPerson {
  static constexpr std::string_view kName = "directory.accounts_of_person";
  using Key = std::tuple<PersonId, AccountId>;
  using Row = Present;
};

}  // namespace placet::projections
