#include "tests/conformance/merkle/vectors.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace placet::merkle::vectors {

namespace fs = std::filesystem;

fs::path folder() {
  const char* const named = std::getenv("PLACET_CONFORMANCE");
  return fs::path(named != nullptr ? named : PLACET_CONFORMANCE_DEFAULT) / "merkle";
}

std::string read(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + file.string());
  return {std::istreambuf_iterator<char>(in), {}};
}

nlohmann::json read_json(const fs::path& file) { return nlohmann::json::parse(read(file)); }

std::vector<fs::path> files_under(const fs::path& folder, std::string_view ending) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file() && entry.path().string().ends_with(ending)) files.push_back(entry.path());
  std::ranges::sort(files);
  return files;
}

Bytes from_hex(std::string_view hex) {
  Bytes bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
    bytes.push_back(static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16)));
  return bytes;
}

}  // namespace placet::merkle::vectors
