"""What somebody types is not lost: lost connections, sessions that end, browsers without script.

usage: typing_test.py BIN [TEST...]      the folder of placet and placetd
"""

import unittest

from people import PHONE, House, context, empty_week, enter, open_house, own_week, run, sign_in
from playwright.sync_api import expect
from stage import PASSWORD, SANNE

setUpModule = open_house


class Typing(unittest.TestCase):
    """Nothing that somebody typed is lost."""

    def test_what_is_typed_is_saved_as_one_goes(self):
        with context(PHONE) as phone:
            worker, path = empty_week(phone)
            monday = worker.locator("ol.days > li").nth(0)
            monday.get_by_label("Van").fill("8:30")
            monday.get_by_label("Tot").fill("17.00")
            monday.get_by_label("Pauze").fill("30")
            expect(worker.locator(".total output")).to_have_text("8:00")
            expect(worker.locator("[data-saved]")).to_have_text("Bewaard.")
            worker.locator("ol.days > li").nth(1).get_by_label("of uren").fill("7,5")
            expect(worker.locator("[data-saved]")).to_have_text("Bewaard.")
            worker.goto(path)
            expect(worker.locator(".total output")).to_have_text("15:30")
            expect(worker.locator("fieldset.line input[name^='start-']").first).to_have_value("08:30")

    def test_a_lost_connection_loses_nothing(self):
        with context(PHONE) as phone:
            worker, path = empty_week(phone)
            phone.set_offline(True)
            worker.locator("ol.days > li").nth(0).get_by_label("of uren").fill("6")
            expect(worker.locator("[data-saved]")).to_contain_text("geen verbinding")
            phone.set_offline(False)
            worker.goto(path)
            expect(worker.locator("fieldset.line input[name^='hours-']").first).to_have_value("6")
            expect(worker.locator("[data-saved]")).to_have_text("Bewaard.")

    def test_a_session_that_ended_meanwhile_keeps_what_was_typed(self):
        with context(PHONE, java_script_enabled=False) as phone:
            worker, path = empty_week(phone)
            worker.locator("ol.days > li").nth(0).get_by_label("of uren").fill("5")
            account = next(row for row in House.stage.rows("accounts") if row["email"] == SANNE)
            for act in ("lockAccount", "unlockAccount"):
                House.stage.act({act: {"account": account["account"]}})
            House.stage.end_sessions(account)
            worker.get_by_role("button", name="Bewaren").click()
            expect(worker.locator(".note.fault")).to_contain_text("wat u had getypt blijft bewaard")
            worker.locator("input[name=email]").fill(SANNE)
            worker.locator("input[name=password]").fill(PASSWORD)
            worker.locator("main button.main").click()
            worker.get_by_role("button", name="Verder").click()
            expect(worker.locator(".note.done")).to_contain_text("Bewaard")
            expect(worker.locator(".total output")).to_have_text("5:00")

    def test_without_script_a_week_is_entered_sent_and_taken_back(self):
        with context(PHONE, java_script_enabled=False) as phone:
            worker = sign_in(phone, SANNE)
            path = own_week(worker)
            enter(worker, path, {0: "8", 2: "7:30"})
            expect(worker.locator(".truth")).to_contain_text("Ligt bij")
            worker.get_by_role("button", name="Terughalen").click()
            expect(worker.locator(".note.done")).to_contain_text("Teruggehaald")

    def test_a_line_that_cannot_be_read_is_said_beside_it_and_kept(self):
        with context(PHONE, java_script_enabled=False) as phone:
            worker, path = empty_week(phone)
            worker.locator("ol.days > li").nth(0).get_by_label("of uren").fill("acht")
            worker.get_by_role("button", name="Versturen").click()
            expect(worker.locator("fieldset p.fault")).to_contain_text("8, 7:30 of 7,5")
            expect(worker.locator("fieldset.line input[name^='hours-']").first).to_have_value("acht")

    def test_a_second_line_of_a_day(self):
        with context(PHONE, java_script_enabled=False) as phone:
            worker, path = empty_week(phone)
            monday = worker.locator("ol.days > li").nth(0)
            monday.get_by_label("of uren").fill("4")
            monday.locator("summary").click()
            monday.get_by_role("button", name="Nog een regel").click()
            monday.get_by_label("of uren").nth(1).fill("3")
            worker.get_by_role("button", name="Bewaren").click()
            expect(worker.locator(".total output")).to_have_text("7:00")


if __name__ == "__main__":
    run()
