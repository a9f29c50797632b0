#include "access/vault.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/support/vaults.h"

namespace placet::access {
namespace {

using placet::testing::kLedger;
using placet::testing::VaultInMemory;

struct OwnedContext {
  Uuid subject;
  Uuid command;
  std::string event;
  std::string field;
  friend bool operator==(const OwnedContext&, const OwnedContext&) = default;
  BoxContext view() const { return {kLedger, subject, CommandId(command), event, field}; }
};

OwnedContext some_context() {
  const auto id = [] { return Uuid{*rc::gen::inRange<std::uint64_t>(0, 3), *rc::gen::inRange<std::uint64_t>(1, 4)}; };
  const auto name = [] {
    return *rc::gen::nonEmpty(rc::gen::container<std::string>(rc::gen::elementOf(std::string("ab\x01\x02"))));
  };
  const OwnedContext context{id(), id(), name(), name()};
  RC_PRE(context.event.size() < 256 && context.field.size() < 256);
  return context;
}

RC_GTEST_PROP(VaultProperty, ABoxOpensWhereItWasSealedAndNowhereElse, (const std::string& text)) {
  static VaultInMemory memory;
  const OwnedContext sealed_for = some_context(), opened_at = some_context();
  const int year = *rc::gen::inRange(1900, 2200);
  const auto retention = static_cast<domain::RetentionClass>(*rc::gen::inRange<int>(1, domain::kRetentionClassCount));

  const Box box = memory.vault->seal(text, sealed_for.view(), retention, year).value();

  RC_ASSERT(memory.vault->open(box, sealed_for.view()).value() == text);
  RC_ASSERT(memory.vault->open(box, opened_at.view()).has_value() == (sealed_for == opened_at));
  if (*rc::gen::inRange(0, 10) == 0) memory.reopen();
  RC_ASSERT(memory.vault->open(box, sealed_for.view()).value() == text);
}

RC_GTEST_PROP(VaultProperty, AFlippedBitIsNoticed, (const std::string& text)) {
  static VaultInMemory memory;
  const OwnedContext context = some_context();
  Bytes box = memory.vault->seal(text, context.view(), domain::RetentionClass::hours, 2026).value().bytes();
  const auto at = *rc::gen::inRange<std::size_t>(0, box.size());
  box[at] = static_cast<char>(box[at] ^ 1 << *rc::gen::inRange(0, 8));
  RC_ASSERT(!memory.vault->open(Box::sealed(box), context.view()).has_value());
}

RC_GTEST_PROP(BoxContextProperty, TwoContextsAreNeverEncodedAlike, ()) {
  const OwnedContext one = some_context(), other = some_context();
  RC_ASSERT((one.view().encode() == other.view().encode()) == (one == other));
}

}  // namespace
}  // namespace placet::access
