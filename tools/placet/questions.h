#pragma once

#include <vector>

#include "tools/placet/output.h"

namespace placet::cli {

/// One question: a method of `Queries`, what may be asked of it, how its rows look as a table.
struct Question {
  const char* verb;
  const char* method;
  const char* help;
  const char* example;
  std::vector<Column> columns;
};

/// All that are asked with a filter or with nothing, in the order of the help.
const std::vector<Question>& questions();
/// Whether two books agree: `reconcile VERB`.
const std::vector<Question>& reconciliations();
const std::vector<Column>& columns_of_invoice_lines();
/// Of what an amount rests on.
const std::vector<Column>& columns_of_steps();
/// Of a sheet's lines.
const std::vector<Column>& columns_of_entries();

}  // namespace placet::cli
