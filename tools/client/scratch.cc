#include "tools/client/scratch.h"

#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <system_error>

namespace placet::client {

namespace fs = std::filesystem;

ScratchFolder::ScratchFolder(const fs::path& parent) {
  fs::create_directories(parent);
  std::string name = parent / "placet-XXXXXX";
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make a folder in " + parent.string());
  path_ = name;
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

std::vector<std::string> found_ledger(const fs::path& data, const std::string& origin) {
  const auto invites =
      app::init_ledger({.folder = {data, data.string() + ".keys"},
                        .origin = origin,
                        .administrators = {{"Ada Admiraal", "ada@demo.example"}, {"Bo Bakker", "bo@demo.example"}}});
  if (!invites) throw std::runtime_error(invites.error().message);
  std::vector<std::string> texts;
  for (const fs::path& path : *invites) {
    std::ifstream file(path);
    std::getline(file, texts.emplace_back());
  }
  return texts;
}

}  // namespace placet::client
