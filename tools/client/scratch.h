#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tools/client/scratch_folder.h"

namespace placet::client {

inline constexpr const char* kFirstAdministratorEmail = "ada@demo.example";

/// Makes a ledger in `data` with two administrators; answers their invites. Throws std::runtime_error.
std::vector<std::string> found_ledger(const std::filesystem::path& data, const std::string& origin);

}  // namespace placet::client
