#pragma once

#include <optional>
#include <string>

#include "base/time.h"
#include "documents/sheet_digest.h"
#include "schema/plain.h"

namespace placet::documents {

/// A mail in Dutch and, below, in English: who gets it need not have chosen.
struct Mail {
  std::string subject, text, html;
};

/// About the hours of a sheet; of any kind of notice that is.
struct AboutHours {
  domain::NoticeKind kind = domain::NoticeKind::unspecified;
  std::string worker, client;
  domain::Period period;
  Date last;
  SheetDigest digest;
  std::optional<domain::CalendarPeriod> calendar;  // deadlines, where they are published
  std::string reason;                              // why they were refused; else empty
  std::string link;
};
Mail write(const AboutHours& about);

/// About an account: invited, or the password forgotten.
struct AboutAccount {
  domain::NoticeKind kind = domain::NoticeKind::unspecified;
  std::string link;
};
Mail write(const AboutAccount& about);

}  // namespace placet::documents
