#include "tools/client/scratch.h"

#include <fstream>
#include <stdexcept>

#include "app/init.h"

namespace placet::client {

namespace fs = std::filesystem;

std::vector<std::string> found_ledger(const fs::path& data, const std::string& origin) {
  const auto invites = app::init_ledger(
      {.folder = {data, data.string() + ".keys"},
       .origin = origin,
       .administrators = {{"Ada Admiraal", kFirstAdministratorEmail}, {"Bo Bakker", "bo@demo.example"}}});
  if (!invites) throw std::runtime_error(invites.error().message);
  std::vector<std::string> texts;
  for (const fs::path& path : *invites) {
    std::ifstream file(path);
    std::getline(file, texts.emplace_back());
  }
  return texts;
}

}  // namespace placet::client
