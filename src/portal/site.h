#pragma once

#include "portal/desk.h"
#include "portal/http.h"
#include "portal/sign_ins.h"

namespace placet::portal {

/// All pages: finds the one that a request is for, sees to it that the request may be answered, and has it answered.
/// Any thread, many at a time.
///
/// A POST is taken from pages of ours alone: by Sec-Fetch-Site, else by Origin, and by a key in the form that only a
/// page made for this browser holds. GET and HEAD change nothing. What is not for the caller is not found.
class Site {
 public:
  explicit Site(const Services& services) : desk_(services), sign_ins_(desk_) {}

  Response answer(const Request& request);

 private:
  Response dispatch(const Request& request);

  Desk desk_;
  SignIns sign_ins_;
};

}  // namespace placet::portal
