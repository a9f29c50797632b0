#include "tools/client/follower.h"

#include <stdexcept>
#include <string>

#include "codec/data.h"

namespace placet::client {

namespace {
constexpr std::uint32_t kEventsPerPage = 10'000;
}

bool Follower::read_page(Connection& connection, std::uint32_t wait_ms, const Visit& visit) {
  if (!started_) {
    const auto who = connection.session().whoAmIRequest().send().wait(connection.wait_scope());
    if (const std::uint64_t size = who.getBasis().getSize(); from_ > size)
      throw std::runtime_error("position " + std::to_string(from_) + ": the ledger has " + std::to_string(size) +
                               " events so far, from 0 on");
    auto cursor = cursor_.initRoot<schema::Cursor>();
    cursor.setLedger(who.getBasis().getLedger());
    cursor.setSize(from_);
    started_ = true;
  }
  auto request = connection.events().nextRequest();
  request.setCursor(cursor_.getRoot<schema::Cursor>());
  request.setMaxEvents(kEventsPerPage);
  request.setWaitMs(wait_ms);
  request.setFilter(filter().asReader());
  const auto response = request.send().wait(connection.wait_scope());
  if (response.getPage().isRefused()) throw Refused(response.getPage().getRefused());
  const auto page = response.getPage().getEvents();
  for (const capnp::Data::Reader record : page.getRecords()) visit(codec::view_of(record));
  cursor_.setRoot(page.getNext());
  return page.getCaughtUp();
}

void Follower::begin(Connection& connection, const std::function<void(schema::Place::Builder)>& at) {
  auto request = connection.events().beginRequest();
  at(request.initAt());
  const auto response = request.send().wait(connection.wait_scope());
  if (response.getCursor().isRefused()) throw Refused(response.getCursor().getRefused());
  cursor_.setRoot(response.getCursor().getCursor());
  started_ = true;
}

void Follower::read_on(Connection& connection, const Visit& visit) {
  while (!read_page(connection, 0, visit)) {
  }
}

}  // namespace placet::client
