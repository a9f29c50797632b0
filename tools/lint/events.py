"""Checks schema/EVENTS.md, the catalogue for people, against schema/events.capnp: every event with its number, stream,
audience and fields; every struct in a field with all of its own.

usage: events.py [CHECKOUT]     exit 0: they agree; 1: one line for each difference
"""

import re
import sys
from dataclasses import dataclass
from pathlib import Path

HEADING = ["number", "name", "stream", "audience", "fields", "meaning", "effectiveOn", "since"]

# The bits of an audience (types.capnp, Role) in words, in the order of the catalogue.
STAFF_BITS = 0x0170
ROLES = (("worker", 0x0002), ("client", 0x0084), ("agency", 0x0008))

# $is("...") of a field in words; what is not here stands in the catalogue as it does in the schema.
UNITS = {
    "Date": "local day",
    "Timestamp": "UTC µs",
    "Minutes": "minutes",
    "Money": "cents",
    "LogPosition": "position",
    "Digest": "SHA-256",
    "Box": "sealed",
}
SCALARS = {"Bool", "Int16", "Int32", "Int64", "UInt16", "UInt32", "UInt64", "Text", "Data", "Id"}


@dataclass
class Struct:
    annotations: str
    fields: list[tuple[str, str, str]]  # name, type, annotations


def read_structs(text: str) -> dict[str, Struct]:
    """The structs of a schema that hold nothing but fields; the union `Event` is read apart."""
    text = re.sub(r"#[^\n]*", "", text)
    structs = {}
    for name, annotations, body in re.findall(r"^struct (\w+)([^{]*)\{(.*?)^\}", text, re.MULTILINE | re.DOTALL):
        fields = re.findall(r"^  (\w+) @\d+ :([\w.()]+)([^;]*);", body, re.MULTILINE)
        structs[name] = Struct(annotations, [(name, kind.replace("T.", ""), rest) for name, kind, rest in fields])
    return structs


def field_in_words(name: str, kind: str, annotations: str) -> str:
    optional = "?" if "optional" in annotations else ""
    listed = re.fullmatch(r"List\((\w+)\)", kind)
    meaning = re.search(r'is\("(\w+)"\)', annotations)
    words = meaning.group(1) if meaning else listed.group(1) if listed else kind
    words = UNITS.get(words, words)
    return f"`{name}`{optional} ({'list of ' if listed else ''}{words})"


def audience_in_words(bits: int) -> str:
    roles = ["staff"] if bits & STAFF_BITS == STAFF_BITS else []
    roles += [role for role, role_bits in ROLES if bits & role_bits == role_bits]
    return ", ".join(roles)


def read_tables(text: str) -> list[list[list[str]]]:
    """The cells of each table, without the line under its heading."""
    tables = []
    for block in re.findall(r"(?:^\|.*\|\n)+", text, re.MULTILINE):
        rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in block.splitlines()]
        tables.append([row for row in rows if not all(re.fullmatch(r":?-+:?", cell) for cell in row)])
    return tables


def expected_rows(events: str, types: str) -> dict[str, list[str]]:
    """Name -> the cells that the schema decides: number, name, stream, audience, fields."""
    structs = read_structs(events)
    audiences = {name: int(bits, 16) for name, bits in re.findall(r"const (to\w+) :UInt16 = (0x[0-9a-f]+)", types)}
    rows = {}
    for name, number, kind in re.findall(r"^    (\w+) @(\d+) :(\w+);", events, re.MULTILINE):
        if kind == "Void":
            continue
        struct = structs[kind]
        stream = re.search(r"stream\((\w+)\)", struct.annotations)
        audience = re.search(r"audience\(\.T\.(\w+)\)", struct.annotations)
        rows[name] = [
            number,
            f"`{name}`",
            stream.group(1) if stream else "any",
            audience_in_words(audiences[audience.group(1)]) if audience else "",
            ", ".join(field_in_words(*field) for field in struct.fields) or "-",
        ]
    return rows


def check_events(rows: list[list[str]], expected: dict[str, list[str]]) -> list[str]:
    found = []
    seen = set()
    for row in rows:
        name = row[1].strip("`") if len(row) > 1 else ""
        if name not in expected:
            found.append(f"{row[0]} {name}: no such event in events.capnp")
        elif name in seen:
            found.append(f"{name}: stands there twice")
        elif len(row) != len(HEADING):
            found.append(f"{name}: {len(row)} cells, not {len(HEADING)}")
        else:
            pairs = zip(HEADING, row, expected[name])
            found += [f"{name}: {what} is '{right}', not '{says}'" for what, says, right in pairs if says != right]
            found += [f"{name}: {what} is missing" for what, says in zip(HEADING[5:], row[5:]) if not says]
        seen.add(name)
    found += [f"{name}: is missing" for name in expected if name not in seen]
    numbers = [int(row[0]) for row in rows if row[0].isdigit()]
    if numbers != sorted(numbers):
        found.append("the rows are not in the order of their numbers")
    return found


def check_structs(rows: list[list[str]], events: str, types: str) -> list[str]:
    """Every struct that a field of an event holds has a row that names each field of it."""
    structs = read_structs(types)
    described = {name: row[1] for row in rows for name in re.findall(r"`(\w+)`", row[0])}
    used = {kind for struct in read_structs(events).values() for _, kind, _ in struct.fields}
    used = {re.sub(r"List\((\w+)\)", r"\1", kind.replace("T.", "")) for kind in used} - SCALARS
    found = []
    for name in sorted(used & structs.keys()):
        if name not in described:
            found.append(f"{name}: a struct in a field, and not described")
            continue
        for field, _, annotations in structs[name].fields:
            if not re.search(rf"`{field}`\??", described[name]):
                found.append(f"{name}: {field} is missing")
            elif ("optional" in annotations) != (f"`{field}`?" in described[name]):
                found.append(f"{name}: {field} is {'optional' if 'optional' in annotations else 'not optional'}")
    return found + [f"{name}: no event holds it" for name in described if name not in used]


def findings(root: Path) -> list[str]:
    events = (root / "schema/events.capnp").read_text(encoding="utf-8")
    types = (root / "schema/types.capnp").read_text(encoding="utf-8")
    catalogue = (root / "schema/EVENTS.md").read_text(encoding="utf-8")
    tables = read_tables(catalogue)
    if len(tables) != 2 or tables[0][0] != HEADING:
        return [f"two tables are expected, the first one headed {' | '.join(HEADING)}"]
    expected = expected_rows(events, types)
    if not expected:
        return ["no events found in events.capnp"]
    return check_events(tables[0][1:], expected) + check_structs(tables[1][1:], events, types)


def main(root: Path) -> int:
    found = findings(root)
    for line in found:
        print(f"schema/EVENTS.md: {line}")
    print(f"events: {len(found)} findings")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parents[2]).resolve()))
