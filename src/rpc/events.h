#pragma once

#include <kj/timer.h>

#include <optional>

#include "rpc/page.h"
#include "rpc/services.h"
#include "rpc/tail.h"
#include "schema/ledger.capnp.h"

namespace placet::rpc {

/// Pages of the log for followers. Keeps nothing per follower: the cursor is the client's. Lives on the RPC thread.
class EventsServer final : public schema::Events::Server {
 public:
  EventsServer(Services& services, kj::Timer& timer, access::SignIn sign_in)
      : services_(services), timer_(timer), sign_in_(sign_in) {}

  kj::Promise<void> next(NextContext context) override;
  kj::Promise<void> begin(BeginContext context) override;

 private:
  /// What `next` is asked, once it is read.
  struct Asked {
    PageQuestion question;
    std::optional<Found> found;  // if he waited: what came from there on
    kj::TimePoint deadline;
  };
  Result<LogSize> size_of(schema::Place::Reader place) const;
  Result<std::uint64_t> mark_at(LogSize size) const;
  Result<bool> continues(schema::Cursor::Reader cursor) const;
  static kj::Promise<void> refuse(NextContext context, const domain::Rejection& why);
  kj::Promise<void> answer(NextContext context, Asked asked);
  kj::Promise<void> answer_with(const Page& page, NextContext context, Asked asked);
  bool ask_as_now(PageQuestion& question) const;
  std::optional<Page> page_in_memory(Asked& asked) const;
  void write_page(const Page& page, NextContext& context) const;
  void write_cursor(LogSize size, schema::Cursor::Builder to) const;

  Services& services_;
  kj::Timer& timer_;
  const access::SignIn sign_in_;
};

}  // namespace placet::rpc
