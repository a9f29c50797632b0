#include "rpc/acting.h"

#include <kj/debug.h>

#include <utility>

namespace placet::rpc {

kj::Promise<std::optional<domain::Rejection>> act(Services& services, const domain::Actor& actor,
                                                  domain::Command command) {
  auto request = std::make_unique<engine::Request>();
  engine::Submission& submission = request->submissions.emplace_back();
  submission.id = CommandId(new_uuid(services.random, services.clock.now()));
  submission.actor = actor;
  submission.command = std::move(command);
  return services.engine->submit(std::move(request))
      .then([](std::optional<EnginePort::Answer> answer) -> std::optional<domain::Rejection> {
        KJ_REQUIRE(answer.has_value(), "the inbox is full; try again");
        if (auto* refused = std::get_if<domain::Rejection>(&answer->outcomes.front())) return std::move(*refused);
        return std::nullopt;
      });
}

}  // namespace placet::rpc
