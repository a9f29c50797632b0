"""The sample agency behind its portal, with a mail server of its own, for tests that look at it as people do."""

import base64
import email
import email.policy
import hashlib
import hmac
import json
import os
import re
import signal
import struct
import subprocess
import tempfile
import time
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

HERE = Path(__file__).resolve().parent

SANNE = "Sanne.Smit@demo.example"  # works at Kade
BRAM = "Bram.Bos@demo.example"  # so does he
CARLA = "Carla.Claassen@demo.example"  # approves there
KOEN = "Koen.Kuipers@demo.example"  # may stand in for her
LIESBETH = "Liesbeth.Lammers@demo.example"  # approves elsewhere
VERA = "Vera.Visser@demo.example"  # recruits
ADA = "ada@demo.example"  # back office
PASSWORD = "tulpen uit amsterdam noord"


def wait_for(what, description: str, seconds: float = 30):
    """What `what()` answers once it is not None or False."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := what():
            return found
        time.sleep(0.05)
    raise AssertionError(f"not within {seconds} s: {description}")


def totp(secret: str, at: float) -> str:
    """RFC 6238."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(at) // 30), hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start:start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


class Stage:
    def __init__(self, bin_folder: Path):
        self.bin = bin_folder
        self.folder = Path(tempfile.mkdtemp(prefix="placet-portal-", dir=os.environ.get("TMPDIR")))
        self.mails = self.folder / "mails"
        self.mails.mkdir()
        self.data = self.folder / "ledger"
        self.placetd: subprocess.Popen | None = None
        self.mail_server = subprocess.Popen(
            ["/usr/bin/python3", HERE / "mail_server.py", self.mails], stdout=subprocess.PIPE, text=True
        )
        self.smtp = f"smtp://127.0.0.1:{self.mail_server.stdout.readline().strip()}"
        try:
            self._make_ledger()
            self.start()
            self.set_clock("2026-11-05T09:00:30Z")
            self.let_mails_go()
        except BaseException:
            self.close()
            raise

    def _make_ledger(self) -> None:
        """As `placet demo` leaves it, with the tokens that it writes down."""
        demo = subprocess.Popen(
            [self.bin / "placet", "demo", "--serve", "--data", self.data], stdout=subprocess.PIPE, text=True
        )
        for line in demo.stdout:
            if line.startswith("Ctrl-C"):
                break
        demo.send_signal(signal.SIGINT)
        demo.communicate()
        if demo.returncode != 0:
            raise RuntimeError("placet demo failed")

    def start(self, *options: str) -> None:
        """Starts placetd; its clock goes on from Thursday 5 November 2026, 10:00 in Amsterdam."""
        command = [
            self.bin / "placetd", "--data", self.data, "--rpc", "127.0.0.1:0", "--http", "127.0.0.1:0",
            "--smtp", self.smtp, "--mail-from", "placet@demo.example", "--portal-url", "http://portal.example", *options,
        ]  # fmt: skip
        if self.placetd:
            self.placetd.stdout.close()
        with open(self.folder / "placetd.log", "a") as log:
            self.placetd = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True)
        line = self.placetd.stdout.readline()
        found = re.fullmatch(r"placetd listening rpc=(\S+) http=(\S+)\n", line)
        if not found:
            raise RuntimeError(f"placetd: {line} {(self.folder / 'placetd.log').read_text()}")
        self.rpc, self.url = found[1], f"http://{found[2]}"
        (self.mails / "victim").write_text(str(self.placetd.pid))

    def let_mails_go(self) -> None:
        """What the demo left to be sent."""
        count = -1
        while count != len(self.all_mails()):
            count = len(self.all_mails())
            time.sleep(2)

    def close(self) -> None:
        for process in filter(None, (self.placetd, self.mail_server)):
            process.terminate()
            process.communicate()
        if not os.environ.get("PLACET_KEEP"):
            subprocess.run(["rm", "-rf", self.folder], check=True)

    def placet(self, *arguments: str, who: str = "ada", feed: str | None = None) -> str:
        """What the verb printed; a verb that fails raises."""
        done = subprocess.run(
            [self.bin / "placet", "--server", self.rpc, "--token-file", f"{self.data}.keys/{who}.token", *arguments],
            capture_output=True, text=True, input=feed,
        )  # fmt: skip
        if done.returncode != 0:
            raise RuntimeError(f"placet {arguments}: {done.stderr}{done.stdout}")
        return done.stdout

    def rows(self, *arguments: str, who: str = "ada") -> list[dict]:
        return [json.loads(line) for line in self.placet("--output", "ndjson", *arguments, who=who).splitlines()]

    def act(self, command: dict) -> None:
        """In the name of the back office."""
        self.placet("submit", feed=json.dumps({"command": command}) + "\n")

    def take_approval_back(self, path: str) -> None:
        """Of the sheet whose page that is: /hours/PLACEMENT/week/FIRST."""
        _, _, placement, kind, first = path.split("/")
        worker = next(row for row in self.rows("placements") if row["parties"]["placement"] == placement)
        period = {"kind": kind, "first": first}
        self.act({"takeApprovalBack": {
            "placement": placement, "period": period, "worker": worker["parties"]["worker"], "reason": "A test goes on"
        }})  # fmt: skip

    def end_sessions(self, account: dict) -> None:
        for token in account["tokens"]:
            if token.get("kind") == "session" and not token.get("ended"):
                self.act({"revokeToken": {"account": account["account"], "token": token["token"]}})

    def events(self, category: str) -> list[dict]:
        """The payloads of all events on streams of that category, in order."""
        lines = self.placet("--output", "ndjson", "log", "read", "--category", category).splitlines()
        return [json.loads(line)["event"] for line in lines]

    def size(self) -> int:
        """How many events the ledger holds."""
        return json.loads(self.placet("--output", "json", "status"))["basis"]

    def move_clock(self, minutes: int) -> None:
        """Forward; it goes on from there."""
        now = json.loads(self.placet("--output", "json", "status"))["rows"][0]["now"]
        then = datetime.fromisoformat(now.replace("Z", "+00:00")) + timedelta(minutes=minutes)
        self.set_clock(then.strftime("%Y-%m-%dT%H:%M:%SZ"))

    def set_clock(self, instant: str) -> None:
        self.placet("clock", "--to", instant, "--tick")

    def behave(self, *words: str) -> None:
        (self.mails / "behaviour").write_text("\n".join(words))

    def all_mails(self) -> list[EmailMessage]:
        files = sorted(self.mails.glob("*.eml"))
        return [email.message_from_bytes(file.read_bytes(), policy=email.policy.default) for file in files]

    def mail(self, to: str, title: str, after: int = 0) -> EmailMessage:
        """The newest mail to that address whose subject begins so, among those after the first `after`."""

        def found():
            mails = [mail for mail in self.all_mails()[after:] if mail["X-Envelope-To"].lower() == to.lower()]
            return next((mail for mail in reversed(mails) if mail["Subject"].startswith(title)), None)

        return wait_for(found, f"a mail to {to}: {title}")

    def link_in(self, mail: EmailMessage) -> str:
        """Where it leads, on this portal."""
        link = re.search(r"http://portal\.example(/\S+)", mail.get_body(("plain",)).get_content())[1]
        return self.url + link
