"""The companion's pages as forms, in a real browser: without scripts, and after the companion was started anew."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from companion_process import CompanionProcess
from playwright.sync_api import Browser, Playwright, expect
from test_accessibility import problems

from meelezer.messages import messages
from meelezer.tokens import TokenStore

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
        page.goto(f"{companion.address}/playbook?lang={language}")
        page.click("details.as-text summary")
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


@pytest.mark.parametrize("has_scripts", [True, False], ids=["scripts", "no-scripts"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_playbook_is_filled_in_as_a_form(browser: Browser, tmp_path: Path, language: str, has_scripts: bool):
    say = messages(language)
    companion = CompanionProcess(tmp_path / "data")
    try:
        page = browser.new_page(java_script_enabled=has_scripts, viewport={"width": 380, "height": 800})
        page.goto(f"{companion.address}/playbook?lang={language}")
        page.get_by_role("link", name=say("playbook.change"), exact=True).click()
        contacts, replies = page.locator("section:has(#contacts) .row"), page.locator("section:has(#replies) .row")
        if has_scripts:
            expect(contacts).to_have_count(0)
            page.get_by_role("button", name=say("playbook_form.add_contacts")).press("Enter")
            expect(contacts.get_by_label(say("playbook_form.name"), exact=True)).to_be_focused()
            page.get_by_role("button", name=say("playbook_form.add_standard_replies")).click()
        else:
            expect(contacts).to_have_count(2)
            expect(replies).to_have_count(7)
            replies.nth(5).locator("summary").click()
        contact, reply = contacts.nth(0), replies.nth(5)
        contact.get_by_label(say("playbook_form.role"), exact=True).fill("chef")
        reply.locator(f"[name$='.title.{language}']").fill("Te laat 🙂 <b>")
        reply.locator(f"[name$='.text.{language}']").fill("Beste {author},\n\nMorgen [tijd].")
        page.get_by_role("button", name=say("playbook.save"), exact=True).click()
        name = contact.get_by_label(say("playbook_form.name"), exact=True)
        expect(name).to_be_focused()
        expect(name).to_have_accessible_description(say("playbook_field.missing"))
        expect(reply.locator(f"[name$='.text.{language}']")).to_have_value("Beste {author},\n\nMorgen [tijd].")
        if has_scripts:
            assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
        name.fill("Chris")
        order = ["looking-into-it", "we-were-wrong", "in-private", "outage", "thanks", "te-laat-b"]
        if has_scripts:
            reply.get_by_role("button", name=say("playbook_form.up")).press("Enter")
            expect(replies.nth(4).get_by_role("button", name=say("playbook_form.up"))).to_be_focused()
            expect(page.locator("#moved")).to_contain_text(
                say("playbook_form.moved", name="Te laat 🙂 <b>", place=5, count=6)
            )
            replies.nth(4).get_by_role("button", name=say("playbook_form.up")).click()
            order = ["looking-into-it", "we-were-wrong", "in-private", "te-laat-b", "outage", "thanks"]
        page.get_by_role("button", name=say("playbook.save"), exact=True).click()
        expect(page.locator(".note")).to_have_text(say("playbook.saved"))
        expect(page.locator("main > section ul")).to_contain_text("Chris, chef")
        expect(page.get_by_role("heading", name="Te laat 🙂 <b>")).to_be_visible()
        token = TokenStore(companion.data_dir).own_token()
        asked = page.request.get(
            f"{companion.address}/v1/playbook", headers={"Authorization": f"Bearer {token}"}
        ).json()
        assert asked["contacts"] == [{"name": "Chris", "role": "chef", "reach": None}]
        assert [each["id"] for each in asked["standard_replies"]] == order
        assert (
            next(each for each in asked["standard_replies"] if each["id"] == "te-laat-b")["text"][language]
            == "Beste {author},\n\nMorgen [tijd]."
        )
        page.close()
    finally:
        companion.kill()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [380, 1200])
def test_the_form_of_the_playbook_has_no_barriers(
    browser: Browser, companion: CompanionProcess, width: int, scheme: str
):
    # So high that nothing lies under the button that stays in sight.
    page = browser.new_page(viewport={"width": width, "height": 9_000}, color_scheme=scheme)
    page.goto(f"{companion.address}/playbook/form?lang=nl")
    for summary in page.locator("summary").all():
        summary.click()
    page.fill("[name='opening_hours.nl']", "altijd")
    page.fill("[name='opening_hours.en']", "always")
    page.fill("[name=words]", "Meelezer")
    page.fill("[name='promise.count']", "anderhalf")
    page.get_by_role("button", name="Nog een contactpersoon").click()
    page.fill("[name='contacts.2.role']", "chef")
    page.get_by_role("button", name="Bewaar", exact=True).click()
    expect(page.locator(".mistake")).to_have_count(2)
    assert problems(page) == []
    page.close()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_playbook_is_one_sheet_of_paper(browser: Browser, companion: CompanionProcess, language: str):
    page = browser.new_page()
    page.goto(f"http://127.0.0.1:{companion.port}/playbook?lang={language}")
    assert page.pdf(format="A4").count(b"/Type /Page\n") == 1
    page.close()
