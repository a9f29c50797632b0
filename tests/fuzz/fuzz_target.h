#pragma once

#include <cstddef>
#include <cstdint>

#include "base/bytes.h"
#include "base/check.h"

// What libFuzzer calls. The corpus test gives each target a name of its own, so that one program holds them all.
#ifndef PLACET_FUZZ_ENTRY
#define PLACET_FUZZ_ENTRY LLVMFuzzerTestOneInput
#endif

/// `PLACET_FUZZ_TARGET(input) { ... }`: one decoder and one input. A finding is a crash, a sanitizer's report or a
/// failed PLACET_CHECK of a property that holds for every input, such as that what was accepted is written the same.
#define PLACET_FUZZ_TARGET(input)                                                \
  static void one_input(::placet::BytesView input);                              \
  extern "C" int PLACET_FUZZ_ENTRY(const std::uint8_t* data, std::size_t size);  \
  extern "C" int PLACET_FUZZ_ENTRY(const std::uint8_t* data, std::size_t size) { \
    one_input({reinterpret_cast<const char*>(data), size});                      \
    return 0;                                                                    \
  }                                                                              \
  static void one_input(::placet::BytesView input)
