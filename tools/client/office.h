#pragma once

#include <expected>
#include <memory>
#include <string>
#include <vector>

#include "base/random.h"
#include "schema/plain.h"
#include "tools/client/connection.h"
#include "tools/client/follower.h"

namespace placet::client {

/// The instant in the ids of whoever wants the same ids each time.
inline constexpr Timestamp kBirthOfIds{1'791'800'000'000'000};

/// Where a command's events begin, or why it was refused.
using Answer = std::expected<LogPosition, domain::Rejection>;
Answer answer_of(schema::Outcome::Reader outcome);

/// Somebody signed in, with plain commands.
class Desk {
 public:
  using Answer = client::Answer;

  Desk(const std::string& server, const std::string& token) : connection_(server), token_(token) {
    connection_.sign_in(token);
  }

  /// Sends them, in order, as acts or as proposals.
  std::vector<Answer> ask(const std::vector<domain::Command>& commands, Random& random, bool propose = false);
  /// The same where none may be refused: throws `Refused`.
  std::vector<LogPosition> act(const std::vector<domain::Command>& commands, Random& random, bool propose = false);
  std::string invite(AccountId account);
  /// The account with that e-mail address. Throws where none has it.
  AccountId account_of(const std::string& email);
  Connection& connection() { return connection_; }
  const std::string& token() const { return token_; }

 private:
  Connection connection_;
  std::string token_;
};

/// Two persons of the office, such as the administrators of a new ledger, and what takes both of them.
class Office {
 public:
  Office(const std::string& server, const std::string& first_invite, const std::string& second_invite);

  Desk& desk() { return *first_; }
  const std::string& token() const { return token_; }
  Random& random() { return random_; }
  template <class Id>
  Id fresh() {
    return Id(fresh_uuid());
  }

  void act(const std::vector<domain::Command>& commands) { first_->act(commands, random_); }
  /// Proposed by the first; the second reads in the log what was proposed, and agrees to it.
  void act_by_two(const std::vector<domain::Command>& commands);
  /// Gives a registered person an account, and signs him in.
  std::unique_ptr<Desk> sign_in(PersonId person, const std::string& email);
  /// The same with an account of that id; answers a token of it.
  std::string open_account(AccountId account, PersonId person, const std::string& email);
  /// Two more of the back office. They recorded no bank account, and so may release payments to new ones.
  std::unique_ptr<Office> appoint_paymasters();

 private:
  Uuid fresh_uuid();
  std::vector<domain::Command> agreements_to(const std::vector<LogPosition>& proposals);

  std::string server_;
  std::string token_;
  SeededRandom random_{20261012};
  std::unique_ptr<Desk> first_;
  std::unique_ptr<Desk> second_;
  Follower follower_;  // of the second person
};

}  // namespace placet::client
