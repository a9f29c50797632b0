"""The hours of a week as people meet them: entered, sent, mailed, approved or refused; alone and two at once.

usage: story_test.py BIN [TEST...]      the folder of placet and placetd
"""

import unittest

from people import DESK, PHONE, House, clear, context, enter, open_house, own_week, run, sign_in
from playwright.sync_api import Page, expect
from stage import BRAM, CARLA, SANNE

setUpModule = open_house


class Story(unittest.TestCase):
    """From the hours of a week to the approval, with the mails on the way."""

    def test_a_normal_week_is_two_presses_and_the_approval_two_more(self):
        with context(PHONE) as phone, context(DESK) as desk:
            worker = sign_in(phone, SANNE)
            path = own_week(worker)
            clear(worker, path)
            sent = len(House.stage.all_mails())
            worker.goto(path)
            worker.get_by_role("button", name="Als vorige week").click()
            expect(worker.locator(".note.done")).to_contain_text("vorige week")
            worker.get_by_role("button", name="Versturen").click()
            expect(worker.locator(".truth")).to_contain_text("Ligt bij Carla Claassen")

            mail = House.stage.mail(CARLA, "Uren om goed te keuren", sent)
            text = mail.get_body(("plain",)).get_content()
            self.assertIn("Sanne Smit", text)
            self.assertIn("maandag 2 november", text)
            self.assertIn("Monday, 2 November", text)
            self.assertEqual(mail["Auto-Submitted"], "auto-generated")

            contact = sign_in(desk, CARLA)
            contact.goto(House.stage.link_in(mail))
            expect(contact.get_by_role("heading", name="Sanne Smit")).to_be_visible()
            contact.get_by_role("button", name="Goedkeuren", exact=True).click()
            expect(contact.locator(".note.done")).to_contain_text("Goedgekeurd")
            House.stage.mail(SANNE, "Uren goedgekeurd", sent)
            worker.reload()
            expect(worker.locator(".status").first).to_contain_text("Goedgekeurd")
            approval = House.stage.rows("approvals")[-1]
            self.assertEqual(approval["approverName"], "Carla Claassen")
            self.assertEqual(approval["parties"]["workerName"], "Sanne Smit")
            self.check_receipt(contact)

    def test_a_refusal_goes_back_with_its_reason_and_comes_again_corrected(self):
        with context(PHONE) as phone, context() as desk:
            worker = sign_in(phone, SANNE)
            path = own_week(worker)
            sent = len(House.stage.all_mails())
            enter(worker, path, {0: "8", 1: "9,5"})
            contact = sign_in(desk, CARLA)
            contact.goto(House.stage.link_in(House.stage.mail(CARLA, "Uren om goed te keuren", sent)))
            contact.get_by_text("Klopt er iets niet?").click()
            contact.get_by_label("Reden, voor de medewerker").fill("Dinsdag was u om vijf uur weg.")
            contact.get_by_role("button", name="Weigeren").click()
            expect(contact.locator(".note.done")).to_contain_text("Teruggestuurd")

            mail = House.stage.mail(SANNE, "Uren niet goedgekeurd", sent)
            self.assertIn("Dinsdag was u om vijf uur weg.", mail.get_body(("plain",)).get_content())
            self.assertIn("Dinsdag was u om vijf uur weg.", mail.get_body(("html",)).get_content())
            worker.goto(House.stage.link_in(mail))
            expect(worker.locator(".truth")).to_contain_text("Dinsdag was u om vijf uur weg.")
            worker.locator("ol.days > li").nth(1).get_by_label("of uren").fill("8")
            worker.get_by_role("button", name="Versturen").click()
            expect(worker.locator(".note.done")).to_be_visible()
            contact.goto("/approve")
            expect(contact.locator("ul.waiting li").filter(has_text="Sanne Smit")).to_contain_text("16:00")

    def test_in_english_on_a_telephone(self):
        with context(PHONE, "en-GB") as phone:
            worker = sign_in(phone, SANNE)
            worker.goto(own_week(worker))
            expect(worker.get_by_role("heading", level=1)).to_contain_text("November 2026")
            expect(worker.locator("html")).to_have_attribute("lang", "en")

    def test_many_are_approved_in_one_press_each_for_itself(self):
        with context(PHONE) as first, context(PHONE) as second, context() as desk:
            for visit, address in ((first, SANNE), (second, BRAM)):
                worker = sign_in(visit, address)
                enter(worker, own_week(worker), {0: "8", 1: "8"})
            before = len(House.stage.rows("approvals"))
            contact = sign_in(desk, CARLA)
            contact.goto("/approve")
            for name in ("Sanne Smit", "Bram Bos"):
                its = contact.locator("ul.waiting > li").filter(has_text=name).filter(has_text="Week 45")
                its.get_by_role("checkbox").check()
            contact.locator("main button.main").click()
            expect(contact.locator(".note.done")).to_contain_text("Goedgekeurd")
            approvals = House.stage.rows("approvals")[before:]
            self.assertGreaterEqual(len(approvals), 2)
            self.assertEqual(len(approvals), len({row["position"] for row in approvals}))

    def check_receipt(self, contact: Page) -> None:
        """Of the newest approval: two files that anybody can check, without the ledger."""
        contact.goto("/approved")
        contact.locator("table.list a").first.click()
        files = []
        for link in contact.locator("a[download]").all():
            with contact.expect_download() as download:
                link.click()
            files.append(House.stage.folder / download.value.suggested_filename)
            download.value.save_as(files[-1])
        key = contact.locator("p > code").inner_text()
        record, proof = files
        House.stage.placet("proof", "verify", str(proof), "--record", str(record), "--key", key)


class Together(unittest.TestCase):
    """Two people, or one person twice, at the same thing."""

    def submitted(self, worker: Page, hours: dict[int, str]) -> str:
        path = own_week(worker)
        enter(worker, path, hours)
        return path

    def sheet_link(self, contact: Page) -> str:
        contact.goto("/approve")
        return contact.locator("ul.waiting li").filter(has_text="Sanne Smit").filter(has_text="Week 45").locator("p > a").get_attribute("href")

    def test_hours_that_changed_while_the_approver_looked_are_refused_and_shown_as_they_are(self):
        with context(PHONE) as phone, context() as desk:
            worker = sign_in(phone, SANNE)
            path = self.submitted(worker, {0: "8"})
            contact = sign_in(desk, CARLA)
            contact.goto(self.sheet_link(contact))
            enter(worker, path, {0: "4"})
            contact.get_by_role("button", name="Goedkeuren", exact=True).click()
            expect(contact.locator(".note.fault")).to_contain_text("veranderd terwijl u keek")
            expect(contact.locator(".sum")).to_contain_text("4:00")
            contact.get_by_role("button", name="Goedkeuren", exact=True).click()
            expect(contact.locator(".note.done")).to_contain_text("Goedgekeurd")

    def test_the_second_of_two_approvers_hears_that_it_is_done(self):
        with context(PHONE) as phone, context() as first, context() as second:
            worker = sign_in(phone, SANNE)
            self.submitted(worker, {0: "8"})
            one, other = sign_in(first, CARLA), sign_in(second, CARLA)
            link = self.sheet_link(one)
            one.goto(link)
            other.goto(link)
            one.get_by_role("button", name="Goedkeuren", exact=True).click()
            expect(one.locator(".note.done")).to_contain_text("Goedgekeurd")
            other.get_by_role("button", name="Goedkeuren", exact=True).click()
            expect(other.get_by_role("heading", level=1)).to_contain_text("wacht niets meer")

    def test_a_form_that_is_sent_twice_is_carried_out_once(self):
        with context(PHONE) as phone:
            worker = sign_in(phone, SANNE)
            path = own_week(worker)
            clear(worker, path)
            worker.goto(path)
            fields = worker.evaluate(
                "() => { const f = document.querySelector('form.hours');"
                " f.querySelector('[name^=hours-]').value = '8';"
                " const d = new URLSearchParams(new FormData(f)); d.set('do', 'save'); return d.toString(); }"
            )
            answers = worker.evaluate(
                "([path, body]) => Promise.all([0, 1].map(() => fetch(path, {method: 'POST', body,"
                " headers: {'content-type': 'application/x-www-form-urlencoded'}}).then(r => r.status)))",
                [path, fields],
            )
            self.assertEqual(answers, [200, 200])
            worker.goto(path)
            expect(worker.locator(".total output")).to_have_text("8:00")

    def test_back_after_sending_shows_what_is_so(self):
        with context(PHONE) as phone:
            worker = sign_in(phone, SANNE)
            path = self.submitted(worker, {0: "8"})
            worker.goto("/hours?all=1")
            worker.go_back()
            expect(worker.locator(".truth")).to_contain_text("Ligt bij")
            expect(worker.get_by_role("button", name="Versturen")).to_have_count(0)
            self.assertIn(path, worker.url)


if __name__ == "__main__":
    run()
