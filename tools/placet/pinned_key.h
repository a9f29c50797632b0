#pragma once

#include <string>
#include <utility>

#include "merkle/checkpoint.h"
#include "tools/placet/verbs.h"

namespace placet::cli {

/// A verifier key as somebody gave it to that option.
inline merkle::VerifierKey verifier_key(const std::string& text, const char* option = "--key") {
  auto key = merkle::VerifierKey::parse(text);
  if (!key) wrong_usage(option, key.error().message);
  return *std::move(key);
}

/// The ledger of that key: its origin is the key's name.
inline merkle::LogIdentity ledger_of(const std::string& key) {
  merkle::VerifierKey parsed = verifier_key(key);
  return {parsed.name().name, std::move(parsed)};
}

}  // namespace placet::cli
