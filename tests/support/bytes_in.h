#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/bytes.h"

namespace placet {

/// The bytes of a file; none where there is none.
inline Bytes bytes_in(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace placet
