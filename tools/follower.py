#!/usr/bin/env python3
"""Follows a ledger: writes down each event that it may see, once and in order, whatever happens to it on the way.

usage: follower.py HOST:PORT TOKEN_FILE DATABASE

A sample for client systems. What an event causes here is a row of `effect`; put yours there. The cursor is stored in
the same transaction, so that after a crash either both are there or neither, and the next start goes on from it.
Needs pycapnp and the folder schema/.
"""

import asyncio
import sqlite3
import sys
from pathlib import Path

import capnp

SCHEMA = Path(__file__).resolve().parent.parent / "schema"
IMPORTS = [str(Path(capnp.__file__).parent.parent)]  # where pycapnp has /capnp/c++.capnp
ledger, record = (capnp.load(str(SCHEMA / name), imports=IMPORTS) for name in ("ledger.capnp", "record.capnp"))


async def sign_in(server: str, token: str):
    host, port = server.rsplit(":", 1)
    client = capnp.TwoPartyClient(await capnp.AsyncIoStream.create_connection(host=host, port=int(port)))
    result = (await client.bootstrap().cast_as(ledger.Bootstrap).authenticate(token)).result
    if result.which() == "refused":
        sys.exit(result.refused.message)
    return client, result.session  # the session lasts as long as the client


def store(database: sqlite3.Connection, page) -> None:
    with database:  # one transaction
        for data in page.records:
            with record.Record.from_bytes(data) as event:
                database.execute("INSERT INTO effect VALUES (?, ?)", (event.position, str(event.event.which())))
        database.execute("REPLACE INTO cursor VALUES (0, ?)", (page.next.as_builder().to_bytes(),))


async def follow(server: str, token_file: str, database: sqlite3.Connection) -> None:
    _client, session = await sign_in(server, Path(token_file).read_text().strip())
    events = (await session.events()).events
    cursor = ledger.Cursor.new_message(ledger=(await session.whoAmI()).basis.ledger)
    for (stored,) in database.execute("SELECT bytes FROM cursor"):
        with ledger.Cursor.from_bytes(stored) as last:
            cursor = last.as_builder()
    while True:
        page = (await events.next(cursor=cursor, maxEvents=100, waitMs=30_000)).page
        if page.which() == "refused":
            sys.exit(page.refused.message)
        store(database, page.events)
        cursor = page.events.next.as_builder()


if __name__ == "__main__":
    with sqlite3.connect(sys.argv[3]) as rows:
        rows.execute("CREATE TABLE IF NOT EXISTS effect (position INTEGER, event TEXT)")
        rows.execute("CREATE TABLE IF NOT EXISTS cursor (one INTEGER PRIMARY KEY, bytes BLOB)")
    asyncio.run(capnp.run(follow(sys.argv[1], sys.argv[2], rows)))
