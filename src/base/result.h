#pragma once

#include <expected>
#include <string>
#include <utility>

namespace placet {

/// What kind of operating failure: a caller acts on this, a person reads `Error::message`.
enum class ErrorCode {
  invalid,      // the input is malformed; the message says what, where and what to do
  not_found,    // it is not there
  corrupt,      // stored bytes are not what was written
  io,           // the operating system or RocksDB failed
  full,         // no room left: disk, inbox or a limit
  unavailable,  // not now: stopped, overloaded, not connected
  denied,       // the key, token or permission does not fit
  erased,       // personal data whose key was destroyed on purpose, or whose subject may have no new
};

/// An operating failure. A refusal of a command is a domain::Rejection, a bug is PLACET_CHECK; neither travels here.
struct Error {
  ErrorCode code;
  std::string message;
};

template <class T>
using Result = std::expected<T, Error>;

inline std::unexpected<Error> fail(ErrorCode code, std::string message) {
  return std::unexpected(Error{code, std::move(message)});
}

}  // namespace placet

/// Evaluates a Result<...> expression and returns its error from the enclosing function, if it has one.
#define PLACET_TRY(expression)                                                                                 \
  do {                                                                                                         \
    if (auto placet_try_ = (expression); !placet_try_) return std::unexpected(std::move(placet_try_).error()); \
  } while (false)

#define PLACET_CONCAT_(a, b) a##b
#define PLACET_CONCAT(a, b) PLACET_CONCAT_(a, b)

/// `PLACET_ASSIGN(auto x, f());` names the value of f(), or returns its error from the enclosing function.
#define PLACET_ASSIGN(declaration, expression) \
  PLACET_ASSIGN_IMPL_(PLACET_CONCAT(placet_assign_, __LINE__), declaration, expression)
#define PLACET_ASSIGN_IMPL_(temporary, declaration, expression)         \
  auto temporary = (expression);                                        \
  if (!temporary) return std::unexpected(std::move(temporary).error()); \
  declaration = std::move(*temporary)
