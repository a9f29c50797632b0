#include "tests/e2e/stage.h"

#include <algorithm>
#include <stdexcept>

#include "codec/ids.h"
#include "domain/streams.h"
#include "tools/client/back_office.h"

namespace placet::e2e {

using namespace domain;

namespace {

constexpr int kWeeksPublished = 4;

std::filesystem::path data_in(const client::ScratchFolder& scratch) { return scratch.path() / "ledger"; }

PublishCalendar calendar_of_weeks() {
  PublishCalendar calendar{PeriodKind::week, 2000, {}};
  for (int n = 0; n < kWeeksPublished; ++n) {
    const Date monday = week(n).first, next = monday.plus_days(7);
    calendar.periods.push_back({monday, monday.plus_days(6), next, next, next, next, next});
  }
  return calendar;
}

}  // namespace

std::uint64_t log_size(client::Connection& connection) { return connection.size().value; }

Digest content_hash(client::Connection& connection, PlacementId placement, Period period) {
  auto request = connection.session().queriesRequest().send().getQueries().timesheetsRequest();
  request.getAsked().setAtLeast(log_size(connection));
  auto filter = request.initFilter();
  codec::write(placement, filter.initPlacement());
  filter.setFrom(period.first.days);
  filter.setUntil(period.first.days);
  const auto response = request.send().wait(connection.wait_scope());
  Digest digest{};
  if (response.getRows().size() != 1 || response.getRows()[0].getContentHash().size() != digest.size())
    throw std::runtime_error("nothing waits on this sheet");
  std::ranges::copy(response.getRows()[0].getContentHash(), digest.begin());
  return digest;
}

RecordEntry eight_hours(PlacementId placement, int week_number, EntryId entry) {
  RecordEntry command;
  command.entry = entry;
  command.placement = placement;
  command.period = week(week_number);
  command.hour_type = HourType::normal;
  command.worked.day = week(week_number).first;
  command.worked.minutes = Minutes::of(480);
  return command;
}

Stage::Stage()
    : invites_(client::found_ledger(data_in(scratch_), "stage.placet.example")),
      daemon_(data_in(scratch_)),
      world_(daemon_.server(), invites_[0], invites_[1], kFirstMonday) {
  act({calendar_of_weeks()});
  ours_ = make_side("North");
  theirs_ = make_side("South");
  std::vector<Command> grants;
  for (const auto& [role, name] : {std::pair{Role::back_office, "Bram Backoffice"}, std::pair{Role::compliance, "Cleo"},
                                   std::pair{Role::auditor, "Aart"}, std::pair{Role::administrator, "Anna"}}) {
    staff_[role] = admit(name);
    grants.push_back(GrantRole{staff_[role].person, role, {}, {}, {}});
  }
  world_.act_by_two(grants);
}

void Stage::agree_terms() {
  std::vector<Command> terms = {PublishParameters{
      kFirstMonday,
      {{ParameterKind::holiday_allowance, 8, 100}, {ParameterKind::leave, 4, 52}, {ParameterKind::vat, 21, 100}},
      "stage"}};
  for (const Side* side : {&ours_, &theirs_}) {
    terms.push_back(AgreePayTerms{side->placement, {Money::of(1'550), {}, {}}, kFirstMonday});
    terms.push_back(AgreeClientTerms{side->placement, {Money::of(3'023), {}, {}}, kFirstMonday});
    terms.push_back(AgreePurchaseTerms{side->placement, {16'200, {}}, kFirstMonday});
  }
  for (const Side* side : {&ours_, &theirs_})
    terms.push_back(ChangeWorkerBankAccount{side->worker, Box::plain("NL91ABNA0417164300"), {}, {}});
  world_.act_by_two(terms);
}

void Stage::settle() {
  agree_terms();
  client::BackOffice back_office(world_.office(), random_);
  const auto run = client::run_payroll(world_.whole_office(), week(0), week(1).first, week(1).first);
  batch_ = back_office.prepare(run.run, true).batch;
  std::vector<client::NotSettled> left;
  const auto invoices = back_office.invoice(back_office.sheets_to_invoice(), left);
  for (Side* side : {&ours_, &theirs_}) {
    side->payslip = payslip_of(world_.office().connection().ledger(), side->employment, 0);
    for (const client::InvoiceDone& invoice : invoices)
      if (invoice.client == side->client) side->invoice = invoice.invoice;
  }
}

std::filesystem::path Stage::data() const { return data_in(scratch_); }

Uuid Stage::new_id() { return new_uuid(random_, client::kBirthOfIds); }

Member Stage::admit(const std::string& name) {
  Member member{make<PersonId>(), make<AccountId>(), {}};
  act({RegisterPerson{member.person, Box::plain(name)}});
  member.token = world_.open_account(member.account, member.person, member.account.to_string() + "@stage.example");
  return member;
}

Side Stage::make_side(const std::string& name) {
  Side side;
  side.agency = make<AgencyId>();
  side.client = make<ClientId>();
  act({RegisterAgency{side.agency, {name + " Agency", {}, {}}},
       RegisterClient{side.client, {name + " Client", {}, {}}, side.agency}});
  const Member contact = admit(name + " Contact");
  act({AddContact{side.client, contact.person, ContactKind::approver}});
  const auto placed = world_.place(1, {side.agency, side.client, contact.person}).front();
  side.worker = placed.worker;
  side.employment = placed.employment;
  side.placement = placed.placement;

  side.members = {{Role::client_contact, contact},
                  {Role::agency, admit(name + " Recruiter")},
                  {Role::client_system, admit(name + " System")}};
  Member& worker = side.members[Role::worker] = {placed.person, make<AccountId>(), {}};
  worker.token = world_.open_account(worker.account, worker.person, worker.account.to_string() + "@stage.example");
  const auto scope_of = [&](Role role) {
    if (role == Role::worker) return PartyId(side.worker.value);
    return role == Role::agency ? PartyId(side.agency.value) : PartyId(side.client.value);
  };
  for (const auto& [role, member] : side.members) act({GrantRole{member.person, role, scope_of(role), {}, {}}});

  side.entry = make<EntryId>();
  side.sheet = sheet_of(world_.office().connection().ledger(), side.placement, week(0));
  client::Desk(server(), worker.token)
      .act({eight_hours(side.placement, 0, side.entry), eight_hours(side.placement, 1, make<EntryId>()),
            eight_hours(side.placement, 2, make<EntryId>()), SubmitSheet{side.placement, week(0)},
            SubmitSheet{side.placement, week(1)}},
           random_);
  client::Desk approver(server(), contact.token);
  const Digest seen = content_hash(approver.connection(), side.placement, week(0));
  approver.act({ApproveHours{side.placement, week(0), {}, seen, {}}}, random_);
  return side;
}

}  // namespace placet::e2e
