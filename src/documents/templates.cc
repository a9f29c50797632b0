#include "documents/templates.h"

#include <ctemplate/template.h>
#include <ctemplate/template_cache.h>
#include <ctemplate/template_dictionary.h>

#include <fmt/format.h>

#include "base/check.h"

namespace placet::documents {

namespace {

constexpr std::string_view kFolder = "templates/";
constexpr std::string_view kHtml = ".html";

ctemplate::TemplateString view_of(std::string_view text) { return {text.data(), text.size()}; }

/// With the texts of a language in it, and what it includes.
std::string source_of(std::span<const Embedded> files, std::string_view name, const Language& language) {
  std::string source;
  for (const Embedded& file : files)
    if (file.path == fmt::format("{}{}", kFolder, name)) source = file.bytes;
  PLACET_CHECK(!source.empty(), fmt::format("no template {}", name));
  const auto replace = [&](std::string_view open, std::string_view close, auto with) {
    for (auto at = source.find(open); at != std::string::npos; at = source.find(open, at)) {
      const auto end = source.find(close, at);
      PLACET_CHECK(end != std::string::npos, fmt::format("template {}: {} without {}", name, open, close));
      const auto inner = at + open.size();
      const std::string instead = with(source.substr(inner, end - inner));
      source.replace(at, end + close.size() - at, instead);
      at += instead.size();
    }
  };
  const std::string_view ending = name.substr(name.rfind('.'));
  replace("{{>", "}}", [&](const std::string& included) {
    return source_of(files, fmt::format("{}{}", included, ending), language);
  });
  replace("[[", "]]", [&](const std::string& text) { return language.text(text); });
  return source;
}

bool is_html(std::string_view name) { return name.ends_with(kHtml); }

/// In HTML lines mean nothing.
ctemplate::Strip strip_of(std::string_view name) {
  return is_html(name) ? ctemplate::STRIP_BLANK_LINES : ctemplate::DO_NOT_STRIP;
}

std::string file_of(const Language& language, std::string_view name) {
  return fmt::format("{}/{}", language.code(), name);
}

}  // namespace

Templates::Templates(std::span<const Embedded> files) : cache_(std::make_unique<ctemplate::TemplateCache>()) {
  for (const char* const code : {"nl", "en"})
    for (const Embedded& file : files) {
      if (!file.path.starts_with(kFolder)) continue;
      const auto name = file.path.substr(kFolder.size());
      const Language& language = Language::of(code);
      std::string source = source_of(files, name, language);
      if (is_html(name)) source = "{{%AUTOESCAPE context=\"HTML\"}}" + source;
      const bool read = cache_->StringToTemplateCache(file_of(language, name), source, strip_of(name));
      PLACET_CHECK(read, fmt::format("template {} cannot be read", file.path));
    }
  cache_->Freeze();
}
Templates::~Templates() = default;

Page::Part& Page::Part::set(std::string_view hole, std::string_view text) {
  dictionary_->SetValue(view_of(hole), view_of(text));
  return *this;
}
Page::Part& Page::Part::set(std::string_view hole, std::int64_t number) { return set(hole, fmt::to_string(number)); }
Page::Part& Page::Part::show(std::string_view part) {
  dictionary_->AddSectionDictionary(view_of(part));
  return *this;
}
Page::Part Page::Part::add(std::string_view part) { return Part(*dictionary_->AddSectionDictionary(view_of(part))); }

Page::Page(const Templates& templates, const Language& language, std::string_view name)
    : templates_(templates),
      file_(file_of(language, name)),
      dictionary_(std::make_unique<ctemplate::TemplateDictionary>(view_of(file_))),
      whole_(*dictionary_) {}
Page::Page(Page&&) noexcept = default;
Page::~Page() = default;

std::string Page::text() const {
  std::string text;
  const bool made = templates_.cache_->ExpandNoLoad(file_, strip_of(file_), dictionary_.get(), nullptr, &text);
  PLACET_CHECK(made, fmt::format("page {} cannot be made", file_));
  return text;
}

}  // namespace placet::documents
