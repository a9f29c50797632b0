#include "portal/templates.h"

#include <ctemplate/template.h>
#include <ctemplate/template_cache.h>
#include <ctemplate/template_dictionary.h>

#include <fmt/format.h>

#include "base/check.h"
#include "portal/embedded.h"

namespace placet::portal {

namespace {

constexpr std::string_view kFolder = "templates/";
constexpr std::string_view kEnding = ".html";

ctemplate::TemplateString view_of(std::string_view text) { return {text.data(), text.size()}; }

/// With the texts of a language in it, and what it includes.
std::string source_of(std::string_view name, const Language& language) {
  const std::string path = fmt::format("{}{}{}", kFolder, name, kEnding);
  std::string source;
  for (const Embedded& file : embedded_files())
    if (file.path == path) source = file.bytes;
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
  replace("{{>", "}}", [&](const std::string& included) { return source_of(included, language); });
  replace("[[", "]]", [&](const std::string& text) { return language.text(text); });
  return source;
}

std::string file_of(const Language& language, std::string_view name) {
  return fmt::format("{}/{}", language.code(), name);
}

/// All pages in all languages, read once.
ctemplate::TemplateCache& pages() {
  static ctemplate::TemplateCache* const cache = [] {
    auto* const made = new ctemplate::TemplateCache;
    for (const char* const code : {"nl", "en"})
      for (const Embedded& file : embedded_files()) {
        if (!file.path.starts_with(kFolder)) continue;
        const auto name = file.path.substr(kFolder.size(), file.path.size() - kFolder.size() - kEnding.size());
        const Language& language = Language::of(code);
        const std::string source = "{{%AUTOESCAPE context=\"HTML\"}}" + source_of(name, language);
        const bool read = made->StringToTemplateCache(file_of(language, name), source, ctemplate::STRIP_BLANK_LINES);
        PLACET_CHECK(read, fmt::format("template {} cannot be read", file.path));
      }
    made->Freeze();
    return made;
  }();
  return *cache;
}

}  // namespace

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

Page::Page(const Language& language, std::string_view name)
    : file_(file_of(language, name)),
      dictionary_(std::make_unique<ctemplate::TemplateDictionary>(view_of(file_))),
      whole_(*dictionary_) {}
Page::Page(Page&&) noexcept = default;
Page::~Page() = default;

std::string Page::html() const {
  std::string html;
  const bool made = pages().ExpandNoLoad(file_, ctemplate::STRIP_BLANK_LINES, dictionary_.get(), nullptr, &html);
  PLACET_CHECK(made, fmt::format("page {} cannot be made", file_));
  return html;
}

}  // namespace placet::portal
