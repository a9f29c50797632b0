"""Checks every #include against src/LAYERS and lists who includes the libraries that few may include.

usage: layers.py [CHECKOUT]     exit 0: as written; 1: an include that src/LAYERS does not allow, or a bad src/LAYERS
"""

import sys
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path

from source import SourceFile, text_files

FOLDERS_OUTSIDE_SRC = ("projections", "tools", "bench")


class BadLayers(Exception):
    """src/LAYERS itself is wrong."""


@dataclass
class Headers:
    """A `headers` line: which includes it is about, and where they may or may not stand."""

    name: str
    patterns: list[str]
    only: bool
    places: list[str]

    def matches(self, include: str) -> bool:
        return any(fnmatchcase(include, pattern) for pattern in self.patterns)

    def allows(self, path: str) -> bool:
        return any(path == place or path.startswith(place + "/") for place in self.places) == self.only


@dataclass
class Layers:
    modules: dict[str, list[str]] = field(default_factory=dict)
    headers: list[Headers] = field(default_factory=list)

    def allows(self, module: str, include: str) -> bool:
        """Whether a file of `module` may include one of our headers."""
        target = include.split("/")[0]
        return target == module or target in self.modules[module] or include in self.modules[module]


def parse(text: str) -> Layers:
    layers = Layers()
    for number, line in enumerate(text.splitlines(), start=1):
        words = line.split("#")[0].split()
        if not words:
            continue
        if len(words) < 2 or words[0] not in ("module", "headers") or not words[1].endswith(":"):
            raise BadLayers(f"src/LAYERS:{number}: neither 'module NAME: ...' nor 'headers NAME: ...'")
        name, rest = words[1][:-1], words[2:]
        if words[0] == "module":
            layers.modules[name] = _parse_module(layers, name, rest, number)
        else:
            layers.headers.append(_parse_headers(name, rest, number))
    for headers in layers.headers:
        for place in headers.places:
            if place.split("/")[0] not in layers.modules:
                raise BadLayers(f"src/LAYERS: headers {headers.name}: '{place}' is in no module")
    return layers


def _parse_module(layers: Layers, name: str, what: list[str], number: int) -> list[str]:
    if name in layers.modules:
        raise BadLayers(f"src/LAYERS:{number}: module {name} a second time")
    if what == ["*"]:
        return list(layers.modules)
    for item in what:
        if item.split("/")[0] not in layers.modules:
            raise BadLayers(f"src/LAYERS:{number}: module {name} names '{item}', which does not stand above it")
    return what


def _parse_headers(name: str, rest: list[str], number: int) -> Headers:
    for i, word in enumerate(rest):
        if word in ("only", "not") and rest[i + 1 : i + 2] == ["in"] and i > 0 and rest[i + 2 :]:
            return Headers(name, rest[:i], word == "only", rest[i + 2 :])
    raise BadLayers(f"src/LAYERS:{number}: expected 'headers NAME: PATTERN ... only|not in PLACE ...'")


def check_file(layers: Layers, file: SourceFile) -> list[str]:
    """What is wrong with the includes of one file below src/ or a folder of FOLDERS_OUTSIDE_SRC."""
    place = file.path.removeprefix("src/")
    module = place.split("/")[0]
    if module not in layers.modules:
        return [f"{file.path}:1: '{module}' has no line in src/LAYERS"]
    errors = []
    for line, include, quoted in file.includes():
        where = f"{file.path}:{line}: "
        matching = [headers for headers in layers.headers if headers.matches(include)]
        deciding = [h for h in matching if h.only][:1] + [h for h in matching if not h.only]
        for headers in deciding:
            if not headers.allows(place):
                places = ("only in " if headers.only else "not in ") + ", ".join(headers.places)
                errors.append(f"{where}<{include}> ({headers.name}) may be included {places}")
        is_ours = "/" in include and include.split("/")[0] in layers.modules
        if is_ours and not layers.allows(module, include):
            errors.append(f"{where}{module} may not include {include}")
        if quoted and not is_ours and not matching:
            errors.append(f'{where}"{include}" names no module: write the path from src/')
    return errors


def users_of(layers: Layers, files: list[SourceFile]) -> dict[str, list[str]]:
    """Per `only in` line: where its headers are included, tests among them."""
    users: dict[str, list[str]] = {headers.name: [] for headers in layers.headers if headers.only}
    for file in files:
        for line, include, _ in file.includes():
            deciding = next((h for h in layers.headers if h.only and h.matches(include)), None)
            if deciding:
                users[deciding.name].append(f"{file.path}:{line}")
    return users


def main(root: Path) -> int:
    try:
        layers = parse((root / "src/LAYERS").read_text(encoding="utf-8"))
    except BadLayers as error:
        print(error)
        return 1
    files = [file for file in text_files(root) if file.is_cpp]
    errors = [
        error for file in files if file.is_below("src", *FOLDERS_OUTSIDE_SRC) for error in check_file(layers, file)
    ]
    for error in errors:
        print(error)
    for name, places in users_of(layers, files).items():
        print(f"{name}: {', '.join(places) or 'nobody'}")
    print(f"layers: {len(files)} files, {len(errors)} includes that src/LAYERS does not allow")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parents[2]).resolve()))
