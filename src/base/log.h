#pragma once

#include <fmt/format.h>

#include <string_view>
#include <utility>

/// The operator's log: what the process did, for the person who runs it. Never business facts, never personal data,
/// never secrets.
namespace placet::log {

enum class Level { debug, info, warning, error };

void write(Level level, std::string_view text);

/// One line per event on stderr; `level` is the lowest that is written.
void start(Level level);

template <class... Args>
void info(fmt::format_string<Args...> format, Args&&... args) {
  write(Level::info, fmt::format(format, std::forward<Args>(args)...));
}
template <class... Args>
void warning(fmt::format_string<Args...> format, Args&&... args) {
  write(Level::warning, fmt::format(format, std::forward<Args>(args)...));
}
template <class... Args>
void error(fmt::format_string<Args...> format, Args&&... args) {
  write(Level::error, fmt::format(format, std::forward<Args>(args)...));
}

}  // namespace placet::log
