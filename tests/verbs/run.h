#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace placet {

/// What a call of a program came to.
struct Ran {
  int status = 0;
  std::string out;
  std::string errors;
};

/// The bytes of a file.
std::string bytes_in(const std::filesystem::path& file);

/// Calls the `placet` beside this test; `folder` takes its input and output as files.
Ran run_placet(const std::filesystem::path& folder, std::vector<std::string> arguments, const std::string& input = "");

}  // namespace placet
