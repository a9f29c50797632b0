#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <vector>

#include "codec/data.h"
#include "codec/ids.h"
#include "codec/record.h"
#include "merkle/proof_file.h"
#include "tools/client/rows.h"
#include "tools/placet/files.h"
#include "tools/placet/pinned_key.h"
#include "tools/placet/verbs.h"

namespace placet::cli {

namespace {

// --- from the ledger ----------------------------------------------------------------------------------------------

struct CheckpointOptions {
  std::string out;
  bool key = false;
};

void checkpoint(const CheckpointOptions& options, Global& global) {
  client::Connection connection(global.server);
  connection.sign_in(read_token(global));
  const auto response = connection.proofs().checkpointRequest().send().wait(connection.wait_scope());
  const auto result = response.getResult();
  if (result.isRefused()) throw client::Refused(result.getRefused());
  const std::string text = options.key ? result.getSigned().getKey().cStr() + std::string("\n")
                                       : std::string(result.getSigned().getNote().cStr());
  if (options.out.empty())
    std::fputs(text.c_str(), stdout);
  else
    write_file(options.out, text);
}

struct ProveOptions {
  std::optional<std::uint64_t> position;
  std::string approval;
  std::vector<std::uint64_t> sizes;
  std::string out;
};

/// Where the newest approval on a sheet stands. Throws `Refused` when the caller sees none.
LogPosition approval_on(client::Connection& connection, const std::string& sheet) {
  const auto id = Uuid::parse(sheet);
  if (!id) wrong_usage("--approval", "'" + sheet + "' is not the id of a sheet");
  std::optional<LogPosition> newest;
  client::read_rows(
      connection,
      [&] {
        auto request = connection.queries().historyRequest();
        codec::write(*id, request.initEntity());
        return request;
      },
      [&](capnp::Data::Reader row) {
        const auto record = codec::read_record(codec::view_of(row));
        if (record && std::holds_alternative<domain::DaysApproved>(record->event)) newest = record->meta.position;
      });
  if (!newest) throw client::Refused({domain::RejectionCode::not_found, "approval: nothing of this sheet is approved"});
  return *newest;
}

void prove_record(client::Connection& connection, LogPosition position, std::string out) {
  auto request = connection.proofs().proveRequest();
  request.setPosition(position.value);
  const auto response = request.send().wait(connection.wait_scope());
  const auto result = response.getResult();
  if (result.isRefused()) throw client::Refused(result.getRefused());
  const auto proven = result.getProven();
  if (out.empty()) out = std::to_string(position.value) + ".tlog-proof";
  const std::string record_file = std::filesystem::path(out).replace_extension(".record").string();
  const auto record = proven.getRecord();
  write_file(out, proven.getProof().cStr());
  write_file(record_file, codec::view_of(record));
  std::printf(
      "The proof is in %s, the record in %s. To check them, without a server and with the key of the ledger:\n"
      "placet proof verify %s --record %s --key KEY\n",
      out.c_str(), record_file.c_str(), out.c_str(), record_file.c_str());
}

void prove_growth(client::Connection& connection, const std::vector<std::uint64_t>& sizes, const std::string& out) {
  auto request = connection.proofs().consistencyRequest();
  request.setOldSize(sizes.at(0));
  request.setSize(sizes.at(1));
  const auto response = request.send().wait(connection.wait_scope());
  const auto result = response.getResult();
  if (result.isRefused()) throw client::Refused(result.getRefused());
  if (out.empty())
    std::fputs(result.getProof().cStr(), stdout);
  else
    write_file(out, result.getProof().cStr());
}

void prove(const ProveOptions& options, Global& global) {
  const int asked = int{options.position.has_value()} + int{!options.approval.empty()} + int{!options.sizes.empty()};
  if (asked != 1) wrong_usage("prove", "give a POSITION, --approval SHEET or --consistency OLD NEW");
  client::Connection connection(global.server);
  connection.sign_in(read_token(global));
  if (!options.sizes.empty()) return prove_growth(connection, options.sizes, options.out);
  const LogPosition position =
      options.position ? LogPosition{*options.position} : approval_on(connection, options.approval);
  prove_record(connection, position, options.out);
}

// --- without a server ---------------------------------------------------------------------------------------------

struct VerifyOptions {
  std::string file;
  std::string record;
  std::string old;
  std::string key;
  std::vector<std::string> witnesses;
};

/// What somebody trusts, whatever the file says.
struct Pinned {
  merkle::LogIdentity log;
  std::vector<merkle::VerifierKey> witnesses;  // each of whom must have cosigned
};

std::string instant(std::int64_t seconds) {
  constexpr std::int64_t kYear10000 = 253'402'300'800, kMicros = 1'000'000;
  return seconds < kYear10000 ? Timestamp{seconds * kMicros}.to_string()
                              : std::to_string(seconds) + " seconds after 1970";
}

/// When each witness cosigned, in words; `denied` when one did not.
Result<std::string> cosigned(const merkle::OpenedCheckpoint& opened, const Pinned& pinned) {
  std::string words;
  for (const merkle::VerifierKey& witness : pinned.witnesses) {
    const auto found = std::ranges::find(opened.witnesses, witness.name(), &merkle::Attestation::key);
    if (found == opened.witnesses.end())
      return fail(ErrorCode::denied, "checkpoint: not cosigned by " + witness.name().name);
    words += ", cosigned by " + witness.name().name;
    if (found->cosigned_at_seconds) words += " at " + instant(*found->cosigned_at_seconds);
  }
  return words;
}

std::string described(const merkle::Checkpoint& checkpoint) {
  return "the checkpoint of " + checkpoint.origin + " over " + std::to_string(checkpoint.size.value) + " records";
}

/// What is proven, in a sentence.
Result<std::string> verified(const VerifyOptions& options, const Pinned& pinned) {
  const merkle::LogIdentity& log = pinned.log;
  const std::string file = read_file(options.file);
  if (file.starts_with("old ")) {
    if (options.old.empty()) wrong_usage("--old", "give the older checkpoint that this proof is about");
    PLACET_ASSIGN(const auto proof, merkle::GrowthFile::parse(file));
    PLACET_ASSIGN(const auto older, merkle::open_checkpoint(read_file(options.old), log));
    PLACET_ASSIGN(const auto newer, merkle::verify_growth_file(proof, older.checkpoint, log, pinned.witnesses));
    PLACET_ASSIGN(const std::string by, cosigned(newer, pinned));
    return described(newer.checkpoint) + by + " extends that over " + std::to_string(older.checkpoint.size.value);
  }
  if (!file.starts_with("c2sp.org/")) {
    PLACET_ASSIGN(const auto opened, merkle::open_checkpoint(file, log, pinned.witnesses));
    PLACET_ASSIGN(const std::string by, cosigned(opened, pinned));
    return described(opened.checkpoint) + " is signed by " + log.key.name().name + by;
  }
  if (options.record.empty()) wrong_usage("--record", "give the record that this proof is about");
  PLACET_ASSIGN(const auto proof, merkle::ProofFile::parse(file));
  PLACET_ASSIGN(const auto opened, merkle::verify_proof_file(proof, read_file(options.record), log, pinned.witnesses));
  PLACET_ASSIGN(const std::string by, cosigned(opened, pinned));
  return "the record at position " + std::to_string(proof.index.value) + " is under " + described(opened.checkpoint) +
         by;
}

void verify(const VerifyOptions& options) {
  Pinned pinned{ledger_of(options.key), {}};
  for (const std::string& witness : options.witnesses) pinned.witnesses.push_back(verifier_key(witness, "--witness"));
  std::printf("Right: %s.\n", required<Wrong>(verified(options, pinned)).c_str());
}

}  // namespace

void add_proofs(CLI::App& app, Global& global) {
  auto checkpoint_options = std::make_shared<CheckpointOptions>();
  CLI::App* sign = app.add_subcommand("checkpoint", "What the ledger signs that it holds: keep it, to compare later");
  sign->footer("Example:\n  placet checkpoint -o monday.checkpoint");
  sign->add_option("-o,--out", checkpoint_options->out, "The file to write");
  sign->add_flag("--key", checkpoint_options->key, "Print the verifier key instead, as the ledger says it");
  sign->callback([checkpoint_options, &global] { checkpoint(*checkpoint_options, global); });

  auto prove_options = std::make_shared<ProveOptions>();
  CLI::App* prove_verb =
      app.add_subcommand("prove", "Have it proven that a record is in the log, or that the log grew");
  prove_verb->footer(
      "Example:\n  placet prove 1234 -o 1234.tlog-proof\n"
      "  placet prove --approval 0190163d-8694-739b-aea5-966c26f8ad91\n  placet prove --consistency 1000 0 -o grown");
  prove_verb->add_option("POSITION", prove_options->position, "Of the record");
  prove_verb->add_option("--approval", prove_options->approval, "The newest approval on this sheet");
  prove_verb->add_option("--consistency", prove_options->sizes, "Sizes of two checkpoints; 0: the newest")->expected(2);
  prove_verb->add_option("-o,--out", prove_options->out, "The file to write; the record goes beside it");
  prove_verb->callback([prove_options, &global] { prove(*prove_options, global); });

  CLI::App* proof = app.add_subcommand("proof", "Check proofs, without a server");
  proof->require_subcommand(1);
  auto verify_options = std::make_shared<VerifyOptions>();
  CLI::App* verify_verb = proof->add_subcommand("verify", "Whether a proof or a checkpoint is right");
  const char* const example =
      "Example:\n  placet proof verify 1234.tlog-proof --record 1234.record --key ledger.example.nl+5e4f1a2b+AQ...";
  proof->footer(example);
  verify_verb->footer(example);
  verify_verb->add_option("FILE", verify_options->file, "A proof, or a checkpoint")->required();
  verify_verb->add_option("--record", verify_options->record, "The record that is to be in the log");
  verify_verb->add_option("--old", verify_options->old, "The older checkpoint that is to be extended");
  verify_verb->add_option("--key", verify_options->key, "The ledger's verifier key, from whom you trust")->required();
  verify_verb
      ->add_option("--witness", verify_options->witnesses,
                   "The verifier key of a witness who must have cosigned; may be given more than once")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  verify_verb->callback([verify_options] { verify(*verify_options); });
}

}  // namespace placet::cli
