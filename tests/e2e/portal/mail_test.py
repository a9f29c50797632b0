"""Each mail goes out, or it is written down why not: servers that are down, slow or refuse, and kills at each step.

usage: mail_test.py BIN [TEST...]      the folder of placet and placetd
"""

import time
import unittest

from people import PHONE, House, context, enter, open_house, own_week, run, sign_in
from stage import BRAM, CARLA, LIESBETH, SANNE, VERA, wait_for

setUpModule = open_house


class Mail(unittest.TestCase):
    """Each mail goes out, or it is written down why not."""

    def tearDown(self):
        House.stage.behave()

    def send_week(self, hours: str = "8") -> int:
        sent = len(House.stage.all_mails())
        with context(PHONE) as phone:
            worker = sign_in(phone, SANNE)
            enter(worker, own_week(worker), {0: hours})
        return sent

    def facts(self, name: str) -> list[dict]:
        return [event for event in House.stage.events("notice") if name in event]

    def test_a_server_that_refuses_an_address_is_not_asked_again_and_others_get_theirs(self):
        House.stage.behave("refuse=Carla")
        before = len(self.facts("noticeGivenUp"))
        self.send_week()
        wait_for(lambda: len(self.facts("noticeGivenUp")) > before, "the mail to be given up")
        given_up = self.facts("noticeGivenUp")[-1]["noticeGivenUp"]
        self.assertEqual((given_up["fault"], given_up["reply"]), ("refused", 550))
        sent = len(House.stage.all_mails())
        House.stage.placet("user", "invite", "--email", LIESBETH, "--mail")
        House.stage.mail(LIESBETH, "Uw toegang", sent)

    def test_a_server_that_is_down_is_asked_again(self):
        House.stage.behave("down")
        before = len(self.facts("noticeFailed"))
        sent = self.send_week()
        wait_for(lambda: len(self.facts("noticeFailed")) > before, "the mail to fail")
        self.assertEqual(self.facts("noticeFailed")[-1]["noticeFailed"]["fault"], "unreachable")
        House.stage.behave()
        House.stage.move_clock(5)
        House.stage.mail(CARLA, "Uren om goed te keuren", sent)

    def test_a_server_that_has_no_time_is_asked_again(self):
        House.stage.behave("later=Carla")
        before = len(self.facts("noticeFailed"))
        sent = self.send_week()
        wait_for(lambda: len(self.facts("noticeFailed")) > before, "the mail to fail")
        failed = self.facts("noticeFailed")[-1]["noticeFailed"]
        self.assertEqual((failed["fault"], failed["reply"]), ("refusedForNow", 451))
        House.stage.behave()
        House.stage.move_clock(5)
        House.stage.mail(CARLA, "Uren om goed te keuren", sent)

    def test_a_slow_server_holds_up_no_page(self):
        House.stage.behave("slow")
        sent = self.send_week()
        with context() as visit:
            started = time.monotonic()
            sign_in(visit, CARLA).goto("/approve")
            self.assertLess(time.monotonic() - started, 10)
        House.stage.mail(CARLA, "Uren om goed te keuren", sent)

    def test_killed_at_each_step_each_mail_is_there_and_twice_only_with_one_id(self):
        for step in ("mail", "rcpt", "data", "taken"):
            with self.subTest(step):
                House.stage.behave("kill=" + step)
                sent = len(House.stage.all_mails())
                House.stage.placet("user", "invite", "--email", LIESBETH, "--mail")
                House.stage.placetd.wait()
                House.stage.start()
                House.stage.mail(LIESBETH, "Uw toegang", sent)
                time.sleep(1)
                mails = [mail for mail in House.stage.all_mails()[sent:] if mail["X-Envelope-To"] == LIESBETH]
                self.assertEqual(len({mail["Message-ID"] for mail in mails}), 1, step)
                self.assertEqual(len(mails), 2 if step == "taken" else 1, step)

    def test_reminders_follow_the_deadlines_of_the_calendar_once_each(self):
        sent = self.send_week()
        House.stage.set_clock("2026-11-08T17:30:00Z")  # Sunday, half past six
        missing = House.stage.mail(BRAM, "Uw uren ontbreken", sent)
        self.assertIn("/hours/", House.stage.link_in(missing))
        House.stage.set_clock("2026-11-09T11:05:00Z")  # Monday, just after noon
        House.stage.mail(CARLA, "Herinnering: uren om goed te keuren", sent)
        House.stage.set_clock("2026-11-09T16:05:00Z")  # Monday, just after five
        late = House.stage.mail(VERA, "Uren nog niet goedgekeurd", sent)
        self.assertIn("Sanne Smit", late.get_body(("plain",)).get_content())
        House.stage.move_clock(20)
        time.sleep(3)
        told = [mail["Subject"] for mail in House.stage.all_mails()[sent:] if "Sanne Smit" in mail["Subject"]]
        self.assertEqual(sum(subject.startswith("Herinnering") for subject in told), 1, told)


if __name__ == "__main__":
    run()
