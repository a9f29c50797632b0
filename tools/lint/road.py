"""Checks "Life of a command" in src/README.md: at most 12 files, each of them there, and each containing the names by
which its row says that the command goes on.

usage: road.py [CHECKOUT]     exit 0: the road is as told; 1: one line for each fault
"""

import re
import sys
from pathlib import Path

LONGEST = 12
ROW = re.compile(r"^\| *\d+ \| `([^`]+)` \|.*\| ([^|]*) \|$")


def faults(checkout: Path) -> list[str]:
    text = (checkout / "src/README.md").read_text(encoding="utf-8")
    section = text.split("## Life of a command", 1)[1].split("\n## ", 1)[0]
    rows = [match.groups() for match in map(ROW.match, section.splitlines()) if match]
    found = [] if 0 < len(rows) <= LONGEST else [f"the road has {len(rows)} files, not 1 to {LONGEST}"]
    for name, goes_on_by in rows:
        file = checkout / name
        if not file.is_file():
            found.append(f"{name}: not there")
            continue
        source = file.read_text(encoding="utf-8")
        for called in re.findall(r"`([^`]+)`", goes_on_by):
            word = re.split(r"::|\.", called)[-1]
            if not re.search(rf"\b{word}\b", source):
                found.append(f"{name}: does not call {called}")
    return found


if __name__ == "__main__":
    lines = faults(Path(sys.argv[1] if len(sys.argv) > 1 else "."))
    print("\n".join(lines) if lines else "road: 0 findings")
    sys.exit(1 if lines else 0)
