"""A browser with the sample agency before it, and what its people do again and again.

Each test module begins with `setUpModule = open_house` and ends with `run()`; the sample agency is made anew for it.
PLACET_KEEP=1 keeps the ledger.
"""

import os
import sys
import time
import unittest
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from stage import ADA, BRAM, CARLA, LIESBETH, PASSWORD, SANNE, VERA, Stage, totp

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
CHROMIUM = "/usr/bin/chromium"


class House:
    """Open while the tests of a module run."""

    bin_folder: Path
    stage: Stage
    browser: Browser
    secrets: dict[str, str] = {}  # of second factors, by address


def open_house() -> None:
    House.stage = Stage(House.bin_folder)
    playwright = sync_playwright().start()
    unittest.addModuleCleanup(playwright.stop)
    unittest.addModuleCleanup(House.stage.close)
    # As root chromium runs without its sandbox, or not at all.
    options = ["--no-sandbox"] if os.geteuid() == 0 else []
    House.browser = playwright.chromium.launch(executable_path=CHROMIUM, args=options)
    unittest.addModuleCleanup(House.browser.close)
    for address in (SANNE, BRAM, CARLA, LIESBETH, VERA):
        accept_invite(address)


def context(size: dict = DESK, language: str = "nl-NL", **options) -> BrowserContext:
    made = House.browser.new_context(viewport=size, locale=language, base_url=House.stage.url, **options)
    made.set_default_timeout(10_000)
    return made


def accept_invite(address: str) -> None:
    """From the mail to a password."""
    sent = len(House.stage.all_mails())
    House.stage.placet("user", "invite", "--email", address, "--mail")
    with context() as visit:
        page = visit.new_page()
        page.goto(House.stage.link_in(House.stage.mail(address, "Uw toegang", sent)))
        page.get_by_label("Nieuw wachtwoord").fill(PASSWORD)
        page.get_by_role("button", name="Bewaren en aanmelden").click()
        expect(page.get_by_role("button", name="Afmelden")).to_be_visible()


def sign_in(visit: BrowserContext, address: str, to: str = "/") -> Page:
    page = visit.new_page()
    page.goto("/sign-in?to=" + to)
    page.locator("input[name=email]").fill(address)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main button.main").click()
    expect(page.locator("form[action='/sign-out'] button")).to_be_visible()
    return page


def sign_in_as_staff(visit: BrowserContext, address: str = ADA) -> Page:
    """With both factors; the first time the second one is set up."""
    if address not in House.secrets:
        accept_invite(address)
    page = sign_in(visit, address)
    if address not in House.secrets:
        House.secrets[address] = page.get_by_label("Sleutel").input_value()
    # A code is taken once: the next one, where this one was shown already.
    for later in (0, 30, 30):
        page.get_by_label("Code").fill(totp(House.secrets[address], time.time() + later))
        page.get_by_role("button", name="Verder").click()
        page.wait_for_load_state()
        if "/second-factor" not in page.url:
            return page
        time.sleep(15)
    raise AssertionError("no code was taken")


def own_week(page: Page) -> str:
    """The path of this week's sheet, as the worker's page leads to it."""
    page.goto("/hours?all=1")
    return page.locator("a.card").first.get_attribute("href")


def clear(page: Page, path: str) -> None:
    """This week as if nothing had been entered."""
    page.goto(path)
    if page.locator(".status-4, .status-5").count():
        House.stage.take_approval_back(path)
        page.goto(path)
    withdraw = page.get_by_role("button", name="Terughalen")
    if withdraw.count():
        withdraw.click()
    for field in page.locator("fieldset.line input:visible").all():
        field.fill("")
    page.get_by_role("button", name="Bewaren").click()


def empty_week(visit: BrowserContext) -> tuple[Page, str]:
    """Sanne's, before her, and its path."""
    page = sign_in(visit, SANNE)
    path = own_week(page)
    clear(page, path)
    page.goto(path)
    return page, path


def enter(page: Page, path: str, hours: dict[int, str], send: bool = True, note: str = "") -> None:
    """Hours by day of the week, Monday is 0, into an empty sheet."""
    clear(page, path)
    days = page.locator("ol.days > li")
    for day, text in hours.items():
        days.nth(day).get_by_label("of uren").first.fill(text)
        if note:
            days.nth(day).locator("summary").first.click()
            days.nth(day).get_by_label("Opmerking").first.fill(note)
    page.get_by_role("button", name="Versturen" if send else "Bewaren").click()
    expect(page.locator(".note.done")).to_be_visible()


def run() -> None:
    """As the program of the module: its first argument is the folder of placet and placetd."""
    House.bin_folder = Path(sys.argv.pop(1))
    unittest.main(verbosity=2)
