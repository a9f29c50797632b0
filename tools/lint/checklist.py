"""Checks "Security checklist" in src/README.md: its items are numbered from 1 on, each names a test that is there or says
why there is none, and every file it names is there.

usage: checklist.py [CHECKOUT]     exit 0: it is as told; 1: one line for each fault
"""

import re
import sys
from pathlib import Path

ROW = re.compile(r"^\| *(\d+) \| ([^|]*) \| ([^|]*) \|$")
NAME = re.compile(r"`([^`]+)`")
NONE = "none: "


def tests_in(checkout: Path) -> set[str]:
    names = set()
    for file in (checkout / "tests").rglob("*"):
        if file.suffix in (".cc", ".h"):
            text = file.read_text(encoding="utf-8")
            names |= {f"{suite}.{name}" for suite, name in re.findall(r"TEST(?:_F|_P)?\(\s*(\w+),\s*(\w+)\)", text)}
            names |= {f"{suite}.{name}" for suite, name in re.findall(r"RC_GTEST(?:_FIXTURE)?_PROP\(\s*(\w+),\s*(\w+)", text)}
        if file.suffix == ".py":
            names |= set(re.findall(r"def (test_\w+)", file.read_text(encoding="utf-8")))
    return names


def faults(checkout: Path) -> list[str]:
    text = (checkout / "src/README.md").read_text(encoding="utf-8")
    section = text.split("## Security checklist", 1)[1].split("\n## ", 1)[0]
    rows = [match.groups() for match in map(ROW.match, section.splitlines()) if match]
    numbers = [int(number) for number, _, _ in rows]
    found = [] if numbers and numbers == list(range(1, len(numbers) + 1)) else [f"its items are {numbers}"]
    known = tests_in(checkout)
    for number, _, proof in rows:
        named = NAME.findall(proof)
        for name in named:
            there = (checkout / name).exists() if "/" in name else name in known
            if not there:
                found.append(f"{number}: {name}: not there")
        if NONE not in proof and not any("/" not in name for name in named):
            found.append(f"{number}: names no test, and does not say why")
    return found


if __name__ == "__main__":
    lines = faults(Path(sys.argv[1] if len(sys.argv) > 1 else "."))
    print("\n".join(lines) if lines else "checklist: 0 findings")
    sys.exit(1 if lines else 0)
