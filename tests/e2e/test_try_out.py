"""The companion's own page, in a real browser: findings while typing, better sentences, nothing lost."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from companion_process import CompanionProcess
from playwright.sync_api import Browser, Page, Playwright, expect

pytestmark = pytest.mark.e2e
DRAFTS = {
    "nl": ("Beste Lisa,\n\nU had de voorwaarden moeten lezen 😀. Regels zijn regels.\n\nGroet, Team Klantenservice", "U had de voorwaarden moeten lezen"),
    "en": ("Dear Lisa,\n\nYou should have read the terms 😀. Rules are rules.\n\nKind regards, Customer Service Team", "You should have read the terms"),
}  # fmt: skip
COMPLAINTS = {
    "nl": "Al drie weken wacht ik op mijn jurk en niemand reageert.",
    "en": "Three weeks waiting for my dress and nobody answers.",
}


@pytest.fixture(scope="module")
def browser(playwright: Playwright, chromium: str) -> Iterator[Browser]:
    """A browser without the extension."""
    opened = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
    yield opened
    opened.close()


@pytest.fixture(params=["nl", "en"])
def language(request: pytest.FixtureRequest) -> str:
    """Both languages."""
    return request.param


@pytest.fixture
def page(browser: Browser, companion: CompanionProcess, language: str) -> Iterator[Page]:
    """The page, with a complaint and a draft typed in."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    opened = context.new_page()
    problems: list[str] = []
    opened.on("pageerror", lambda error: problems.append(str(error)))
    opened.on(
        "request", lambda request: problems.append(request.url) if f":{companion.port}/" not in request.url else None
    )
    opened.goto(f"http://127.0.0.1:{companion.port}/?lang={language}")
    opened.fill("#complaint", COMPLAINTS[language])
    opened.click("#draft")
    opened.keyboard.insert_text(DRAFTS[language][0])
    opened.locator(".finding").first.wait_for()
    yield opened
    context.close()
    assert problems == []


def test_the_right_words_are_underlined(page: Page, language: str) -> None:
    marks = page.locator("#mirror mark").all_inner_texts()
    assert DRAFTS[language][1] in marks
    checks = page.locator(".finding").evaluate_all("items => items.map(item => item.dataset.check)")
    assert checks[:2] == ["finger-pointing", "defensiveness"]


def test_a_rewrite_takes_the_sentences_place_and_undo_brings_it_back(page: Page, language: str) -> None:
    finding = page.locator(".finding[data-check='finger-pointing']")
    better = finding.locator(".rewrites button").first.inner_text().split(" ", 1)[1]
    finding.locator(".rewrites button").first.click()
    text, words = DRAFTS[language]
    expect(page.locator("#draft")).to_have_value(text.replace(f"{words} 😀.", better))
    expect(finding).to_have_count(0)
    page.keyboard.press("Control+z")
    expect(page.locator("#draft")).to_have_value(text)
    finding.wait_for()


def test_a_kept_sentence_is_not_named_again(page: Page) -> None:
    finding = page.locator(".finding[data-check='defensiveness']")
    finding.locator(".keep").click()
    expect(finding).to_have_count(0)
    page.click("#draft")
    page.keyboard.press("Control+End")
    page.keyboard.type("!")
    page.locator(".finding").first.wait_for()
    expect(finding).to_have_count(0)


def test_the_draft_is_copied_as_it_is(page: Page, language: str) -> None:
    page.click("#copy")
    expect(page.locator("#copied")).not_to_be_empty()
    assert page.evaluate("navigator.clipboard.readText()") == DRAFTS[language][0]


def test_the_other_language_keeps_what_was_typed(page: Page, language: str) -> None:
    page.click(".bar .other")
    page.wait_for_url(f"**/?lang={'en' if language == 'nl' else 'nl'}")
    expect(page.locator("#draft")).to_have_value(DRAFTS[language][0])
    expect(page.locator("#complaint")).to_have_value(COMPLAINTS[language])
    page.locator(".finding").first.wait_for()


def test_name_and_role_make_the_signature(page: Page, language: str) -> None:
    page.fill("#name", "Noor")
    page.fill("#role", "teamleider")
    anonymous = page.locator(".finding[data-check='anonymity'] .rewrites button")
    expect(anonymous.first).to_contain_text("Noor, teamleider")
