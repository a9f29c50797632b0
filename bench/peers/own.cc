#include "bench/peers/own.h"

#include <fmt/format.h>

#include <cmath>

namespace placet::bench {

namespace {

constexpr std::uint64_t kFirstStretch = 100'000;
constexpr double kStretchesPerPower = 8;
constexpr std::uint64_t kWalBytes = 100'000'000;
constexpr unsigned kCallsBetweenLooks = 16;

std::uint64_t wal_bytes(const std::filesystem::path& log) {
  std::uint64_t bytes = 0;
  for (const auto& entry : std::filesystem::directory_iterator(log)) {
    std::error_code gone;
    if (entry.path().extension() == ".log")
      if (const auto size = entry.file_size(gone); !gone) bytes += size;
  }
  return bytes;
}

}  // namespace

std::vector<Cost> fill(PlacetSystem& placet, std::uint64_t events) {
  std::vector<Cost> costs;
  std::uint64_t sent = placet.connection().size().value, stretch_began = sent;
  double stretch = kFirstStretch;
  auto wall = Steady::now();
  auto server = processor_time_of(placet.processes());
  placet.batches([&] {
    if (static_cast<double>(sent) >= stretch) {
      const auto now = Steady::now();
      const auto used = processor_time_of(placet.processes());
      const auto count = static_cast<double>(sent - stretch_began);
      if (stretch > kFirstStretch)  // else: what led up to the first one
        costs.push_back({sent, std::chrono::duration<double, std::micro>(now - wall).count() / count,
                         std::chrono::duration<double, std::micro>(used - server).count() / count});
      wall = now;
      server = used;
      stretch_began = sent;
      stretch *= std::pow(10, 1 / kStretchesPerPower);
    }
    sent += kBatch;
    return sent <= events + kBatch;
  });
  return costs;
}

std::vector<double> start_millis(PlacetSystem& placet, unsigned kills) {
  std::vector<double> millis;
  for (unsigned i = 0; i < kills; ++i) {
    try {
      placet.batches([&, calls = 0U]() mutable {
        if (++calls % kCallsBetweenLooks == 0 && wal_bytes(placet.log_folder()) >= kWalBytes) placet.kill();
        return true;
      });
    } catch (const kj::Exception&) {  // It was killed.
    }
    const auto start = Steady::now();
    placet.start();
    placet.enter();
    millis.push_back(seconds_since(start) * 1'000);
  }
  return millis;
}

std::string plot(const std::vector<Cost>& costs) {
  constexpr double kWidth = 640, kHeight = 320, kLeft = 60, kTop = 30, kRight = 20, kBottom = 50;
  double most = 0;
  for (const Cost& cost : costs) most = std::max({most, cost.wall_micros, cost.server_micros});
  most = std::ceil(most);
  const double first = std::log10(kFirstStretch), last = std::ceil(std::log10(costs.back().events) - 0.1);
  const auto x = [&](double events) {
    return kLeft + (std::log10(events) - first) / (last - first) * (kWidth - kLeft - kRight);
  };
  const auto y = [&](double micros) { return kHeight - kBottom - micros / most * (kHeight - kTop - kBottom); };
  std::string svg = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {1}\" font-family=\"sans-serif\" font-size=\"12\">\n"
      "<rect width=\"{0}\" height=\"{1}\" fill=\"white\"/>\n",
      kWidth, kHeight);
  const auto text = [&](double at_x, double at_y, std::string_view anchor, const std::string& what) {
    svg += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"{}\">{}</text>\n", at_x, at_y, anchor, what);
  };
  const auto line = [&](double x1, double y1, double x2, double y2) {
    svg += fmt::format("<path d=\"M{:.1f} {:.1f}L{:.1f} {:.1f}\" stroke=\"#ccc\"/>\n", x1, y1, x2, y2);
  };
  for (double power = first; power <= last; ++power) {
    line(x(std::pow(10, power)), y(0), x(std::pow(10, power)), y(most));
    text(x(std::pow(10, power)), y(0) + 16, "middle", fmt::format("10^{:.0f}", power));
  }
  for (int i = 0; i <= 4; ++i) {
    line(kLeft, y(most * i / 4), kWidth - kRight, y(most * i / 4));
    text(kLeft - 6, y(most * i / 4) + 4, "end", fmt::format("{:.1f}", most * i / 4));
  }
  text(kWidth / 2, kHeight - 12, "middle", "events in the log");
  text(kLeft, 18, "start",
       "microseconds per event, in batches: until answered (blue), of placetd's processor time (red)");
  const auto curve = [&](double Cost::* micros, std::string_view colour) {
    std::string points;
    for (const Cost& cost : costs)
      points += fmt::format("{:.1f},{:.1f} ", x(static_cast<double>(cost.events)), y(cost.*micros));
    svg += fmt::format("<polyline points=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"2\"/>\n", points, colour);
  };
  curve(&Cost::wall_micros, "#06c");
  curve(&Cost::server_micros, "#c30");
  return svg + "</svg>\n";
}

}  // namespace placet::bench
