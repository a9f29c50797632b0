#pragma once

#include <kj/async.h>

#include <vector>

#include "tools/client/office.h"

namespace placet::client {

/// Many callers of one process over one connection. Commands that come while a call is under way go out together as the
/// next one, so that a call, an answer and a sync serve all who wait. Used on the thread of the connection.
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

  kj::Promise<void> call();
  void taskFailed(kj::Exception&& exception) override;

  schema::Commands::Client commands_;
  std::vector<Waiting> waiting_, sent_;
  bool is_calling_ = false;
  kj::TaskSet calls_;  // last: what it runs uses the rest
};

}  // namespace placet::client
