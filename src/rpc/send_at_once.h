#pragma once

#include <kj/async-io.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace placet::rpc {

/// What is written leaves at once: TCP otherwise holds small packets back while an earlier one is not acknowledged. A
/// socket file does not.
inline void send_at_once(kj::AsyncIoStream& stream) {
  sockaddr_storage name{};
  kj::uint length = sizeof name;
  stream.getsockname(reinterpret_cast<sockaddr*>(&name), &length);
  if (name.ss_family == AF_UNIX) return;
  const int on = 1;
  stream.setsockopt(IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

}  // namespace placet::rpc
