#pragma once

// How one field travels between a Cap'n Proto message and a plain struct; the generated plain_codec.cc is made of
// these.

#include <capnp/blob.h>
#include <capnp/list.h>

#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "base/amount.h"
#include "base/box.h"
#include "base/check.h"
#include "base/id.h"
#include "base/time.h"
#include "codec/ids.h"
#include "codec/issues.h"

namespace placet::codec {

struct Limits {
  std::size_t max_bytes = 256;
  std::size_t max_items = 64;
  bool optional = false;
};

// ---- numbers with a unit

template <class Raw, class T>
Raw raw(const T& value) {
  if constexpr (requires { value.count(); }) {
    return static_cast<Raw>(value.count());
  } else if constexpr (std::is_same_v<T, Date>) {
    return static_cast<Raw>(value.days);
  } else if constexpr (std::is_same_v<T, Timestamp>) {
    return static_cast<Raw>(value.micros);
  } else if constexpr (requires { value.value; }) {
    return static_cast<Raw>(value.value);
  } else {
    return static_cast<Raw>(value);
  }
}

template <class T, class Raw>
T plain(Raw value) {
  if constexpr (requires { T::of(0); }) {
    return T::of(static_cast<std::int64_t>(value));
  } else if constexpr (std::is_arithmetic_v<T>) {
    return static_cast<T>(value);
  } else {
    return T{value};
  }
}

// ---- ids

inline bool is_none(const Uuid& id) { return id.is_nil(); }
template <class Tag>
bool is_none(const Id<Tag>& id) {
  return id.is_nil();
}
inline void read_field(schema::Id::Reader from, Uuid& to, std::string_view name, const Limits& limits, Issues& issues) {
  to = read_id(from);
  if (to.is_nil() && !limits.optional) issues.add(name, "an id is missing");
}
template <class Tag>
void read_field(schema::Id::Reader from, Id<Tag>& to, std::string_view name, const Limits& limits, Issues& issues) {
  read_field(from, to.value, name, limits, issues);
}

// ---- text, data, boxes

inline bool is_none(const std::string& text) { return text.empty(); }
inline bool is_none(const Digest&) { return false; }
inline bool is_none(const Box& box) { return box.empty(); }

template <class Blob, class T>
typename Blob::Reader bytes_of(const T& value) {
  if constexpr (std::is_same_v<T, Digest>) {
    return capnp::Data::Reader(value.data(), value.size());
  } else if constexpr (std::is_same_v<T, Box>) {
    PLACET_CHECK(!value.is_plain(), "a personal text must be sealed before it is stored");
    return capnp::Data::Reader(reinterpret_cast<const kj::byte*>(value.bytes().data()), value.bytes().size());
  } else if constexpr (std::is_same_v<Blob, capnp::Text>) {
    return capnp::Text::Reader(value.c_str(), value.size());
  } else {
    return capnp::Data::Reader(reinterpret_cast<const kj::byte*>(value.data()), value.size());
  }
}

void add_too_long(std::string_view name, std::size_t max_bytes, Issues& issues);

inline void read_field(capnp::Text::Reader from, std::string& to, std::string_view name, const Limits& limits,
                       Issues& issues) {
  if (from.size() > limits.max_bytes) return add_too_long(name, limits.max_bytes, issues);
  if (from.size() == 0 && !limits.optional) return issues.add(name, "is missing");
  to.assign(from.cStr(), from.size());
}
inline void read_field(capnp::Data::Reader from, std::string& to, std::string_view name, const Limits& limits,
                       Issues& issues) {
  if (from.size() > limits.max_bytes) return add_too_long(name, limits.max_bytes, issues);
  to.assign(reinterpret_cast<const char*>(from.begin()), from.size());
}
inline void read_field(capnp::Data::Reader from, Digest& to, std::string_view name, const Limits& limits,
                       Issues& issues) {
  if (from.size() == to.size()) {
    std::copy(from.begin(), from.end(), to.begin());
  } else if (from.size() != 0 || !limits.optional) {
    issues.add(name, "must be 32 bytes");
  }
}
inline void read_field(capnp::Data::Reader from, Box& to, std::string_view, const Limits&, Issues&) {
  if (from.size() != 0) to = Box::sealed(Bytes(reinterpret_cast<const char*>(from.begin()), from.size()));
}

/// Plain on its way to a ledger, sealed wherever it is stored: `write_command` sees to that.
inline void write(const Box& from, schema::Secret::Builder to) {
  if (from.is_plain()) {
    to.setText(capnp::Text::Reader(from.bytes().c_str(), from.bytes().size()));
  } else {
    to.setBox(bytes_of<capnp::Data>(from));
  }
}
void read_field(schema::Secret::Reader from, Box& to, std::string_view name, const Limits& limits, Issues& issues);

// ---- enums

template <class From, class To>
void read_enum(From from, To& to, std::uint16_t count, std::string_view name, const Limits& limits, Issues& issues) {
  const auto number = static_cast<std::uint16_t>(from);
  if (number >= count) return issues.add(name, "unknown value " + std::to_string(number));
  if (number == 0 && !limits.optional) return issues.add(name, "is missing");
  to = static_cast<To>(number);
}

// ---- lists

template <class T>
unsigned list_size(const std::vector<T>& list) {
  return static_cast<unsigned>(list.size());
}

template <class T, class List>
void write_list(const std::vector<T>& from, List& to) {
  for (unsigned i = 0; i < from.size(); ++i) {
    if constexpr (requires { write(from[i], to[i]); }) {
      write(from[i], to[i]);
    } else if constexpr (std::is_same_v<T, std::string>) {
      to.set(i, bytes_of<std::remove_cvref_t<decltype(to[i])>>(from[i]));
    } else {
      to.set(i, raw<std::remove_cvref_t<decltype(to[i])>>(from[i]));
    }
  }
}

template <class List, class T>
void read_list(List from, std::vector<T>& to, std::string_view name, const Limits& limits, Issues& issues) {
  if (from.size() > limits.max_items)
    return issues.add(name, "more than " + std::to_string(limits.max_items) + " items");
  to.resize(from.size());
  for (unsigned i = 0; i < from.size(); ++i) {
    if constexpr (requires { read_field(from[i], to[i], name, limits, issues); }) {
      read_field(from[i], to[i], name, limits, issues);
    } else if constexpr (requires { read(from[i], to[i], issues); }) {
      const std::string path = std::string(name) + "[" + std::to_string(i) + "]";
      const auto scope = issues.enter(path);
      read(from[i], to[i], issues);
    } else {
      to[i] = plain<T>(from[i]);
    }
  }
}

}  // namespace placet::codec
