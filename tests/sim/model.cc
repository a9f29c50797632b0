#include "tests/sim/model.h"

#include <capnp/serialize.h>
#include <openssl/sha.h>

#include <cstring>

#include "schema/record.capnp.h"
#include "tests/sim/facts.h"

namespace placet::sim {

namespace {

constexpr auto kCommandIdReused = static_cast<std::uint16_t>(schema::RejectionCode::COMMAND_ID_REUSED);

// RFC 6962, 2.1.
Hash sha256(const std::string& bytes) {
  Hash hash;
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), hash.data());
  return hash;
}
Hash leaf_of(std::string_view record) { return sha256(std::string(1, '\0').append(record)); }
Hash node_of(const Hash& left, const Hash& right) {
  std::string bytes(1, '\1');
  bytes.append(left.begin(), left.end()).append(right.begin(), right.end());
  return sha256(bytes);
}

}  // namespace

Model::Model()
    : root_at_{sha256("")},
      facts_(std::make_unique<Facts>([this](bool kept, const std::string& what) { expect(kept, what); })) {}
Model::~Model() = default;

const std::map<std::string, std::size_t>& Model::judged() const { return facts_->judged(); }

void Model::expect(bool kept, const std::string& what) {
  if (!kept) broken_.push_back(what);
}

void Model::accepted(const CommandKey& command, std::uint64_t first, std::uint32_t count, bool repeated) {
  expect(repeated == commands_.contains(command),
         "an answer about position " + std::to_string(first) +
             (repeated ? " calls itself a repeat of nothing" : " is a second one, and does not say so"));
  unsettled_.push_back({command, first, count, 0});
}

void Model::refused(const CommandKey& command, std::uint16_t code) { unsettled_.push_back({command, 0, 0, code}); }

void Model::grow(const Hash& leaf) {
  leaves_.push_back(leaf);
  peaks_.emplace_back(1, leaf);
  while (peaks_.size() > 1 && peaks_.back().first == peaks_[peaks_.size() - 2].first) {
    const auto right = peaks_.back();
    peaks_.pop_back();
    peaks_.back() = {2 * right.first, node_of(peaks_.back().second, right.second)};
  }
  Hash root = peaks_.back().second;
  for (std::size_t i = peaks_.size() - 1; i-- > 0;) root = node_of(peaks_[i].second, root);
  root_at_.push_back(root);
}

void Model::stored(std::string_view bytes) {
  const std::uint64_t position = size();
  const auto expect_here = [&](bool kept, const char* what) {
    expect(kept, "position " + std::to_string(position) + ": " + what);
  };
  std::vector<capnp::word> words(bytes.size() / sizeof(capnp::word));
  expect_here(words.size() * sizeof(capnp::word) == bytes.size(), "not whole words");
  std::memcpy(words.data(), bytes.data(), words.size() * sizeof(capnp::word));
  capnp::FlatArrayMessageReader message(kj::arrayPtr(words.data(), words.size()));
  const auto record = message.getRoot<schema::Record>();
  grow(leaf_of(bytes));

  expect_here(record.getPosition() == position, "stands at another position than it says");
  const Id stream{record.getStream().getHi(), record.getStream().getLo()};
  auto& next_version = versions_[{static_cast<std::uint16_t>(record.getCategory()), stream}];
  expect_here(record.getVersion() == next_version++, "a gap or a double in the versions of its stream");
  expect_here(record.getRecordedAt() >= recorded_at_, "time goes back");
  recorded_at_ = record.getRecordedAt();

  const CommandKey command{{record.getCommandId().getHi(), record.getCommandId().getLo()},
                           {record.getAccount().getHi(), record.getAccount().getLo()}};
  expect_here(sent_.contains(command), "of a command that nobody sent");
  if (record.getIndex() == 0) {
    expect_here(!unfinished_, "the command before it is not whole");
    unfinished_ = {command, 0, record.getCount()};
    expect_here(commands_.try_emplace(command, Stored{position, record.getCount(), 0, false}).second,
                "of a command that was carried out before");
  }
  const bool goes_on = unfinished_ && unfinished_->command == command && unfinished_->index == record.getIndex() &&
                       unfinished_->count == record.getCount();
  expect_here(goes_on, "not the next event of its command");
  if (goes_on && ++unfinished_->index == unfinished_->count) unfinished_.reset();

  const auto event = record.getEvent();
  const bool on_control = record.getCategory() == schema::Category::CONTROL;
  expect_here(on_control == (event.isRefusedByControl() || event.isRefusalsSummarised()),
              "refusals, and nothing else, stand on a control");
  if (on_control) expect_here(record.getCount() == 1, "a refusal left more than its fact");
  if (event.isRefusedByControl())
    commands_[command].refusal = static_cast<std::uint16_t>(event.getRefusedByControl().getCode());
  if (event.isRefusalsSummarised()) commands_[command].refusals_summarised = true;
  facts_->see(record);
}

void Model::stored_still(std::uint64_t position, std::string_view record) {
  expect(position < size() && leaves_[position] == leaf_of(record),
         "position " + std::to_string(position) + ": another record than before the crash");
}

void Model::check(const Answer& answer) {
  const auto found = commands_.find(answer.command);
  if (answer.refusal == 0) {
    const std::string about = "the answer about position " + std::to_string(answer.first);
    if (answer.count == 0) return expect(found == commands_.end(), about + ": nothing was to change");
    if (found == commands_.end()) return expect(false, about + ": nothing of the command is there");
    const Stored& stored = found->second;
    expect(stored.first == answer.first && stored.count == answer.count && stored.refusal == 0, about + ": not so");
  } else if (found != commands_.end()) {
    const Stored& stored = found->second;
    expect(stored.refusal == answer.refusal || stored.refusals_summarised || answer.refusal == kCommandIdReused,
           "refused with " + std::to_string(answer.refusal) + ", and yet there at " + std::to_string(stored.first));
  }
}

void Model::settle() {
  expect(!unfinished_, "the last command is not whole");
  for (const Answer& answer : unsettled_) check(answer);
  unsettled_.clear();
}

void Model::head(std::uint64_t size, const Hash& root) {
  expect(size < root_at_.size() && root_at_[size] == root, "the head at " + std::to_string(size) + " has another root");
}

}  // namespace placet::sim
