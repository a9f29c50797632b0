#include "merkle/tile.h"

#include <fmt/format.h>

#include <bit>
#include <cstring>

#include "base/check.h"
#include "merkle/hash.h"
#include "merkle/text.h"

namespace placet::merkle {

namespace {

constexpr std::string_view kTilePrefix = "tile/";
constexpr std::string_view kEntries = "entries";
constexpr std::string_view kPartial = ".p/";
constexpr unsigned kLevelMax = 63;

std::string format_index(std::uint64_t index) {
  std::string text = fmt::format("{:03}", index % 1000);
  while ((index /= 1000) > 0) text = fmt::format("x{:03}/{}", index % 1000, text);
  return text;
}

std::optional<std::uint64_t> parse_index(std::string_view text) {
  std::uint64_t index = 0;
  const std::string_view all = text;
  for (bool last = false; !last;) {
    const std::size_t slash = text.find('/');
    last = slash == std::string_view::npos;
    std::string_view group = text.substr(0, slash);
    if (!last) {
      if (!group.starts_with('x')) return std::nullopt;
      group.remove_prefix(1);
      text.remove_prefix(slash + 1);
    }
    if (group.size() != 3 || !is_digits(group)) return std::nullopt;
    const auto value = static_cast<std::uint64_t>((group[0] - '0') * 100 + (group[1] - '0') * 10 + (group[2] - '0'));
    if (__builtin_mul_overflow(index, 1000, &index) || __builtin_add_overflow(index, value, &index))
      return std::nullopt;
  }
  if (format_index(index) != all) return std::nullopt;  // groups of zeros in front
  return index;
}

}  // namespace

std::string TilePath::to_string() const {
  std::string path(kTilePrefix);
  path += level ? fmt::to_string(static_cast<unsigned>(*level)) : std::string(kEntries);
  path += "/" + format_index(index);
  if (width < kTileHashes) path += fmt::format("{}{}", kPartial, width);
  return path;
}

Result<TilePath> TilePath::parse(std::string_view path) {
  const auto refuse = [path](std::string_view why) {
    return fail(ErrorCode::invalid, fmt::format("tile path \"{}\": {}", path, why));
  };
  if (!path.starts_with(kTilePrefix)) return refuse("it starts with tile/");
  std::string_view rest = path.substr(kTilePrefix.size());
  const std::size_t slash = rest.find('/');
  if (slash == std::string_view::npos) return refuse("the index is missing");
  TilePath parsed;
  if (const std::string_view level = rest.substr(0, slash); level != kEntries) {
    const auto number = parse_decimal(level);
    if (!number || *number > kLevelMax) return refuse("the level is 0 to 63, or entries");
    parsed.level = static_cast<std::uint8_t>(*number);
  }
  rest.remove_prefix(slash + 1);
  if (const std::size_t partial = rest.find(kPartial); partial != std::string_view::npos) {
    const auto width = parse_decimal(rest.substr(partial + kPartial.size()));
    if (!width || *width == 0 || *width >= kTileHashes) return refuse("a partial width is 1 to 255");
    parsed.width = static_cast<unsigned>(*width);
    rest = rest.substr(0, partial);
  }
  const auto index = parse_index(rest);
  if (!index) return refuse("an index is written as x001/x234/067");
  parsed.index = *index;
  return parsed;
}

std::uint64_t full_tiles(LogSize size, std::uint8_t level) {
  const unsigned shift = kTileHeight * (level + 1u);
  return shift < 64 ? size.value >> shift : 0;
}

unsigned partial_width(LogSize size, std::uint8_t level) {
  const unsigned shift = kTileHeight * level;
  return shift < 64 ? static_cast<unsigned>((size.value >> shift) % kTileHashes) : 0;
}

NodeInTile node_in_tile(unsigned height, std::uint64_t index) {
  const unsigned height_in_tile = height % kTileHeight;
  const unsigned index_bits = kTileHeight - height_in_tile;  // of the node within its tile
  return {.level = static_cast<std::uint8_t>(height / kTileHeight),
          .index = index >> index_bits,
          .height_in_tile = height_in_tile,
          .index_in_tile = static_cast<unsigned>(index % (1u << index_bits))};
}

Digest hash_in_tile(BytesView hashes, std::size_t at) {
  PLACET_CHECK((at + 1) * sizeof(Digest) <= hashes.size());
  Digest digest;
  std::memcpy(digest.data(), hashes.data() + at * sizeof(Digest), sizeof(Digest));
  return digest;
}

Digest perfect_root(BytesView hashes) {
  if (hashes.size() == sizeof(Digest)) return hash_in_tile(hashes, 0);
  PLACET_CHECK(hashes.size() <= kTileBytes && hashes.size() >= sizeof(Digest) && std::has_single_bit(hashes.size()));
  const std::size_t half = hashes.size() / 2;
  return node_hash(perfect_root(hashes.substr(0, half)), perfect_root(hashes.substr(half)));
}

void append_entry(Bytes& bundle, BytesView entry) {
  PLACET_CHECK(entry.size() <= kEntryBytesMax);
  bundle.push_back(static_cast<char>(entry.size() >> 8));
  bundle.push_back(static_cast<char>(entry.size() & 0xff));
  bundle.append(entry);
}

Result<std::vector<BytesView>> decode_bundle(BytesView bundle, unsigned width) {
  std::vector<BytesView> entries;
  while (!bundle.empty()) {
    if (entries.size() == width)
      return fail(ErrorCode::corrupt, fmt::format("entry bundle: {} bytes after entry {}", bundle.size(), width));
    if (bundle.size() < 2) return fail(ErrorCode::corrupt, "entry bundle: cut inside a length");
    const std::size_t length =
        static_cast<std::size_t>(static_cast<unsigned char>(bundle[0])) << 8 | static_cast<unsigned char>(bundle[1]);
    bundle.remove_prefix(2);
    if (length > bundle.size())
      return fail(ErrorCode::corrupt,
                  fmt::format("entry bundle: entry {} has {} of {} bytes", entries.size(), bundle.size(), length));
    entries.push_back(bundle.substr(0, length));
    bundle.remove_prefix(length);
  }
  if (entries.size() != width)
    return fail(ErrorCode::corrupt, fmt::format("entry bundle: {} of {} entries", entries.size(), width));
  return entries;
}

}  // namespace placet::merkle
