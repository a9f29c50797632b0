#include "tools/placet/questions.h"

namespace placet::cli {

namespace {

const std::vector<Column> kWhose = {{"worker", "parties.workerName"}, {"client", "parties.clientName"}};

std::vector<Column> with_whose(std::vector<Column> first, const std::vector<Column>& then) {
  first.insert(first.end(), kWhose.begin(), kWhose.end());
  first.insert(first.end(), then.begin(), then.end());
  return first;
}

}  // namespace

const std::vector<Question>& questions() {
  static const std::vector<Question> kAll = {
      {"timesheets", "timesheets", "Sheets, their hours and what became of them",
       "placet timesheets --status submitted --from 2026-10-12",
       with_whose({{"period", "period.first"}, {"kind", "period.kind"}}, {{"status", "status"},
                                                                          {"open", "open", Shape::hours},
                                                                          {"submitted", "submitted", Shape::hours},
                                                                          {"refused", "refused", Shape::hours},
                                                                          {"approved", "approved", Shape::hours},
                                                                          {"sheet", "sheet"}})},
      {"approvals", "approvals", "Who approved what, by what right, on whose behalf, and how late",
       "placet --output csv approvals --from 2026-10-01 --until 2026-10-31",
       with_whose({{"position", "position", Shape::number}, {"at", "at", Shape::instant}, {"period", "period.first"}},
                  {{"days", "days", Shape::days},
                   {"hours", "minutes", Shape::hours},
                   {"approver", "approverName"},
                   {"right", "right"},
                   {"for", "holderName"},
                   {"late", "daysLate", Shape::number}})},
      {"open", "open", "Hours that wait: for whom, since when, and why", "placet open --client CLIENT-ID",
       with_whose({{"kind", "kind"}, {"day", "day"}}, {{"hours", "minutes", Shape::hours},
                                                       {"turn of", "owner"},
                                                       {"since", "since", Shape::instant},
                                                       {"days", "ageDays", Shape::number},
                                                       {"reason", "reason"}})},
      {"missing", "missing", "Sheets that were expected and did not come, and calendars without which they cannot",
       "placet missing --effective 2026-11-02",
       with_whose({{"missing", "missing"}, {"period", "period.first"}, {"until", "last"}, {"kind", "period.kind"}},
                  {{"entered", "open", Shape::hours}, {"submit by", "submitBy"}, {"late", "daysLate", Shape::number}})},
      {"proposals",
       "proposals",
       "Acts that wait for a second person",
       "placet proposals",
       {{"position", "position", Shape::number},
        {"act", "act"},
        {"proposer", "proposerName"},
        {"since", "since", Shape::instant},
        {"until", "until", Shape::instant}}},
      {"placements", "placements", "Placements, with terms and approvers in force on a day",
       "placet placements --effective 2026-10-26",
       with_whose({{"placement", "parties.placement"}}, {{"agency", "parties.agencyName"},
                                                         {"from", "from"},
                                                         {"until", "until"},
                                                         {"started", "started"},
                                                         {"hours by", "periodKind"},
                                                         {"pay", "payPerHour", Shape::money},
                                                         {"client pays", "clientPerHour", Shape::money}})},
      {"workers",
       "workers",
       "Workers",
       "placet workers",
       {{"worker", "worker"}, {"name", "name"}, {"agency", "agencyName"}, {"person", "person"}}},
      {"clients",
       "clients",
       "Clients",
       "placet clients",
       {{"client", "party"},
        {"name", "company.name"},
        {"trade register", "company.tradeRegister"},
        {"agency", "agencyName"}}},
      {"agencies",
       "agencies",
       "Agencies",
       "placet agencies",
       {{"agency", "party"}, {"name", "company.name"}, {"trade register", "company.tradeRegister"}}},
      {"persons",
       "persons",
       "People and the roles they hold on a day",
       "placet persons --effective 2026-10-26",
       {{"person", "person"}, {"name", "name"}, {"roles", "roles", Shape::roles}}},
      {"accounts",
       "accounts",
       "Ways to sign in",
       "placet --output json accounts",
       {{"account", "account"},
        {"name", "name"},
        {"e-mail", "email"},
        {"opened", "openedAt", Shape::instant},
        {"locked", "locked"}}},
      {"calendar",
       "calendar",
       "The payroll calendar: deadlines and pay days",
       "placet calendar --kind week --from 2026-10-12",
       {{"kind", "kind"},
        {"first", "period.first"},
        {"last", "period.last"},
        {"submit by", "period.submitBy"},
        {"approve by", "period.approveBy"},
        {"run", "period.run"},
        {"pay day", "period.payDay"},
        {"invoice day", "period.invoiceDay"}}},
  };
  return kAll;
}

const std::vector<Column>& columns_of_entries() {
  static const std::vector<Column> kAll = {{"day", "day"},
                                           {"start", "start"},
                                           {"end", "end"},
                                           {"break", "breakMinutes", Shape::hours},
                                           {"hours", "minutes", Shape::hours},
                                           {"type", "hourType"},
                                           {"phase", "phase"},
                                           {"entered by", "enteredByName"},
                                           {"note", "note"}};
  return kAll;
}

}  // namespace placet::cli
