#include "domain/parameters/parameters.h"

#include "domain/calendar/calendar.h"
#include "domain/states.h"

namespace placet::domain {

namespace {

constexpr std::int64_t kDenominatorMax = 1'000'000;

const char* words_of(ParameterKind kind) {
  switch (kind) {
    case ParameterKind::unspecified: break;
    case ParameterKind::holiday_allowance: return "holidayAllowance";
    case ParameterKind::leave: return "leave";
    case ParameterKind::vat: return "vat";
  }
  return "unspecified";
}

}  // namespace

const PublishedParameter* Parameters::on(ParameterKind kind, Date day) const {
  const PublishedParameter* latest = nullptr;
  for (const PublishedParameter& one : all) {
    if (one.value.kind == kind && one.from <= day && (latest == nullptr || latest->from <= one.from)) latest = &one;
  }
  return latest;
}

Parameters evolve(Parameters state, const ParametersPublished& event, const Meta& meta) {
  for (const Parameter& value : event.values) state.all.push_back({event.from, meta.position, value});
  return state;
}

void needs(const PublishParameters&, const Facts&, Needs& out) { out.states.push_back(parameters_stream()); }

Decision decide(const States& states, const PublishParameters& command, const Facts&) {
  if (!in_reach(command.from)) return refuse(RejectionCode::malformed, "from: must lie from 1970 to 2198");
  if (command.values.empty()) return refuse(RejectionCode::malformed, "values: are missing");
  if (command.source.empty())
    return refuse(RejectionCode::malformed, "source: is missing; name the law or the agreement");
  for (const Parameter& value : command.values) {
    if (value.denominator <= 0 || value.denominator > kDenominatorMax)
      return refuse(RejectionCode::malformed, "values.denominator: must be 1 to 1,000,000");
    if (value.numerator < 0 || value.numerator > value.denominator)
      return refuse(RejectionCode::malformed, "values.numerator: must be 0 to the denominator");
    if (value.kind == ParameterKind::vat && 10'000 % value.denominator != 0)
      return refuse(RejectionCode::malformed, "values.denominator: of VAT must divide 10,000");
  }
  if (states.parameters().all.size() + command.values.size() > kParametersMax)
    return refuse(RejectionCode::too_large, "values: 4,096 parameters were published already");
  return one(parameters_stream(), ParametersPublished{command.from, command.values, command.source}, command.from);
}

std::expected<const PublishedParameter*, Rejection> parameter_on(const Parameters& parameters, ParameterKind kind,
                                                                 Date day) {
  if (const PublishedParameter* found = parameters.on(kind, day)) return found;
  return refuse(RejectionCode::no_terms, std::string("parameters: no ") + words_of(kind) + " is published for " +
                                             day.to_string() + "; publish it");
}

}  // namespace placet::domain
