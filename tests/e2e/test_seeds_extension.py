"""What the source articles ask of the browser extension; a name holds the number of what it proves (docs/requirements.md)."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect
from reply_page import ReplyPage
from scenes import DRAFTS, SCENES
from stage import Stage

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.parametrize(
        "scene",
        [scene for scene in SCENES if scene.id in ("x-status-nl", "x-dialog-en")],
        ids=lambda scene: scene.language,
        indirect=True,
    ),
]

EMOTIONAL = {
    "nl": ("Dag Lisa, wij zijn woedend over uw bericht. Groet, Noor", "wij zijn woedend over uw bericht"),
    "en": ("Hi Tom, we are deeply hurt by your message. Kind regards, Noor", "we are deeply hurt by your message"),
}
TOO_HUMBLE = {
    "nl": "Dag Lisa, sorry, het spijt me. Sorry dat je zo lang moest wachten. Ik bel je vanmiddag. Groet, Noor",
    "en": "Hi Tom, sorry, I am so sorry, my sincere apologies. I will call you this afternoon. Kind regards, Noor",
}
DEFENSIVE = {
    "nl": "Dag Lisa, helaas zijn wij hiervoor niet verantwoordelijk, dit is ons beleid. Groet, Noor",
    "en": "Hi Tom, unfortunately we are not responsible for this, this is our policy. Kind regards, Noor",
}
SAYS = {
    "nl": {
        "everyone": "Iedereen leest mee", "hide": "Verberg tot ik de pagina herlaad", "keep": "Laat staan",
        "humble": "te nederig", "defensive": "verdedigend", "balance": "Balans",
    },
    "en": {
        "everyone": "Everyone reads along", "hide": "Hide until I reload the page", "keep": "Keep",
        "humble": "too humble", "defensive": "defensive", "balance": "Balance",
    },
}  # fmt: skip
NEAR = 40
"""Pixels from the button within which something stands beside it."""


def balance(page: ReplyPage) -> Locator:
    """The line in the panel that says to which side the reply leans."""
    name = SAYS[page.scene.language]["balance"]
    return page.panel.locator("section", has=page.page.get_by_role("heading", name=name)).locator("> p")


@pytest.mark.parametrize("holds", ["warn", "playbook"])
def test_000_14_an_emotional_reply_takes_two_presses(page: ReplyPage, stage: Stage, holds: str) -> None:
    text, words = EMOTIONAL[page.scene.language]
    stage.set(holds=holds)
    page.type(text)
    page.wait_for_marks([words])
    page.press_button()
    page.held.wait_for()
    expect(page.held).to_contain_text(words)
    assert page.posts() == []
    assert page.model() == text, "what is held stays where it was"
    page.wait_until_armed()
    page.press_button()
    page.wait_for_posts([text])


def test_000_14_the_key_that_posts_is_held_as_the_button_is(page: ReplyPage) -> None:
    text, words = EMOTIONAL[page.scene.language]
    page.type(text)
    page.wait_for_marks([words])
    page.press(page.scene.key or "")
    page.held.wait_for()
    assert page.posts() == []


def test_000_14_who_wants_warnings_to_hold_nothing_posts_at_once(page: ReplyPage, stage: Stage) -> None:
    text, words = EMOTIONAL[page.scene.language]
    stage.set(holds="hold")
    page.type(text)
    page.wait_for_marks([words])
    page.press_button()
    page.wait_for_posts([text])


def test_002_1_the_preview_is_what_an_outsider_sees(page: ReplyPage) -> None:
    draft, say = DRAFTS[page.scene.language], SAYS[page.scene.language]
    page.type_bad_reply(draft)
    page.badge.click()
    page.panel.get_by_role("heading", name=say["everyone"]).wait_for()
    # The complaint and the reply, and nothing of what was said around them.
    figures = page.panel.locator(".thread figure")
    expect(figures.locator("p")).to_have_text([page.scene.complaint, draft.text])
    expect(figures.locator("mark")).to_have_text([draft.words])
    expect(page.panel.locator(".stumbles")).to_contain_text(draft.words)


def test_002_1_the_preview_follows_the_reply(page: ReplyPage) -> None:
    draft = DRAFTS[page.scene.language]
    page.type(draft.good)
    page.wait_until_read()
    page.badge.click()
    thread = page.panel.locator(".thread")
    expect(thread.locator(".reply p")).to_have_text(draft.good)
    expect(thread.locator("mark")).to_have_count(0)
    page.field.focus()
    page.press("Control+End")
    page.page.keyboard.type(f" {draft.words}.")
    expect(thread.locator("mark", has_text=draft.words)).to_have_count(1)


def test_002_16_a_balance_that_leans_far_holds_nothing(page: ReplyPage) -> None:
    text = TOO_HUMBLE[page.scene.language]
    page.type(text)
    page.wait_until_read()
    page.badge.click()
    expect(balance(page)).to_contain_text(SAYS[page.scene.language]["humble"])
    page.press("Escape")
    page.press_button()
    page.wait_for_posts([text])


def test_002_16_nor_does_a_defensive_one_whose_words_the_writer_kept(page: ReplyPage) -> None:
    text, say = DEFENSIVE[page.scene.language], SAYS[page.scene.language]
    page.type(text)
    page.page.wait_for_function("() => CSS.highlights.size > 0")
    (words,) = page.marked()
    page.open_card(words).get_by_role("button", name=say["keep"], exact=True).click()
    page.wait_for_marks([])
    page.badge.click()
    expect(balance(page)).to_contain_text(say["defensive"])
    page.press("Escape")
    page.press_button()
    page.wait_for_posts([text])


def test_003_4_everyone_reads_along_is_said_of_every_reply(page: ReplyPage) -> None:
    draft, say = DRAFTS[page.scene.language], SAYS[page.scene.language]
    page.field.click()
    expect(page.badge).to_have_attribute("title", has(say["everyone"]))
    page.page.keyboard.type(draft.good)
    page.wait_until_read()
    expect(page.badge).to_have_attribute("title", has(say["everyone"]))
    page.badge.click()
    expect(page.panel.get_by_role("heading", name=say["everyone"])).to_be_visible()


def test_004_5_everyone_reads_along_stands_at_the_button(page: ReplyPage) -> None:
    draft, say = DRAFTS[page.scene.language], SAYS[page.scene.language]
    page.type_bad_reply(draft)
    page.press_button()
    expect(page.held.get_by_text(say["everyone"])).to_be_visible()
    assert gap(page.held, page.button) < NEAR


def test_004_5_who_knows_it_hides_it_until_the_page_is_loaded_anew(page: ReplyPage) -> None:
    draft, say = DRAFTS[page.scene.language], SAYS[page.scene.language]
    reminder = page.held.get_by_text(say["everyone"])
    page.type_bad_reply(draft)
    page.press_button()
    page.held.get_by_role("button", name=say["hide"]).click()
    expect(reminder).to_have_count(0)
    expect(page.held).to_be_visible()
    assert page.has_focus()
    assert say["everyone"] not in (page.badge.get_attribute("title") or "")
    page.page.keyboard.type("!")
    page.held.wait_for(state="detached")
    page.wait_until_read()
    page.press_button()
    page.held.wait_for()
    assert reminder.count() == 0, "hidden for the next reply too"
    assert page.posts() == []
    page.page.reload()
    page.type_bad_reply(draft)
    page.press_button()
    expect(reminder).to_be_visible()


def has(words: str) -> re.Pattern[str]:
    """Match what has these words somewhere."""
    return re.compile(re.escape(words))


def gap(one: Locator, other: Locator) -> float:
    """Return the pixels between two boxes, along the side where they are furthest apart; 0 when they touch."""
    a, b = one.bounding_box(), other.bounding_box()
    assert a
    assert b
    sides = (("x", "width"), ("y", "height"))
    return max(max(b[at] - a[at] - a[size], a[at] - b[at] - b[size], 0) for at, size in sides)
