#include "rpc/engine_port.h"

#include <mutex>
#include <utility>

#include "base/log.h"

namespace placet::rpc {

namespace {

/// So much is handed over at once, so that the engine has work while the loop's turn goes on.
constexpr std::size_t kGatheredBytesMax = 16 << 10;

}  // namespace

struct EnginePort::Returned {
  std::mutex mutex;  // guards the rest
  std::vector<std::pair<Ticket, Answer>> answers;
  kj::Own<kj::CrossThreadPromiseFulfiller<void>> alarm;  // null while the RPC thread is at it
};

EnginePort::EnginePort(engine::Inbox& inbox)
    : inbox_(inbox),
      returned_(std::make_shared<Returned>()),
      delivering_(deliver().eagerlyEvaluate(
          [](kj::Exception&& fault) { log::error("rpc: answers stopped: {}", fault.getDescription().cStr()); })) {}

kj::Promise<std::optional<EnginePort::Answer>> EnginePort::submit(std::unique_ptr<engine::Request> request) {
  const Ticket ticket = ++last_ticket_;
  request->answer = [returned = returned_, ticket](std::vector<engine::Outcome> outcomes, LogSize size) {
    kj::Own<kj::CrossThreadPromiseFulfiller<void>> alarm;
    {
      const std::lock_guard lock(returned->mutex);
      returned->answers.emplace_back(ticket, Answer{std::move(outcomes), size});
      alarm = kj::mv(returned->alarm);
    }
    if (alarm.get() != nullptr) alarm->fulfill();
  };
  auto answer = kj::newPromiseAndFulfiller<std::optional<Answer>>();
  waiting_.emplace(ticket, kj::mv(answer.fulfiller));

  const bool is_first = gathered_.requests.empty();
  gathered_.bytes += request->bytes;
  gathered_.tickets.push_back(ticket);
  gathered_.requests.push_back(std::move(request));
  if (gathered_.bytes >= kGatheredBytesMax)
    hand_over();
  else if (is_first)
    handing_over_ = kj::evalLast([this] { hand_over(); }).eagerlyEvaluate(nullptr);
  return kj::mv(answer.promise);
}

void EnginePort::hand_over() {
  Gathered gathered = std::exchange(gathered_, {});
  for (std::size_t i = inbox_.offer(gathered.requests); i < gathered.tickets.size(); ++i)
    settle(gathered.tickets[i], std::nullopt);
}

kj::Promise<void> EnginePort::deliver() {
  std::vector<std::pair<Ticket, Answer>> answers;
  kj::Promise<void> woken = kj::READY_NOW;
  {
    const std::lock_guard lock(returned_->mutex);
    answers.swap(returned_->answers);
    if (answers.empty()) {
      auto alarm = kj::newPromiseAndCrossThreadFulfiller<void>();
      returned_->alarm = kj::mv(alarm.fulfiller);
      woken = kj::mv(alarm.promise);
    }
  }
  for (auto& [ticket, answer] : answers) settle(ticket, std::move(answer));
  return woken.then([this] { return deliver(); });
}

void EnginePort::settle(Ticket ticket, std::optional<Answer> answer) {
  const auto found = waiting_.find(ticket);
  found->second->fulfill(std::move(answer));
  waiting_.erase(found);
}

}  // namespace placet::rpc
