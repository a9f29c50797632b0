#pragma once

#include <optional>
#include <vector>

#include "domain/decision.h"

namespace placet::domain {

/// A number with its two dates: the day from which it holds, and where it was learnt.
struct PublishedParameter {
  Date from;
  LogPosition learnt;
  Parameter value;
};

/// What a law or an agreement can change: percentages as fractions, by date.
///
/// Invariants, each with a property test of the same name:
///   LatestPublicationCounts  of two publications for a day the one learnt last counts.
struct Parameters {
  std::vector<PublishedParameter> all;

  /// In force on that day: the one with the latest `from`; of equal ones the one learnt last. nullptr: none is known.
  const PublishedParameter* on(ParameterKind kind, Date day) const;
};

inline constexpr std::size_t kParametersMax = 4'096;

Parameters evolve(Parameters state, const ParametersPublished& event, const Meta& meta);

void needs(const PublishParameters& command, const Facts& facts, Needs& out);

Decision decide(const States& states, const PublishParameters& command, const Facts& facts);

/// The parameter of that kind on that day, or `no_terms`.
std::expected<const PublishedParameter*, Rejection> parameter_on(const Parameters& parameters, ParameterKind kind,
                                                                 Date day);

}  // namespace placet::domain
