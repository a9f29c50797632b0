#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <string>
#include <thread>
#include <utility>

#include "codec/record.h"
#include "domain/authority.h"
#include "portal/pages/pages.h"
#include "store/log_tree.h"

namespace placet::portal::pages {

namespace {

using namespace std::chrono_literals;

constexpr auto kLooksEvery = 50ms;
constexpr int kLooksMax = 60;  // one checkpoint a second is signed at most

struct Approved {
  LogPosition position;
  Bytes record;
};

/// The approval at the position in the path, if the visitor may see it.
Result<Approved> approval(const Visit& visit) {
  const auto not_there = [] { return fail(ErrorCode::not_found, "no such approval"); };
  const std::string& text = visit.ids[0];
  LogPosition position;
  const char* const end = text.data() + text.size();
  if (const auto read = std::from_chars(text.data(), end, position.value); read.ptr != end) return not_there();
  const store::EventLog& log = visit.desk.services().log;
  if (position.value >= log.size().value) return not_there();
  PLACET_ASSIGN(Bytes record, log.record(position));
  PLACET_ASSIGN(const auto stored, codec::read_record(record));
  if (!std::holds_alternative<domain::DaysApproved>(stored.event)) return not_there();
  const domain::Meta& meta = stored.meta;
  if (!domain::may(visit.who().caller.grants, meta.parties, meta.audience, visit.today())) return not_there();
  return Approved{position, std::move(record)};
}

/// Signed over the records up to the position at least.
Result<store::Checkpoint> checkpoint_over(const Visit& visit, LogPosition position) {
  for (int look = 0; look < kLooksMax; ++look) {
    PLACET_ASSIGN(auto checkpoint, visit.desk.services().notary.over({position.value + 1}));
    if (checkpoint) return std::move(*checkpoint);
    std::this_thread::sleep_for(kLooksEvery);
  }
  return fail(ErrorCode::unavailable, "no checkpoint was signed in time");
}

Response file(std::string bytes) {
  return {200, {{"content-type", "application/octet-stream"}, {"content-disposition", "attachment"}}, std::move(bytes)};
}

}  // namespace

Response receipt(Visit& visit) {
  PLACET_SHOW(const Approved approved, approval(visit));
  Framed page(visit, "receipt");
  page.part()
      .set("PATH", fmt::format("/approved/{}", approved.position.value))
      .set("POSITION", fmt::to_string(approved.position.value))
      .set("VERIFIER", visit.desk.services().notary.identity().key.to_string());
  return page.response();
}

Response receipt_record(Visit& visit) {
  PLACET_SHOW(Approved approved, approval(visit));
  return file(std::move(approved.record));
}

Response receipt_proof(Visit& visit) {
  PLACET_SHOW(const Approved approved, approval(visit));
  const store::EventLog& log = visit.desk.services().log;
  PLACET_SHOW(const store::Checkpoint checkpoint, checkpoint_over(visit, approved.position));
  PLACET_SHOW(const merkle::Tree tree, store::tree_of(log, checkpoint.size));
  PLACET_SHOW(std::string proof, store::proof_file(log, tree, approved.position, checkpoint.note));
  return file(std::move(proof));
}

}  // namespace placet::portal::pages
