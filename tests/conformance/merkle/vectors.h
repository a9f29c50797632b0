#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"

/// Published test vectors, kept outside the repository: the folder PLACET_CONFORMANCE, or ../shared/data beside the
/// checkout. Each test counts what it ran against what is on disk, so that no file is passed over.
namespace placet::merkle::vectors {

/// The folder data/merkle.
std::filesystem::path folder();

std::string read(const std::filesystem::path& file);
nlohmann::json read_json(const std::filesystem::path& file);

/// Every file under `folder` whose name ends so, in order of name.
std::vector<std::filesystem::path> files_under(const std::filesystem::path& folder, std::string_view ending);

Bytes from_hex(std::string_view hex);

}  // namespace placet::merkle::vectors

/// At the start of a test that reads vectors, of the whole folder or of one in it. A plain checkout has none beside it,
/// and its tests skip; where they are, .ci/run fails when one was skipped all the same.
#define PLACET_NEEDS_VECTORS(...)                                             \
  if (!std::filesystem::exists(vectors::folder() / "" __VA_ARGS__))           \
  GTEST_SKIP() << "no test vectors in " << vectors::folder() / "" __VA_ARGS__ \
               << "; PLACET_CONFORMANCE names the folder that holds merkle/"
