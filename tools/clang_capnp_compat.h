// Included before everything else when clang reads the code (clang-tidy, libFuzzer; -include). Cap'n Proto 0.9.2 uses
// these two operators before it declares them, which gcc 12 forgives and clang does not in C++20 and later.
#pragma once

namespace kj {
class StringPtr;
bool operator==(const char*, const StringPtr&);
bool operator!=(const char*, const StringPtr&);
}  // namespace kj
