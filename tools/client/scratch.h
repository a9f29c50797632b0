#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/init.h"

namespace placet::client {

/// A folder of one's own that goes with the object.
class ScratchFolder {
 public:
  /// In `parent`, or among the system's temporary files.
  explicit ScratchFolder(const std::filesystem::path& parent = std::filesystem::temp_directory_path());
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// Makes a ledger in `data` with two administrators; answers their invites. Throws std::runtime_error.
std::vector<std::string> found_ledger(const std::filesystem::path& data, const std::string& origin);

}  // namespace placet::client
