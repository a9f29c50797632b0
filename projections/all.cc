#include "projections/all.h"

#include "projections/approvals/approvals.h"
#include "projections/directory/directory.h"
#include "projections/invoices/invoices.h"
#include "projections/journal/journal.h"
#include "projections/open_items/open_items.h"
#include "projections/payments/payments.h"
#include "projections/payroll_balances/payroll_balances.h"
#include "projections/timesheets/timesheets.h"

namespace placet::projections {

std::vector<ProjectionType> all() {
  return {type_of<OpenItems>(), type_of<Timesheets>(),      type_of<Approvals>(),      type_of<Journal>(),
          type_of<Directory>(), type_of<PayrollBalances>(), type_of<InvoicesIssued>(), type_of<PaymentsMade>()};
}

}  // namespace placet::projections
