#include "access/second_factors.h"

#include <oath.h>

#include <cstdlib>
#include <memory>

#include "base/big_endian.h"
#include "base/check.h"
#include "crypto/box.h"
#include "crypto/random.h"

namespace placet::access {

namespace {

constexpr std::string_view kSecrets = "totp_secrets", kUsed = "totp_used";
constexpr std::string_view kPlace = "placet-totp-v1";  // what a box of ours is bound to, with its key
constexpr std::size_t kSecretBytes = 20;               // RFC 4226, section 4: 160 bits recommended
constexpr unsigned kStepSeconds = 30;
constexpr std::size_t kWindow = 1;
constexpr std::size_t kDigits = 6;

struct Freed {
  void operator()(char* text) const { std::free(text); }  // NOLINT: liboath allocates with malloc
};
using OathText = std::unique_ptr<char, Freed>;

Bytes bytes_of(TokenId key) {
  const auto bytes = key.value.bytes();
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

Bytes place_of(TokenId key) { return std::string(kPlace) + bytes_of(key); }

/// The time step whose code that is.
std::optional<std::uint64_t> step_of(BytesView secret, std::string_view code, Timestamp now) {
  if (code.size() != kDigits) return std::nullopt;
  std::uint64_t step = 0;
  const int found = oath_totp_validate3(secret.data(), secret.size(), static_cast<time_t>(now.micros / 1'000'000),
                                        kStepSeconds, 0, kWindow, nullptr, &step, std::string(code).c_str());
  return found < 0 ? std::nullopt : std::optional(step);
}

}  // namespace

std::vector<std::string> SecondFactors::tables() { return {std::string(kSecrets), std::string(kUsed)}; }

std::string SecondFactors::new_secret() {
  const Bytes secret = crypto::random_bytes(kSecretBytes);
  char* encoded = nullptr;
  std::size_t size = 0;
  PLACET_CHECK(oath_base32_encode(secret.data(), secret.size(), &encoded, &size) == OATH_OK, "base32");
  const OathText text(encoded);
  std::string base32(encoded, size);
  while (base32.ends_with('=')) base32.pop_back();
  return base32;
}

Result<std::optional<TokenId>> SecondFactors::keep(std::string_view secret, std::string_view code) {
  char* decoded = nullptr;
  std::size_t size = 0;
  if (oath_base32_decode(secret.data(), secret.size(), &decoded, &size) != OATH_OK) return std::nullopt;
  const OathText bytes(decoded);
  if (size != kSecretBytes) return std::nullopt;
  const auto step = step_of({decoded, size}, code, clock_.now());
  if (!step) return std::nullopt;
  const TokenId key(new_uuid(random_, clock_.now()));
  store::RowBatch batch;
  batch.put(kSecrets, bytes_of(key), crypto::seal(seal_key_, key.value, {decoded, size}, place_of(key)));
  batch.put(kUsed, bytes_of(key), to_big_endian(*step));
  PLACET_TRY(state_.write(batch, store::Durability::synced));
  return key;
}

Result<bool> SecondFactors::matches(TokenId key, std::string_view code) {
  const std::lock_guard lock(one_by_one_);
  PLACET_ASSIGN(const auto box, state_.get(kSecrets, bytes_of(key)));
  if (!box) return false;
  PLACET_ASSIGN(const Bytes secret, crypto::open(seal_key_, *box, place_of(key)));
  const auto step = step_of(secret, code, clock_.now());
  if (!step) return false;
  PLACET_ASSIGN(const auto used, state_.get(kUsed, bytes_of(key)));
  if (used && *step <= from_big_endian(*used)) return false;
  store::RowBatch batch;
  batch.put(kUsed, bytes_of(key), to_big_endian(*step));
  PLACET_TRY(state_.write(batch, store::Durability::synced));
  return true;
}

Result<void> SecondFactors::forget(TokenId key) {
  store::RowBatch batch;
  batch.erase(kSecrets, bytes_of(key));
  batch.erase(kUsed, bytes_of(key));
  return state_.write(batch, store::Durability::synced);
}

}  // namespace placet::access
