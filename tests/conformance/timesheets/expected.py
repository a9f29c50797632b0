"""What the published timesheets come to, computed without Placet: what timesheets_test must find in the ledger.

usage: expected.py FOLDER            prints it as JSON; FOLDER holds Sip-task-info.csv and est-act-dates.csv
       expected.py --check FOLDER    exit 0: expected.json says the same; 1: it does not; 77: there is no such folder

A row of Sip-task-info.csv says how long one developer worked on one task. Its date is that of the task's first row in
est-act-dates.csv: the start, else the completion. Per developer, by date and task number, a row's minutes fill weekdays
from its date on, at most ten hours each. Every filled piece is an entry; entries of one developer, project and
authoriser are a placement's, and those of one ISO week its sheet.
"""

import csv
import json
import sys
from collections import defaultdict
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

MINUTES_PER_DAY = 600
SATURDAY = 5
NO_DATA = 77  # tells ctest that the test was skipped


def read(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="windows-1252", newline="") as text:
        return list(csv.DictReader(text))


def day_of(text: str) -> date | None:
    return datetime.strptime(text, "%d-%b-%y").date() if text not in ("", "NA") else None


def minutes_of(hours: str) -> int:
    return int((Decimal(hours) * 60).quantize(Decimal(1), ROUND_HALF_UP))


def first_row_of_each_task(rows: list[dict[str, str]]) -> dict[str, dict[str, str]]:
    return {row["TaskNumber"]: row for row in reversed(rows)}


def expected(folder: Path) -> dict:
    rows = read(folder / "Sip-task-info.csv")
    dates = first_row_of_each_task(read(folder / "est-act-dates.csv"))
    counts = defaultdict(lambda: defaultdict(int))  # authoriser -> what -> how many
    dated = defaultdict(list)  # developer -> (date, task number, row)
    for row in rows:
        minutes, of_authoriser = minutes_of(row["DeveloperHoursActual"]), counts[row["AuthorisedByID"]]
        of_authoriser["rows"] += 1
        task = dates.get(row["TaskNumber"], {"StartedOn": "", "CompletedOn": ""})
        started, completed = day_of(task["StartedOn"]), day_of(task["CompletedOn"])
        refusal = None
        if not started and not completed:
            refusal = "no_date"
        elif started and completed and completed < started:
            refusal = "reversed"
        if refusal:
            of_authoriser[refusal + "_rows"] += 1
            of_authoriser[refusal + "_minutes"] += minutes
        else:
            dated[row["DeveloperID"]].append((started or completed, int(row["TaskNumber"]), row))

    sheets = defaultdict(int)  # (developer, project, authoriser, ISO year, week) -> minutes
    entries = own_rows = 0
    for developer, worked in dated.items():
        filled = defaultdict(int)  # day -> minutes
        for day, _, row in sorted(worked, key=lambda one: one[:2]):
            authoriser = row["AuthorisedByID"]
            own_rows += authoriser == developer
            left = minutes_of(row["DeveloperHoursActual"])
            while left > 0:
                piece = min(left, MINUTES_PER_DAY - filled[day])
                if day.weekday() >= SATURDAY or piece == 0:
                    day += timedelta(days=1)
                    continue
                filled[day] += piece
                left -= piece
                entries += 1
                year, week, _ = day.isocalendar()
                sheets[developer, row["ProjectCode"], authoriser, year, week] += piece

    for (developer, _, authoriser, _, _), minutes in sheets.items():
        of_authoriser = counts[authoriser]
        of_authoriser["sheets"] += 1
        of_authoriser["entered_minutes"] += minutes
        if authoriser == developer:
            of_authoriser["own_hours_sheets"] += 1
            of_authoriser["own_hours_minutes"] += minutes
        else:
            of_authoriser["approved_minutes"] += minutes
    return {
        "rows": len(rows),
        "hours": str(sum(Decimal(row["DeveloperHoursActual"]) for row in rows)),
        "workers": len({row["DeveloperID"] for row in rows}),
        "clients": len({row["ProjectCode"] for row in rows}),
        "placements": len({(row["DeveloperID"], row["ProjectCode"], row["AuthorisedByID"]) for row in rows}),
        "entries": entries,
        "sheets": len(sheets),
        "own_hours_rows": own_rows,
        "authorisers": {name: dict(sorted(counts[name].items())) for name in sorted(counts)},
    }


def main() -> int:
    folder = Path(sys.argv[-1])
    if not folder.exists():
        print(f"skipped: no timesheets in {folder}; PLACET_CONFORMANCE names the folder that holds timesheets/")
        return NO_DATA
    text = json.dumps(expected(folder), indent=2) + "\n"
    if "--check" not in sys.argv:
        print(text, end="")
        return 0
    return 0 if text == Path(__file__).with_name("expected.json").read_text() else 1


if __name__ == "__main__":
    sys.exit(main())
