"""Every page in both widths and both themes: what axe finds, whether it fits, and by keyboard alone.

PLACET_SCREENSHOTS=FOLDER keeps a picture of each.

usage: pages_test.py BIN [TEST...]      the folder of placet and placetd
"""

import os
import unittest
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from people import DESK, PHONE, clear, context, enter, open_house, own_week, run, sign_in, sign_in_as_staff
from playwright.sync_api import BrowserContext, Page, expect
from stage import ADA, BRAM, CARLA, SANNE, VERA

setUpModule = open_house


class Pages(unittest.TestCase):
    """Every page, as it looks and as a screen reader has it."""

    def all_pages(self) -> list[tuple[str, str | None, str]]:
        """Name, who, path."""
        with context(PHONE) as phone, context() as desk:
            worker = sign_in(phone, SANNE)
            week = own_week(worker)
            enter(worker, week, {0: "8", 1: "8", 5: "4"}, note="Inventarisatie")
            other = sign_in(desk, CARLA)
            other.goto("/approve")
            sheet = other.locator("ul.waiting li").filter(has_text="Sanne Smit").filter(has_text="Week 45").locator("p > a").get_attribute("href")
        return [
            ("sign-in", None, "/sign-in"),
            ("forgot", None, "/forgot"),
            ("welcome", None, "/welcome"),
            ("hours", SANNE, "/hours?all=1"),
            ("week-sent", SANNE, week),
            ("week-open", BRAM, ""),
            ("approve", CARLA, "/approve"),
            ("sheet", CARLA, sheet),
            ("not-found", CARLA, "/nothing-here"),
            ("payslips", SANNE, "/payslips"),
            ("payslip", SANNE, self.first_link(SANNE, "/payslips")),
            ("invoices", CARLA, "/invoices"),
            ("invoice", CARLA, self.first_link(CARLA, "/invoices")),
            ("approved", CARLA, "/approved"),
            ("receipt", CARLA, self.first_link(CARLA, "/approved")),
            ("waiting", VERA, "/waiting"),
            ("missing", VERA, "/missing"),
            ("placements", VERA, "/placements"),
            ("today", ADA, "/today"),
            ("proposals", ADA, "/proposals"),
            ("as-of", ADA, "/waiting?as-of=2026-10-20"),
            ("history", ADA, self.first_link(ADA, "/placements")),
        ]

    def begin(self, visit: BrowserContext, who: str | None) -> Page:
        if who is None:
            return visit.new_page()
        return sign_in_as_staff(visit) if who == ADA else sign_in(visit, who)

    def first_link(self, who: str, path: str) -> str:
        with context() as visit:
            page = self.begin(visit, who)
            page.goto(path)
            return page.locator("table.list a").first.get_attribute("href")

    def test_have_no_serious_finding_of_axe_in_either_theme_and_fit_360_pixels(self):
        keep = os.environ.get("PLACET_SCREENSHOTS")
        pages = self.all_pages()
        for theme in ("light", "dark"):
            for width, size in (("phone", PHONE), ("desk", DESK)):
                visits: dict[str | None, Page] = {}
                for name, who, path in pages:
                    if who not in visits:
                        visit = context(size, color_scheme=theme)
                        self.addCleanup(visit.close)
                        visits[who] = self.begin(visit, who)
                    page = visits[who]
                    page.goto(path or own_week(page))
                    with self.subTest(page=name, theme=theme, width=width):
                        results = Axe().run(page).response["violations"]
                        serious = [
                            (found["id"], found["nodes"][0]["html"])
                            for found in results
                            if found["impact"] in ("serious", "critical")
                        ]
                        self.assertEqual(serious, [])
                        overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
                        self.assertLessEqual(overflow, 0, "wider than the screen")
                    if keep:
                        page.screenshot(path=Path(keep) / f"{name}-{width}-{theme}.png", full_page=True)

    def test_a_week_is_entered_and_sent_by_keyboard_alone(self):
        with context() as visit:
            page = sign_in(visit, SANNE)
            path = own_week(page)
            clear(page, path)
            page.goto(path)
            page.locator("ol.days > li").nth(0).get_by_label("Van").focus()
            for key in ("8:30", "17:00", "30"):
                page.keyboard.type(key)
                page.keyboard.press("Tab")
            page.get_by_role("button", name="Versturen").focus()
            page.keyboard.press("Enter")
            expect(page.locator(".truth")).to_contain_text("Ligt bij")


if __name__ == "__main__":
    run()
