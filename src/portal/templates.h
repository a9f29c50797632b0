#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "portal/language.h"

namespace ctemplate {
class TemplateDictionary;
}

namespace placet::portal {

/// A page that is being filled in: one of templates/*.html in one language. Whatever is put in is escaped for the place
/// where it stands (ctemplate's auto-escape); there is no way around it.
///
///   {{HOLE}}                 what `set` said, or nothing
///   {{#PART}} ... {{/PART}}  left out, unless `show` or `add` said so: then as often as they did
///   [[name]]                 the text of that name in the page's language
///   {{>NAME}}                NAME.html stands here
class Page {
 public:
  /// A part of it, or all of it. Alive as long as the page.
  class Part {
   public:
    Part& set(std::string_view hole, std::string_view text);
    Part& set(std::string_view hole, std::int64_t number);
    Part& show(std::string_view part);
    /// The same, with holes of its own; those of what it stands in are known in it, too.
    Part add(std::string_view part);
    Part& show_if(bool shown, std::string_view part) { return shown ? show(part) : *this; }

   private:
    friend class Page;
    explicit Part(ctemplate::TemplateDictionary& dictionary) : dictionary_(&dictionary) {}
    ctemplate::TemplateDictionary* dictionary_;
  };

  Page(const Language& language, std::string_view name);
  Page(Page&&) noexcept;
  ~Page();

  Part& part() { return whole_; }
  std::string html() const;

 private:
  std::string file_;
  std::unique_ptr<ctemplate::TemplateDictionary> dictionary_;
  Part whole_;
};

}  // namespace placet::portal
