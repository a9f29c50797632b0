// What nobody should send, and what goes wrong around the service: it costs whoever sent it, and nobody else.

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "codec/ids.h"
#include "schema/plain_codec.h"
#include "tests/e2e/stage.h"
#include "tests/unit/rpc/frames.h"

namespace placet::e2e {
namespace {

using domain::RejectionCode;
using rpc::testing::frame;
using rpc::testing::header;
using rpc::testing::integer;
using ::testing::HasSubstr;

/// A connection of bytes, for what no library sends.
class RawConnection {
 public:
  explicit RawConnection(const std::string& server) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(std::stoul(server.substr(server.rfind(':') + 1))));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  }
  ~RawConnection() { ::close(socket_); }
  RawConnection(const RawConnection&) = delete;
  RawConnection& operator=(const RawConnection&) = delete;

  void send(BytesView bytes) {
    EXPECT_EQ(::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL), static_cast<ssize_t>(bytes.size()));
  }
  /// Nothing more is coming from here.
  void end() { ::shutdown(socket_, SHUT_WR); }
  /// Reads until the other side has hung up. Fails when it does not.
  void wait_until_cut() {
    const timeval patience{.tv_sec = 60, .tv_usec = 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    char buffer[4096];
    ssize_t count = 0;
    while ((count = ::recv(socket_, buffer, sizeof buffer, 0)) > 0) {
    }
    EXPECT_TRUE(count == 0 || errno == ECONNRESET) << std::strerror(errno);
  }

 private:
  const int socket_;
};

/// How many bytes a call may have; a word is 8 of them.
constexpr std::uint32_t kMessageWordsMax = (8 << 20) / 8;

class BadInput : public testing::Test {
 protected:
  ~BadInput() noexcept override = default;  // those of Cap'n Proto may throw; those of test fixtures must not

  domain::RegisterPerson somebody() { return {office_.fresh<PersonId>(), Box::plain("Somebody")}; }
  client::Desk::Answer ask(const domain::Command& command) { return desk_.ask({command}, office_.random()).front(); }
  /// The office's own connection, which was there before, is served as ever.
  void others_go_on() { EXPECT_TRUE(ask(somebody())); }
  std::uint64_t size() { return log_size(desk_.connection()); }

  client::ScratchFolder scratch_;
  const std::vector<std::string> invites_ = client::found_ledger(scratch_.path() / "ledger", "bad.placet.example");
  const client::Daemon daemon_{scratch_.path() / "ledger"};
  client::Office office_{daemon_.server(), invites_[0], invites_[1]};
  client::Desk& desk_ = office_.desk();
};

TEST_F(BadInput, AHostileFrameCutsItsOwnConnectionOnly) {
  const Bytes hostile[] = {integer(0xffffffff),
                           integer(511),
                           header({0}),
                           header({kMessageWordsMax + 1}),
                           header({kMessageWordsMax, 1}),
                           "GET / HTTP/1.1\r\nHost: placet\r\n\r\n",
                           frame({1}),
                           frame({100, 3})};
  for (const Bytes& bytes : hostile) {
    RawConnection connection(daemon_.server());
    connection.send(bytes);
    connection.wait_until_cut();
    others_go_on();
  }
}

TEST_F(BadInput, AFrameThatStopsHalfwayHoldsUpNobodyElse) {
  const Bytes whole = frame({40});
  std::vector<std::unique_ptr<RawConnection>> open;
  for (std::size_t bytes = 1; bytes < whole.size(); bytes += 13) {
    open.push_back(std::make_unique<RawConnection>(daemon_.server()));
    open.back()->send(BytesView(whole).substr(0, bytes));
    others_go_on();
  }
  for (const auto& connection : open) {
    connection->end();
    connection->wait_until_cut();
  }
  others_go_on();
}

TEST_F(BadInput, ACallOfMoreThanAMessageMayHaveEndsItsConnectionAndLeavesNothing) {
  const std::uint64_t before = size();
  client::Desk another(daemon_.server(), office_.token());
  const domain::RegisterPerson person{office_.fresh<PersonId>(), Box::plain(std::string(9 << 20, 'x'))};
  EXPECT_THROW(another.ask({person}, office_.random()), kj::Exception);
  EXPECT_EQ(size(), before);
  others_go_on();
}

TEST_F(BadInput, ATextThatIsTooLongOrNoTextIsRefusedByItsNameAndLeavesNothing) {
  const std::uint64_t before = size();
  const std::string texts[] = {std::string(70'000, 'x'), "\xff\xfe", "\xc0\x80", "a\x01z", "\xed\xa0\x80"};
  for (const std::string& text : texts) {
    const auto person = ask(domain::RegisterPerson{office_.fresh<PersonId>(), Box::plain(text)});
    const auto client = ask(domain::RegisterClient{office_.fresh<ClientId>(), {text, {}, {}}, {}});
    for (const auto& answer : {person, client}) {
      ASSERT_FALSE(answer);
      EXPECT_EQ(answer.error().code, RejectionCode::malformed);
      EXPECT_THAT(answer.error().message, HasSubstr("name"));
    }
  }
  EXPECT_EQ(size(), before);
}

TEST_F(BadInput, AStaleExpectedVersionIsRefusedAndLeavesNothing) {
  const domain::RegisterPerson person = somebody();
  const auto verify = [&](std::int64_t expected) {
    auto request = desk_.connection().commands().submitRequest();
    auto submission = request.initSubmissions(1)[0];
    codec::write(office_.fresh<CommandId>().value, submission.initId());
    submission.setExpectedVersion(expected);
    codec::write(domain::Command(domain::VerifyPerson{person.person, domain::VerificationMethod::in_person}),
                 submission.initCommand());
    const auto response = request.send().wait(desk_.connection().wait_scope());
    const auto outcome = response.getOutcomes()[0];
    return outcome.isAccepted() ? RejectionCode::unspecified
                                : static_cast<RejectionCode>(outcome.getRefused().getCode());
  };
  office_.act({person});
  const std::uint64_t before = size();
  for (const std::int64_t stale : {0L, 2L, 1'000'000L, 1L << 40})
    EXPECT_EQ(verify(stale), RejectionCode::version_moved);
  EXPECT_EQ(size(), before);
  EXPECT_EQ(verify(1), RejectionCode::unspecified);
  EXPECT_EQ(size(), before + 1);
}

}  // namespace
}  // namespace placet::e2e
