#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "access/natural_key.h"
#include "access/text_rules.h"

namespace placet::access {
namespace {

void append_utf8(std::string& out, std::uint32_t code_point) {
  const auto put = [&](std::uint32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (code_point < 0x80) return put(code_point);
  if (code_point < 0x800) return put(0xc0 | code_point >> 6), put(0x80 | (code_point & 0x3f));
  if (code_point < 0x10000)
    return put(0xe0 | code_point >> 12), put(0x80 | (code_point >> 6 & 0x3f)), put(0x80 | (code_point & 0x3f));
  put(0xf0 | code_point >> 18), put(0x80 | (code_point >> 12 & 0x3f)), put(0x80 | (code_point >> 6 & 0x3f)),
      put(0x80 | (code_point & 0x3f));
}

TEST(TextRulesProperty, EveryCodePointAloneIsJudgedByItsNumber) {
  for (std::uint32_t code_point = 0; code_point <= 0x110100; ++code_point) {
    std::string text;
    append_utf8(text, code_point);
    const bool surrogate = code_point >= 0xd800 && code_point <= 0xdfff;
    const bool control = code_point <= 0x1f || (code_point >= 0x7f && code_point <= 0x9f);
    const bool allowed = code_point <= 0x10ffff && !surrogate && (!control || code_point == '\n' || code_point == '\t');
    ASSERT_EQ(!fault_of(text), allowed) << std::hex << code_point;
  }
}

RC_GTEST_PROP(TextRulesProperty, AnAllowedTextCutInsideACharacterIsRefused, ()) {
  std::string text;
  for (const std::uint32_t code_point : *rc::gen::nonEmpty(
           rc::gen::container<std::vector<std::uint32_t>>(rc::gen::inRange<std::uint32_t>(0xa0, 0xd800))))
    append_utf8(text, code_point);
  RC_ASSERT(!fault_of(text));
  RC_ASSERT(fault_of(text.substr(0, text.size() - 1)));
  RC_ASSERT(fault_of(text.substr(1)));
}

RC_GTEST_PROP(EmailProperty, ANormalFormIsItsOwnNormalForm, ()) {
  const auto part =
      rc::gen::container<std::string>(rc::gen::elementOf(std::string("abcdefghijklmnopqrstuvwxyzABCDEF-é. @")));
  const std::string text = *part + "@" + *part + ".org";
  const auto normal = normal_email(text);
  RC_CLASSIFY(normal.has_value());
  if (normal) RC_ASSERT(normal_email(*normal).value() == *normal);
}

}  // namespace
}  // namespace placet::access
