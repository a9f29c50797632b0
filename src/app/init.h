#pragma once

#include <string>
#include <vector>

#include "app/folder.h"

namespace placet::app {

struct Administrator {
  std::string name;
  std::string email;
};

struct InitRequest {
  Folder folder;
  std::string origin;  // under which checkpoints are signed, such as ledger.example.nl
  std::string zone = "Europe/Amsterdam";
  std::vector<Administrator>
      administrators;  // two at least: what takes two persons must be possible from the first day
};

/// `placet init`: keys, first events, and one invite per administrator as a file in the key folder (mode 0600, never
/// printed). All or nothing: the folders appear when they are complete. Answers the invites' paths.
Result<std::vector<std::filesystem::path>> init_ledger(const InitRequest& request);

}  // namespace placet::app
