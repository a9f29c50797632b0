#include "tools/client/connection.h"

#include <fmt/format.h>

#include "codec/ids.h"
#include "rpc/send_at_once.h"
#include "tools/client/buffered_stream.h"

namespace placet::client {

namespace {

std::shared_ptr<kj::AsyncIoContext> loop_of_this_thread() {
  thread_local std::weak_ptr<kj::AsyncIoContext> current;
  std::shared_ptr<kj::AsyncIoContext> loop = current.lock();
  if (!loop) current = loop = std::make_shared<kj::AsyncIoContext>(kj::setupAsyncIo());
  return loop;
}

}  // namespace

kj::Own<kj::AsyncIoStream> connect(kj::AsyncIoProvider& provider, kj::WaitScope& scope, const std::string& server) {
  try {
    auto stream = provider.getNetwork().parseAddress(server).wait(scope)->connect().wait(scope);
    rpc::send_at_once(*stream);
    return kj::heap<BufferedStream>(kj::mv(stream));
  } catch (const kj::Exception& exception) {
    const std::string why = exception.getDescription().cStr();  // what follows a semicolon is for programmers
    kj::throwFatalException(kj::Exception(
        exception.getType(), __FILE__, __LINE__,
        kj::str(server, ": cannot be reached (", why.substr(0, why.find(';')), "); does placetd run there?")));
  }
}

schema::Answer::Rows::Reader rows_of(schema::Answer::Reader answer) {
  switch (answer.which()) {
    case schema::Answer::ROWS: return answer.getRows();
    case schema::Answer::REFUSED: throw Refused(answer.getRefused());
    case schema::Answer::BEHIND:
      throw std::runtime_error(
          fmt::format("the rows stand at {} events and are behind; try again, or wait longer with --wait-ms",
                      answer.getBehind().getSize()));
    case schema::Answer::STOPPED:
      throw std::runtime_error(fmt::format("{} stopped at position {}: {}; see 'placet rebuild'",
                                           answer.getStopped().getProjection().cStr(),
                                           answer.getStopped().getPosition(), answer.getStopped().getWhy().cStr()));
    case schema::Answer::UNKNOWN_POSITION:
      throw std::runtime_error(
          fmt::format("the ledger has no such size: it has {} events", answer.getUnknownPosition()));
  }
  throw std::runtime_error("an answer that this program does not know");
}

Connection::Connection(const std::string& server)
    : loop_(loop_of_this_thread()),
      stream_(connect(*loop_->provider, loop_->waitScope, server)),
      rpc_(*stream_),
      bootstrap_(rpc_.bootstrap().castAs<schema::Bootstrap>()) {}

std::string Connection::redeem(const std::string& invite) {
  auto request = bootstrap_.redeemRequest();
  request.setInvite(invite);
  const auto response = request.send().wait(loop_->waitScope);
  const auto result = response.getResult();
  if (result.isRefused()) throw Refused(result.getRefused());
  return result.getToken().cStr();
}

void Connection::sign_in(const std::string& token) {
  auto request = bootstrap_.authenticateRequest();
  request.setToken(token);
  const auto response = request.send().wait(loop_->waitScope);
  const auto result = response.getResult();
  if (result.isRefused()) throw Refused(result.getRefused());
  session_ = result.getSession();
  commands_ = session_.commandsRequest().send().getCommands();
  events_ = session_.eventsRequest().send().getEvents();
  queries_ = session_.queriesRequest().send().getQueries();
}

schema::Operations::Client Connection::operations() {
  const auto response = session_.operationsRequest().send().wait(loop_->waitScope);
  const auto result = response.getResult();
  if (result.isRefused()) throw Refused(result.getRefused());
  return result.getOperations();
}

LedgerId Connection::ledger() {
  return LedgerId(codec::read_id(session_.whoAmIRequest().send().wait(loop_->waitScope).getBasis().getLedger()));
}

LogSize Connection::size() { return {session_.whoAmIRequest().send().wait(loop_->waitScope).getBasis().getSize()}; }

Zone Connection::zone() {
  const auto who = session_.whoAmIRequest().send().wait(loop_->waitScope);
  auto zone = Zone::find(who.getZone().cStr());
  if (!zone) throw std::runtime_error("the ledger's time zone is not known here: " + zone.error().message);
  return *std::move(zone);
}

void Connection::move_clock(Timestamp to, bool tick) {
  auto request = operations().moveClockRequest();
  request.setTo(to.micros);
  request.setTick(tick);
  const auto response = request.send().wait(loop_->waitScope);
  if (response.getResult().isRefused()) throw Refused(response.getResult().getRefused());
}

}  // namespace placet::client
