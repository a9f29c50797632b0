#pragma once

#include <array>
#include <atomic>
#include <cstdint>

/// Between a test and failing_calls.cc, which it loads into placetd (LD_PRELOAD): the n-th call of a kind fails.
///
///   PLACET_FAILING_CALLS=FILE         of the size of a CallCounts, all zeros; shared with the test
///   PLACET_FAILING_BELOW=DATA         counts what is done to files in DATA/ and DATA.keys/ only
///   PLACET_FAILING=KIND,N,ERRNO,LASTS numbers; KIND of CallKind, N from 1 on; LASTS 1: and all of that kind after it
namespace placet::testing {

enum class CallKind : std::uint8_t { open, write, sync, rename, size };
inline constexpr std::array kCallKinds = {"open", "write", "sync", "rename", "size"};

struct CallCounts {
  std::array<std::atomic<std::uint64_t>, kCallKinds.size()> calls;
  std::atomic<std::uint64_t> failed;
  std::array<char, 512> file;  // of the first call that failed
};

}  // namespace placet::testing
