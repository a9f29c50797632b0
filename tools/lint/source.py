"""Files of a checkout, and C++ text with comments and literals told apart from code."""

import re
from functools import cached_property
from pathlib import Path

_CPP_SUFFIXES = {".cc", ".h"}
_TEXT_SUFFIXES = _CPP_SUFFIXES | {".py", ".cmake", ".md", ".capnp", ".json", ".css", ".html", ".js"}
_TEXT_NAMES = {"CMakeLists.txt", "requirements.txt", "LAYERS"}
_HIDDEN_ALLOWED = {".ci", ".clang-format", ".clang-tidy", ".gitignore"}

# A number comes before a character literal, so that the separators of 1'000 open none.
_TOKEN = re.compile(
    r"""
      (?P<comment> //[^\n]* | /\*.*?\*/ )
    | (?P<raw>     (?:\b(?:u8|u|U|L))?R"(?P<tag>[^()\\\s]{0,16})\(.*?\)(?P=tag)" )
    | (?P<number>  (?<!\w)\.?\d(?:[eEpP][+-]|'?[\w.])* )
    | (?P<string>  "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])+' )
    """,
    re.VERBOSE | re.DOTALL,
)
_INCLUDE = re.compile(r"^[ \t]*#[ \t]*include[ \t]*([<\"])([^>\"\n]+)[>\"]", re.MULTILINE)


def line_of(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1


def _blank(text: str) -> str:
    """Spaces instead of every character but line ends, so that offsets and line numbers stay."""
    return re.sub(r"[^\n]", " ", text)


class SourceFile:
    """One text file. `path` is relative to the checkout, with forward slashes."""

    def __init__(self, root: Path, path: str):
        self.path = path
        self.text = (root / path).read_bytes().decode(errors="replace")
        self.is_cpp = Path(path).suffix in _CPP_SUFFIXES

    def is_below(self, *folders: str) -> bool:
        return any(self.path == folder or self.path.startswith(folder + "/") for folder in folders)

    def _without(self, *kinds: str) -> str:
        def replace(match: re.Match) -> str:
            return _blank(match.group()) if any(match.group(kind) for kind in kinds) else match.group()

        return _TOKEN.sub(replace, self.text)

    @cached_property
    def without_comments(self) -> str:
        return self._without("comment")

    @cached_property
    def code(self) -> str:
        return self._without("comment", "string", "raw")

    def literals(self):
        """(line, text) of each string and character literal."""
        for match in _TOKEN.finditer(self.text):
            if match.group("string") or match.group("raw"):
                yield line_of(self.text, match.start()), match.group()

    def numbers(self):
        """(line, text) of each number in the code."""
        for match in _TOKEN.finditer(self.text):
            if match.group("number"):
                yield line_of(self.text, match.start()), match.group()

    def includes(self):
        """(line, header, whether in quotes) of each #include."""
        for match in _INCLUDE.finditer(self.without_comments):
            yield line_of(self.text, match.start(1)), match.group(2), match.group(1) == '"'


def text_files(root: Path):
    """Every text file that belongs to the project, committed or not. Golden files are data and left out."""
    for path in sorted(root.rglob("*")):
        relative = path.relative_to(root)
        parts = relative.parts
        if parts[0] == "build" or parts[:2] == ("tests", "golden"):
            continue
        if any(part.startswith(".") and part not in _HIDDEN_ALLOWED for part in parts):
            continue
        if path.is_file() and _is_text(path):
            yield SourceFile(root, relative.as_posix())


def _is_text(path: Path) -> bool:
    if path.suffix in _TEXT_SUFFIXES or path.name in _TEXT_NAMES or path.name in _HIDDEN_ALLOWED:
        return True
    if path.suffix:
        return False
    with path.open("rb") as file:  # a script names its interpreter
        return file.read(2) == b"#!"
