#include "tools/client/gathering.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "codec/ids.h"
#include "schema/plain_codec.h"

namespace placet::client {

namespace {

constexpr std::size_t kCommandsPerCall = 1'000;
constexpr std::size_t kCallsAtOnce = 2;
/// Fewer are not worth a call of their own.
constexpr std::size_t kShareMin = 8;

}  // namespace

kj::Promise<Answer> Gathering::submit(Uuid id, domain::Command command) {
  auto [promise, answer] = kj::newPromiseAndFulfiller<Answer>();
  waiting_.push_back({id, std::move(command), kj::mv(answer)});
  call_soon();
  return kj::mv(promise);
}

/// With whatever else comes in this turn of the loop: who was just answered may ask again at once.
void Gathering::call_soon() {
  if (!std::exchange(is_soon_, true)) calls_.add(kj::evalLast([this] { call_all(); }));
}

void Gathering::call_all() {
  is_soon_ = false;
  const std::size_t callers = waiting_.size() + callers_under_way_;
  const std::size_t share = std::clamp((callers + kCallsAtOnce - 1) / kCallsAtOnce, kShareMin, kCommandsPerCall);
  while (!waiting_.empty() && calls_under_way_ < kCallsAtOnce) calls_.add(call(std::min(share, waiting_.size())));
}

kj::Promise<void> Gathering::call(std::size_t count) {
  auto callers = std::make_unique<std::vector<Waiting>>();
  const auto end = waiting_.begin() + static_cast<std::ptrdiff_t>(count);
  callers->assign(std::make_move_iterator(waiting_.begin()), std::make_move_iterator(end));
  waiting_.erase(waiting_.begin(), end);
  auto request = commands_.submitRequest();
  auto submissions = request.initSubmissions(static_cast<unsigned>(count));
  for (unsigned i = 0; i < count; ++i) {
    codec::write((*callers)[i].id, submissions[i].initId());
    codec::write((*callers)[i].command, submissions[i].initCommand());
  }
  ++calls_under_way_;
  callers_under_way_ += count;
  const auto ended = [this, count] {
    --calls_under_way_;
    callers_under_way_ -= count;
    if (!waiting_.empty()) call_soon();
  };
  std::vector<Waiting>& answered = *callers;
  return request.send()
      .then(
          [&answered, ended](capnp::Response<schema::Commands::SubmitResults> response) {
            const auto outcomes = response.getOutcomes();
            for (unsigned i = 0; i < outcomes.size(); ++i) answered.at(i).answer->fulfill(answer_of(outcomes[i]));
            ended();
          },
          [&answered, ended](kj::Exception&& exception) {
            for (Waiting& caller : answered) caller.answer->reject(kj::cp(exception));
            ended();
          })
      .attach(std::move(callers));
}

}  // namespace placet::client
