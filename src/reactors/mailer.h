#pragma once

// Table in state/:
//   reactors     "mailer" -> u64, big-endian: every notice that was queued before so many records was sent or given up

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "base/stream_id.h"
#include "reactors/letters.h"
#include "reactors/reminders.h"
#include "reactors/services.h"
#include "reactors/smtp.h"

namespace placet::reactors {

struct MailSettings {
  SmtpSettings smtp;
  std::string portal;  // https://HOST[:PORT]: where links in mails lead
};

/// Follows the log and sends the mails that it says are to be sent, one after the other, oldest first, on a thread of
/// its own; each step is a fact in the log. What was queued and neither sent nor given up is found again after a start.
/// A mail goes out twice only if the service ends after the mail server took it and before that was written down; both
/// have the same Message-ID. Also has people reminded (reminders.h), on the same thread.
class Mailer {
 public:
  /// The table it needs in `state/`.
  static std::vector<std::string> tables();

  /// What was queued more than three days before mail is sent for the first time is left alone.
  static Result<std::unique_ptr<Mailer>> start(const Services& services, MailSettings settings);
  ~Mailer();

 private:
  struct Key {
    NoticeId notices;
    StreamVersion notice;
    friend auto operator<=>(const Key&, const Key&) = default;
  };
  struct Pending {
    domain::NoticeQueued notice;
    LogPosition position;
    Timestamp queued_at;
    Timestamp not_before;
  };

  Mailer(const Services& services, std::unique_ptr<Smtp> smtp, std::string portal, LogSize from);
  static Result<LogSize> first_of(const Services& services);

  void work(const std::stop_token& stop);
  /// What has come into the log.
  Result<void> take_in();
  /// The mail that is to be sent next, if one is.
  std::optional<Key> next(Timestamp now) const;
  Result<void> deliver(const Key& key, const std::stop_token& stop);
  Result<void> record(const Key& key, domain::DeliveryFault fault, std::uint16_t reply);
  Result<void> keep_place();

  const Services services_;
  const Letters letters_;
  const std::unique_ptr<Smtp> smtp_;
  Reminders reminders_;
  std::map<Key, Pending> pending_;
  LogSize taken_in_;
  LogSize kept_place_;
  std::jthread thread_;
};

}  // namespace placet::reactors
