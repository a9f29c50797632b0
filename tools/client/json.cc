#include "tools/client/json.h"

#include <set>
#include <stdexcept>

#include "base/time.h"
#include "codec/ids.h"
#include "schema/ledger.capnp.h"
#include "schema/record.capnp.h"

namespace placet::client {

namespace {

// The annotation `is` of types.capnp.
constexpr std::uint64_t kIsAnnotation = 0xd3ba9a3f3f2a4b01;

[[noreturn]] void invalid(const std::string& what) { kj::throwFatalException(KJ_EXCEPTION(FAILED, what.c_str())); }

class IdForm final : public capnp::JsonCodec::Handler<schema::Id> {
 public:
  void encode(const capnp::JsonCodec&, schema::Id::Reader id, capnp::JsonValue::Builder out) const override {
    out.setString(codec::read_id(id).to_string());
  }
  void decode(const capnp::JsonCodec&, capnp::JsonValue::Reader in, schema::Id::Builder id) const override {
    const auto uuid = in.isString() ? Uuid::parse(in.getString().cStr()) : std::nullopt;
    if (!uuid) invalid("an id must be a UUID in quotes, such as \"0190163d-8694-739b-aea5-966c26f8ad91\"");
    codec::write(*uuid, id);
  }
};

class SecretForm final : public capnp::JsonCodec::Handler<schema::Secret> {
 public:
  void encode(const capnp::JsonCodec&, schema::Secret::Reader secret, capnp::JsonValue::Builder out) const override {
    if (secret.isText()) {
      out.setString(secret.getText());
    } else if (secret.isBox()) {
      out.setString("(sealed)");
    } else {
      out.setNull();
    }
  }
  void decode(const capnp::JsonCodec&, capnp::JsonValue::Reader in, schema::Secret::Builder secret) const override {
    if (!in.isString()) invalid("a personal text must be a string");
    secret.setText(in.getString());
  }
};

class DateForm final : public capnp::JsonCodec::Handler<std::int32_t> {
 public:
  void encode(const capnp::JsonCodec&, std::int32_t days, capnp::JsonValue::Builder out) const override {
    out.setString(Date{days}.to_string());
  }
  std::int32_t decode(const capnp::JsonCodec&, capnp::JsonValue::Reader in) const override {
    const auto date = in.isString() ? Date::parse(in.getString().cStr()) : std::nullopt;
    if (!date) invalid("a day must be a string YYYY-MM-DD");
    return date->days;
  }
};

class TimestampForm final : public capnp::JsonCodec::Handler<std::int64_t> {
 public:
  void encode(const capnp::JsonCodec&, std::int64_t micros, capnp::JsonValue::Builder out) const override {
    out.setString(Timestamp{micros}.to_string());
  }
  std::int64_t decode(const capnp::JsonCodec&, capnp::JsonValue::Reader) const override {
    invalid("an instant cannot be given: the ledger takes its own");
  }
};

}  // namespace

struct JsonForm::Handlers {
  IdForm id;
  SecretForm secret;
  DateForm date;
  TimestampForm timestamp;
  std::set<std::uint64_t> seen;

  void visit(capnp::StructSchema schema, capnp::JsonCodec& codec) {
    if (!seen.insert(schema.getProto().getId()).second) return;
    for (const auto field : schema.getFields()) {
      auto type = field.getType();
      for (const auto annotation : field.getProto().getAnnotations()) {
        if (annotation.getId() != kIsAnnotation) continue;
        const std::string_view is = annotation.getValue().getText().cStr();
        if (is == "Date" && type.isInt32()) codec.addFieldHandler(field, date);
        if (is == "Timestamp" && type.isInt64()) codec.addFieldHandler(field, timestamp);
      }
      while (type.isList()) type = type.asList().getElementType();
      if (type.isStruct()) visit(type.asStruct(), codec);
    }
  }
};

JsonForm::JsonForm() : handlers_(std::make_unique<Handlers>()) {
  codec_.addTypeHandler(handlers_->id);
  codec_.addTypeHandler(handlers_->secret);
  handlers_->visit(capnp::Schema::from<schema::Submission>(), codec_);
  handlers_->visit(capnp::Schema::from<schema::Record>(), codec_);
  codec_.setHasMode(capnp::HasMode::NON_DEFAULT);
  codec_.setRejectUnknownFields(true);
}

JsonForm::~JsonForm() = default;

std::string JsonForm::encode(capnp::DynamicStruct::Reader message) const { return codec_.encode(message).cStr(); }

void JsonForm::decode(std::string_view json, capnp::DynamicStruct::Builder message) const {
  try {
    codec_.decode(kj::ArrayPtr<const char>(json.data(), json.size()), message);
  } catch (const kj::Exception& exception) {
    throw std::invalid_argument(exception.getDescription().cStr());
  }
}

}  // namespace placet::client
