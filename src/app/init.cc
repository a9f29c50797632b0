#include "app/init.h"

#include <system_error>
#include <utility>

#include "access/private_file.h"
#include "app/wiring.h"
#include "crypto/random.h"
#include "store/disk.h"
#include "store/rocks/event_log.h"

namespace placet::app {

namespace fs = std::filesystem;

namespace {

Result<void> check(const InitRequest& request) {
  if (request.administrators.size() < 2)
    return fail(ErrorCode::invalid,
                "--admin NAME:EMAIL: give two at least; what takes two persons must be possible from the first day");
  if (request.origin.empty() || request.origin.size() > 128 ||
      request.origin.find_first_of(" +\n\t") != std::string::npos)
    return fail(ErrorCode::invalid,
                "--origin: a name of at most 128 characters without spaces or '+', such as ledger.example.nl");
  for (const fs::path& path : {request.folder.data, request.folder.keys}) {
    if (fs::exists(path))
      return fail(ErrorCode::invalid,
                  path.string() + " is there already; init makes a new ledger and touches no old one");
  }
  PLACET_TRY(Zone::find(request.zone));
  return {};
}

/// The commands of one ledger's first day, carried out by the service itself.
class Founding {
 public:
  Founding(Ledger& ledger, const InitRequest& request) : ledger_(ledger), request_(request) {}

  Result<std::vector<std::string>> run(const domain::FoundLedger& founded) {
    std::vector<std::string> invites;
    PLACET_TRY(ledger_.act_or_fail(founded));
    PLACET_TRY(ledger_.start_system());
    for (const Administrator& administrator : request_.administrators) {
      PLACET_ASSIGN(std::string invite, admit(administrator));
      invites.push_back(std::move(invite));
    }
    return invites;
  }

 private:
  Result<std::string> admit(const Administrator& administrator) {
    const PersonId person(ledger_.new_id());
    const AccountId account(ledger_.new_id());
    PLACET_TRY(ledger_.act_or_fail(domain::RegisterPerson{person, Box::plain(administrator.name)}));
    PLACET_TRY(ledger_.act_or_fail(domain::GrantRole{person, domain::Role::administrator, {}}));
    PLACET_TRY(ledger_.act_or_fail(domain::GrantRole{person, domain::Role::back_office, {}}));
    PLACET_TRY(ledger_.act_or_fail(domain::OpenAccount{account, person, Box::plain(administrator.email), {}}));
    return ledger_.invite(account);
  }

  Ledger& ledger_;
  const InitRequest& request_;
};

}  // namespace

Result<std::vector<fs::path>> init_ledger(const InitRequest& request) {
  PLACET_TRY(check(request));
  const Folder made{request.folder.data.string() + ".new", request.folder.keys.string() + ".new"};
  fs::remove_all(made.data);
  fs::remove_all(made.keys);
  fs::create_directories(made.data);
  if (request.folder.keys.has_parent_path()) fs::create_directories(request.folder.keys.parent_path());

  std::vector<fs::path> files;
  {
    crypto::OsRandom random;
    SystemClock clock;
    const LedgerId id(new_uuid(random, clock.now()));
    const domain::FoundLedger founded{id, request.origin, request.zone};
    PLACET_ASSIGN(const access::KeyFolder keys, access::KeyFolder::create(made.keys));
    PLACET_TRY(store::HeadFile::create(made.head()));
    {
      PLACET_ASSIGN(auto log, store::open_event_log(made.log(), store::OpenMode::create));
      PLACET_ASSIGN(const Stores stores, open_stores(made, store::OpenMode::create, std::move(log)));
      PLACET_TRY(access::Vault::create(*stores.state, keys, id));
    }
    PLACET_ASSIGN(const std::unique_ptr<Ledger> ledger, Ledger::open_new(made, founded));
    PLACET_ASSIGN(const std::vector<std::string> invites, Founding(*ledger, request).run(founded));
    for (std::size_t i = 0; i < invites.size(); ++i) {
      const std::string name = "invite-" + std::to_string(i + 1);
      PLACET_TRY(access::write_private_file(made.keys / name, invites[i] + "\n"));
      files.push_back(request.folder.keys / name);
    }
  }
  PLACET_TRY(store::sync_directory(made.keys));
  std::error_code error;
  // Keys first: a data folder without keys would be a ledger that can never start.
  fs::rename(made.keys, request.folder.keys, error);
  if (!error) fs::rename(made.data, request.folder.data, error);
  if (error) return fail(ErrorCode::io, request.folder.data.string() + ": " + error.message());
  PLACET_TRY(store::sync_directory(fs::absolute(request.folder.data).parent_path()));
  return files;
}

}  // namespace placet::app
