#include "bench/peers/rounds.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <iterator>

namespace placet::bench {

namespace {

struct Goal {
  Shape shape;
  std::string_view peer;
  double at_least;
  double aim;
};
constexpr std::array kGoals{
    Goal{Shape::lone, "postgres", 0.6, 1.0},     Goal{Shape::connections, "postgres", 6, 10},
    Goal{Shape::connections, "redis", 0.4, 1.0}, Goal{Shape::gathered, "redis", 1.0, 2},
    Goal{Shape::batches, "postgres", 2, 4},      Goal{Shape::batches, "redis", 1.0, 1.5},
    Goal{Shape::batches, "rocksdb", 0.3, 0.4},   Goal{Shape::one_command, "rocksdb", 0.35, 0.5},
    Goal{Shape::catch_up, "postgres", 3, 8},
};

double seconds_of(std::chrono::nanoseconds time) { return std::chrono::duration<double>(time).count(); }

template <class Samples, class Member>
std::vector<double> each(const Samples& samples, Member member) {
  std::vector<double> values;
  for (const auto& sample : samples) values.push_back(sample.*member);
  return values;
}

std::string number_or_dash(double value, int digits = 0) {
  return value == 0 ? "-" : fmt::format("{:.{}f}", value, digits);
}

}  // namespace

std::string_view name_of(Shape shape) {
  switch (shape) {
    case Shape::lone: return "lone";
    case Shape::connections: return "connections_64";
    case Shape::gathered: return "gathered_64";
    case Shape::batches: return "batch_1000";
    case Shape::one_command: return "one_command_1000";
    case Shape::catch_up: return "catch_up";
  }
  return "";
}

void Rounds::round(std::span<const Shape> shapes, int seconds) {
  for (const Shape shape : shapes) {
    for (const auto& system : systems_) {
      if (!system->does(shape)) continue;
      const Sample sample = measure(*system, shape, seconds);
      samples_[{shape, std::string(system->name())}].push_back(sample);
      fmt::print(stderr, "{:>16} {:<8} {:>9.0f}/s  p99 {:>6} us\n", name_of(shape), system->name(), sample.per_second,
                 number_or_dash(sample.p99_micros));
    }
  }
}

Rounds::Sample Rounds::measure(System& system, Shape shape, int seconds) {
  std::vector<pid_t> servers;
  for (const auto& one : systems_) std::ranges::copy(one->processes(), std::back_inserter(servers));
  rest(servers);
  const DiskUse disk_before = disk_use(folder_);
  const auto client_before = own_processor_time(), server_before = processor_time_of(system.processes());
  const auto start = Steady::now();
  const Work work = system.work(shape, seconds);
  const double took = seconds_since(start);
  const DiskUse disk = disk_use(folder_);
  Sample sample;
  sample.per_second = work.per_second();
  sample.client_share = seconds_of(own_processor_time() - client_before) / took;
  sample.server_share = seconds_of(processor_time_of(system.processes()) - server_before) / took;
  if (!work.micros.empty()) {
    sample.p50_micros = static_cast<double>(work.p50_micros());
    sample.p99_micros = static_cast<double>(work.p99_micros());
  }
  const auto events = static_cast<double>(work.events);
  if (shape != Shape::catch_up) {
    if (disk.flushes > disk_before.flushes)
      sample.events_per_sync = events / static_cast<double>(disk.flushes - disk_before.flushes);
    sample.bytes_written = static_cast<double>(disk.bytes_written - disk_before.bytes_written) / events;
    if (shape == Shape::batches) sample.bytes_stored = system.stored_bytes().value_or(0);
  }
  system.tidy();
  return sample;
}

const Rounds::Samples* Rounds::samples_of(Shape shape, std::string_view system) const {
  const auto found = samples_.find({shape, std::string(system)});
  return found == samples_.end() ? nullptr : &found->second;
}

std::optional<double> Rounds::p99_micros() const {
  const Samples* const ours = samples_of(Shape::connections, systems_.front()->name());
  if (ours == nullptr) return std::nullopt;
  return median(each(*ours, &Sample::p99_micros));
}

/// Round by round: the median, and between what it lies. Empty where one of them does not do it.
std::string Rounds::ratio(Shape shape, std::string_view peer) const {
  const Samples *const ours = samples_of(shape, systems_.front()->name()), *const theirs = samples_of(shape, peer);
  if (ours == nullptr || theirs == nullptr) return "";
  std::vector<double> ratios;
  for (std::size_t i = 0; i < ours->size(); ++i) ratios.push_back((*ours)[i].per_second / (*theirs)[i].per_second);
  const auto [least, most] = std::ranges::minmax(ratios);
  std::string text = fmt::format("{:.2f} ({:.2f} to {:.2f})", median(ratios), least, most);
  for (const Goal& goal : kGoals)
    if (goal.shape == shape && goal.peer == peer) text += fmt::format("; wanted {}, aim {}", goal.at_least, goal.aim);
  return text;
}

std::string Rounds::tables() const {
  std::string text = "| placet against |";
  std::string line = "|---|";
  for (std::size_t i = 1; i < systems_.size(); ++i) {
    text += fmt::format(" {} |", systems_[i]->name());
    line += "---|";
  }
  text += "\n" + line + "\n";
  for (const Shape shape : kShapes) {
    if (samples_of(shape, systems_.front()->name()) == nullptr) continue;
    text += fmt::format("| {} |", name_of(shape));
    for (std::size_t i = 1; i < systems_.size(); ++i) text += fmt::format(" {} |", ratio(shape, systems_[i]->name()));
    text += "\n";
  }
  text +=
      "\n| work | system | events/s | least to most | p50 us | p99 us | client | server | events per sync | bytes "
      "written "
      "per event | bytes stored per event |\n|---|---|---|---|---|---|---|---|---|---|---|\n";
  for (const Shape shape : kShapes) {
    for (const auto& system : systems_) {
      const Samples* const samples = samples_of(shape, system->name());
      if (samples == nullptr) continue;
      const auto middle = [&](double Sample::* member) { return median(each(*samples, member)); };
      const auto [least, most] = std::ranges::minmax(each(*samples, &Sample::per_second));
      text += fmt::format(
          "| {} | {} | {:.0f} | {:.0f} to {:.0f} | {} | {} | {:.0f}% | {:.0f}% | {} | {} | {} |\n", name_of(shape),
          system->name(), middle(&Sample::per_second), least, most, number_or_dash(middle(&Sample::p50_micros)),
          number_or_dash(middle(&Sample::p99_micros)), 100 * middle(&Sample::client_share),
          100 * middle(&Sample::server_share), number_or_dash(middle(&Sample::events_per_sync), 1),
          number_or_dash(middle(&Sample::bytes_written)), number_or_dash(middle(&Sample::bytes_stored)));
    }
  }
  return text;
}

nlohmann::ordered_json Rounds::json() const {
  nlohmann::ordered_json all;
  for (const Shape shape : kShapes) {
    for (const auto& system : systems_)
      if (const Samples* const samples = samples_of(shape, system->name()))
        all[std::string(name_of(shape))][std::string(system->name())] =
            std::llround(median(each(*samples, &Sample::per_second)));
  }
  if (const auto p99 = p99_micros()) all[std::string(name_of(Shape::connections))]["p99_ms"] = std::round(*p99) / 1'000;
  return all;
}

}  // namespace placet::bench
