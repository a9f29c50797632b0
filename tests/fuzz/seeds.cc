// Writes the first inputs of each fuzz target, made by the encoders.
//
// usage: fuzz_seeds FOLDER      FOLDER/TARGET/seed_N; what else is there stays

#include <capnp/message.h>
#include <capnp/serialize.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include "access/vault_rows.h"
#include "codec/record.h"
#include "crypto/box.h"
#include "merkle/hash.h"
#include "merkle/proof_file.h"
#include "merkle/tile.h"
#include "merkle/tree.h"
#include "schema/ledger.capnp.h"
#include "schema/plain_codec.h"
#include "store/log_format.h"
#include "store/row_codec.h"
#include "tests/fuzz/samples.h"

namespace placet::fuzz {
namespace {

using Seeds = std::vector<Bytes>;

constexpr Uuid kId{0x0123456789abcdef, 0xfedcba9876543210};

/// One value of every alternative of a variant but the first, fields as they are by default.
template <class Variant, std::size_t... I>
std::vector<Variant> one_of_each(std::index_sequence<I...>) {
  return {Variant(std::in_place_index<I + 1>)...};
}
template <class Variant>
std::vector<Variant> one_of_each() {
  return one_of_each<Variant>(std::make_index_sequence<std::variant_size_v<typename Variant::Alternatives> - 1>());
}

Seeds form_seeds() {
  return {"a=1&b=2", "key=x%20y&note=%3Cscript%3E+%C3%A9", "a", "%zz=1", "=&=&&", "__Host-placet=abc; other=1"};
}

Seeds typed_seeds() { return {"8:30", "17.00", "0830", "24:00", "7,5", "7:30", "8", "", "99:99", "-1"}; }

Seeds csv_seeds() {
  return {
      "placement,day,start,end,break,hours,minutes,type,note\r\n"
      "0190163d-8694-739b-aea5-966c26f8ad91,2026-10-12,8:30,17:00,30,,,normal,\"said \"\"no\"\",\nand left\"\r\n"
      "0190163d-8694-739b-aea5-966c26f8ad91,2026-10-13,,,,7.25,,,\r\n",
      "a,b\n\n \n\"1\n\n\",2\n3,x\"y\n",
      "\xef\xbb\xbf"
      "a\rb,c\r\n\"open"};
}

Bytes sealed_text() { return crypto::seal(box_key(), kId, "Anna de Vries", kBoxPlace); }

domain::EntryRecorded full_entry() {
  domain::EntryRecorded entry;
  entry.entry = EntryId(kId);
  entry.placement = PlacementId(kId);
  entry.period.kind = domain::PeriodKind{1};
  entry.period.first = {20'000};
  entry.hour_type = domain::HourType{1};
  entry.worked.day = {20'001};
  entry.worked.start_at = Timestamp{1'728'000'000'000'000};
  entry.worked.end_at = Timestamp{1'728'028'800'000'000};
  entry.worked.break_minutes = Minutes::of(30);
  entry.worked.minutes = Minutes::of(450);
  entry.note = Box::sealed(sealed_text());
  return entry;
}

Seeds record_seeds() {
  domain::Meta meta;
  meta.position = {12};
  meta.stream = {10, kId};
  meta.count = 1;
  meta.actor.person = PersonId(kId);
  meta.command = CommandId(kId);
  meta.cause = LogPosition{7};
  meta.parties = {PartyId(kId), PartyId(kId)};
  meta.request_hash = Digest{1, 2, 3};
  codec::RecordWriter writer;
  Seeds seeds{Bytes(*writer.write(meta, full_entry()))};
  for (const auto& event : one_of_each<domain::Event>()) seeds.emplace_back(*writer.write(meta, event));
  return seeds;
}

Bytes framed(capnp::MessageBuilder& message) {
  const auto words = capnp::messageToFlatArray(message);
  const auto bytes = words.asBytes();
  return Bytes(reinterpret_cast<const char*>(bytes.begin()), bytes.size());
}

Seeds submission_seeds() {
  Seeds seeds;
  for (const auto& command : one_of_each<domain::Command>()) {
    capnp::MallocMessageBuilder message;
    auto submission = message.initRoot<schema::Submission>();
    submission.initId().setHi(kId.hi);
    submission.setExpectedVersion(3);
    codec::write(command, submission.initCommand());
    seeds.push_back(framed(message));
  }
  capnp::MallocMessageBuilder message(16, capnp::AllocationStrategy::FIXED_SIZE);
  auto person = message.initRoot<schema::Submission>().initCommand().initRegisterPerson();
  person.initPerson().setLo(kId.lo);
  person.initName().setText("Anna de Vries, in a message of several segments");
  seeds.push_back(framed(message));
  return seeds;
}

Seeds frame_seeds() {
  Seeds seeds;
  for (const Bytes& message : submission_seeds()) seeds.push_back('\x06' + message + message);
  for (const std::uint32_t count_word : {0xffffffffu, 511u, 510u, 0u}) {
    Bytes header(1, '\x02');
    for (int i = 0; i < 4; ++i) header.push_back(static_cast<char>(count_word >> (8 * i)));
    seeds.push_back(header + Bytes(12, '\x01'));
  }
  return seeds;
}

merkle::Tree small_tree() {
  merkle::Tree tree;
  for (int i = 0; i < 5; ++i) tree.append(merkle::leaf_hash("record " + std::to_string(i)));
  return tree;
}

Bytes signed_checkpoint() {
  const auto tree = small_tree();
  return merkle::sign_checkpoint({log_identity().origin, tree.size(), tree.root()}, log_signer()).value();
}

Seeds note_seeds() {
  return {signed_checkpoint(), merkle::sign_note("a text\n\nof two paragraphs\n", log_signer()).value(),
          signed_checkpoint() + "\xe2\x80\x94 other.example/witness AAAAAQAA\n"};
}

Seeds checkpoint_seeds() {
  return {signed_checkpoint(), merkle::Checkpoint{"placet.example/ledger", {0}, merkle::empty_root()}.to_text(),
          merkle::Checkpoint{"placet.example/ledger", {UINT64_MAX}, Digest{}}.to_text()};
}

Seeds tile_path_seeds() {
  Seeds seeds;
  for (const merkle::TilePath& path : {merkle::TilePath{0, 0, 256}, {63, 1'234'067, 255}, {std::nullopt, 999, 1}})
    seeds.push_back(path.to_string());
  return seeds;
}

Seeds entry_bundle_seeds() {
  Bytes bundle;
  merkle::append_entry(bundle, "a record");
  merkle::append_entry(bundle, Bytes(300, 'r'));
  return {'\x01' + bundle};
}

Seeds proof_file_seeds() {
  const auto tree = small_tree();
  const auto no_tiles = [](std::uint8_t, std::uint64_t) -> Result<Bytes> {
    return fail(ErrorCode::not_found, "no tile is full yet");
  };
  merkle::ProofFile file;
  file.index = {3};
  file.hashes = merkle::inclusion_proof(file.index, tree.size(), merkle::tile_hashes(tree, no_tiles)).value();
  file.checkpoint = signed_checkpoint();
  Seeds seeds{file.to_string()};
  file.extra = "extra";
  seeds.push_back(file.to_string());
  const auto grown = merkle::consistency_proof({2}, tree.size(), merkle::tile_hashes(tree, no_tiles)).value();
  seeds.push_back(merkle::GrowthFile{{2}, grown, signed_checkpoint()}.to_string());
  return seeds;
}

Seeds row_seeds() {
  Row row;
  row.worker = WorkerId(kId);
  row.due = Money::of(-123'456);
  row.settled = true;
  row.name = "row";
  row.limit = Minutes::of(60);
  row.days = {{{20'000}, Minutes::of(480)}, {{20'001}, Minutes::of(30)}};
  row.placements = {PlacementId(kId)};
  row.notes = {"", "a note"};
  return {store::encode_row(row), store::encode_row(Row{})};
}

Seeds log_row_seeds() {
  Bytes chunk;
  store::append_framed(chunk, "a record");
  store::append_framed(chunk, Bytes(300, 'r'));
  Bytes varints;
  for (const std::uint64_t value : {std::uint64_t{0}, std::uint64_t{300}, UINT64_MAX})
    store::append_varint(varints, value);
  return {chunk, varints};
}

Seeds head_file_seeds() {
  Bytes slots(1, '\x03');
  for (const char sequence : {'\x01', '\x02'})
    slots += "PLCTHEAD" + Bytes(7, '\0') + sequence + Bytes(7, '\0') + '\x05' + Bytes(32, 'r') + Bytes(4, '\0');
  return {slots, Bytes(1, '\x00'), '\x04' + Bytes(100, 'x')};
}

Seeds key_row_seeds() {
  const access::SubjectKey key{{kId, domain::RetentionClass::contact, 2025}, kId, box_key()};
  return {key.name.encode(), access::ledger_key_at(1), access::wrap_subject_key(box_key(), 1, LedgerId(kId), key)};
}

std::map<std::string, Seeds> all_seeds() {
  return {{"record", record_seeds()},
          {"submission", submission_seeds()},
          {"frame", frame_seeds()},
          {"csv", csv_seeds()},
          {"form", form_seeds()},
          {"typed", typed_seeds()},
          {"note", note_seeds()},
          {"verifier_key", {log_signer().verifier().to_string()}},
          {"checkpoint", checkpoint_seeds()},
          {"tile_path", tile_path_seeds()},
          {"entry_bundle", entry_bundle_seeds()},
          {"proof_file", proof_file_seeds()},
          {"sealed_box", {sealed_text(), crypto::seal(box_key(), kId, "", kBoxPlace)}},
          {"row", row_seeds()},
          {"key_row", key_row_seeds()},
          {"log_row", log_row_seeds()},
          {"head_file", head_file_seeds()}};
}

}  // namespace
}  // namespace placet::fuzz

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: fuzz_seeds FOLDER\n";
    return 64;
  }
  for (const auto& [target, seeds] : placet::fuzz::all_seeds()) {
    const auto folder = std::filesystem::path(argv[1]) / target;
    std::filesystem::create_directories(folder);
    for (std::size_t i = 0; i < seeds.size(); ++i)
      std::ofstream(folder / ("seed_" + std::to_string(i)), std::ios::binary) << seeds[i];
  }
}
