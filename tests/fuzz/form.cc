#include "portal/form.h"

#include "tests/fuzz/fuzz_target.h"

using namespace placet;

PLACET_FUZZ_TARGET(input) {
  portal::Request request;
  request.headers = {{"cookie", std::string(input)}};
  const auto value = portal::cookie(request, "__Host-placet");
  PLACET_CHECK(value.empty() || input.find(value) != BytesView::npos, "a cookie that was not sent");
  const auto form = portal::Form::parse(input);
  if (!form) return;
  std::string again;
  for (const auto& [name, text] : form->fields())
    again += (again.empty() ? "" : "&") + portal::percent_encoded(name) + "=" + portal::percent_encoded(text);
  const auto reread = portal::Form::parse(again);
  PLACET_CHECK(reread && (reread->fields() == form->fields() || form->fields().empty()),
               "a form is read differently than it was written");
}
