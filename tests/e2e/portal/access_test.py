"""Who gets in, who sees what, and what hostile pages and people can do.

usage: access_test.py BIN [TEST...]      the folder of placet and placetd
"""

import time
import unittest

from people import PHONE, House, accept_invite, context, enter, open_house, own_week, run, sign_in
from playwright.sync_api import Page, expect
from stage import ADA, BRAM, CARLA, KOEN, LIESBETH, PASSWORD, SANNE, totp

setUpModule = open_house


class Access(unittest.TestCase):
    """Deny unless allowed."""

    def status(self, page: Page, path: str) -> int:
        return page.goto(path).status

    def test_somebody_elses_sheet_and_pages_that_are_not_for_him_are_not_found(self):
        with context() as theirs, context(PHONE) as phone, context() as other:
            worker = sign_in(phone, SANNE)
            path = own_week(worker)
            enter(worker, path, {0: "8"})
            carla = sign_in(theirs, CARLA)
            carla.goto("/approve")
            link = carla.locator("ul.waiting li").filter(has_text="Sanne Smit").filter(has_text="Week 45").locator("p > a").get_attribute("href")
            stranger = sign_in(other, LIESBETH)
            self.assertEqual(self.status(stranger, link), 404)
            for secret in (path, "/payslips", "/contracts", "/absence", "/today", "/proposals", "/missing"):
                self.assertEqual(self.status(carla, secret), 404, secret)
            self.assertEqual(self.status(worker, "/approve"), 404)
            self.assertEqual(self.status(worker, link), 404)

    def test_nobody_gets_in_without_signing_in(self):
        with context() as visit:
            page = visit.new_page()
            page.goto("/approve")
            self.assertIn("/sign-in?to=%2Fapprove", page.url)

    def test_whatever_people_type_is_text(self):
        evil = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">"
        with context(PHONE) as phone, context() as desk:
            worker = sign_in(phone, SANNE)
            path = own_week(worker)
            sent = len(House.stage.all_mails())
            enter(worker, path, {0: "8"}, note=evil)
            contact = sign_in(desk, CARLA)
            for page, where in ((worker, path), (contact, "/approve")):
                page.goto(where)
                self.assertNotIn("owned", page.title())
            contact.goto(House.stage.link_in(House.stage.mail(CARLA, "Uren om goed te keuren", sent)))
            expect(contact.locator(".remark").first).to_have_text(evil)
            contact.get_by_text("Klopt er iets niet?").click()
            contact.get_by_label("Reden, voor de medewerker").fill(evil)
            contact.get_by_role("button", name="Weigeren").click()
            worker.goto(path)
            expect(worker.locator(".truth")).to_contain_text(evil)
            self.assertNotIn("owned", worker.title())
            html = House.stage.mail(SANNE, "Uren niet goedgekeurd", sent).get_body(("html",)).get_content()
            self.assertNotIn("<script>", html)
            with context() as visit:
                page = visit.new_page()
                page.goto("/sign-in?to=" + "javascript:alert(1)")
                page.locator("input[name=email]").fill('"><script>document.title="owned"</script>@x.example')
                page.locator("input[name=email]").evaluate("field => field.type = 'text'")
                page.locator("input[name=password]").fill("x")
                page.locator("main button.main").click()
                self.assertNotIn("owned", page.title())

    def test_a_post_from_another_site_changes_nothing(self):
        with context() as visit:
            page = sign_in(visit, CARLA)
            cookies = {cookie["name"]: cookie["value"] for cookie in visit.cookies()}
            header = "; ".join(f"{name}={value}" for name, value in cookies.items())
            for headers in (
                {"sec-fetch-site": "cross-site"},
                {"sec-fetch-site": "same-site"},
                {"origin": "https://evil.example"},
                {},
                {"sec-fetch-site": "same-origin"},  # our page, but without its key
            ):
                answer = House.browser.new_context().request.post(
                    House.stage.url + "/sign-out", headers=headers | {"cookie": header}, form={"form": "x"}, max_redirects=0
                )
                self.assertEqual(answer.status, 403, headers)
            page.reload()
            expect(page.locator("form[action='/sign-out'] button")).to_be_visible()

    def test_cookies_are_for_this_site_alone_and_open_no_rpc(self):
        with context() as visit:
            sign_in(visit, CARLA)
            cookies = visit.cookies()
            self.assertEqual(len(cookies), 2)
            for cookie in cookies:
                self.assertTrue(cookie["name"].startswith("__Host-"), cookie["name"])
                self.assertTrue(cookie["secure"] and cookie["httpOnly"], cookie["name"])
                self.assertEqual((cookie["sameSite"], cookie["path"]), ("Lax", "/"))
            session = next(cookie["value"] for cookie in cookies if cookie["name"] == "__Host-placet")
        token = House.stage.folder / "ledger.keys" / "session.token"
        token.write_text(session + "\n")
        token.chmod(0o600)
        with self.assertRaises(RuntimeError):
            House.stage.placet("timesheets", who="session")

    def test_every_answer_tells_the_browser_what_it_may_do(self):
        with context() as visit:
            page = visit.new_page()
            page.goto("/sign-in")
            script = page.locator("script").first.get_attribute("src")
            for path in ("/sign-in", "/nothing-here", script):
                headers = visit.request.get(House.stage.url + path).headers
                for part in ("default-src 'none'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"):
                    self.assertIn(part, headers["content-security-policy"], path)
                self.assertNotIn("unsafe", headers["content-security-policy"], path)
                self.assertIn("max-age=31536000", headers["strict-transport-security"], path)
                self.assertEqual(headers["x-content-type-options"], "nosniff", path)
                self.assertEqual(headers["referrer-policy"], "same-origin", path)
                self.assertEqual(headers["cache-control"] == "no-store", path != script, path)

    def test_looking_changes_nothing(self):
        with context() as visit:
            page = sign_in(visit, CARLA)
            House.stage.let_mails_go()
            size = House.stage.size()
            for link in page.locator("nav a").all():
                path = link.get_attribute("href")
                self.assertEqual(visit.request.get(House.stage.url + path).status, 200, path)
                self.assertEqual(visit.request.head(House.stage.url + path).status, 200, path)
            self.assertEqual(House.stage.size(), size)

    def test_guessing_is_slowed_down_and_says_the_same_whoever_it_is(self):
        with context() as visit:
            page = visit.new_page()
            page.goto("/sign-in")
            said = set()
            for address in (KOEN, "nobody@demo.example"):
                for _ in range(2):
                    page.locator("input[name=email]").fill(address)
                    page.locator("input[name=password]").fill("not the password")
                    page.locator("main button.main").click()
                    said.add(page.locator(".note.fault").inner_text())
            self.assertEqual(len(said), 1, said)
            for _ in range(10):
                page.locator("input[name=email]").fill("guess@demo.example")
                page.locator("input[name=password]").fill("not the password")
                page.locator("main button.main").click()
                if "Te vaak geprobeerd" in page.locator(".note.fault").inner_text():
                    break
            expect(page.locator(".note.fault")).to_contain_text("Te vaak geprobeerd")
        time.sleep(5)  # until this address may try again

    def test_staff_show_a_second_factor_that_is_taken_once(self):
        accept_invite(ADA)
        with context() as visit:
            page = sign_in(visit, ADA, "/hours")
            self.assertIn("/second-factor", page.url)
            expect(page.get_by_role("img", name="Vierkant om te scannen")).to_be_visible()
            secret = page.get_by_label("Sleutel").input_value()
            code = totp(secret, time.time())
            page.get_by_label("Code").fill(code)
            page.get_by_role("button", name="Verder").click()
            page.wait_for_url(lambda url: "/second-factor" not in url)
        with context() as visit:
            page = sign_in(visit, ADA)
            self.assertEqual(page.locator("svg.qr").count(), 0, "the secret is not shown again")
            page.get_by_label("Code").fill(code)
            page.get_by_role("button", name="Verder").click()
            expect(page.locator(".note.fault")).to_contain_text("al gebruikt")
            page.get_by_label("Code").fill(totp(secret, time.time() + 30))
            page.get_by_role("button", name="Verder").click()
            page.wait_for_url(lambda url: "/second-factor" not in url)

    def test_who_forgot_his_password_gets_a_link_that_works_once(self):
        sent = len(House.stage.all_mails())
        with context() as visit:
            page = visit.new_page()
            page.goto("/sign-in")
            page.get_by_role("link", name="Wachtwoord vergeten?").click()
            page.locator("input[name=email]").fill(BRAM)
            page.get_by_role("button", name="Mail sturen").click()
            expect(page.locator(".note.done")).to_contain_text("Als we dat adres kennen")
            link = House.stage.link_in(House.stage.mail(BRAM, "Nieuw wachtwoord", sent))
            page.goto(link)
            page.get_by_label("Nieuw wachtwoord").fill(PASSWORD)
            page.get_by_role("button", name="Bewaren en aanmelden").click()
            expect(page.locator("form[action='/sign-out'] button")).to_be_visible()
        with context() as visit:
            page = visit.new_page()
            page.goto(link)
            page.get_by_label("Nieuw wachtwoord").fill(PASSWORD)
            page.get_by_role("button", name="Bewaren en aanmelden").click()
            expect(page.locator(".note.fault")).to_contain_text("gebruikt, verlopen")


if __name__ == "__main__":
    run()
