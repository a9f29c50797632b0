#include "tests/property/domain/money_judge.h"

#include <algorithm>

#include "tests/property/domain/judging.h"

namespace placet::domain::testing {

namespace {

std::int64_t sum_of(const std::vector<InvoiceLine>& lines) {
  std::int64_t sum = 0;
  for (const InvoiceLine& line : lines) sum += line.hours.amount.count();
  return sum;
}

}  // namespace

MoneyJudge::MoneyJudge(const History& history) : log_(history.log()) {
  for (const Story::Recorded& record : log_) see(record);
}

void MoneyJudge::expect(bool kept, const char* promise, const Story::Recorded& record, const std::string& what) {
  ++tried_[promise];
  if (!kept && broken_[promise].empty())
    broken_[promise] = "position " + std::to_string(record.meta.position.value) + ", " +
                       std::string(kEventNames[record.event.index()]) + (what.empty() ? "" : ": " + what);
}

bool MoneyJudge::same(PersonId a, PersonId b) const {
  const auto found = joined_.find(a);
  return a == b || (found != joined_.end() && found->second.contains(b));
}

PersonId MoneyJudge::proposer_of(const Story::Recorded& record) const {
  const auto* agreed = beside<ActAgreed>(record, {});
  return agreed == nullptr ? PersonId{} : agreed->proposer;
}

void MoneyJudge::by_two(const Story::Recorded& record) {
  const PersonId proposer = proposer_of(record), actor = record.meta.actor.person;
  expect(!proposer.is_nil() && !actor.is_nil() && !same(proposer, actor), "NoMoneyByOnePerson", record);
}

void MoneyJudge::see(const Story::Recorded& record) {
  const StreamId stream = record.meta.stream;
  switch (static_cast<Category>(stream.category)) {
    case Category::timesheet: see_sheet(record, sheets_[stream]); break;
    case Category::placement: see_job(record.event, jobs_[PlacementId(stream.id)]); break;
    case Category::pay_account: see_account(record); break;
    case Category::payroll_run: see_run(record); break;
    case Category::payment_batch: see_batch(record); break;
    case Category::invoice:
    case Category::number_series: see_bill(record); break;
    case Category::parameters:
    case Category::books: see_books(record); break;
    case Category::worker: {
      auto& changes = banks_[WorkerId(stream.id)];
      if (std::holds_alternative<WorkerBankAccountChanged>(record.event)) {
        by_two(record);
        changes.push_back(
            {record.meta.position, record.meta.recorded_at, proposer_of(record), record.meta.actor.person});
      }
      if (std::holds_alternative<BankAccountClosed>(record.event)) closed(record);
      break;
    }
    case Category::client:
      if (const auto* client = std::get_if<ClientRegistered>(&record.event);
          client != nullptr && !client->company.vat_id.empty())
        with_vat_id_.insert(ClientId(stream.id));
      break;
    default: break;
  }
  if (const auto* join = std::get_if<PersonsJoined>(&record.event))
    joined_[PersonId(stream.id)] = {join->persons.begin(), join->persons.end()};
  const bool booked = std::visit(
      []<class E>(const E&) {
        return std::is_same_v<E, RunOpened> || std::is_same_v<E, PayslipCalculated> ||
               std::is_same_v<E, PayslipAdded> || std::is_same_v<E, HoursPaid> || std::is_same_v<E, AdvanceGranted> ||
               std::is_same_v<E, PaymentPrepared> || std::is_same_v<E, PaymentReturned> ||
               std::is_same_v<E, PaymentsReleased> || std::is_same_v<E, PaymentsSettled> ||
               std::is_same_v<E, HoursInvoiced> || std::is_same_v<E, HoursCredited> ||
               std::is_same_v<E, InvoiceIssued> || std::is_same_v<E, InvoicePaid> || std::is_same_v<E, CreditSetOff>;
      },
      record.event);
  if (booked && closed_through_)
    expect(*closed_through_ < record.meta.effective_on, "NothingIntoAClosedPeriod", record,
           record.meta.effective_on.to_string() + " is closed");
}

// --- hours --------------------------------------------------------------------------------------------------------

bool MoneyJudge::Sheet::invoiced(EntryId entry) const {
  return std::any_of(invoices.begin(), invoices.end(), [&](const OnInvoice& one) { return one.hours.contains(entry); });
}

void MoneyJudge::see_job(const Event& event, Job& job) {
  const auto rate_of = [](const auto& agreed) {
    Rate rate{agreed.from, agreed.terms.per_hour.count(), {}};
    for (const Surcharge& surcharge : agreed.terms.surcharges)
      rate.surcharges[surcharge.hour_type] = surcharge.basis_points;
    return rate;
  };
  std::visit(Cases{[&](const PlacementProposed& proposed) { job.client = proposed.client; },
                   [&](const PayTermsAgreed& agreed) { job.pay.push_back(rate_of(agreed)); },
                   [&](const ClientTermsAgreed& agreed) { job.client_rates.push_back(rate_of(agreed)); }, Others{}},
             event);
}

/// What the hours are worth at the rates of their days; nullopt: no rate was agreed for one of them.
auto MoneyJudge::worth(const Sheet& sheet, const std::vector<Rate>& rates, bool approved_only) const
    -> std::optional<Sums> {
  Sums sums;
  for (const auto& [id, hours] : sheet.hours) {
    if (approved_only ? hours.stage != Stage::approved : !hours.payable()) continue;
    const Rate* found = nullptr;
    for (const Rate& rate : rates) {
      if (rate.from <= hours.worked.day && (found == nullptr || found->from <= rate.from)) found = &rate;
    }
    if (found == nullptr) return std::nullopt;
    const auto surcharge = found->surcharges.find(hours.type);
    const Price price{hours.type, found->cents, surcharge == found->surcharges.end() ? 0 : surcharge->second};
    sums[price].minutes += hours.worked.minutes.count();
  }
  for (auto& [price, sum] : sums) {
    const auto& [type, per_hour, surcharge] = price;
    sum.cents = nearest(Wide{sum.minutes} * per_hour * (10'000 + surcharge), 600'000);
  }
  return sums;
}

namespace {

template <class Sums>
std::int64_t cents_of(const Sums& sums) {
  std::int64_t all = 0;
  for (const auto& [price, sum] : sums) all += sum.cents;
  return all;
}

}  // namespace

void MoneyJudge::add(Sums& sums, const std::vector<PricedLine>& lines, int sign) {
  for (const PricedLine& line : lines) {
    auto& sum = sums[{line.hour_type, line.per_hour.count(), line.surcharge}];
    sum.minutes += sign * line.minutes.count();
    sum.cents += sign * line.amount.count();
  }
  std::erase_if(sums, [](const auto& one) { return one.second.minutes == 0 && one.second.cents == 0; });
}

void MoneyJudge::move(Sheet& sheet, const std::vector<Date>& days, const std::set<Stage>& from, Stage to) {
  for (auto& [id, hours] : sheet.hours) {
    if (!holds(days, hours.worked.day) || !from.contains(hours.stage)) continue;
    if (to == Stage::approved) hours.was_accepted = hours.stage == Stage::accepted;
    const bool accepted_before = hours.stage == Stage::approved && to == Stage::submitted && hours.was_accepted;
    hours.stage = accepted_before ? Stage::accepted : to;
  }
}

void MoneyJudge::credited(const Story::Recorded& record, const HoursCredited& event, Sheet& sheet) {
  // Without a credit note they were taken off a draft.
  const InvoiceId by = event.credit_note.is_nil() ? event.invoice : event.credit_note;
  const auto* lines = beside<InvoiceLinesAdded>(record, stream_of(by));
  if (event.credit_note.is_nil()) expect(!bills_[event.invoice].issued, "CreditFreesItsHours", record, "is issued");
  sheet.freed_by = event.credit_note;
  const auto* margins = beside<MarginBooked>(record, record.meta.stream);
  const auto found = std::find_if(sheet.invoices.rbegin(), sheet.invoices.rend(),
                                  [&](const OnInvoice& one) { return one.invoice == event.invoice; });
  expect(lines != nullptr && found != sheet.invoices.rend(), "CreditFreesItsHours", record);
  if (lines == nullptr || found == sheet.invoices.rend()) return;
  Sums left = found->lines;
  for (const InvoiceLine& line : lines->lines) {
    if (line.placement == sheet.placement && line.period == sheet.period) add(left, {line.hours});
  }
  expect(left.empty(), "CreditFreesItsHours", record, "lines");
  std::int64_t purchase = found->purchase, margin = found->margin;
  if (margins != nullptr) {
    for (const LineMargin& one : margins->margins) purchase += one.purchase.count(), margin += one.margin.count();
  }
  expect(purchase == 0 && margin == 0, "CreditFreesItsHours", record, "margins");
  expect(found == sheet.invoices.rbegin(), "CreditFreesItsHours", record, "a later invoice has hours of it");
  sheet.invoices.erase(std::next(found).base());
}

void MoneyJudge::see_sheet(const Story::Recorded& record, Sheet& sheet) {
  const Job& job = jobs_[sheet.placement];
  std::visit(
      Cases{[&](const EntryRecorded& event) {
              sheet.placement = event.placement;
              sheet.period = event.period;
              expect(!sheet.hours.contains(event.entry), "SettledHoursStand", record, "recorded over another one");
              sheet.hours[event.entry] = {event.hour_type, event.worked};
            },
            [&](const EntryChanged& event) {
              Hours& hours = sheet.hours.at(event.entry);
              expect(!hours.paid && !sheet.invoiced(event.entry), "SettledHoursStand", record, "changed");
              hours.type = event.hour_type;
              hours.worked = event.worked;
            },
            [&](const EntryRemoved& event) {
              expect(!sheet.hours.at(event.entry).paid && !sheet.invoiced(event.entry), "SettledHoursStand", record,
                     "removed");
              sheet.hours.erase(event.entry);
            },
            [&](const SheetSubmitted& event) { move(sheet, event.days, {Stage::open}, Stage::submitted); },
            [&](const DaysApproved& event) {
              move(sheet, event.days, {Stage::submitted, Stage::accepted}, Stage::approved);
            },
            [&](const DaysAcceptedForPay& event) { move(sheet, event.days, {Stage::submitted}, Stage::accepted); },
            [&](const DaysRefused& event) { move(sheet, event.days, {Stage::submitted}, Stage::open); },
            [&](const SheetWithdrawn& event) { move(sheet, event.days, {Stage::submitted}, Stage::open); },
            [&](const SheetReopened& event) { move(sheet, event.days, {Stage::submitted}, Stage::open); },
            [&](const ApprovalTakenBack& event) {
              bool stood = true;
              std::set<EntryId> reversed_before;
              for (const auto& [id, hours] : sheet.hours) {
                if (hours.stage != Stage::approved) reversed_before.insert(id);
              }
              move(sheet, event.days, {Stage::approved}, Stage::submitted);
              for (const auto& [id, hours] : sheet.hours) {
                if (reversed_before.contains(id) || hours.stage == Stage::approved) continue;
                stood = stood && !sheet.invoiced(id) && (!hours.paid || hours.payable());
              }
              expect(stood, "SettledHoursStand", record, "approval taken back");
            },
            [&](const HoursReversed& event) {
              by_two(record);
              for (auto& [id, hours] : sheet.hours) {
                if (holds(event.days, hours.worked.day) && hours.payable()) hours.stage = Stage::submitted;
              }
            },
            [&](const HoursPaid& event) {
              add(sheet.paid, event.lines);
              for (auto& [id, hours] : sheet.hours) hours.paid = hours.payable();
              expect(worth(sheet, job.pay, false) == sheet.paid, "PaidOnceOrOpen", record);
            },
            [&](const HoursInvoiced& event) {
              expect(sheet.freed_by.is_nil() || bills_[sheet.freed_by].issued, "InvoicedOnceOrOpen", record,
                     "freed by a draft");
              sheet.freed_by = InvoiceId();
              OnInvoice added{event.invoice, {}, 0, 0, {}};
              add(added.lines, event.lines);
              for (const auto& [id, hours] : sheet.hours) {
                if (hours.stage == Stage::approved && !sheet.invoiced(id)) added.hours.insert(id);
              }
              sheet.invoices.push_back(std::move(added));
              Sums all;
              for (const OnInvoice& one : sheet.invoices) {
                for (const auto& [price, sum] : one.lines) {
                  all[price].minutes += sum.minutes;
                  all[price].cents += sum.cents;
                }
              }
              std::erase_if(all, [](const auto& one) { return one.second == Sum{}; });
              expect(worth(sheet, job.client_rates, true) == all, "InvoicedOnceOrOpen", record);
              const bool stand = std::all_of(sheet.hours.begin(), sheet.hours.end(), [&](const auto& one) {
                return !sheet.invoiced(one.first) || one.second.stage == Stage::approved;
              });
              expect(stand, "SettledHoursStand", record, "invoiced beside hours that were reversed");
              const auto* lines = beside<InvoiceLinesAdded>(record, stream_of(event.invoice));
              Sums missing = sheet.invoices.back().lines;
              for (const InvoiceLine& line : lines != nullptr ? lines->lines : std::vector<InvoiceLine>{}) {
                if (line.placement == sheet.placement && line.period == sheet.period) add(missing, {line.hours}, -1);
              }
              expect(missing.empty(), "InvoicedOnceOrOpen", record, "the invoice has other lines");
            },
            [&](const HoursCredited& event) { credited(record, event, sheet); },
            [&](const MarginBooked& event) {
              if (sheet.invoices.empty() || sheet.invoices.back().invoice != event.invoice) return;
              OnInvoice& last = sheet.invoices.back();
              for (const LineMargin& one : event.margins) {
                last.purchase += one.purchase.count();
                last.margin += one.margin.count();
              }
              expect(last.purchase + last.margin == cents_of(last.lines), "InvoicedOnceOrOpen", record, "margin");
            },
            Others{}},
      record.event);
}

// --- invoice ------------------------------------------------------------------------------------------------------

void MoneyJudge::issued(const Story::Recorded& record, const InvoiceIssued& event, Bill& bill) {
  const InvoiceId id(record.meta.stream.id);
  const bool credit = bill.kind == InvoiceKind::credit_note;
  if (credit) by_two(record);
  expect(!bill.issued && number_of_.contains(id) && number_of_[id] == event.number &&
             event.year == event.issued_on.year() && event.kind == bill.kind,
         "NumbersWithoutGap", record);
  std::int64_t vat = 0;
  for (const VatLine& line : event.vat) vat += line.amount.count();
  expect(event.net.count() == sum_of(bill.lines) && event.lines == bill.lines.size(), "GrossIsNetPlusVat", record,
         "net is not the sum of the lines");
  expect(event.gross.count() == event.net.count() + vat, "GrossIsNetPlusVat", record);
  expect(credit ? event.gross.count() <= 0 : event.gross.count() >= 0, "GrossIsNetPlusVat", record, "sign");
  bill.issued = true;
  bill.net = event.net.count();
  bill.vat = vat;
  bill.gross = event.gross.count();
  if (event.vat.size() != 1) return expect(false, "VatOfTheSum", record, "not one rate");
  const VatLine& line = event.vat.front();
  bill.basis_points = line.basis_points;
  expect(line.base == event.net, "VatOfTheSum", record, "base");
  if (credit) {
    Bill& invoice = bills_[bill.credits];
    expect(line.basis_points == invoice.basis_points, "VatOfTheSum", record, "another rate than the invoice");
    invoice.credited_net -= bill.net;
    invoice.credited_vat -= bill.vat;
    expect(invoice.credited_net <= invoice.net && invoice.credited_vat <= invoice.vat && bill.vat <= 0, "VatOfTheSum",
           record, "more than the invoice came to");
    expect(invoice.vat - invoice.credited_vat ==
               nearest(Wide{invoice.net - invoice.credited_net} * invoice.basis_points, 10'000),
           "VatOfTheSum", record, "what is left of the invoice");
    return;
  }
  expect(vat == nearest(Wide{bill.net} * line.basis_points, 10'000), "VatOfTheSum", record);
  if (line.treatment == VatTreatment::reverse_charged) {
    expect(vat == 0 && with_vat_id_.contains(bill.client), "VatOfTheSum", record, "reverse charged");
  } else {
    const auto rate = published(ParameterKind::vat, event.issued_on);
    expect(rate && rate->numerator * 10'000 == line.basis_points * rate->denominator, "LatestPublicationCounts",
           record);
  }
}

void MoneyJudge::see_bill(const Story::Recorded& record) {
  const InvoiceId id(record.meta.stream.id);
  std::visit(Cases{[&](const NumberTaken& event) {
                     const std::uint32_t last = numbers_[{event.kind, event.year}]++;
                     expect(event.number == last + 1, "NumbersWithoutGap", record);
                     expect(number_of_.insert({event.invoice, event.number}).second, "NumbersWithoutGap", record,
                            "a second number");
                     expect(beside<InvoiceIssued>(record, stream_of(event.invoice)) != nullptr, "NumbersWithoutGap",
                            record, "of nothing");
                   },
                   [&](const InvoiceDrafted& event) {
                     bills_[id].kind = event.kind;
                     bills_[id].client = event.client;
                     bills_[id].credits = event.credits;
                   },
                   [&](const InvoiceLinesAdded& event) {
                     Bill& bill = bills_[id];
                     expect(
                         !bill.issued && event.first == bill.lines.size() && event.net.count() == sum_of(event.lines),
                         "GrossIsNetPlusVat", record, "lines");
                     bill.lines.insert(bill.lines.end(), event.lines.begin(), event.lines.end());
                   },
                   [&](const InvoiceIssued& event) { issued(record, event, bills_[id]); },
                   [&](const InvoicePaid& event) {
                     Bill& bill = bills_[id];
                     bill.settled += event.amount.count();
                     expect(bill.kind == InvoiceKind::invoice && event.amount.count() > 0 && bill.settled <= bill.gross,
                            "NeverAboveTheInvoice", record);
                   },
                   [&](const CreditSetOff& event) {
                     Bill& bill = bills_[id];
                     bill.settled += event.amount.count();
                     const std::int64_t worth = bill.kind == InvoiceKind::credit_note ? -bill.gross : bill.gross;
                     expect(event.amount.count() > 0 && bill.settled <= worth, "NeverAboveTheInvoice", record);
                     expect(bills_[event.credit_note].client == bills_[event.invoice].client, "NeverAboveTheInvoice",
                            record, "of another client");
                     expect(id == event.invoice || id == event.credit_note, "NeverAboveTheInvoice", record);
                   },
                   Others{}},
             record.event);
}

}  // namespace placet::domain::testing
