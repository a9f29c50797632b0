#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "documents/embedded.h"
#include "documents/language.h"

namespace ctemplate {
class TemplateCache;
class TemplateDictionary;
}  // namespace ctemplate

namespace placet::documents {

/// All templates of a module, in all languages, read once. Any thread.
class Templates {
 public:
  /// Those of `templates/` among the files: NAME.html, NAME.txt.
  explicit Templates(std::span<const Embedded> files);
  ~Templates();

 private:
  friend class Page;
  std::unique_ptr<ctemplate::TemplateCache> cache_;
};

/// A page or mail that is being filled in: a template in one language. Whatever is put into HTML is escaped for the
/// place where it stands (ctemplate's auto-escape); there is no way around it. Text is left as it is.
///
///   {{HOLE}}                 what `set` said, or nothing
///   {{#PART}} ... {{/PART}}  left out, unless `show` or `add` said so: then as often as they did
///   [[name]]                 the text of that name in the page's language
///   {{>NAME}}                another template of the same ending stands here
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

  /// `name`: such as "week.html".
  Page(const Templates& templates, const Language& language, std::string_view name);
  Page(Page&&) noexcept;
  ~Page();

  Part& part() { return whole_; }
  std::string text() const;

 private:
  const Templates& templates_;
  std::string file_;
  std::unique_ptr<ctemplate::TemplateDictionary> dictionary_;
  Part whole_;
};

}  // namespace placet::documents
