// What somebody keeps of a ledger that he does not have to trust, and how he checks it without the ledger.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <future>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>

#include "access/keys.h"
#include "audit/own_tree.h"
#include "merkle/checkpoint.h"
#include "merkle/tile.h"
#include "tests/e2e/stage.h"
#include "tests/verbs/run.h"

namespace placet {
namespace {

using e2e::log_size;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr int kNo = 1, kWrongUsage = 64;

class ProofVerbs : public ::testing::Test {
 protected:
  ProofVerbs() {
    save("auditor", stage_.staff().at(domain::Role::auditor).token + "\n");
    save("contact", stage_.ours().members.at(domain::Role::client_contact).token + "\n");
    save("stranger", stage_.theirs().members.at(domain::Role::client_contact).token + "\n");
    key_ = placet("auditor", {"checkpoint", "--key"}).out;
    key_.pop_back();
  }
  ~ProofVerbs() noexcept override = default;  // those of Cap'n Proto may throw; those of fixtures must not

  std::string path(const std::string& file) const { return scratch_.path() / file; }
  void save(const std::string& file, std::string_view bytes) const { std::ofstream(path(file)) << bytes; }
  /// The same file with one byte changed.
  std::string changed(const std::string& file, std::size_t at) const {
    std::string bytes = bytes_in(path(file));
    bytes.at(at) = static_cast<char>(bytes.at(at) ^ 1);
    save(file + ".changed", bytes);
    return path(file + ".changed");
  }

  Ran placet(const char* who, std::vector<std::string> arguments) const {
    const std::vector<std::string> as = {"--server", stage_.server(), "--token-file", path(who)};
    arguments.insert(arguments.begin(), as.begin(), as.end());
    return run_placet(scratch_.path(), std::move(arguments));
  }
  /// Without a server.
  Ran verify(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), {"proof", "verify"});
    arguments.insert(arguments.end(), {"--key", key_});
    return run_placet(scratch_.path(), std::move(arguments));
  }

  client::ScratchFolder scratch_;
  e2e::Stage stage_;
  std::string key_;
};

TEST_F(ProofVerbs, ACheckpointSaysWhatTheLedgerHolds) {
  ASSERT_EQ(placet("contact", {"checkpoint", "-o", path("now.checkpoint")}).status, 0);
  EXPECT_THAT(
      bytes_in(path("now.checkpoint")),
      StartsWith("stage.placet.example\n" + std::to_string(log_size(stage_.world().office().connection())) + "\n"));
  const Ran checked = verify({path("now.checkpoint")});
  EXPECT_EQ(checked.status, 0) << checked.errors;
  EXPECT_THAT(checked.out, HasSubstr("is signed by stage.placet.example"));
  const Ran wrong = verify({changed("now.checkpoint", 25)});
  EXPECT_EQ(wrong.status, kNo);
  EXPECT_THAT(wrong.errors, HasSubstr("placet: wrong: "));
}

TEST_F(ProofVerbs, AWitnessWhoIsAskedForMustHaveCosigned) {
  ASSERT_EQ(placet("contact", {"checkpoint", "-o", path("now.checkpoint")}).status, 0);
  const auto key = crypto::SigningKey::from_seed(crypto::SecretKey::from_bytes(Bytes(32, 'w')).value());
  const auto witness =
      merkle::VerifierKey::of("witness.example", merkle::SignatureType::cosignature_v1, key.public_key()).value();
  const std::vector<std::string> asked = {path("now.checkpoint"), "--witness", witness.to_string()};
  const Ran alone = verify(asked);
  EXPECT_EQ(alone.status, kNo);
  EXPECT_THAT(alone.errors, HasSubstr("not cosigned by witness.example"));

  // As a witness answers: a line to be put below the others.
  constexpr std::int64_t kSeconds = 1'795'780'000;
  auto note = merkle::Note::parse(bytes_in(path("now.checkpoint"))).value();
  Bytes cosignature;
  for (int shift = 56; shift >= 0; shift -= 8) cosignature.push_back(static_cast<char>(kSeconds >> shift & 0xff));
  cosignature += key.sign(merkle::cosigned_message(note.text, kSeconds));
  note.signatures.push_back({witness.name(), cosignature});
  save("now.checkpoint", note.to_string());
  const Ran both = verify(asked);
  EXPECT_EQ(both.status, 0) << both.errors;
  EXPECT_THAT(both.out, HasSubstr("cosigned by witness.example at 2026-11-27T11:46:40"));
  EXPECT_EQ(verify({path("now.checkpoint")}).status, 0) << "who asks for no witness skips it";
  note.signatures.back().bytes.back() ^= 1;
  save("now.checkpoint", note.to_string());
  EXPECT_EQ(verify(asked).status, kNo);
}

TEST_F(ProofVerbs, WhoApprovedKeepsAReceiptThatNeedsNoLedger) {
  const Ran made =
      placet("contact", {"prove", "--approval", stage_.ours().sheet.value.to_string(), "-o", path("mine.tlog-proof")});
  ASSERT_EQ(made.status, 0) << made.errors;
  const Ran checked = verify({path("mine.tlog-proof"), "--record", path("mine.record")});
  EXPECT_EQ(checked.status, 0) << checked.errors;
  EXPECT_THAT(checked.out, HasSubstr("is under the checkpoint of stage.placet.example"));

  EXPECT_EQ(verify({path("mine.tlog-proof"), "--record", changed("mine.record", 40)}).status, kNo);
  for (const std::size_t at : {std::size_t{3}, std::size_t{32}, bytes_in(path("mine.tlog-proof")).size() - 10})
    EXPECT_EQ(verify({changed("mine.tlog-proof", at), "--record", path("mine.record")}).status, kNo) << at;
  EXPECT_EQ(verify({path("mine.tlog-proof")}).status, kWrongUsage) << "which record?";
  const Ran elsewhere = placet("stranger", {"prove", "--approval", stage_.ours().sheet.value.to_string()});
  EXPECT_EQ(elsewhere.status, kNo) << "another client";
}

TEST_F(ProofVerbs, ALaterCheckpointIsProvenToExtendAnEarlierOne) {
  ASSERT_EQ(placet("auditor", {"checkpoint", "-o", path("old")}).status, 0);
  const auto old_size = std::to_string(log_size(stage_.world().office().connection()));
  stage_.admit("Somebody Else");
  const Ran made = placet("auditor", {"prove", "--consistency", old_size, "0", "-o", path("grown")});
  ASSERT_EQ(made.status, 0) << made.errors;
  const Ran checked = verify({path("grown"), "--old", path("old")});
  EXPECT_EQ(checked.status, 0) << checked.errors;
  EXPECT_THAT(checked.out, HasSubstr("extends that over " + old_size));
  EXPECT_EQ(verify({path("grown")}).status, kWrongUsage) << "from which checkpoint?";
  EXPECT_EQ(verify({changed("grown", 12), "--old", path("old")}).status, kNo);
  const Ran unsigned_size = placet("auditor", {"prove", "--consistency", "1", "2"});
  EXPECT_EQ(unsigned_size.status, kNo);
  EXPECT_THAT(unsigned_size.errors, HasSubstr("no checkpoint over 2 records was signed"));
}

/// The root of a log in tiles, from its entry bundles alone.
Digest root_of_entries(const std::filesystem::path& folder, LogSize size) {
  audit::OwnTree tree([](std::uint8_t, std::uint64_t, const audit::OwnTree::Tile&) {});
  for (std::uint64_t bundle = 0; bundle * 256 < size.value; ++bundle) {
    const auto width = static_cast<unsigned>(std::min<std::uint64_t>(256, size.value - bundle * 256));
    const Bytes bytes = bytes_in(folder / merkle::TilePath{std::nullopt, bundle, width}.to_string());
    const std::vector<BytesView> entries = merkle::decode_bundle(bytes, width).value();
    for (const BytesView entry : entries) tree.add(audit::OwnTree::leaf(entry));
  }
  return tree.root();
}

TEST_F(ProofVerbs, TheWholeLogIsExportedAsAStaticOneAndBroughtUpToDate) {
  const auto folder = scratch_.path() / "tiles";
  const auto expect_right = [&](std::uint64_t size) {
    EXPECT_EQ(verify({folder / "checkpoint"}).status, 0);
    const auto note = merkle::Note::parse(bytes_in(folder / "checkpoint")).value();
    const auto checkpoint = merkle::Checkpoint::parse(note.text).value();
    EXPECT_EQ(checkpoint.size.value, size);
    EXPECT_EQ(root_of_entries(folder, checkpoint.size), checkpoint.root);
  };
  const Ran first = placet("auditor", {"export", "tiles", folder.string(), "--key", key_});
  ASSERT_EQ(first.status, 0) << first.errors;
  expect_right(log_size(stage_.world().office().connection()));

  for (int i = 0; i < 40; ++i) stage_.admit("Somebody Else");
  ASSERT_GT(log_size(stage_.world().office().connection()), 256U);
  const Ran again = placet("auditor", {"export", "tiles", folder.string(), "--key", key_});
  ASSERT_EQ(again.status, 0) << again.errors;
  expect_right(log_size(stage_.world().office().connection()));
  EXPECT_EQ(std::filesystem::file_size(folder / "tile/0/000"), merkle::kTileBytes);
  EXPECT_FALSE(std::filesystem::exists(folder / "tile/0/000.p"));

  const Ran not_all = placet("contact", {"export", "tiles", path("other")});
  EXPECT_NE(not_all.status, 0);
  EXPECT_THAT(not_all.errors, HasSubstr("you do not see every record"));
  EXPECT_EQ(placet("auditor", {"export", "tiles", scratch_.path().string()}).status, kWrongUsage)
      << "something else is in it";
}

TEST_F(ProofVerbs, TheBooksAreReplayedFromAnExportAloneAsTheLedgerHasThem) {
  stage_.agree_terms();
  stage_.settle();
  const std::string folder = path("exported");
  ASSERT_EQ(placet("auditor", {"export", "tiles", folder, "--key", key_}).status, 0);
  const auto size = log_size(stage_.world().office().connection());
  const auto replay = [&](const std::string& book, std::vector<std::string> more = {}) {
    more.insert(more.begin(), {"replay", "--log", folder, "--key", key_, "--output", "csv", book});
    return run_placet(scratch_.path(), more);
  };
  const auto live = [&](std::vector<std::string> question, std::uint64_t at) {
    question.insert(question.end(), {"--output", "csv", "--as-of", std::to_string(at)});
    return placet("auditor", question).out;
  };
  for (const std::uint64_t at : {size, size / 2}) {
    const std::vector<std::string> to = {"--to", std::to_string(at)};
    const Ran books = replay("trial-balance", to);
    EXPECT_EQ(books.status, 0) << books.errors;
    EXPECT_EQ(books.out, live({"trial-balance"}, at));
    EXPECT_EQ(replay("journal", to).out, live({"journal"}, at));
    EXPECT_EQ(replay("invoices", to).out, live({"invoices"}, at)) << "companies are no secret";
  }
  EXPECT_THAT(replay("trial-balance").out, HasSubstr("\r\n"));
  EXPECT_THAT(replay("balances").out, AllOf(HasSubstr("(sealed)"), Not(HasSubstr("Worker of"))));
  EXPECT_EQ(replay("journal", {"--to", std::to_string(size + 1)}).status, kWrongUsage);

  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder + "/tile/entries")) {
    if (!entry.is_regular_file()) continue;
    std::string bundle = bytes_in(entry.path());
    bundle.back() = static_cast<char>(bundle.back() ^ 1);
    std::ofstream(entry.path(), std::ios::binary) << bundle;
  }
  const Ran other = replay("journal");
  EXPECT_EQ(other.status, kNo);
  EXPECT_THAT(other.errors, HasSubstr("placet: wrong: "));
  EXPECT_EQ(other.out, "");
}

TEST_F(ProofVerbs, ALedgerThatServesIsVerifiedAsOfAMomentWhileOthersWrite) {
  stage_.settle();
  ASSERT_EQ(placet("auditor", {"checkpoint", "-o", path("mine")}).status, 0);
  auto verifying = std::async(std::launch::async,
                              [&] { return placet("auditor", {"verify", "--key", key_, "--since", path("mine")}); });
  do stage_.admit("Somebody Else");
  while (verifying.wait_for(std::chrono::seconds(0)) != std::future_status::ready);
  const Ran ran = verifying.get();
  EXPECT_EQ(ran.status, 0) << ran.out << ran.errors;
  EXPECT_THAT(ran.out, AllOf(HasSubstr("Checked: your own checkpoint."), HasSubstr("rows of projections against"),
                             HasSubstr("Not checked: the head file"), HasSubstr("All of that is right.")));

  EXPECT_EQ(placet("contact", {"verify", "--key", key_}).status, kNo) << "for auditors";
  const crypto::SigningKey other = crypto::SigningKey::from_seed(crypto::random_key());
  const auto signer = merkle::NoteSigner::of("stage.placet.example", other).value();
  const Ran wrong = placet("auditor", {"verify", "--chain", "--key", signer.verifier().to_string()});
  EXPECT_EQ(wrong.status, kNo) << wrong.out;
}

/// A ledger on which nobody runs, and its key.
class VerifyVerb : public ::testing::Test {
 protected:
  VerifyVerb() {
    const auto invites = client::found_ledger(data(), "verify.placet.example");
    client::Daemon daemon(data());
    client::World world(daemon.server(), invites[0], invites[1], e2e::kFirstMonday);
    world.place(10);
    std::ofstream(scratch_.path() / "token") << world.office_token();
    key_ = ask(daemon, {"checkpoint", "--key"}).out;
    key_.pop_back();
    EXPECT_EQ(ask(daemon, {"checkpoint", "-o", scratch_.path() / "mine"}).status, 0);
    world.place(5);
    running_ = verify();
  }
  ~VerifyVerb() noexcept override = default;  // those of Cap'n Proto may throw; those of fixtures must not

  std::filesystem::path data() const { return scratch_.path() / "ledger"; }
  Ran ask(const client::Daemon& daemon, std::vector<std::string> arguments) const {
    const std::vector<std::string> as = {"--server", daemon.server(), "--token-file", scratch_.path() / "token"};
    arguments.insert(arguments.begin(), as.begin(), as.end());
    return run_placet(scratch_.path(), std::move(arguments));
  }
  Ran verify(std::vector<std::string> more = {}) const {
    std::vector<std::string> arguments = {"verify", "--data", data(), "--key", key_};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_placet(scratch_.path(), std::move(arguments));
  }

  client::ScratchFolder scratch_;
  std::string key_;
  Ran running_;  // while placetd was there
};

TEST_F(VerifyVerb, SaysWhatItCheckedAndThatItIsRight) {
  const Ran ran = verify({"--since", scratch_.path() / "mine"});
  EXPECT_EQ(ran.status, 0) << ran.out << ran.errors;
  EXPECT_THAT(ran.out, HasSubstr("Checked: 3 checkpoints with their signatures, up to "))
      << "of init, the one that was asked for, and that of the stop";
  EXPECT_THAT(ran.out, HasSubstr("Checked: the head file.\nChecked: your own checkpoint."));
  EXPECT_THAT(ran.out, HasSubstr("rows of projections against a fold"));
  EXPECT_THAT(ran.out, HasSubstr("All of that is right."));
  EXPECT_THAT(verify({"--chain"}).out, HasSubstr("Not checked: rows of projections"));
}

TEST_F(VerifyVerb, SaysItToPrograms) {
  const auto right = nlohmann::json::parse(verify({"--output", "json"}).out);
  EXPECT_EQ(right["right"], true);
  EXPECT_TRUE(right["wrong"].empty());
  std::filesystem::remove(data() / "head");
  const auto wrong = nlohmann::json::parse(verify({"--output", "json"}).out);
  EXPECT_EQ(wrong["right"], false);
  EXPECT_EQ(wrong["wrong"].size(), 1U);
}

TEST_F(VerifyVerb, ChangesNothing) {
  const auto files = [&] {
    std::map<std::string, std::string> found;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(data()))
      if (entry.is_regular_file()) found[entry.path()] = bytes_in(entry.path());
    return found;
  };
  const auto before = files();
  EXPECT_EQ(verify().status, 0);
  EXPECT_EQ(files(), before);
}

TEST_F(VerifyVerb, DoesNotLookAtALedgerThatIsRunning) {
  EXPECT_EQ(running_.status, 2);
  EXPECT_THAT(running_.errors, HasSubstr("a placetd runs on"));
}

TEST_F(VerifyVerb, FindsAMissingHeadWrongKeysAndAnotherHistory) {
  std::filesystem::rename(data() / "head", scratch_.path() / "head");
  const Ran headless = verify();
  EXPECT_EQ(headless.status, kNo);
  EXPECT_THAT(headless.out, HasSubstr("WRONG  there is no head file"));
  std::filesystem::rename(scratch_.path() / "head", data() / "head");

  const crypto::SigningKey other = crypto::SigningKey::from_seed(crypto::random_key());
  const auto signer = merkle::NoteSigner::of("verify.placet.example", other).value();
  const std::string mine = std::exchange(key_, signer.verifier().to_string());
  EXPECT_EQ(verify().status, kNo) << "signed by somebody else";
  key_ = mine;

  const auto note = merkle::Note::parse(bytes_in(scratch_.path() / "mine")).value();
  const auto checkpoint = merkle::Checkpoint::parse(note.text).value();
  const crypto::SigningKey ours = access::KeyFolder::open(data().string() + ".keys").value().signing_key();
  const auto forger = merkle::NoteSigner::of("verify.placet.example", ours).value();
  std::ofstream(scratch_.path() / "forged")
      << merkle::sign_checkpoint({checkpoint.origin, checkpoint.size, Digest{1}}, forger).value();
  const Ran other_history = verify({"--since", scratch_.path() / "forged"});
  EXPECT_EQ(other_history.status, kNo);
  EXPECT_THAT(other_history.out, HasSubstr("are not those of your own checkpoint"));
}

}  // namespace
}  // namespace placet
