#include <cstdio>
#include <memory>

#include "base/euros.h"
#include "crypto/random.h"
#include "tools/client/back_office.h"
#include "tools/placet/verbs.h"

namespace placet::cli {

namespace {

using namespace domain;

/// Somebody of the back office at his desk.
struct Seat {
  explicit Seat(const Global& global) : desk(global.server, read_token(global)), office(desk, random) {}

  crypto::OsRandom random;
  client::Desk desk;
  client::BackOffice office;
};

Date day_of(const std::string& option, const std::string& text) {
  const auto day = Date::parse(text);
  if (!day) wrong_usage(option, "must be a day YYYY-MM-DD");
  return *day;
}

template <class Id>
Id id_of(const std::string& what, const std::string& text) {
  const auto id = Uuid::parse(text);
  if (!id) wrong_usage(what, "must be a UUID");
  return Id(*id);
}

/// Says what was left out and why; then the answer is no.
void report_left(const std::vector<client::NotSettled>& left, Global& global) {
  for (const client::NotSettled& one : left)
    std::fprintf(stderr, "%s: %s: %s\n",
                 (one.employment.is_nil() ? "client " + one.client.to_string() : one.employment.to_string()).c_str(),
                 std::string(name_of(one.why.code)).c_str(), one.why.message.c_str());
  if (!left.empty()) global.exit_status = kNo;
}

void propose(Seat& seat, const Command& command) {
  const LogPosition position = seat.desk.act({command}, seat.random, true).front();
  std::printf("It takes a second person, who looks at it as well: placet agree %llu\n",
              static_cast<unsigned long long>(position.value));
}

struct NewRun {
  std::string first, booked_on, pay_on;
  PeriodKind kind = PeriodKind::week;
};

void run_payroll(const NewRun& wanted, Global& global) {
  const Period period{wanted.kind, day_of("--first", wanted.first)};
  const Date booked_on = day_of("--booked-on", wanted.booked_on), pay_on = day_of("--pay-on", wanted.pay_on);
  Seat seat(global);
  const auto sheets = seat.office.sheets_to_pay();
  if (sheets.empty()) {
    std::printf("Nothing waits to be paid.\n");
    return;
  }
  const client::RunDone done = seat.office.calculate(sheets, period, booked_on, pay_on);
  const client::RunDone run = seat.office.read(done.run);
  std::printf(
      "Run %s: %zu payslips, gross %s, net %s. Look at them (placet payslips), then:\n  placet payroll approve %s\n",
      run.run.to_string().c_str(), run.payslips, euros(run.gross).c_str(), euros(run.net).c_str(),
      run.run.to_string().c_str());
  report_left(done.left, global);
}

void approve(RunId run, Global& global) {
  Seat seat(global);
  propose(seat, seat.office.approval_of(run));
}

void pay(RunId run, bool held, Global& global) {
  Seat seat(global);
  const client::PaymentsDone batch = seat.office.prepare(run, held);
  if (batch.batch.is_nil()) {
    std::printf("Nothing is due that can be paid now; see placet balances.\n");
    return;
  }
  std::printf("Batch %s: %zu payments of %s.\n", batch.batch.to_string().c_str(), batch.payments,
              euros(batch.amount).c_str());
  propose(seat, client::BackOffice::release_of(batch));
}

void settle(BatchId batch, Global& global) {
  Seat seat(global);
  const client::PaymentsDone payments = seat.office.read(batch);
  seat.office.settle(payments);
  std::printf("The bank has paid %zu payments of %s.\n", payments.payments, euros(payments.amount).c_str());
}

void invoice(Global& global) {
  Seat seat(global);
  std::vector<client::NotSettled> left;
  const auto done = seat.office.invoice(seat.office.sheets_to_invoice(), left);
  std::printf("%zu invoices issued; see placet invoices.\n", done.size());
  report_left(left, global);
}

}  // namespace

void add_money(CLI::App& app, Global& global) {
  CLI::App* payroll = app.add_subcommand("payroll", "From approved hours to payments, a step at a time");
  payroll->require_subcommand(1);
  const char* const example =
      "Example:\n  placet payroll run --first 2026-10-12 --booked-on 2026-10-20 --pay-on 2026-10-22\n"
      "  placet payroll approve RUN-ID      # and somebody else: placet agree POSITION\n"
      "  placet payroll pay RUN-ID          # and somebody else: placet agree POSITION\n"
      "  placet payroll settle BATCH-ID     # when the bank has booked it";
  payroll->footer(example);
  const auto step = [&](const char* name, const char* help) {
    CLI::App* verb = payroll->add_subcommand(name, help);
    verb->footer(example);
    return verb;
  };

  CLI::App* run = step("run", "Calculate payslips of all hours that wait to be paid");
  auto wanted = std::make_shared<NewRun>();
  run->add_option("--first", wanted->first, "First day of the period that the run is named after")->required();
  run->add_option("--kind", wanted->kind, "week, fourWeeks or month")
      ->transform(CLI::CheckedTransformer(std::map<std::string, PeriodKind>{
          {"week", PeriodKind::week}, {"fourWeeks", PeriodKind::four_weeks}, {"month", PeriodKind::month}}));
  run->add_option("--booked-on", wanted->booked_on, "Its day in the books")->required();
  run->add_option("--pay-on", wanted->pay_on, "The pay day")->required();
  run->callback([wanted, &global] { run_payroll(*wanted, global); });

  auto id = std::make_shared<std::string>();
  CLI::App* approving = step("approve", "Propose that exactly these payslips are approved");
  approving->add_option("RUN", *id, "Its id")->required();
  approving->callback([id, &global] { approve(id_of<RunId>("RUN", *id), global); });

  auto held = std::make_shared<bool>(false);
  CLI::App* paying = step("pay", "Prepare the payments of a run, and propose their release");
  paying->add_option("RUN", *id, "Its id; left out: advances, and payments that came back");
  paying->add_flag("--held", *held, "Of workers whose bank account changed less than 7 days ago");
  paying->callback([id, held, &global] { pay(id->empty() ? RunId() : id_of<RunId>("RUN", *id), *held, global); });

  CLI::App* settling = step("settle", "The bank has booked a batch");
  settling->add_option("BATCH", *id, "Its id")->required();
  settling->callback([id, &global] { settle(id_of<BatchId>("BATCH", *id), global); });

  CLI::App* invoicing =
      app.add_subcommand("invoice", "Invoice all hours that wait for it: one invoice per client and agency");
  invoicing->footer("Example:\n  placet invoice");
  invoicing->callback([&global] { invoice(global); });
}

}  // namespace placet::cli
