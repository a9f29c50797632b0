"""Rules that compilers do not check. Each rule is one function: it takes a file and yields (line, what is wrong).

usage: repository.py [CHECKOUT]     exit 0: clean; 1: something to mend, one line each
"""

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from source import SourceFile, line_of, text_files

Findings = Iterator[tuple[int, str]]

LINES_MAX = 600

# (rule, path) -> why this file may break this rule. An entry that is no longer needed is reported too.
EXCEPTIONS: dict[tuple[str, str], str] = {
    ("no_default_case", "src/domain/rejection.cc"): "most rejections are not controls, and no event is folded here",
    ("short_file", "schema/commands.capnp"): "one union, one file: the numbers of all commands side by side",
    ("short_file", "schema/events.capnp"): "one union, one file: the numbers of all events side by side",
    ("no_sleep_in_tests", "tests/crash/ext4_test.cc"): "the random moment of the cut is the test",
    ("no_sleep_in_tests", "tests/crash/followers_test.cc"): "the random moment of the kill is the test",
    ("no_sleep_in_tests", "tests/crash/kill_test.cc"): "the random moment of the kill is the test",
    ("no_sleep_in_tests", "tests/crash/numbers_test.cc"): "the random moment of the kill is the test",
}


def _matches(pattern: str, text: str) -> Iterator[tuple[int, re.Match]]:
    for match in re.finditer(pattern, text, re.MULTILINE):
        yield line_of(text, match.start()), match


def no_floating_point(file: SourceFile) -> Findings:
    """Money and minutes are checked integers, so src/ and projections/ have no floating point."""
    if not file.is_cpp or not file.is_below("src", "projections"):
        return
    for line, match in _matches(r"\b(double|float|stod|stof|strtod|strtof|atof)\b", file.code):
        yield line, f"'{match.group()}': amounts are integers (base/amount.h)"
    for line, number in file.numbers():
        if re.match(r"(?!0[xX])\d[\d']*(\.|[eE][+-]?\d)|\.\d", number):
            yield line, f"'{number}' is floating point: amounts are integers (base/amount.h)"


def no_open_ends(file: SourceFile) -> Findings:
    """What is left to do is an issue, not a note in a file."""
    for line, match in _matches(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b", file.text):
        yield line, f"'{match.group()}': file an issue instead"


def no_stray_whitespace(file: SourceFile) -> Findings:
    """No tabs, no carriage returns, no spaces at line ends, one line end at the end of the file."""
    for line, match in _matches(r"\t|\r|[ ]+$", file.text):
        yield line, {"\t": "a tab", "\r": "a carriage return"}.get(match.group(), "spaces at the end of the line")
    if file.text and (not file.text.endswith("\n") or file.text.endswith("\n\n")):
        yield line_of(file.text, len(file.text)), "the file must end in exactly one line end"


def short_file(file: SourceFile) -> Findings:
    """A file that nobody can hold in his head is two files."""
    lines = file.text.count("\n")
    if lines > LINES_MAX and not file.path.endswith((".md", ".json")):
        yield LINES_MAX + 1, f"{lines} lines, at most {LINES_MAX}: split it, or state the reason in EXCEPTIONS"


def ascii_code(file: SourceFile) -> Findings:
    """What a reader cannot tell apart or cannot type stands in string literals and comments only."""
    if file.is_cpp:
        for line, match in _matches(r"[^\x00-\x7f]", file.code):
            yield line, f"U+{ord(match.group()):04X} in code"


def pragma_once(file: SourceFile) -> Findings:
    """A header starts with #pragma once; only comments may stand above it."""
    if file.path.endswith(".h") and not file.code.lstrip().startswith("#pragma once\n"):
        yield 1, "a header starts with '#pragma once'"


def no_default_case(file: SourceFile) -> Findings:
    """A forgotten event must not compile, so no switch in src/domain/ or projections/ has a default."""
    if file.is_cpp and file.is_below("src/domain", "projections"):
        for line, _ in _matches(r"\bdefault\s*:(?!:)", file.code):
            yield line, "a 'default:' hides a forgotten case: name them all"


def no_forbidden_function(file: SourceFile) -> Findings:
    """Time comes from Clock, chance from Random, and no shell is started."""
    if not file.is_cpp:
        return
    # Members (x.system(), x->system()), names of other scopes (Actor::system()), accessors (T& system()) and
    # declarations (T system()) are not the C functions.
    call = (
        r"(?<![\w.>:])(?<!\w\s)(?:return\s+|co_return\s+|else\s+)?(?:std::|::)?"
        r"(rand(?=\s*\(\s*\))|srand(?=\s*\()|time(?=\s*\(\s*(?:nullptr|NULL|0|&))|gettimeofday(?=\s*\()"
        r"|system(?=\s*\((?!\))))"
    )
    for line, match in _matches(call, file.code):
        yield line, f"'{match.group(1)}' is forbidden: use base/clock.h, base/random.h, or no shell"
    if not file.is_below("src/crypto"):
        for line, _ in _matches(r"\brandom_device\b", file.code):
            yield line, "'random_device' outside src/crypto/: take a Random (base/random.h)"


def no_sleep_in_tests(file: SourceFile) -> Findings:
    """A test waits for what it waits for, not for a while."""
    if file.is_cpp and file.is_below("tests"):
        for line, match in _matches(r"\b(sleep_for|sleep_until|usleep|nanosleep|sleep)\s*\(", file.code):
            yield line, f"'{match.group(1)}' in a test"


def no_machine_path(file: SourceFile) -> Findings:
    """No file names a folder of one machine; src/ and projections/ name no temporary folder either."""
    for line, match in _matches(r"(?<![\w.})$-])/(work|home|root)/", file.text):
        yield line, f"'{match.group()}' is a path of one machine"
    if file.is_cpp and file.is_below("src", "projections"):
        for line, text in file.literals():
            if re.search(r"(?<!\w)/(tmp|var/tmp)\b", text):
                yield line, "a temporary folder is chosen by the caller or the system"


RULES: list[Callable[[SourceFile], Findings]] = [
    no_floating_point,
    no_open_ends,
    no_stray_whitespace,
    short_file,
    ascii_code,
    pragma_once,
    no_default_case,
    no_forbidden_function,
    no_sleep_in_tests,
    no_machine_path,
]


def findings(root: Path, exceptions: dict[tuple[str, str], str]) -> list[str]:
    """One line per broken rule or idle exception."""
    found, used = [], set()
    for file in text_files(root):
        for rule in RULES:
            for line, message in rule(file):
                key = (rule.__name__, file.path)
                if key in exceptions:
                    used.add(key)
                else:
                    found.append(f"{file.path}:{line}: {message} [{rule.__name__}]")
    found += [
        f"{path}: the exception from {rule} is not needed" for rule, path in exceptions if (rule, path) not in used
    ]
    return found


def main(root: Path) -> int:
    found = findings(root, EXCEPTIONS)
    for line in found:
        print(line)
    print(f"repository: {len(RULES)} rules, {len(found)} findings")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parents[2]).resolve()))
