#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tests/support/bytes_in.h"

namespace placet {

/// What a call of a program came to.
struct Ran {
  int status = 0;
  std::string out;
  std::string errors;
};

/// Calls the `placet` beside this test; `folder` takes its input and output as files.
Ran run_placet(const std::filesystem::path& folder, std::vector<std::string> arguments, const std::string& input = "");

}  // namespace placet
