#include "tools/client/json.h"

#include <kj/encoding.h>

#include <set>
#include <stdexcept>

#include "base/time.h"
#include "codec/ids.h"
#include "schema/ledger.capnp.h"
#include "schema/record.capnp.h"
#include "tools/client/json_fault.h"

namespace placet::client {

namespace {

// The annotation `is` of types.capnp.
constexpr std::uint64_t kIsAnnotation = 0xd3ba9a3f3f2a4b01;

class IdForm final : public capnp::JsonCodec::Handler<schema::Id> {
 public:
  void encode(const capnp::JsonCodec&, schema::Id::Reader id, capnp::JsonValue::Builder out) const override {
    out.setString(codec::read_id(id).to_string());
  }
  void decode(const capnp::JsonCodec&, capnp::JsonValue::Reader in, schema::Id::Builder id) const override {
    const auto uuid = in.isString() ? Uuid::parse(in.getString().cStr()) : std::nullopt;
    if (!uuid) throw_field_fault("must be a UUID, such as \"0190163d-8694-739b-aea5-966c26f8ad91\"");
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
    if (!in.isString()) throw_field_fault("must be a string");
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
    if (!date) throw_field_fault("must be a day, such as \"2026-10-12\"");
    return date->days;
  }
};

class DateListForm final : public capnp::JsonCodec::Handler<capnp::List<std::int32_t>> {
 public:
  explicit DateListForm(const DateForm& date) : date_(date) {}
  void encode(const capnp::JsonCodec& codec, capnp::List<std::int32_t>::Reader days,
              capnp::JsonValue::Builder out) const override {
    auto list = out.initArray(days.size());
    for (unsigned i = 0; i < days.size(); ++i) date_.encode(codec, days[i], list[i]);
  }
  capnp::Orphan<capnp::List<std::int32_t>> decode(const capnp::JsonCodec& codec, capnp::JsonValue::Reader in,
                                                  capnp::Orphanage orphanage) const override {
    if (!in.isArray()) throw_field_fault("must be a list of days, such as [\"2026-10-12\"]");
    auto list = orphanage.newOrphan<capnp::List<std::int32_t>>(in.getArray().size());
    for (unsigned i = 0; i < in.getArray().size(); ++i) list.get().set(i, date_.decode(codec, in.getArray()[i]));
    return list;
  }

 private:
  const DateForm& date_;
};

class HexForm final : public capnp::JsonCodec::Handler<capnp::Data> {
 public:
  void encode(const capnp::JsonCodec&, capnp::Data::Reader bytes, capnp::JsonValue::Builder out) const override {
    out.setString(kj::encodeHex(bytes));
  }
  capnp::Orphan<capnp::Data> decode(const capnp::JsonCodec&, capnp::JsonValue::Reader in,
                                    capnp::Orphanage orphanage) const override {
    if (!in.isString()) throw_field_fault("must be a string of hexadecimal digits");
    auto bytes = kj::decodeHex(in.getString());
    if (bytes.hadErrors) throw_field_fault("must be a string of hexadecimal digits");
    return orphanage.newOrphanCopy(capnp::Data::Reader(bytes));
  }
};

/// An id that lies inline, as a group.
class IdGroupForm final : public capnp::JsonCodec::Handler<capnp::DynamicStruct> {
 public:
  void encode(const capnp::JsonCodec&, capnp::DynamicStruct::Reader id, capnp::JsonValue::Builder out) const override {
    const Uuid uuid{id.get("hi").as<std::uint64_t>(), id.get("lo").as<std::uint64_t>()};
    if (uuid.is_nil())
      out.setNull();
    else
      out.setString(uuid.to_string());
  }
  void decode(const capnp::JsonCodec&, capnp::JsonValue::Reader, capnp::DynamicStruct::Builder) const override {
    throw_field_fault("cannot be given");
  }
};

class TimestampForm final : public capnp::JsonCodec::Handler<std::int64_t> {
 public:
  void encode(const capnp::JsonCodec&, std::int64_t micros, capnp::JsonValue::Builder out) const override {
    out.setString(Timestamp{micros}.to_string());
  }
  std::int64_t decode(const capnp::JsonCodec&, capnp::JsonValue::Reader) const override {
    throw_field_fault("cannot be given: the ledger takes its own");
  }
};

}  // namespace

struct JsonForm::Handlers {
  IdForm id;
  SecretForm secret;
  DateForm date;
  DateListForm dates{date};
  HexForm hex;
  IdGroupForm id_group;
  TimestampForm timestamp;
  std::set<std::uint64_t> seen;

  void visit(capnp::StructSchema schema, capnp::JsonCodec& codec) {
    if (!seen.insert(schema.getProto().getId()).second) return;
    for (const auto field : schema.getFields()) {
      auto type = field.getType();
      if (type.isData()) codec.addFieldHandler<capnp::Data>(field, hex);
      if (field.getProto().isGroup() && type.asStruct().findFieldByName("hi") != nullptr) {
        codec.addTypeHandler(type.asStruct(), id_group);
        continue;
      }
      for (const auto annotation : field.getProto().getAnnotations()) {
        if (annotation.getId() != kIsAnnotation) continue;
        const std::string_view is = annotation.getValue().getText().cStr();
        if (is == "Date" && type.isInt32()) codec.addFieldHandler(field, date);
        if (is == "Date" && type.isList()) codec.addFieldHandler(field, dates);
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
  for (const auto method : capnp::Schema::from<schema::Queries>().getMethods()) {
    handlers_->visit(method.getParamType(), codec_);
    handlers_->visit(method.getResultType(), codec_);
  }
  handlers_->visit(capnp::Schema::from<schema::Status>(), codec_);
  codec_.setHasMode(capnp::HasMode::NON_DEFAULT);
  codec_.setRejectUnknownFields(true);
}

JsonForm::~JsonForm() = default;

std::string JsonForm::encode(capnp::DynamicStruct::Reader message) const { return codec_.encode(message).cStr(); }

void JsonForm::decode(std::string_view json, capnp::DynamicStruct::Builder message) const {
  try {
    codec_.decode(kj::ArrayPtr<const char>(json.data(), json.size()), message);
  } catch (const kj::Exception&) {
    throw std::invalid_argument(fault_in(json, message.getSchema(), codec_));
  }
}

}  // namespace placet::client
