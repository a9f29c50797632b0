#include "reactors/smtp.h"

#include <curl/curl.h>
#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <string_view>
#include <utility>

#include "access/natural_key.h"
#include "base/check.h"
#include "crypto/base64.h"

namespace placet::reactors {

namespace {

constexpr long kConnectSeconds = 10;
constexpr long kSeconds = 60;

/// RFC 2047, section 2: words of at most 75 characters, each whole in UTF-8.
std::string encoded_header(std::string_view text) {
  constexpr std::size_t kBytesPerWord = 39;
  std::string encoded;
  while (!text.empty()) {
    std::size_t size = std::min(text.size(), kBytesPerWord);
    while (size < text.size() && (text[size] & 0xC0) == 0x80) --size;
    encoded += fmt::format("{}=?UTF-8?B?{}?=", encoded.empty() ? "" : "\r\n ", crypto::to_base64(text.substr(0, size)));
    text.remove_prefix(size);
  }
  return encoded;
}

/// RFC 5322, section 3.3.
std::string date_header(Timestamp at) {
  return fmt::format("{:%a, %d %b %Y %H:%M:%S} +0000", fmt::gmtime(static_cast<std::time_t>(at.micros / 1'000'000)));
}

bool is_on_this_machine(std::string_view server) {
  const auto host = server.substr(server.find("://") + 3);
  return host.starts_with("127.") || host.starts_with("localhost") || host.starts_with("[::1]");
}

struct ListFreed {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using List = std::unique_ptr<curl_slist, ListFreed>;

void add(List& list, const std::string& line) {
  curl_slist* const longer = curl_slist_append(list.get(), line.c_str());
  PLACET_CHECK(longer != nullptr, "libcurl has no memory");
  static_cast<void>(list.release());
  list.reset(longer);
}

int stop_asked(void* stop, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<const std::stop_token*>(stop)->stop_requested() ? 1 : 0;
}

void add_part(curl_mime* mime, const std::string& text, const char* type) {
  curl_mimepart* const part = curl_mime_addpart(mime);
  curl_mime_data(part, text.data(), text.size());
  curl_mime_type(part, type);
  curl_mime_encoder(part, "quoted-printable");
}

}  // namespace

struct Smtp::Session {
  CURL* curl = curl_easy_init();
  Session() { PLACET_CHECK(curl != nullptr, "libcurl cannot start"); }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  ~Session() { curl_easy_cleanup(curl); }
};

Smtp::Smtp(SmtpSettings settings) : settings_(std::move(settings)), session_(std::make_unique<Session>()) {}
Smtp::~Smtp() = default;

Result<std::unique_ptr<Smtp>> Smtp::make(SmtpSettings settings) {
  if (!settings.server.starts_with("smtp://") && !settings.server.starts_with("smtps://"))
    return fail(ErrorCode::invalid, settings.server + ": say smtp://HOST:PORT or smtps://HOST:PORT");
  if (!access::normal_email(settings.from))
    return fail(ErrorCode::invalid, settings.from + ": is no address that mail can come from");
  return std::unique_ptr<Smtp>(new Smtp(std::move(settings)));
}

Reply Smtp::send(const Addressed& mail, const std::stop_token& stop) {
  CURL* const curl = session_->curl;
  curl_easy_reset(curl);  // keeps the connection
  const auto set = [&](CURLoption option, auto value) {
    PLACET_CHECK(curl_easy_setopt(curl, option, value) == CURLE_OK, "an option that libcurl does not know");
  };
  set(CURLOPT_URL, settings_.server.c_str());
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_CONNECTTIMEOUT, kConnectSeconds);
  set(CURLOPT_TIMEOUT, kSeconds);
  const bool plain = settings_.ca_file.empty() && is_on_this_machine(settings_.server);
  set(CURLOPT_USE_SSL, plain ? long{CURLUSESSL_NONE} : long{CURLUSESSL_ALL});
  if (!settings_.ca_file.empty()) set(CURLOPT_CAINFO, settings_.ca_file.c_str());
  if (!settings_.user.empty()) {
    set(CURLOPT_USERNAME, settings_.user.c_str());
    set(CURLOPT_PASSWORD, settings_.password.c_str());
  }
  set(CURLOPT_NOPROGRESS, 0L);
  set(CURLOPT_XFERINFOFUNCTION, stop_asked);
  set(CURLOPT_XFERINFODATA, const_cast<std::stop_token*>(&stop));

  List to, headers;
  add(to, fmt::format("<{}>", mail.to));
  add(headers, fmt::format("Date: {}", date_header(mail.date)));
  add(headers, fmt::format("From: Placet <{}>", settings_.from));
  add(headers, fmt::format("To: <{}>", mail.to));
  add(headers, fmt::format("Subject: {}", encoded_header(mail.mail.subject)));
  add(headers, fmt::format("Message-ID: <{}>", mail.message_id));
  add(headers, "Auto-Submitted: auto-generated");  // RFC 3834: no answering machine answers
  add(headers, "Content-Type: multipart/alternative");
  set(CURLOPT_MAIL_FROM, fmt::format("<{}>", settings_.from).c_str());
  set(CURLOPT_MAIL_RCPT, to.get());
  set(CURLOPT_HTTPHEADER, headers.get());
  const std::unique_ptr<curl_mime, decltype(&curl_mime_free)> mime(curl_mime_init(curl), &curl_mime_free);
  add_part(mime.get(), mail.mail.text, "text/plain; charset=utf-8");
  add_part(mime.get(), mail.mail.html, "text/html; charset=utf-8");
  set(CURLOPT_MIMEPOST, mime.get());

  const CURLcode result = curl_easy_perform(curl);
  if (result == CURLE_OK) return {};
  if (result == CURLE_ABORTED_BY_CALLBACK) return {.interrupted = true};
  long code = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &code);
  // That we may not sign in, or do not trust the server, is for the operator to mend: the mail waits.
  const bool of_the_mail = result != CURLE_LOGIN_DENIED && result != CURLE_PEER_FAILED_VERIFICATION &&
                           result != CURLE_USE_SSL_FAILED && result != CURLE_OPERATION_TIMEDOUT;
  Reply reply{domain::DeliveryFault::unreachable, static_cast<std::uint16_t>(code)};
  if (of_the_mail && code >= 500 && code < 600) reply.fault = domain::DeliveryFault::refused;
  if (of_the_mail && code >= 400 && code < 500) reply.fault = domain::DeliveryFault::refused_for_now;
  return reply;
}

}  // namespace placet::reactors
