#include "merkle/proof.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/property/merkle/naive_tree.h"

namespace placet::merkle {
namespace {

constexpr std::size_t kLogSize = 66'000;

const TestLog& big_log() {
  static const TestLog log(kLogSize);
  return log;
}

/// Mostly small sizes, where the shapes are; some that reach the third tile level.
rc::Gen<std::size_t> a_size() {
  return rc::gen::weightedOneOf<std::size_t>({{6, rc::gen::inRange<std::size_t>(1, 40)},
                                              {6, rc::gen::inRange<std::size_t>(1, 1'100)},
                                              {1, rc::gen::inRange<std::size_t>(65'300, kLogSize + 1)}});
}

HashSource hashes() { return tile_hashes(big_log().tree, big_log().read_tile()); }

RC_GTEST_PROP(InclusionProperty, EveryRecordIsProvenAtEverySizeAsTheSpecificationSays, ()) {
  const auto size = *a_size();
  const auto index = *rc::gen::inRange<std::size_t>(0, size);
  const Digest root = naive::mth(big_log().first(size));

  const Result<Proof> proof = inclusion_proof({index}, {size}, hashes());

  RC_ASSERT(proof.has_value());
  RC_ASSERT(*proof == naive::path(index, big_log().first(size)));
  RC_ASSERT(verify_inclusion({index}, {size}, big_log().leaves[index], *proof, root).has_value());
}

RC_GTEST_PROP(InclusionProperty, AnyChangeIsRefused, ()) {
  const auto size = *rc::gen::inRange<std::size_t>(1, 600);
  const auto index = *rc::gen::inRange<std::size_t>(0, size);
  const Digest root = naive::mth(big_log().first(size));
  const Digest& leaf = big_log().leaves[index];
  const Proof proof = naive::path(index, big_log().first(size));
  const Digest other = crypto::sha256("other");

  for (std::size_t i = 0; i < proof.size(); ++i) {
    Proof changed = proof;
    changed[i] = other;
    RC_ASSERT(!verify_inclusion({index}, {size}, leaf, changed, root));
    Proof shorter = proof;
    shorter.erase(shorter.begin() + static_cast<std::ptrdiff_t>(i));
    RC_ASSERT(!verify_inclusion({index}, {size}, leaf, shorter, root));
    Proof longer = proof;
    longer.insert(longer.begin() + static_cast<std::ptrdiff_t>(i), other);
    RC_ASSERT(!verify_inclusion({index}, {size}, leaf, longer, root));
  }
  Proof longer = proof;
  longer.push_back(root);
  RC_ASSERT(!verify_inclusion({index}, {size}, leaf, longer, root));
  RC_ASSERT(!verify_inclusion({index}, {size}, other, proof, root));
  RC_ASSERT(!verify_inclusion({index}, {size}, leaf, proof, other));
  const auto other_index = *rc::gen::inRange<std::size_t>(0, size + 3);
  if (other_index != index) RC_ASSERT(!verify_inclusion({other_index}, {size}, leaf, proof, root));
}

RC_GTEST_PROP(ConsistencyProperty, EverySizeExtendsEveryEarlierOneAsTheSpecificationSays, ()) {
  const auto size = *a_size();
  const auto old_size = *rc::gen::oneOf(
      rc::gen::inRange<std::size_t>(1, size + 1),
      rc::gen::map(rc::gen::inRange(0, 17), [size](int bit) { return std::min(size, std::size_t{1} << bit); }));
  const Digest old_root = naive::mth(big_log().first(old_size));
  const Digest root = naive::mth(big_log().first(size));

  const Result<Proof> proof = consistency_proof({old_size}, {size}, hashes());

  RC_ASSERT(proof.has_value());
  RC_ASSERT(*proof == naive::proof(old_size, big_log().first(size)));
  RC_ASSERT(verify_consistency({old_size}, {size}, old_root, root, *proof).has_value());
}

RC_GTEST_PROP(ConsistencyProperty, AnyChangeIsRefused, ()) {
  const auto size = *rc::gen::inRange<std::size_t>(2, 600);
  const auto old_size = *rc::gen::inRange<std::size_t>(1, size);
  const Digest old_root = naive::mth(big_log().first(old_size));
  const Digest root = naive::mth(big_log().first(size));
  const Proof proof = naive::proof(old_size, big_log().first(size));
  const Digest other = crypto::sha256("other");
  const auto refused = [&](const Proof& changed) {
    return !verify_consistency({old_size}, {size}, old_root, root, changed);
  };

  for (std::size_t i = 0; i < proof.size(); ++i) {
    Proof changed = proof;
    changed[i] = other;
    RC_ASSERT(refused(changed));
    Proof shorter = proof;
    shorter.erase(shorter.begin() + static_cast<std::ptrdiff_t>(i));
    RC_ASSERT(refused(shorter));
    Proof longer = proof;
    longer.insert(longer.begin() + static_cast<std::ptrdiff_t>(i), other);
    RC_ASSERT(refused(longer));
  }
  Proof longer = proof;
  longer.push_back(root);
  RC_ASSERT(refused(longer));
  RC_ASSERT(refused({}));
  RC_ASSERT(!verify_consistency({old_size}, {size}, other, root, proof));
  RC_ASSERT(!verify_consistency({old_size}, {size}, old_root, other, proof));
  RC_ASSERT(!verify_consistency({size}, {old_size}, root, old_root, proof));
}

}  // namespace
}  // namespace placet::merkle
