#pragma once

#include <cstdint>
#include <memory>
#include <stop_token>
#include <string>

#include "base/result.h"
#include "base/time.h"
#include "documents/mail.h"

namespace placet::reactors {

/// Where mail is handed over.
struct SmtpSettings {
  std::string server;    // smtp://HOST:PORT, with STARTTLS unless the host is this machine; or smtps://HOST:PORT
  std::string user;      // empty: without signing in
  std::string password;  // of that user
  std::string from;      // an address
  std::string ca_file;   // certificates that the server's is checked by; empty: those of the system
};

struct Addressed {
  std::string to;          // an address
  std::string message_id;  // without <>: the same whenever it is sent again
  Timestamp date;
  documents::Mail mail;
};

/// What a mail server said.
struct Reply {
  domain::DeliveryFault fault = domain::DeliveryFault::unspecified;  // unspecified: it took the mail
  std::uint16_t code = 0;                                            // 0: it said nothing
  bool interrupted = false;                                          // we were told to stop: nobody knows
};

/// Hands mails to a server, one after the other, over a connection that it keeps while there are more. One thread.
class Smtp {
 public:
  /// `invalid` when the settings cannot be: an unknown scheme, an address that is none.
  static Result<std::unique_ptr<Smtp>> make(SmtpSettings settings);
  ~Smtp();

  /// Waits for the server, at most a minute.
  Reply send(const Addressed& mail, const std::stop_token& stop);
  const std::string& from() const { return settings_.from; }

 private:
  struct Session;
  explicit Smtp(SmtpSettings settings);

  const SmtpSettings settings_;
  std::unique_ptr<Session> session_;
};

}  // namespace placet::reactors
