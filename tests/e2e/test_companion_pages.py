"""The companion's pages as forms, in a real browser: without scripts, and after the companion was started anew."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from companion_process import CompanionProcess
from playwright.sync_api import Browser, Playwright, expect

pytestmark = pytest.mark.e2e
FINDING = {"nl": "U had de voorwaarden moeten lezen. Noor", "en": "You should have read the terms. Noor"}
SAVED = {"nl": ("Bewaard.", "Nog niet bewaard"), "en": ("Saved.", "Not saved yet")}


@pytest.fixture(scope="module")
def browser(playwright: Playwright, chromium: str) -> Iterator[Browser]:
    """A browser without the extension."""
    opened = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
    yield opened
    opened.close()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_browser_without_scripts_gets_its_findings(browser: Browser, companion: CompanionProcess, language: str):
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"http://127.0.0.1:{companion.port}/?lang={language}")
    page.fill("#draft", FINDING[language])
    page.click("#read")
    expect(page.locator(".finding").first).to_be_visible()
    expect(page.locator("#draft")).to_have_value(FINDING[language])
    page.close()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_playbook_is_saved_also_after_a_new_start(browser: Browser, tmp_path: Path, language: str):
    saved, again = SAVED[language]
    companion = CompanionProcess(tmp_path / "data")
    try:
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{companion.port}/playbook?lang={language}")
        page.fill("#text", "promise_minutes = 0")
        page.click("form button")
        expect(page.locator(".note")).to_contain_text("1: promise_minutes")
        expect(page.locator("#text")).to_have_value("promise_minutes = 0")
        companion.kill()
        companion.start()
        page.fill("#text", "promise_minutes = 45")
        page.click("form button")
        expect(page.locator(".note")).to_contain_text(again)
        page.click("form button")
        expect(page.locator(".note")).to_have_text(saved)
        assert (tmp_path / "data" / "playbook.toml").read_text("utf-8") == "promise_minutes = 45"
        page.close()
    finally:
        companion.kill()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_playbook_is_one_sheet_of_paper(browser: Browser, companion: CompanionProcess, language: str):
    page = browser.new_page()
    page.goto(f"http://127.0.0.1:{companion.port}/playbook?lang={language}")
    assert page.pdf(format="A4").count(b"/Type /Page\n") == 1
    page.close()
