#pragma once

#include <kj/async.h>

#include <vector>

#include "tools/client/office.h"

namespace placet::client {

/// Many callers of one process over one connection. Whoever comes while two calls are under way waits for the next one,
/// so that a call, an answer and a sync serve many. Two, each with half of the callers: the ledger decides one while it
/// syncs the other. Used on the thread of the connection.
class Gathering final : private kj::TaskSet::ErrorHandler {
 public:
  explicit Gathering(schema::Commands::Client commands) : commands_(kj::mv(commands)), calls_(*this) {}

  /// The id is the caller's, new for each command, as in `Submission`. Breaks when the call was not answered.
  kj::Promise<Answer> submit(Uuid id, domain::Command command);

 private:
  struct Waiting {
    Uuid id;
    domain::Command command;
    kj::Own<kj::PromiseFulfiller<Answer>> answer;
  };

  void call_soon();
  void call_all();
  kj::Promise<void> call(std::size_t count);
  void taskFailed(kj::Exception&&) override {}  // The callers know.

  schema::Commands::Client commands_;
  std::vector<Waiting> waiting_;
  std::size_t calls_under_way_ = 0;
  std::size_t callers_under_way_ = 0;
  bool is_soon_ = false;
  kj::TaskSet calls_;  // last: what it runs uses the rest
};

}  // namespace placet::client
