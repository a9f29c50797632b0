#include "crypto/base64.h"

#include <sodium.h>

#include "base/check.h"

namespace placet::crypto {

namespace {

std::string encode(BytesView bytes, int variant) {
  std::string text(sodium_base64_encoded_len(bytes.size(), variant), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                    variant);
  text.pop_back();  // libsodium counts and writes a final zero
  return text;
}

Result<Bytes> decode(std::string_view text, int variant) {
  Bytes bytes(text.size() / 4 * 3 + 3, '\0');
  std::size_t length = 0;
  if (sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(), text.size(), nullptr,
                        &length, nullptr, variant) != 0)
    return fail(ErrorCode::invalid, "not well-formed base64");
  bytes.resize(length);
  // libsodium 1.0.18 takes bytes above 7F for characters of the alphabet (FF for a slash): only the text that encoding
  // would give is accepted.
  if (encode(bytes, variant) != text) return fail(ErrorCode::invalid, "not well-formed base64");
  return bytes;
}

}  // namespace

std::string to_base64(BytesView bytes) { return encode(bytes, sodium_base64_VARIANT_ORIGINAL); }
Result<Bytes> from_base64(std::string_view text) { return decode(text, sodium_base64_VARIANT_ORIGINAL); }
std::string to_base64url(BytesView bytes) { return encode(bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING); }
Result<Bytes> from_base64url(std::string_view text) { return decode(text, sodium_base64_VARIANT_URLSAFE_NO_PADDING); }

}  // namespace placet::crypto
