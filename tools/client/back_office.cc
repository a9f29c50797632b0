#include "tools/client/back_office.h"

#include <algorithm>
#include <set>

#include "codec/ids.h"
#include "domain/payment/payment_batch.h"
#include "tools/client/rows.h"

namespace placet::client {

using namespace domain;

namespace {

constexpr std::size_t kSheetsPerCommand = 24;  // of the schema
constexpr std::size_t kCommandsAtOnce = 32;

template <class Id>
Id id_of(schema::Id::Reader id) {
  return Id(codec::read_id(id));
}

Digest digest_of(capnp::Data::Reader bytes) {
  Digest digest{};
  if (bytes.size() == digest.size()) std::copy(bytes.begin(), bytes.end(), digest.begin());
  return digest;
}

template <class T>
std::vector<std::vector<T>> in_chunks(const std::vector<T>& all, std::size_t size) {
  std::vector<std::vector<T>> chunks;
  for (std::size_t i = 0; i < all.size(); i += size)
    chunks.emplace_back(all.begin() + static_cast<std::ptrdiff_t>(i),
                        all.begin() + static_cast<std::ptrdiff_t>(std::min(all.size(), i + size)));
  return chunks;
}

}  // namespace

std::vector<Desk::Answer> BackOffice::ask_gently(const std::vector<Command>& commands) {
  std::vector<Desk::Answer> answers;
  for (const auto& some : in_chunks(commands, kCommandsAtOnce)) {
    const auto of_some = desk_.ask(some, random_);
    answers.insert(answers.end(), of_some.begin(), of_some.end());
  }
  return answers;
}

template <class T, class CommandOf>
BackOffice::Taken BackOffice::ask_in_chunks(const std::vector<T>& all, std::size_t size, CommandOf command_of) {
  const auto chunks = in_chunks(all, size);
  std::vector<Command> commands;
  for (const auto& chunk : chunks) commands.push_back(command_of(chunk));
  const auto answers = ask_gently(commands);
  Taken taken;
  std::vector<T> left;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    if (answers[i])
      taken.count += chunks[i].size();
    else if (size == 1)
      taken.refused.push_back(answers[i].error());
    else
      left.insert(left.end(), chunks[i].begin(), chunks[i].end());
  }
  if (left.empty()) return taken;
  Taken singly = ask_in_chunks(left, 1, command_of);
  taken.count += singly.count;
  taken.refused = std::move(singly.refused);
  return taken;
}

/// A sheet has a row per list and day.
std::vector<OpenSheet> BackOffice::open_sheets(const std::vector<schema::OpenKind>& kinds) {
  Connection& connection = desk_.connection();
  std::vector<OpenSheet> sheets;
  std::set<Uuid> known;
  read_rows(
      connection, [&] { return connection.queries().openRequest(); },
      [&](schema::OpenItem::Reader row) {
        if (std::ranges::find(kinds, row.getKind()) == kinds.end()) return;
        if (!known.insert(codec::read_id(row.getSheet())).second) return;
        const auto parties = row.getParties();
        const Period period{static_cast<PeriodKind>(row.getPeriod().getKind()), Date{row.getPeriod().getFirst()}};
        sheets.push_back({{id_of<PlacementId>(parties.getPlacement()), period, row.getEvents()},
                          id_of<EmploymentId>(row.getEmployment()),
                          id_of<WorkerId>(parties.getWorker()),
                          id_of<ClientId>(parties.getClient()),
                          id_of<AgencyId>(parties.getAgency())});
      });
  return sheets;
}

std::vector<OpenSheet> BackOffice::sheets_to_pay() {
  return open_sheets({schema::OpenKind::TO_PAY, schema::OpenKind::TO_RECOVER, schema::OpenKind::PAY_MOVED});
}
std::vector<OpenSheet> BackOffice::sheets_to_invoice() {
  return open_sheets({schema::OpenKind::TO_INVOICE, schema::OpenKind::INVOICE_MOVED});
}

RunDone BackOffice::calculate(const std::vector<OpenSheet>& sheets, const Period& period, Date booked_on, Date pay_on) {
  RunDone done;
  done.run = fresh<RunId>();
  const std::uint64_t basis = desk_.connection().size().value;
  desk_.act({OpenRun{done.run, period, booked_on, pay_on, basis}}, random_);
  std::map<EmploymentId, std::vector<SheetSeen>> by_employment;
  for (const OpenSheet& sheet : sheets) by_employment[sheet.employment].push_back(sheet.seen);
  std::vector<Command> commands;
  for (const auto& [employment, seen] : by_employment)
    for (auto& chunk : in_chunks(seen, kSheetsPerCommand))
      commands.push_back(CalculatePayslip{done.run, employment, std::move(chunk), false});
  const auto answers = ask_gently(commands);
  for (std::size_t i = 0; i < answers.size(); ++i) {
    if (answers[i])
      ++done.payslips;
    else
      done.left.push_back({std::get<CalculatePayslip>(commands[i]).employment, {}, answers[i].error()});
  }
  return done;
}

Digest BackOffice::hash_of(InvoiceId invoice, ClientId client) {
  Digest hash{};
  Connection& connection = desk_.connection();
  read_rows(
      connection,
      [&] {
        auto request = connection.queries().invoicesRequest();
        codec::write(client, request.initFilter().initClient());
        return request;
      },
      [&](schema::Invoice::Reader row) {
        if (id_of<InvoiceId>(row.getInvoice()) == invoice) hash = digest_of(row.getHash());
      });
  return hash;
}
ApproveRun BackOffice::approval_of(RunId run) { return {run, read(run).hash}; }

RunDone BackOffice::read(RunId run) {
  RunDone done;
  done.run = run;
  Connection& connection = desk_.connection();
  read_rows(
      connection, [&] { return connection.queries().runsRequest(); },
      [&](schema::Run::Reader row) {
        if (id_of<RunId>(row.getRun()) != run) return;
        done.payslips = row.getPayslips();
        done.gross = Money::of(row.getGross());
        done.net = Money::of(row.getNet());
        done.hash = digest_of(row.getHash());
      });
  return done;
}

PaymentsDone BackOffice::read(BatchId batch) {
  PaymentsDone done;
  Connection& connection = desk_.connection();
  read_rows(
      connection, [&] { return connection.queries().paymentBatchesRequest(); },
      [&](schema::PaymentBatch::Reader row) {
        if (id_of<BatchId>(row.getBatch()) != batch) return;
        done = {batch, row.getCount(), Money::of(row.getAmount()), digest_of(row.getHash())};
      });
  return done;
}

PaymentsDone BackOffice::prepare(RunId run, bool held) {
  Connection& connection = desk_.connection();
  std::vector<Payee> payees;
  if (run.is_nil()) {
    read_rows(
        connection, [&] { return connection.queries().balancesRequest(); },
        [&](schema::PayBalance::Reader row) {
          if (row.getDue() > 0) payees.push_back({id_of<EmploymentId>(row.getEmployment()), {}});
        });
  } else {
    std::set<EmploymentId> known;  // somebody may have several payslips
    read_rows(
        connection, [&] { return connection.queries().payslipsRequest(); },
        [&](schema::Payslip::Reader row) {
          const auto employment = id_of<EmploymentId>(row.getEmployment());
          if (id_of<RunId>(row.getRun()) != run || row.getNet() == 0) return;
          if (known.insert(employment).second) payees.push_back({employment, {}});
        });
  }
  const auto batch = fresh<BatchId>();
  ask_in_chunks(payees, held ? 1 : kPayeesPerCommandMax,
                [&](const std::vector<Payee>& some) { return PreparePayments{batch, run, some, held}; });
  return read(batch);
}

void BackOffice::settle(const PaymentsDone& batch) { desk_.act({SettlePayments{batch.batch, batch.amount}}, random_); }

std::vector<InvoiceDone> BackOffice::invoice(const std::vector<OpenSheet>& sheets, std::vector<NotSettled>& left) {
  std::map<std::pair<ClientId, AgencyId>, std::vector<SheetSeen>> by_client;
  for (const OpenSheet& sheet : sheets) by_client[{sheet.client, sheet.agency}].push_back(sheet.seen);
  std::vector<InvoiceDone> done;
  for (const auto& [parties, of_client] : by_client) {
    InvoiceDone invoice{fresh<InvoiceId>(), parties.first, parties.second, 0};
    desk_.act({DraftInvoice{invoice.invoice, parties.first, parties.second}}, random_);
    const Taken taken = ask_in_chunks(of_client, kSheetsPerCommand, [&](const std::vector<SheetSeen>& some) {
      return AddInvoiceLines{invoice.invoice, some};
    });
    invoice.sheets = taken.count;
    for (const Rejection& why : taken.refused) left.push_back({{}, parties.first, why});
    if (invoice.sheets == 0) continue;
    const Digest seen = hash_of(invoice.invoice, invoice.client);
    desk_.act({IssueInvoice{invoice.invoice, invoice.client, seen, VatTreatment::standard, {}}}, random_);
    done.push_back(invoice);
  }
  return done;
}

IssueCreditNote BackOffice::credit(InvoiceId invoice, const std::vector<SheetSeen>& sheets) {
  const auto credit_note = fresh<InvoiceId>();
  std::vector<Command> commands = {DraftCreditNote{credit_note, invoice}};
  for (auto& chunk : in_chunks(sheets, kSheetsPerCommand))
    commands.push_back(AddInvoiceLines{credit_note, std::move(chunk)});
  desk_.act(commands, random_);
  return {credit_note, invoice, hash_of(credit_note, {})};
}

RunDone run_payroll(Office& office, const Period& period, Date booked_on, Date pay_on) {
  BackOffice back_office(office.desk(), office.random());
  RunDone done = back_office.calculate(back_office.sheets_to_pay(), period, booked_on, pay_on);
  if (done.payslips == 0) return done;
  office.act_by_two({back_office.approval_of(done.run)});
  office.act({CloseRun{done.run}});
  RunDone as_booked = back_office.read(done.run);
  as_booked.left = std::move(done.left);
  return as_booked;
}

}  // namespace placet::client
