#pragma once

#include <kj/async.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

#include "engine/inbox.h"

namespace placet::rpc {

/// The RPC thread's way to the engine and back. What is submitted in one turn of the event loop goes into the inbox
/// together, and what became durable together comes back together, so that neither thread is woken once per call.
///
/// Used on the RPC thread; answers reach it from the committer's, also after the port is gone.
class EnginePort {
 public:
  explicit EnginePort(engine::Inbox& inbox);

  struct Answer {
    std::vector<engine::Outcome> outcomes;  // one per submission
    LogSize size;                           // of the durable log
  };
  /// What became of the request, once that is durable; nothing when the inbox is full.
  kj::Promise<std::optional<Answer>> submit(std::unique_ptr<engine::Request> request);

 private:
  /// What the committer answered and the RPC thread has not taken yet.
  struct Returned;
  using Ticket = std::uint64_t;
  struct Gathered {
    std::vector<Ticket> tickets;
    std::vector<std::unique_ptr<engine::Request>> requests;
    std::size_t bytes = 0;
  };

  void hand_over();
  kj::Promise<void> deliver();
  void settle(Ticket ticket, std::optional<Answer> answer);

  engine::Inbox& inbox_;
  const std::shared_ptr<Returned> returned_;
  std::unordered_map<Ticket, kj::Own<kj::PromiseFulfiller<std::optional<Answer>>>> waiting_;
  Ticket last_ticket_ = 0;
  Gathered gathered_;
  kj::Promise<void> handing_over_ = nullptr;
  kj::Promise<void> delivering_;
};

}  // namespace placet::rpc
