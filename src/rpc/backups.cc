#include "rpc/backups.h"

#include <utility>

#include "base/log.h"
#include "base/thread.h"

namespace placet::rpc {

kj::Promise<Result<BackupMade>> BackupThread::make() {
  if (busy_.exchange(true))
    return Result<BackupMade>(fail(ErrorCode::unavailable, "a back-up is being made already; wait for it"));
  if (thread_.joinable()) thread_.join();
  auto made = kj::newPromiseAndCrossThreadFulfiller<Result<BackupMade>>();
  made_ = kj::mv(made.fulfiller);
  thread_ = std::jthread([this](const std::stop_token& stop) {
    name_this_thread("backup");
    auto result = backups_.make(stop);
    if (!result) log::error("back-up: {}", result.error().message);
    made_->fulfill(std::move(result));
    busy_ = false;
  });
  return kj::mv(made.promise);
}

}  // namespace placet::rpc
