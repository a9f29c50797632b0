#include "portal/server.h"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <charconv>

namespace placet::portal {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

/// What a server says to these bytes, until it closes.
std::string say(const std::string& address, std::string_view bytes) {
  sockaddr_in to{};
  to.sin_family = AF_INET;
  std::uint16_t port = 0;
  const auto colon = address.rfind(':');
  std::from_chars(address.data() + colon + 1, address.data() + address.size(), port);
  to.sin_port = htons(port);
  inet_pton(AF_INET, address.substr(0, colon).c_str(), &to.sin_addr);
  const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
  std::string heard;
  if (connect(socket, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0) {
    ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    char piece[4096];
    for (ssize_t got = 0; (got = ::recv(socket, piece, sizeof piece, 0)) > 0;)
      heard.append(piece, static_cast<std::size_t>(got));
  }
  ::close(socket);
  return heard;
}

std::unique_ptr<Server> echo() {
  Server::Options options;
  options.addresses = {"127.0.0.1:0"};
  options.answer = [](const Request& request) {
    return Response{200, {{"x-path", request.path}, {"x-query", request.query}}, request.body + "!"};
  };
  return Server::start(std::move(options)).value();
}

TEST(HttpServer, HasRequestsAnswered) {
  const auto server = echo();
  const std::string heard =
      say(server->addresses().front(),
          "POST /a/b?c=d HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi");
  EXPECT_THAT(heard, StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(heard, HasSubstr("x-path: /a/b\r\n"));
  EXPECT_THAT(heard, HasSubstr("x-query: c=d\r\n"));
  EXPECT_TRUE(heard.ends_with("\r\n\r\nhi!"));
}

TEST(HttpServer, AnswersHeadWithTheLengthAndNoBody) {
  const auto server = echo();
  const std::string heard = say(server->addresses().front(), "HEAD / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(heard, HasSubstr("Content-Length: 1\r\n"));
  EXPECT_TRUE(heard.ends_with("\r\n\r\n"));
}

TEST(HttpServer, RefusesWhatIsTooLargeOrNoHttp) {
  const auto server = echo();
  const std::string address = server->addresses().front();
  EXPECT_THAT(say(address, "nonsense\r\n\r\n"), StartsWith("HTTP/1.1 400"));
  EXPECT_THAT(say(address, "GET / HTTP/1.1\r\nHost: x\r\nA: " + std::string(20'000, 'a') + "\r\n\r\n"),
              StartsWith("HTTP/1.1 431"));
  EXPECT_THAT(say(address, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2000000\r\n\r\n"),
              StartsWith("HTTP/1.1 413"));
}

TEST(HttpServer, DoesNotLeaveThisMachineWithoutTls) {
  Server::Options options;
  options.addresses = {"0.0.0.0:0"};
  options.answer = [](const Request&) { return Response(); };
  EXPECT_EQ(Server::start(std::move(options)).error().code, ErrorCode::denied);
}

TEST(HttpServer, SaysWhatIsWrongWithAnAddress) {
  for (const char* const address : {"", "127.0.0.1", "127.0.0.1:", "nowhere:80", "127.0.0.1:x"}) {
    Server::Options options;
    options.addresses = {address};
    options.answer = [](const Request&) { return Response(); };
    EXPECT_EQ(Server::start(std::move(options)).error().code, ErrorCode::invalid) << address;
  }
}

}  // namespace
}  // namespace placet::portal
