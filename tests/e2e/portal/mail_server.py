"""A mail server on loopback that keeps what it takes as files, and can be told to misbehave.

usage: mail_server.py FOLDER

Prints its port. Each mail becomes FOLDER/NUMBER.eml. What is in FOLDER/behaviour says how it behaves, one word a line:

  slow       answers half a second late
  down       closes every connection, at once or at the next step
  refuse=X   answers 550 to a recipient whose address begins with X
  later=X    answers 451 to such a recipient
  kill=STEP  kills the process whose id stands in FOLDER/victim when it comes to that step: mail, rcpt, data, taken
"""

import asyncio
import os
import signal
import sys
from pathlib import Path

from aiosmtpd.smtp import SMTP


class Behaviour:
    def __init__(self, folder: Path):
        self.folder = folder

    def words(self) -> list[str]:
        file = self.folder / "behaviour"
        return file.read_text().split() if file.exists() else []

    def of(self, name: str) -> list[str]:
        return [word.partition("=")[2] for word in self.words() if word.startswith(name + "=")]

    async def at(self, step: str, server) -> bool:
        """False: the client is gone."""
        if "slow" in self.words():
            await asyncio.sleep(0.5)
        if "down" in self.words():
            server.transport.close()
            return False
        if step in self.of("kill"):
            (self.folder / "behaviour").unlink()
            os.kill(int((self.folder / "victim").read_text()), signal.SIGKILL)
            return False
        return True


class Handler:
    def __init__(self, folder: Path):
        self.folder, self.behaviour, self.taken = folder, Behaviour(folder), 0

    async def handle_MAIL(self, server, session, envelope, address, options):
        await self.behaviour.at("mail", server)
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        await self.behaviour.at("rcpt", server)
        if any(address.startswith(start) for start in self.behaviour.of("refuse")):
            return "550 No such mailbox"
        if any(address.startswith(start) for start in self.behaviour.of("later")):
            return "451 Try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if not await self.behaviour.at("data", server):
            return "451 Nobody is there"
        self.taken += 1
        part = self.folder / f"{self.taken:04}.part"
        part.write_bytes(b"X-Envelope-To: " + envelope.rcpt_tos[0].encode() + b"\r\n" + envelope.original_content)
        part.rename(part.with_suffix(".eml"))
        await self.behaviour.at("taken", server)
        return "250 OK"


class Server(SMTP):
    def connection_made(self, transport):
        if "down" in self.event_handler.behaviour.words():
            transport.close()
            return
        super().connection_made(transport)


async def main() -> None:
    handler = Handler(Path(sys.argv[1]))
    server = await asyncio.get_running_loop().create_server(
        lambda: Server(handler, hostname="mail.example", enable_SMTPUTF8=True), "127.0.0.1", 0
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
