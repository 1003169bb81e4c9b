"""A walk through every state of the overlay and of the extension's own pages, in pictures."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from companion_process import CompanionProcess
from looks import BESIDE_A_SITE, Look, pictured
from playwright.sync_api import Playwright
from reply_page import ReplyPage
from scenes import SCENES
from stage import Stage
from test_wishes import OURS

pytestmark = pictured
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
OWN: dict[str, dict[str, Any]] = {
    "nl": {
        "rule": "Begin een zin met een hoofdletter.",
        "phrases": [("boilerplate", "Samen maken we het mooier"), ("register", "tot gauw in de winkel, ook als het regent en je fiets lek is")],
    },
    "en": {
        "rule": "Begin a sentence with a capital.",
        "phrases": [("boilerplate", "Better together"), ("register", "see you in the shop, also when it rains and your bicycle has a flat tyre")],
    },
}  # fmt: skip
WORDS = {"nl": "U had de voorwaarden moeten lezen", "en": "You should have read the terms"}


@pytest.fixture(params=["nl", "en"])
def language(request: pytest.FixtureRequest) -> str:
    """Both languages."""
    return request.param


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> str:
    """Light and dark."""
    return request.param


@pytest.fixture(params=list(BESIDE_A_SITE))
def size(request: pytest.FixtureRequest) -> str:
    """A desk and a narrow window."""
    return request.param


@pytest.fixture
def look(stage: Stage, language: str, scheme: str, size: str) -> Look:
    """How the pictures of this test are taken."""
    stage.set(
        locale=language, holds="warn", sites={"shop.example": True}, writer={"name": "Noor", "role": ""},
        dictionary=[], checks={}, silenced={}, rulesOff={},
    )  # fmt: skip
    for kept in ("phrases", "judgements"):
        stage.store(kept, [])
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


def test_words_of_our_own(reply: ReplyPage, look: Look) -> None:
    if (look.scheme, look.size) not in {("light", "wide"), ("dark", "narrow")}:
        pytest.skip("seen in two looks")
    ours = OURS[look.language]
    reply.type(ours["draft"].format(words=WORDS[look.language]))
    reply.wait_for_marks([WORDS[look.language], ours["other"]])
    card = reply.open_card(ours["other"])
    card.get_by_role("button", name=ours["button"]).click()
    card.get_by_label(ours["sentence"]).check()
    look.take(reply.page, "card-ours")


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
    own = OWN[look.language]
    stage.set(
        writer={"name": "Noor", "role": "webcare"}, dictionary=["retourlabel", "Meelezer"], checks={"too-long": "hint", "emotional": "off"},
        silenced={"x": ["boilerplate"]}, rulesOff={"UPPERCASE_SENTENCE_START": own["rule"]},
    )  # fmt: skip
    since = "2026-11-27T12:00:00Z"
    stage.store("phrases", [{"check": check, "words": words, "since": since} for check, words in own["phrases"]])
    judgement = {
        "reason": "fine",
        "note": "",
        "words": "x",
        "seenBy": "pattern",
        "language": "nl",
        "site": "x",
        "at": since,
    }
    called = ["finger-pointing"] * 5 + ["sarcasm"] * 2
    stage.store("judgements", [{**judgement, "check": check} for check in called])
    options = stage.open_own("options")
    look.prepare(options)
    options.locator(".state[data-state=ready]").wait_for()
    options.locator(".phrases tbody tr").nth(1).wait_for()
    look.take(options, "options", whole=True)
    options.close()


@pytest.mark.parametrize("scheme", ["light"], indirect=True)
@pytest.mark.parametrize("size", ["wide"], indirect=True)
def test_options_on_the_first_day(stage: Stage, look: Look) -> None:
    options = stage.open_own("options")
    look.prepare(options)
    options.locator(".state[data-state=ready]").wait_for()
    look.take(options, "options-first-day", whole=True)
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
