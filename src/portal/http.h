#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace placet::portal {

enum class Method { get, head, post, other };

using Pairs = std::vector<std::pair<std::string, std::string>>;

/// What a browser asked for.
struct Request {
  Method method = Method::get;
  std::string path;   // as sent, without the query; nothing is decoded, since no path of ours needs it
  std::string query;  // what follows the question mark
  Pairs headers;      // their names in lower case
  std::string body;
  std::string from;  // the peer's address, without its port

  /// The first of that name; empty when there is none.
  std::string_view header(std::string_view name) const;
};

/// What it gets.
struct Response {
  unsigned status = 200;
  Pairs headers;
  std::string body;
};

/// The value of a cookie, empty when the browser sent none of that name (RFC 6265, 4.2.1).
std::string_view cookie(const Request& request, std::string_view name);

}  // namespace placet::portal
