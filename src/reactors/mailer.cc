#include "reactors/mailer.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <utility>
#include <variant>

#include "base/big_endian.h"
#include "base/log.h"
#include "base/thread.h"
#include "codec/record.h"
#include "domain/notice/notice.h"
#include "readside/as_of.h"

namespace placet::reactors {

namespace {

using domain::DeliveryFault;
using namespace std::chrono_literals;

constexpr std::string_view kTable = "reactors", kRow = "mailer";
constexpr auto kLooksEvery = 500ms;
/// When the rows are behind, or the ledger does not answer: the mail is for later.
constexpr std::int64_t kPauseMicros = 5'000'000;
constexpr std::uint64_t kKeepPlaceEvery = 10'000;

Timestamp days_before(Timestamp at, std::int64_t days) { return {at.micros - days * kMicrosPerDay}; }

std::string_view domain_of(std::string_view address) { return address.substr(address.find('@') + 1); }

}  // namespace

std::vector<std::string> Mailer::tables() { return {std::string(kTable)}; }

Result<LogSize> Mailer::first_of(const Services& services) {
  PLACET_ASSIGN(const auto kept, services.state.get(kTable, kRow));
  if (kept) return LogSize{std::min(from_big_endian(*kept), services.log.size().value)};
  return readside::size_at(services.log, days_before(services.clock.now(), domain::kDeliveryDays));
}

Result<std::unique_ptr<Mailer>> Mailer::start(const Services& services, MailSettings settings) {
  PLACET_ASSIGN(auto smtp, Smtp::make(std::move(settings.smtp)));
  PLACET_ASSIGN(const LogSize from, first_of(services));
  while (settings.portal.ends_with('/')) settings.portal.pop_back();
  return std::unique_ptr<Mailer>(new Mailer(services, std::move(smtp), std::move(settings.portal), from));
}

Mailer::Mailer(const Services& services, std::unique_ptr<Smtp> smtp, std::string portal, LogSize from)
    : services_(services),
      letters_(services_, std::move(portal)),
      smtp_(std::move(smtp)),
      reminders_(services_),
      taken_in_(from),
      kept_place_(from),
      thread_([this](const std::stop_token& stop) { work(stop); }) {}

Mailer::~Mailer() {
  thread_.request_stop();
  thread_.join();
  if (const auto kept = keep_place(); !kept) log::warning("the mailer's place: {}", kept.error().message);
}

void Mailer::work(const std::stop_token& stop) {
  name_this_thread("mail");
  std::mutex mutex;
  std::condition_variable_any wake;
  while (!stop.stop_requested()) {
    Result<void> done = take_in();
    const auto key = done ? next(services_.clock.now()) : std::nullopt;
    if (done && key) done = deliver(*key, stop);
    if (done && !key) done = reminders_.look();
    if (!done) log::error("mail: {}", done.error().message);
    if (done && key) continue;
    std::unique_lock lock(mutex);
    wake.wait_for(lock, stop, kLooksEvery, [] { return false; });
  }
}

Result<void> Mailer::take_in() {
  const LogSize until = services_.log.size();
  if (taken_in_ == until) return {};
  Result<void> decoded;
  PLACET_TRY(services_.log.read({taken_in_.value}, [&](LogPosition position, BytesView record) {
    const auto header = codec::read_header(record, false);
    if (!header) decoded = std::unexpected(header.error());
    if (!header) return false;
    taken_in_ = LogSize{position.value + 1};
    if (header->stream.category != static_cast<std::uint8_t>(domain::Category::notice)) return true;
    const auto stored = codec::read_record(record);
    if (!stored) decoded = std::unexpected(stored.error());
    if (!stored) return false;
    const NoticeId notices(header->stream.id);
    if (const auto* queued = std::get_if<domain::NoticeQueued>(&stored->event)) {
      const Timestamp at = stored->meta.recorded_at;
      pending_.insert_or_assign({notices, stored->meta.version}, Pending{*queued, position, at, at});
    } else if (const auto* failed = std::get_if<domain::NoticeFailed>(&stored->event)) {
      if (const auto found = pending_.find({notices, failed->notice}); found != pending_.end())
        found->second.not_before = failed->again;
    } else if (const auto* sent = std::get_if<domain::NoticeSent>(&stored->event)) {
      pending_.erase({notices, sent->notice});
    } else if (const auto* given_up = std::get_if<domain::NoticeGivenUp>(&stored->event)) {
      pending_.erase({notices, given_up->notice});
    }
    return true;
  }));
  PLACET_TRY(decoded);
  if (taken_in_.value - kept_place_.value >= kKeepPlaceEvery) return keep_place();
  return {};
}

Result<void> Mailer::keep_place() {
  LogSize place = taken_in_;
  for (const auto& [key, pending] : pending_) place = std::min(place, LogSize{pending.position.value});
  kept_place_ = taken_in_;
  store::RowBatch batch;
  batch.put(kTable, kRow, to_big_endian(place.value));
  return services_.state.write(batch, store::Durability::buffered);
}

std::optional<Mailer::Key> Mailer::next(Timestamp now) const {
  const auto when = [](const auto& one) { return std::pair(one.second.not_before, one.second.position); };
  const auto found = std::ranges::min_element(pending_, {}, when);
  if (found == pending_.end() || now < found->second.not_before) return std::nullopt;
  return found->first;
}

Result<void> Mailer::deliver(const Key& key, const std::stop_token& stop) {
  Pending& pending = pending_.at(key);
  const Timestamp now = services_.clock.now();
  pending.not_before = {now.micros + kPauseMicros};  // if nothing comes of it now
  if (pending.queued_at < days_before(now, domain::kDeliveryDays)) return record(key, DeliveryFault::too_late, 0);
  const LogSize at_least{pending.position.value + 1};
  const auto letter = letters_.write(pending.notice, at_least);
  if (!letter) {
    if (const auto* fault = std::get_if<DeliveryFault>(&letter.error())) return record(key, *fault, 0);
    return std::unexpected(std::get<Error>(letter.error()));
  }
  PLACET_ASSIGN(const engine::Outcome attempted, services_.act(domain::AttemptNotice{key.notices, key.notice}, {}));
  if (std::holds_alternative<domain::Rejection>(attempted)) {
    pending_.erase(key);  // sent or given up already
    return {};
  }
  const Addressed mail{
      letter->to, fmt::format("{}.{}@{}", key.notices.value.to_string(), key.notice.value, domain_of(smtp_->from())),
      now, letter->mail};
  const Reply reply = smtp_->send(mail, stop);
  if (reply.interrupted) return {};
  return record(key, reply.fault, reply.code);
}

Result<void> Mailer::record(const Key& key, DeliveryFault fault, std::uint16_t reply) {
  PLACET_ASSIGN(const engine::Outcome outcome,
                services_.act(domain::RecordDelivery{key.notices, key.notice, fault, reply}, {}));
  if (const auto* refused = std::get_if<domain::Rejection>(&outcome))
    return fail(ErrorCode::invalid, "what became of a mail was refused: " + refused->message);
  return {};
}

}  // namespace placet::reactors
