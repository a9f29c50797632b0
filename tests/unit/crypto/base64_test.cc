#include "crypto/base64.h"

#include <gtest/gtest.h>

namespace placet::crypto {
namespace {

// RFC 4648, section 10.
TEST(Base64, GivesThePublishedTexts) {
  const std::pair<BytesView, std::string_view> examples[] = {{"", ""},
                                                             {"f", "Zg=="},
                                                             {"fo", "Zm8="},
                                                             {"foo", "Zm9v"},
                                                             {"foob", "Zm9vYg=="},
                                                             {"fooba", "Zm9vYmE="},
                                                             {"foobar", "Zm9vYmFy"}};
  for (const auto& [bytes, text] : examples) {
    EXPECT_EQ(to_base64(bytes), text);
    EXPECT_EQ(from_base64(text).value(), bytes);
  }
  EXPECT_EQ(to_base64("\xfb\xff"), "+/8=");
  EXPECT_EQ(to_base64url("\xfb\xff"), "-_8");
  EXPECT_EQ(from_base64url("-_8").value(), "\xfb\xff");
}

TEST(Base64, HasOneSpellingPerValue) {
  for (const std::string_view text : {"Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "Zm9v\n", " Zm9v", "Zm 9v",
                                      "Zm9v=", "-_8=", "=", "Z", "Zm9vZ", "Zg==Zg=="}) {
    const auto decoded = from_base64(text);
    ASSERT_FALSE(decoded) << text;
    EXPECT_EQ(decoded.error().code, ErrorCode::invalid);
  }
  for (const std::string_view text : {"Zg==", "Zh", "+/8", "Z", "Zm9v ", "-_8="})
    EXPECT_FALSE(from_base64url(text)) << text;
}

TEST(Base64, KnowsNoCharacterOutsideItsAlphabet) {
  const std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  for (int byte = 0; byte < 256; ++byte) {
    const std::string text(4, static_cast<char>(byte));
    const bool letter = alphabet.find(text[0]) != std::string_view::npos;
    EXPECT_EQ(from_base64(text).has_value(), letter || byte == '+' || byte == '/') << byte;
    EXPECT_EQ(from_base64url(text).has_value(), letter || byte == '-' || byte == '_') << byte;
  }
}

TEST(Base64, BringsBackEveryByte) {
  Bytes bytes;
  for (int i = 0; i < 256; ++i) {
    bytes.push_back(static_cast<char>(i));
    EXPECT_EQ(from_base64(to_base64(bytes)).value(), bytes);
    EXPECT_EQ(from_base64url(to_base64url(bytes)).value(), bytes);
  }
}

}  // namespace
}  // namespace placet::crypto
