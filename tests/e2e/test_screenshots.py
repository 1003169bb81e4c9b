"""A walk through every state, in pictures: `MEELEZER_SCREENSHOTS=1 pytest tests/e2e/test_screenshots.py` writes docs/screenshots."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from companion_process import CompanionProcess
from playwright.sync_api import Page, Playwright
from reply_page import ReplyPage
from scenes import SCENES
from stage import ROOT, Stage

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(
        not os.environ.get("MEELEZER_SCREENSHOTS"), reason="set MEELEZER_SCREENSHOTS=1 to make the pictures anew"
    ),
]

PICTURES = ROOT / "docs" / "screenshots"
SIZES = {"wide": (1100, 720), "narrow": (360, 720)}
BY_ID = {scene.id: scene for scene in SCENES}
X = {"nl": BY_ID["x-status-nl"], "en": BY_ID["x-dialog-en"]}
FACEBOOK = {"nl": BY_ID["facebook-comment-nl"], "en": BY_ID["facebook-comment-en"]}
SHOP = {"nl": BY_ID["shop-textarea-nl"], "en": BY_ID["shop-textarea-en"]}
DRAFTS = {
    "nl": "U had de voorwaarden moeten lezen. Bij ons klaagt verder niemand. Wij kunnen daar niets aan doen. Fijn dat u ook nog tijd hebt om te klagen! Groet, team klantenservice",
    "en": "You should have read the terms. Nobody else complains. There is nothing we can do about it. How nice that you still find time to complain! Regards, the customer care team",
}
THREATS = {
    "nl": "We verwijderen uw bericht en schakelen onze advocaat in. Groet, Noor",
    "en": "We will delete your post and call our lawyer. Kind regards, Noor",
}
WORDS = {"nl": "U had de voorwaarden moeten lezen", "en": "You should have read the terms"}


class Look:
    """Language, scheme and size of a picture, and its file."""

    def __init__(self, language: str, scheme: str, size: str) -> None:
        self.language, self.scheme, self.size = language, scheme, size

    def prepare(self, page: Page) -> None:
        """Set the page to this look."""
        width, height = SIZES[self.size]
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=self.scheme, reduced_motion="reduce")

    def take(self, page: Page, state: str, *, whole: bool = False) -> None:
        """Write the picture."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=PICTURES / f"{state}-{self.language}-{self.scheme}-{self.size}.png", full_page=whole)


@pytest.fixture(params=["nl", "en"])
def language(request: pytest.FixtureRequest) -> str:
    """Both languages."""
    return request.param


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> str:
    """Light and dark."""
    return request.param


@pytest.fixture(params=list(SIZES))
def size(request: pytest.FixtureRequest) -> str:
    """A desk and a narrow window."""
    return request.param


@pytest.fixture
def look(stage: Stage, language: str, scheme: str, size: str) -> Look:
    """How the pictures of this test are taken."""
    stage.set(locale=language, holds="warn", sites={"shop.example": True}, writer={"name": "Noor", "role": ""})
    return Look(language, scheme, size)


@pytest.fixture
def reply(stage: Stage, look: Look) -> Iterator[ReplyPage]:
    """X, with a reply that has several things in it."""
    page = stage.open(X[look.language])
    look.prepare(page.page)
    yield page
    page.close()


def write(page: ReplyPage, language: str) -> None:
    page.type(DRAFTS[language])
    page.wait_until_read()
    assert WORDS[language] in page.marked()


def test_findings_card_and_reasons(reply: ReplyPage, look: Look) -> None:
    write(reply, look.language)
    look.take(reply.page, "findings")
    card = reply.open_card(WORDS[look.language])
    look.take(reply.page, "card")
    if (look.scheme, look.size) not in {("light", "wide"), ("dark", "narrow")}:
        return
    card.locator("footer button").nth(2).click()
    look.take(reply.page, "card-why")
    card.locator("footer button").nth(1).click()
    look.take(reply.page, "card-not-right")


def test_held_post(reply: ReplyPage, look: Look) -> None:
    write(reply, look.language)
    reply.press_button()
    reply.wait_until_armed()
    look.take(reply.page, "held")


@pytest.mark.parametrize("size", ["wide"], indirect=True)
def test_what_must_be_confirmed(reply: ReplyPage, look: Look) -> None:
    reply.type(THREATS[look.language])
    reply.wait_until_read()
    look.take(reply.page, "findings-hold")
    reply.press_button()
    reply.wait_until_armed()
    look.take(reply.page, "held-hold")


def test_panel(reply: ReplyPage, look: Look) -> None:
    write(reply, look.language)
    reply.page.keyboard.press("Alt+m")
    reply.panel.wait_for()
    look.take(reply.page, "panel")


@pytest.mark.parametrize("scheme", ["light"], indirect=True)
def test_panel_before_anything_is_typed(reply: ReplyPage, look: Look) -> None:
    reply.field.click()
    reply.badge.click()
    reply.panel.wait_for()
    look.take(reply.page, "panel-empty")


@pytest.mark.parametrize("scheme", ["light"], indirect=True)
@pytest.mark.parametrize("size", ["wide"], indirect=True)
def test_badge_in_every_state(stage: Stage, companion: CompanionProcess, look: Look) -> None:
    page = stage.open(SHOP[look.language])
    look.prepare(page.page)
    page.field.click()
    page.wait_for_badge("idle")
    look.take(page.page, "badge-idle")
    good = {
        "nl": "Dag Fatima, dat spijt me. Ik stuur je vandaag een nieuwe jas. Groet, Noor",
        "en": "Hi Fatima, I am sorry. I will send you a new jacket today. Regards, Noor",
    }
    page.type(good[look.language])
    page.wait_until_read()
    look.take(page.page, "badge-clear")
    with stage.answers_withheld():
        page.field.fill("")
        page.type(good[look.language])
        page.page.locator("meelezer-overlay .badge .dots").wait_for(state="attached")
        look.take(page.page, "badge-reading")
    token = stage.stored("pairing")
    stage.store("pairing", "no-such-token")
    page.page.keyboard.type("!")
    page.wait_for_badge("unpaired")
    look.take(page.page, "badge-unpaired")
    stage.store("pairing", token)
    companion.kill()
    page.page.keyboard.type("!")
    page.wait_for_badge("away")
    look.take(page.page, "badge-away")
    companion.start()
    page.wait_until_read()
    page.close()


@pytest.mark.parametrize("size", ["wide"], indirect=True)
def test_other_sites(stage: Stage, look: Look) -> None:
    for name, scenes in (("facebook", FACEBOOK), ("shop", SHOP)):
        page = stage.open(scenes[look.language])
        look.prepare(page.page)
        write(page, look.language)
        page.open_card(WORDS[look.language])
        look.take(page.page, f"card-{name}")
        page.close()


def test_options(stage: Stage, look: Look) -> None:
    options = stage.open_own("options")
    look.prepare(options)
    options.locator(".state[data-state=ready]").wait_for()
    look.take(options, "options", whole=True)
    options.close()


@pytest.mark.parametrize("size", ["wide"], indirect=True)
def test_popup(stage: Stage, look: Look) -> None:
    for name, scenes in (("x", X), ("shop", SHOP)):
        popup = stage.open_own("popup")
        look.prepare(popup)
        popup.set_viewport_size({"width": 340, "height": 420})
        behind = stage.open(scenes[look.language])
        popup.reload()
        popup.locator(".state[data-state=ready]").wait_for()
        popup.locator("section").nth(1).wait_for()
        look.take(popup, f"popup-{name}")
        behind.close()
        popup.close()


@pytest.mark.parametrize("size", ["wide"], indirect=True)
@pytest.mark.parametrize("scheme", ["light"], indirect=True)
def test_before_pairing(
    playwright: Playwright, chromium: str, companion: CompanionProcess, look: Look, tmp_path: Path
) -> None:
    fresh = Stage(playwright, chromium, tmp_path)
    try:
        fresh.set(port=companion.port, locale=look.language)
        options = fresh.open_own("options")
        look.prepare(options)
        options.locator(".state[data-state=unpaired]").wait_for()
        options.get_by_placeholder("123-456").fill("000-000")
        options.locator("form button.main").click()
        options.get_by_role("alert").wait_for()
        look.take(options, "options-wrong-code")
        popup = fresh.open_own("popup")
        popup.set_viewport_size({"width": 340, "height": 300})
        popup.locator(".state[data-state=unpaired]").wait_for()
        look.take(popup, "popup-unpaired")
        fresh.set(port=1)
        popup.locator(".state[data-state=away]").wait_for()
        look.take(popup, "popup-away")
    finally:
        fresh.close()
