"""P11: a follower that stores its cursor with its effect, and is killed again and again, has exactly one effect of each
event, in order.

usage: follower_test.py BIN      the folder of placet and placetd. PLACET_KILLS (100) and PLACET_SEED may be set.
"""

import asyncio
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tools"))

import capnp  # noqa: E402
import follower  # noqa: E402

COMMANDS_UP_TO = 400  # between two kills: about as long as a follower takes to start and to follow for a while


def words(number: uuid.UUID) -> dict:
    return {"hi": number.int >> 64, "lo": number.int & (2**64 - 1)}


def some_id(rng: random.Random) -> dict:
    return words(uuid.UUID(int=rng.getrandbits(128)))


async def append(commands, rng: random.Random) -> int:
    """Registers somebody; answers the size of the log."""
    person = {"registerPerson": {"person": some_id(rng), "name": {"text": "Somebody"}}}
    answer = await commands.submit(submissions=[{"id": some_id(rng), "command": person}])
    assert answer.outcomes[0].which() == "accepted", answer.outcomes[0]
    return answer.basis.size


def positions(database: Path) -> list[int]:
    if not database.exists():
        return []  # killed before it opened it
    rows = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        return [position for (position,) in rows.execute("SELECT position FROM effect ORDER BY rowid")]
    except sqlite3.OperationalError:
        return []  # killed before it made its tables
    finally:
        rows.close()


async def kill_again_and_again(server: str, folder: Path, kills: int, rng: random.Random) -> None:
    token, database = folder / "token", folder / "effects"
    _client, session = await follower.sign_in(server, token.read_text().strip())
    commands = (await session.commands()).commands

    def start() -> subprocess.Popen:
        return subprocess.Popen([sys.executable, ROOT / "tools" / "follower.py", server, token, database])

    progressed, size, before = 0, 0, 0
    for _ in range(kills):
        process = start()
        for _ in range(rng.randint(1, COMMANDS_UP_TO)):
            size = await append(commands, rng)
        process.kill()
        process.wait()
        seen = positions(database)
        assert seen == list(range(len(seen))), "an event is missing, there twice, or out of order"
        progressed += len(seen) > before
        before = len(seen)

    process = start()
    give_up = time.monotonic() + 60
    while len(positions(database)) < size and time.monotonic() < give_up:
        size = await append(commands, rng) if rng.random() < 0.01 else size
    process.kill()
    process.wait()
    seen = positions(database)
    assert seen == list(range(len(seen))) and len(seen) >= size, "after the last start it did not come to the end"
    print(f"{kills} kills, {progressed} after it had got on; {len(seen)} events, each with one effect, in order")
    assert progressed > kills // 4, "it was hardly ever killed while it followed: the test judged nothing"


def main() -> None:
    programs = Path(sys.argv[1])
    kills = int(os.environ.get("PLACET_KILLS", "100"))
    seed = int(os.environ.get("PLACET_SEED", time.time_ns() % 2**32))
    print(f"PLACET_KILLS={kills} PLACET_SEED={seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="placet-") as scratch:
        folder = Path(scratch)
        data = folder / "ledger"
        init = [programs / "placet", "init", "--data", data, "--origin", "follower.placet.example"]
        people = ["--admin", "Ada Admiraal:ada@follower.example", "--admin", "Bo Bakker:bo@follower.example"]
        subprocess.run(init + people, check=True, stdout=subprocess.DEVNULL)
        daemon = subprocess.Popen(
            [programs / "placetd", "--data", data, "--rpc", "127.0.0.1:0"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )
        try:
            server = daemon.stdout.readline().split("rpc=")[1].strip()
            redeem = ["--server", server, "--token-file", folder / "token", "token", "redeem"]
            subprocess.run([programs / "placet", *redeem, f"{data}.keys/invite-1"], check=True, stdout=subprocess.DEVNULL)
            asyncio.run(capnp.run(kill_again_and_again(server, folder, kills, random.Random(seed))))
        finally:
            daemon.terminate()
            daemon.wait()


if __name__ == "__main__":
    main()
