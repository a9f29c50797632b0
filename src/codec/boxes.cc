#include "codec/boxes.h"

#include <capnp/dynamic.h>

#include <variant>

#include "codec/command.h"
#include "codec/data.h"
#include "codec/record_frame.h"
#include "schema/plain_codec.h"

namespace placet::codec {
namespace {

using Visit = std::function<void(BytesView box)>;

constexpr std::uint64_t kIsAnnotation = 0xd3ba9a3f3f2a4b01;  // `is` in schema/types.capnp

bool is_box(capnp::StructSchema::Field field) {
  for (const auto annotation : field.getProto().getAnnotations())
    if (annotation.getId() == kIsAnnotation) return annotation.getValue().getText() == "Box";
  return false;
}

void each_box_in(capnp::DynamicStruct::Reader from, const Visit& visit);

void each_box_in(capnp::DynamicValue::Reader value, const Visit& visit) {
  if (value.getType() == capnp::DynamicValue::STRUCT) return each_box_in(value.as<capnp::DynamicStruct>(), visit);
  if (value.getType() != capnp::DynamicValue::LIST) return;
  for (const auto item : value.as<capnp::DynamicList>()) each_box_in(item, visit);
}

void each_box_in(capnp::DynamicStruct::Reader from, const Visit& visit) {
  const auto look_at = [&](capnp::StructSchema::Field field) {
    if (!is_box(field)) return each_box_in(from.get(field), visit);
    const auto box = from.get(field).as<capnp::Data>();
    if (box.size() > 0) visit(view_of(box));
  };
  for (const auto field : from.getSchema().getNonUnionFields()) look_at(field);
  KJ_IF_MAYBE (chosen, from.which()) look_at(*chosen);
}

}  // namespace

Result<void> each_box(BytesView record, const Visit& visit) {
  PLACET_ASSIGN(Result<void> seen, with_record(record, [&](schema::Record::Reader stored, Issues&) -> Result<void> {
                  each_box_in(capnp::DynamicStruct::Reader(stored.getEvent()), visit);
                  if (!stored.getEvent().isActProposed()) return {};
                  const auto act = stored.getEvent().getActProposed().getAct();
                  PLACET_ASSIGN(domain::Command command, read_command(view_of(act)));
                  std::visit(
                      [&](auto& one) {
                        for_each_secret(one, [&](const Box& box, const auto&...) {
                          if (!box.empty()) visit(box.bytes());
                        });
                      },
                      command);
                  return {};
                }));
  return seen;
}

}  // namespace placet::codec
