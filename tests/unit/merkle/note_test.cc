#include "merkle/note.h"

#include <gtest/gtest.h>

#include "merkle/text.h"

namespace placet::merkle {
namespace {

constexpr std::string_view kText = "A first paragraph.\n\nA second one.\n";

crypto::SigningKey key_of(char seed) {
  return crypto::SigningKey::from_seed(*crypto::SecretKey::from_bytes(Bytes(32, seed)));
}

NoteSigner signer_of(std::string name, char seed) { return *NoteSigner::of(std::move(name), key_of(seed)); }

Bytes u64(std::uint64_t value) {
  Bytes bytes;
  for (int shift = 56; shift >= 0; shift -= 8) bytes.push_back(static_cast<char>(value >> shift & 0xff));
  return bytes;
}

/// `note` with one more signature under it.
std::string with(std::string_view note, NoteSignature signature) {
  Note parsed = *Note::parse(note);
  parsed.signatures.push_back(std::move(signature));
  return parsed.to_string();
}

class Notes : public ::testing::Test {
 protected:
  const NoteSigner log = signer_of("log.example/one", 'l');
  const NoteSigner stranger = signer_of("stranger.example", 's');
  const std::vector<VerifierKey> known = {log.verifier()};
  const std::string note = *sign_note(kText, log);
  const crypto::SigningKey witness_key = key_of('w');
  const VerifierKey witness =
      *VerifierKey::of("witness.example", SignatureType::cosignature_v1, witness_key.public_key());
};

TEST_F(Notes, AreSplitAtTheLastBlankLine) {
  const auto opened = open_note(note, known);
  ASSERT_TRUE(opened) << opened.error().message;
  EXPECT_EQ(opened->text, kText);
  ASSERT_EQ(opened->attestations.size(), 1u);
  EXPECT_EQ(opened->attestations[0].key, log.verifier().name());
  EXPECT_EQ(opened->attestations[0].cosigned_at_seconds, std::nullopt);
}

TEST_F(Notes, SkipUnknownKeysEvenThoseThatShareANameOrAnId) {
  const NoteSigner same_name = signer_of(log.verifier().name().name, 'x');
  std::string signed_by_all = with(with(note, stranger.sign(kText)), same_name.sign(kText));
  signed_by_all = with(signed_by_all, {{"other.example", log.verifier().name().id}, "nonsense"});
  const auto opened = open_note(signed_by_all, known);
  ASSERT_TRUE(opened) << opened.error().message;
  EXPECT_EQ(opened->attestations.size(), 1u);
  EXPECT_EQ(opened->unknown.size(), 3u);
}

TEST_F(Notes, AreRejectedForABadSignatureByAKnownKeyWhateverElseIsGood) {
  const std::string bad = with(note, {stranger.verifier().name(), Bytes(64, 'x')});
  EXPECT_TRUE(open_note(bad, known));
  const std::vector<VerifierKey> both = {log.verifier(), stranger.verifier()};
  EXPECT_EQ(open_note(bad, both).error().code, ErrorCode::denied);
}

TEST_F(Notes, NeedASignatureByAKnownKey) {
  EXPECT_EQ(open_note(note, {}).error().code, ErrorCode::denied);
  EXPECT_EQ(open_note(note, std::vector{stranger.verifier()}).error().code, ErrorCode::denied);
}

TEST_F(Notes, CountOneKeyOnce) {
  const auto opened = open_note(with(note, log.sign(kText)), known);
  ASSERT_TRUE(opened) << opened.error().message;
  EXPECT_EQ(opened->attestations.size(), 1u);
}

TEST_F(Notes, MayBear16SignaturesAndAtMost100) {
  std::string signed_by_many = note;
  for (int i = 1; i < 16; ++i) signed_by_many = with(signed_by_many, stranger.sign(kText));
  EXPECT_EQ(open_note(signed_by_many, known).value().unknown.size(), 15u);
  while (Note::parse(signed_by_many).value().signatures.size() < kNoteSignaturesMax)
    signed_by_many = with(signed_by_many, stranger.sign(kText));
  EXPECT_TRUE(open_note(signed_by_many, known));
  EXPECT_EQ(open_note(with(signed_by_many, stranger.sign(kText)), known).error().code, ErrorCode::invalid);
}

TEST_F(Notes, AreSignedOnlyOverTextThatANoteMayHold) {
  for (const std::string_view text : {"", "no newline", "tab\there\n", "bad \xff utf-8\n", "nul \x01\n", "\xc0\xaf\n"})
    EXPECT_EQ(sign_note(text, log).error().code, ErrorCode::invalid) << text;
  EXPECT_TRUE(sign_note("\xc3\xa9 \xe2\x82\xac \xf0\x9f\x8c\xb3\n", log));
}

TEST_F(Notes, ShowWhenAWitnessCosigned) {
  const std::int64_t at = 1'679'315'147;
  EXPECT_EQ(cosigned_message("origin\n", at), "cosignature/v1\ntime 1679315147\norigin\n");
  const std::string cosigned =
      with(note, {witness.name(), u64(1'679'315'147) + witness_key.sign(cosigned_message(kText, at))});
  const auto opened = open_note(cosigned, std::vector{log.verifier(), witness});
  ASSERT_TRUE(opened) << opened.error().message;
  ASSERT_EQ(opened->attestations.size(), 2u);
  EXPECT_EQ(opened->attestations[1].key, witness.name());
  EXPECT_EQ(opened->attestations[1].cosigned_at_seconds, at);
}

TEST_F(Notes, AreRejectedForACosignatureOfAnotherTimeOrTextOrLength) {
  const std::vector<VerifierKey> both = {log.verifier(), witness};
  const Bytes good = witness_key.sign(cosigned_message(kText, 5));
  const Bytes plain = witness_key.sign(kText);
  for (const Bytes& bytes : {u64(6) + good, u64(5) + plain, plain, good, u64(5) + good + "x"})
    EXPECT_EQ(open_note(with(note, {witness.name(), bytes}), both).error().code, ErrorCode::denied);
  EXPECT_TRUE(open_note(with(note, {witness.name(), u64(5) + good}), both));
}

TEST_F(Notes, AreRejectedForACosignatureTimeOf2To63HoweverItWasWrittenWhenSigned) {
  const std::vector<VerifierKey> both = {log.verifier(), witness};
  for (const std::string_view time : {"9223372036854775808", "-9223372036854775808"}) {
    const Bytes signature = witness_key.sign("cosignature/v1\ntime " + std::string(time) + "\n" + std::string(kText));
    const Bytes bytes = u64(std::uint64_t{1} << 63) + signature;
    EXPECT_EQ(open_note(with(note, {witness.name(), bytes}), both).error().code, ErrorCode::denied);
  }
}

TEST(VerifierKeys, NameTheTypeInTheirId) {
  const auto key = key_of('k').public_key();
  const VerifierKey plain = *VerifierKey::of("name", SignatureType::ed25519, key);
  const VerifierKey cosigner = *VerifierKey::of("name", SignatureType::cosignature_v1, key);
  EXPECT_NE(plain.name().id, cosigner.name().id);
  for (const VerifierKey& verifier : {plain, cosigner}) {
    const auto parsed = VerifierKey::parse(verifier.to_string());
    ASSERT_TRUE(parsed) << parsed.error().message;
    EXPECT_EQ(parsed->name(), verifier.name());
    EXPECT_EQ(parsed->type(), verifier.type());
    EXPECT_EQ(parsed->key(), key);
  }
}

TEST(VerifierKeys, RefuseNamesWithSpaceOrPlus) {
  for (const std::string_view name : {"", "a b", "a+b", "a\xc2\xa0z", "a\xe3\x80\x80z", "a\nb", "\xff"})
    EXPECT_EQ(VerifierKey::of(std::string(name), SignatureType::ed25519, {}).error().code, ErrorCode::invalid) << name;
  EXPECT_TRUE(VerifierKey::of("caf\xc3\xa9.example/\xe2\x82\xac", SignatureType::ed25519, {}));
}

TEST(NoteText, IsWellFormedUtf8InItsShortestForm) {
  for (const std::string_view bad : {"\x80", "\xc3", "\xc1\x81", "\xe0\x80\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80",
                                     "\xf8\x88\x80\x80\x80", "a\rb", "\xe2\x82"})
    EXPECT_FALSE(is_note_text(bad)) << to_hex(bad);
  for (const std::string_view good :
       {"", "\n\n", "\xc2\x80", "\xe0\xa0\x80", "\xed\x9f\xbf", "\xf4\x8f\xbf\xbf", "\x7f"})
    EXPECT_TRUE(is_note_text(good)) << to_hex(good);
}

}  // namespace
}  // namespace placet::merkle
