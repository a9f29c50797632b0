#include "rpc/pinned.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "codec/data.h"
#include "codec/fields.h"
#include "rpc/operations.h"
#include "rpc/wire.h"

namespace placet::rpc {

using domain::RejectionCode;

namespace {

constexpr std::uint32_t kBytesMax = 4 << 20;
constexpr std::string_view kOfLog = "log/", kOfViews = "views/";

}  // namespace

kj::Maybe<kj::Own<Pin>> Pin::take(Services& services) {
  if (services.pins >= kMax) return nullptr;
  return kj::heap<Pin>(services);
}

Result<kj::Own<PinnedServer>> PinnedServer::of_now(Services& services, access::SignIn sign_in, kj::Own<Pin> pin) {
  auto views = services.views.snapshot();
  PLACET_ASSIGN(auto log, services.log.rows());
  return kj::heap<PinnedServer>(services, sign_in, kj::mv(pin), std::move(log), std::move(views));
}

PinnedServer::PinnedServer(Services& services, access::SignIn sign_in, kj::Own<Pin> pin,
                           std::unique_ptr<store::RowReader> log, std::unique_ptr<store::RowReader> views)
    : services_(services), sign_in_(sign_in), pin_(kj::mv(pin)), log_(std::move(log)), views_(std::move(views)) {}

kj::Promise<void> PinnedServer::rows(RowsContext context) {
  const auto asked = context.getParams();
  const auto refuse = [&](const domain::Rejection& rejection) -> kj::Promise<void> {
    write_refusal(rejection, context.getResults().initResult().initRefused());
    return kj::READY_NOW;
  };
  if (const auto fault = keeps_out(services_, sign_in_, schema::BY_AUDITOR)) return refuse(*fault);
  const std::string_view name(asked.getTable().cStr(), asked.getTable().size());
  const bool of_log = name.starts_with(kOfLog);
  if (!of_log && !name.starts_with(kOfViews))
    return refuse({RejectionCode::malformed, "table: must begin with log/ or views/"});

  const auto from = asked.getFrom();
  const store::KeyRange range{Bytes(codec::view_of(from)), {}};
  const std::size_t bytes_max = std::clamp(asked.getMaxBytes(), 1u, kBytesMax);
  std::vector<std::pair<Bytes, Bytes>> page;
  std::size_t bytes = 0;
  bool more = false;
  const auto read =
      (of_log ? log_ : views_)
          ->scan(name.substr((of_log ? kOfLog : kOfViews).size()), range, [&](BytesView key, BytesView row) {
            more = !page.empty() && bytes + key.size() + row.size() > bytes_max;
            if (more) return false;
            page.emplace_back(key, row);
            bytes += key.size() + row.size();
            return true;
          });
  if (!read && read.error().code == ErrorCode::not_found)
    return refuse({RejectionCode::not_found, read.error().message});
  require(read, "the ledger could not read its rows");
  auto to = context.getResults().initResult().initPage();
  auto rows = to.initRows(static_cast<unsigned>(page.size()));
  for (unsigned i = 0; i < page.size(); ++i) {
    rows[i].setKey(codec::bytes_of<capnp::Data>(page[i].first));
    rows[i].setRow(codec::bytes_of<capnp::Data>(page[i].second));
  }
  to.setMore(more);
  return kj::READY_NOW;
}

}  // namespace placet::rpc
