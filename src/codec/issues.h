#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace placet::codec {

/// What is wrong with a message, and where. Reading goes on after the first finding, so that a caller sees them all.
class Issues {
 public:
  /// Names the field being read while it lives. `name` must outlive it.
  class Scope {
   public:
    explicit Scope(Issues& issues) : issues_(issues) {}
    ~Scope() { issues_.path_.pop_back(); }
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;

   private:
    Issues& issues_;
  };

  [[nodiscard]] Scope enter(std::string_view name) {
    path_.push_back(name);
    return Scope(*this);
  }
  void add(std::string_view field, std::string_view what);
  bool empty() const { return text_.empty(); }
  /// "recordEntry.worked.day: is missing; ...": at most a handful, for a person to read.
  const std::string& text() const { return text_; }

 private:
  std::vector<std::string_view> path_;
  std::string text_;
  int found_ = 0;
};

}  // namespace placet::codec
