"""What the published timesheets come to, computed without Placet: what timesheets_test must find in the ledger.

usage: expected.py FOLDER            prints it as JSON; FOLDER holds Sip-task-info.csv and est-act-dates.csv
       expected.py --check FOLDER    exit 0: expected.json says the same; 1: it does not; 77: there is no such folder

A row of Sip-task-info.csv says how long one developer worked on one task. Its date is that of the task's first row in
est-act-dates.csv: the start, else the completion. Per developer, by date and task number, a row's minutes fill weekdays
from its date on, at most ten hours each. Every filled piece is an entry; entries of one developer, project and
authoriser are a placement's, and those of one ISO week its sheet.

In money, at rates made up for the test: a developer earns 15.00 an hour, plus 0.25 x (his number mod 40), plus 0.35 for
each year since 2004; the client pays 1.9 times that, half a cent rounded up. Minutes are priced on their sum per sheet and
rate. Of a worker's gross 8/100 is reserved, of his minutes 4/52 is leave, rounded down on the whole. VAT is 21% of all that
a client is invoiced.
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
FIRST_YEAR = 2004
NO_DATA = 77  # tells ctest that the test was skipped


def read(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="windows-1252", newline="") as text:
        return list(csv.DictReader(text))


def day_of(text: str) -> date | None:
    return datetime.strptime(text, "%d-%b-%y").date() if text not in ("", "NA") else None


def minutes_of(hours: str) -> int:
    return int((Decimal(hours) * 60).quantize(Decimal(1), ROUND_HALF_UP))


def pay_rate(developer: str, year: int) -> int:
    number = int(developer) if developer.isdigit() else 0
    return 1500 + 25 * (number % 40) + 35 * (year - FIRST_YEAR)


def client_rate(developer: str, year: int) -> int:
    return half_up(pay_rate(developer, year) * 19, 10)


def half_up(amount: int, divisor: int) -> int:
    return (2 * amount + divisor) // (2 * divisor)


def money(priced: dict) -> dict:
    """`priced`: (developer, project, authoriser, ISO year, week, year of the rate) -> minutes."""
    workers = defaultdict(lambda: defaultdict(int))
    clients = defaultdict(lambda: defaultdict(int))
    for (developer, project, _, _, _, year), minutes in priced.items():
        workers[developer]["minutes"] += minutes
        workers[developer]["gross"] += half_up(minutes * pay_rate(developer, year), 60)
        clients[project]["minutes"] += minutes
        clients[project]["net"] += half_up(minutes * client_rate(developer, year), 60)
    for worker in workers.values():
        worker["holiday_allowance"] = worker["gross"] * 8 // 100
        worker["leave_minutes"] = worker["minutes"] * 4 // 52
    for client in clients.values():
        client["vat"] = half_up(client["net"] * 21, 100)
    return {
        "workers": {name: dict(sorted(workers[name].items())) for name in sorted(workers)},
        "clients": {name: dict(sorted(clients[name].items())) for name in sorted(clients)},
    }


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
    priced = defaultdict(int)  # the same by year of the rate
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
                priced[developer, row["ProjectCode"], authoriser, year, week, day.year] += piece

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
        "money": money(priced),
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
