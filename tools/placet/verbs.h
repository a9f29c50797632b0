#pragma once

#include <CLI/CLI.hpp>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>

#include "base/result.h"

namespace placet::cli {

/// The exit status when the answer is no.
inline constexpr int kNo = 1;

/// What was checked is not right: the answer is no.
struct Wrong : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The value, or what kept us from it, thrown as a `Failure`.
template <class Failure = std::runtime_error, class T>
T required(Result<T> result) {
  if (!result) throw Failure(result.error().message);
  if constexpr (!std::is_void_v<T>) return *std::move(result);
}

/// What every verb may be told, and what it came to.
struct Global {
  std::string server = "127.0.0.1:7411";
  std::string token_file;
  std::string output = "table";
  int exit_status = 0;
};

/// Ends with status 64 and says how `what`, an option or argument, must be.
[[noreturn]] inline void wrong_usage(const std::string& what, const std::string& how) {
  throw CLI::ValidationError(what, how);
}

/// The caller's token. Throws std::runtime_error that says how to get one.
std::string read_token(const Global& global);

// Each adds one verb, with an example in its help.
void add_init(CLI::App& app, Global& global);
void add_token(CLI::App& app, Global& global);
void add_submit(CLI::App& app, Global& global);
void add_import(CLI::App& app, Global& global);
void add_log(CLI::App& app, Global& global);
void add_queries(CLI::App& app, Global& global);
void add_money(CLI::App& app, Global& global);
void add_people(CLI::App& app, Global& global);
void add_proofs(CLI::App& app, Global& global);
void add_export(CLI::App& app, Global& global);
void add_verify(CLI::App& app, Global& global);
void add_replay(CLI::App& app, Global& global);
void add_backup(CLI::App& app, Global& global);
void add_operations(CLI::App& app, Global& global);
void add_demo(CLI::App& app, Global& global);

}  // namespace placet::cli
