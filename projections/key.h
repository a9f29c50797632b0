#pragma once

#include <algorithm>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <tuple>
#include <type_traits>

#include "base/bytes.h"
#include "base/check.h"
#include "base/id.h"
#include "base/stream_id.h"
#include "base/time.h"

/// Row keys <-> bytes. The order of the bytes is the order of the keys, and the leading parts of a tuple are a prefix:
///
///   unsigned, enum, bool   big-endian at full width
///   signed, Date           the same, with the sign bit turned over, so that -1 stands before 0
///   Uuid, Id, Digest       their bytes
///   tuple                  its parts, one after the other
namespace placet::projections {

namespace detail {

template <std::unsigned_integral T>
char* put_unsigned(char* to, T value) {
  if constexpr (sizeof(T) > 1) value = std::byteswap(value);
  std::memcpy(to, &value, sizeof(T));
  return to + sizeof(T);
}

template <std::unsigned_integral T>
T take_unsigned(BytesView& rest) {
  PLACET_CHECK(rest.size() >= sizeof(T), "a row key is too short");
  T value;
  std::memcpy(&value, rest.data(), sizeof(T));
  rest.remove_prefix(sizeof(T));
  if constexpr (sizeof(T) > 1) value = std::byteswap(value);
  return value;
}
static_assert(std::endian::native == std::endian::little);

template <class T>
inline constexpr bool kIsTuple = false;
template <class... Parts>
inline constexpr bool kIsTuple<std::tuple<Parts...>> = true;

template <class T>
concept SignedNumber = std::signed_integral<T> && !std::same_as<T, bool>;
template <SignedNumber T>
inline constexpr auto kSignBit =
    static_cast<std::make_unsigned_t<T>>(std::make_unsigned_t<T>{1} << (sizeof(T) * 8 - 1));

template <class T>
struct KeySize;

}  // namespace detail

/// How many bytes a key of that type has, always.
template <class T>
inline constexpr std::size_t kKeySize = detail::KeySize<T>::kValue;

namespace detail {

template <class T>
struct KeySize {
  static constexpr std::size_t value() {
    if constexpr (std::is_arithmetic_v<T> || std::is_enum_v<T>)
      return sizeof(T);
    else if constexpr (std::is_same_v<T, Uuid>)
      return 16;
    else if constexpr (std::is_same_v<T, StreamId>)
      return 17;
    else if constexpr (std::is_same_v<T, Digest>)
      return 32;
    else if constexpr (std::is_same_v<T, Date>)
      return sizeof(Date::days);
    else if constexpr (std::is_same_v<T, Timestamp>)
      return sizeof(Timestamp::micros);
    else
      return kKeySize<decltype(T{}.value)>;  // ids, positions, versions
  }
  static constexpr std::size_t kValue = value();
};
template <class... Parts>
struct KeySize<std::tuple<Parts...>> {
  static constexpr std::size_t kValue = (kKeySize<Parts> + ...);
};

}  // namespace detail

/// Writes the bytes of a key, and returns where they end.
template <class T>
char* put_key(char* to, const T& value) {
  if constexpr (std::is_same_v<T, bool>) {
    return detail::put_unsigned<std::uint8_t>(to, value ? 1 : 0);
  } else if constexpr (std::is_enum_v<T>) {
    return put_key(to, static_cast<std::underlying_type_t<T>>(value));
  } else if constexpr (detail::SignedNumber<T>) {
    using U = std::make_unsigned_t<T>;
    return detail::put_unsigned<U>(to, static_cast<U>(static_cast<U>(value) ^ detail::kSignBit<T>));
  } else if constexpr (std::is_unsigned_v<T>) {
    return detail::put_unsigned<T>(to, value);
  } else if constexpr (std::is_same_v<T, Uuid>) {
    return put_key(put_key(to, value.hi), value.lo);
  } else if constexpr (std::is_same_v<T, StreamId>) {
    return put_key(put_key(to, value.category), value.id);
  } else if constexpr (std::is_same_v<T, Digest>) {
    return std::ranges::copy(view_of(value), to).out;
  } else if constexpr (std::is_same_v<T, Date>) {
    return put_key(to, value.days);
  } else if constexpr (std::is_same_v<T, Timestamp>) {
    return put_key(to, value.micros);
  } else if constexpr (detail::kIsTuple<T>) {
    std::apply([&](const auto&... part) { ((to = put_key(to, part)), ...); }, value);
    return to;
  } else {
    return put_key(to, value.value);  // ids, positions, versions
  }
}

template <class T>
void append_key(Bytes& out, const T& value) {
  const std::size_t start = out.size();
  out.resize(start + kKeySize<T>);
  put_key(out.data() + start, value);
}

/// Takes a T off the front of `rest`, which must begin with one.
template <class T>
T take_key(BytesView& rest) {
  if constexpr (std::is_same_v<T, bool>) {
    return take_key<std::uint8_t>(rest) != 0;
  } else if constexpr (std::is_enum_v<T>) {
    return static_cast<T>(take_key<std::underlying_type_t<T>>(rest));
  } else if constexpr (detail::SignedNumber<T>) {
    using U = std::make_unsigned_t<T>;
    return static_cast<T>(static_cast<U>(detail::take_unsigned<U>(rest) ^ detail::kSignBit<T>));
  } else if constexpr (std::is_unsigned_v<T>) {
    return detail::take_unsigned<T>(rest);
  } else if constexpr (std::is_same_v<T, Uuid>) {
    const auto hi = take_key<std::uint64_t>(rest);
    return {hi, take_key<std::uint64_t>(rest)};
  } else if constexpr (std::is_same_v<T, StreamId>) {
    const auto category = take_key<std::uint8_t>(rest);
    return {category, take_key<Uuid>(rest)};
  } else if constexpr (std::is_same_v<T, Digest>) {
    PLACET_CHECK(rest.size() >= 32, "a row key is too short");
    Digest digest;
    rest.copy(reinterpret_cast<char*>(digest.data()), digest.size());
    rest.remove_prefix(digest.size());
    return digest;
  } else if constexpr (std::is_same_v<T, Date>) {
    return {take_key<std::int32_t>(rest)};
  } else if constexpr (std::is_same_v<T, Timestamp>) {
    return {take_key<std::int64_t>(rest)};
  } else if constexpr (detail::kIsTuple<T>) {
    T parts;
    std::apply([&](auto&... part) { ((part = take_key<std::remove_reference_t<decltype(part)>>(rest)), ...); }, parts);
    return parts;
  } else {
    return T{take_key<decltype(T{}.value)>(rest)};
  }
}

template <class Key>
Bytes key_bytes(const Key& key) {
  Bytes out;
  append_key(out, key);
  return out;
}

template <class Key>
Key key_of(BytesView bytes) {
  const Key key = take_key<Key>(bytes);
  PLACET_CHECK(bytes.empty(), "a row key is too long");
  return key;
}

namespace detail {

template <class Key, class... Prefix>
struct IsPrefix : std::bool_constant<sizeof...(Prefix) == 0 || (std::is_same_v<Key, Prefix> && ...)> {};
template <class... Parts>
struct IsPrefix<std::tuple<Parts...>> : std::true_type {};
template <class Head, class... Parts, class First, class... Prefix>
struct IsPrefix<std::tuple<Head, Parts...>, First, Prefix...>
    : std::bool_constant<std::is_same_v<Head, First> && IsPrefix<std::tuple<Parts...>, Prefix...>::value> {};

}  // namespace detail

/// Prefix... are the leading parts of a tuple key, of exactly their types.
template <class Key, class... Prefix>
concept PrefixOf = detail::IsPrefix<Key, Prefix...>::value;

}  // namespace placet::projections
