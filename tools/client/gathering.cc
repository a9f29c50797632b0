#include "tools/client/gathering.h"

#include <algorithm>
#include <iterator>

#include "codec/ids.h"
#include "schema/plain_codec.h"

namespace placet::client {

namespace {

constexpr std::size_t kCommandsPerCall = 1'000;

}  // namespace

kj::Promise<Answer> Gathering::submit(Uuid id, domain::Command command) {
  auto [promise, answer] = kj::newPromiseAndFulfiller<Answer>();
  waiting_.push_back({id, std::move(command), kj::mv(answer)});
  if (!is_calling_) {
    is_calling_ = true;
    calls_.add(kj::evalLast([this] { return call(); }));  // with whatever else comes in this turn of the loop
  }
  return kj::mv(promise);
}

kj::Promise<void> Gathering::call() {
  const auto count = static_cast<unsigned>(std::min(waiting_.size(), kCommandsPerCall));
  sent_.assign(std::make_move_iterator(waiting_.begin()), std::make_move_iterator(waiting_.begin() + count));
  waiting_.erase(waiting_.begin(), waiting_.begin() + count);
  auto request = commands_.submitRequest();
  auto submissions = request.initSubmissions(count);
  for (unsigned i = 0; i < count; ++i) {
    codec::write(sent_[i].id, submissions[i].initId());
    codec::write(sent_[i].command, submissions[i].initCommand());
  }
  return request.send().then([this](capnp::Response<schema::Commands::SubmitResults> response) -> kj::Promise<void> {
    const auto outcomes = response.getOutcomes();
    for (unsigned i = 0; i < outcomes.size(); ++i) sent_.at(i).answer->fulfill(answer_of(outcomes[i]));
    return kj::evalLast([this]() -> kj::Promise<void> {  // Who was answered may ask again at once.
      if (!waiting_.empty()) return call();
      is_calling_ = false;
      return kj::READY_NOW;
    });
  });
}

void Gathering::taskFailed(kj::Exception&& exception) {
  is_calling_ = false;
  for (std::vector<Waiting>* const callers : {&sent_, &waiting_}) {
    for (Waiting& caller : *callers) caller.answer->reject(kj::cp(exception));
    callers->clear();
  }
}

}  // namespace placet::client
