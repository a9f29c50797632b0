#include "portal/assets.h"

#include <fmt/format.h>
#include <zlib.h>

#include <array>
#include <map>

#include "base/check.h"
#include "crypto/sha256.h"
#include "portal/files.h"

namespace placet::portal {

namespace {

constexpr std::string_view kFolder = "assets/";

struct Asset {
  std::string type;
  std::string_view bytes;
  std::string gzipped;
};

std::string gzip(std::string_view bytes) {
  z_stream stream{};
  constexpr int kGzip = 15 + 16;  // the largest window, with gzip's header
  PLACET_CHECK(deflateInit2(&stream, 9, Z_DEFLATED, kGzip, 9, Z_DEFAULT_STRATEGY) == Z_OK, "zlib");
  std::string out(deflateBound(&stream, bytes.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  PLACET_CHECK(deflate(&stream, Z_FINISH) == Z_STREAM_END, "zlib");
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string type_of(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kTypes = {
      {{".css", "text/css; charset=utf-8"}, {".js", "text/javascript; charset=utf-8"}, {".svg", "image/svg+xml"}}};
  for (const auto& [ending, type] : kTypes)
    if (name.ends_with(ending)) return std::string(type);
  check_failed("an asset of unknown type", __FILE__, __LINE__);
}

struct Assets {
  std::map<std::string, std::string, std::less<>> urls;  // by name
  std::map<std::string, Asset, std::less<>> by_url;
};

const Assets& assets() {
  static const Assets kAssets = [] {
    Assets all;
    for (const documents::Embedded& file : embedded_files()) {
      if (!file.path.starts_with(kFolder)) continue;
      const std::string_view name = file.path.substr(kFolder.size());
      const Digest hash = crypto::sha256(file.bytes);
      const auto dot = name.rfind('.');
      std::string hex;
      for (std::size_t i = 0; i < 8; ++i) hex += fmt::format("{:02x}", hash[i]);
      const std::string url = fmt::format("/assets/{}.{}{}", name.substr(0, dot), hex, name.substr(dot));
      all.urls.emplace(name, url);
      all.by_url.emplace(url, Asset{type_of(name), file.bytes, gzip(file.bytes)});
    }
    return all;
  }();
  return kAssets;
}

}  // namespace

std::string asset_url(std::string_view name) {
  const auto found = assets().urls.find(name);
  PLACET_CHECK(found != assets().urls.end(), fmt::format("no asset {}", name));
  return found->second;
}

std::optional<Response> asset_at(const Request& request) {
  const auto found = assets().by_url.find(request.path);
  if (found == assets().by_url.end()) return std::nullopt;
  const Asset& asset = found->second;
  Response response{200,
                    {{"content-type", asset.type},
                     {"cache-control", "public, max-age=31536000, immutable"},
                     {"vary", "accept-encoding"}},
                    {}};
  if (request.header("accept-encoding").find("gzip") != std::string_view::npos) {
    response.headers.emplace_back("content-encoding", "gzip");
    response.body = asset.gzipped;
  } else {
    response.body = asset.bytes;
  }
  return response;
}

}  // namespace placet::portal
