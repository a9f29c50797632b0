#include "access/passwords.h"

#include <zxcvbn.h>

#include <algorithm>

#include "crypto/password_hash.h"

namespace placet::access {

namespace {

constexpr std::string_view kTable = "passwords";

/// Guesses by which a password falls, as a power of two. 2^26, or 10^8, is what zxcvbn calls somewhat guessable
/// (score 2): more than anybody may try here, and what lists of common passwords hold lies below it.
constexpr int kBitsMin = 26;

class Turn {
 public:
  explicit Turn(std::counting_semaphore<2>& at_once) : at_once_(at_once) { at_once_.acquire(); }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
  ~Turn() { at_once_.release(); }

 private:
  std::counting_semaphore<2>& at_once_;
};

Bytes bytes_of(TokenId key) {
  const auto bytes = key.value.bytes();
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace

std::optional<PasswordFault> fault_of_password(std::string_view password, const std::vector<std::string>& about) {
  const auto characters = std::ranges::count_if(password, [](char byte) { return (byte & 0xC0) != 0x80; });  // of UTF-8
  if (static_cast<std::size_t>(characters) < Passwords::kCharactersMin) return PasswordFault::too_short;
  if (password.size() > Passwords::kBytesMax) return PasswordFault::too_long;
  std::vector<const char*> words;
  for (const std::string& word : about) words.push_back(word.c_str());
  words.push_back("placet");
  words.push_back(nullptr);
  if (ZxcvbnMatch(std::string(password).c_str(), words.data(), nullptr) < kBitsMin)
    return PasswordFault::easily_guessed;
  return std::nullopt;
}

std::vector<std::string> Passwords::tables() { return {std::string(kTable)}; }

Result<TokenId> Passwords::keep(std::string_view password) {
  const Turn turn(at_once_);
  PLACET_ASSIGN(const std::string hash, crypto::hash_password(password));
  const TokenId key(new_uuid(random_, clock_.now()));
  store::RowBatch batch;
  batch.put(kTable, bytes_of(key), hash);
  PLACET_TRY(state_.write(batch, store::Durability::synced));
  return key;
}

Result<bool> Passwords::matches(TokenId key, std::string_view password) {
  PLACET_ASSIGN(const auto hash, state_.get(kTable, bytes_of(key)));
  const Turn turn(at_once_);
  if (hash) return crypto::is_password(password, *hash);
  PLACET_ASSIGN(const std::string nobodys, crypto::hash_password(password));
  return nobodys.empty();
}

Result<void> Passwords::forget(TokenId key) {
  store::RowBatch batch;
  batch.erase(kTable, bytes_of(key));
  return state_.write(batch, store::Durability::synced);
}

}  // namespace placet::access
