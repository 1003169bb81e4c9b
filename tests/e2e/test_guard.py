"""What holds a post beside the main story, and what never may: other keys, other settings, no answer."""

from __future__ import annotations

import pytest
from editors import EDITORS
from reply_page import ReplyPage
from scenes import DRAFTS, FACEBOOK, SHOP, X
from stage import Stage

pytestmark = pytest.mark.e2e

DRAFT = DRAFTS["nl"]
IN_A_CLOSED_ROOT = next(scene for scene in EDITORS if scene.kind == "closed-shadow")


def test_slow_companion_holds_nothing(page: ReplyPage, stage: Stage) -> None:
    with stage.answers_withheld():
        page.type(DRAFT.text)
        page.wait_for_badge("reading")
        page.press_button()
        page.wait_for_posts([DRAFT.text])


@pytest.mark.parametrize(("holds", "is_held"), [("nothing", False), ("hold", False), ("warn", True)])
def test_user_decides_what_holds_a_post(page: ReplyPage, stage: Stage, holds: str, *, is_held: bool) -> None:
    stage.set(holds=holds)
    page.type_bad_reply(DRAFT)
    page.press_button()
    if is_held:
        page.held.wait_for()
        assert page.posts() == []
    else:
        page.wait_for_posts([DRAFT.text])


@pytest.mark.parametrize("scene", [FACEBOOK], ids=lambda scene: scene.id, indirect=True)
def test_enter_that_chooses_a_name_or_ends_a_composition_is_left_alone(page: ReplyPage) -> None:
    page.type_bad_reply(DRAFT)
    page.page.evaluate("document.body.insertAdjacentHTML('beforeend', '<div role=listbox id=names>Lisa</div>')")
    page.heard()
    page.page.keyboard.press("Enter")
    assert page.heard() == ["keydown Enter"]
    assert page.held.count() == 0
    page.page.evaluate("document.querySelector('#names').remove()")
    page.page.evaluate(
        """document.activeElement.dispatchEvent(
            new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true, cancelable: true }))"""
    )
    assert page.held.count() == 0


@pytest.mark.parametrize("scene", [FACEBOOK], ids=lambda scene: scene.id, indirect=True)
def test_shift_enter_begins_a_line(page: ReplyPage) -> None:
    page.type_bad_reply(DRAFT)
    page.page.keyboard.press("Shift+Enter")
    page.page.keyboard.type("^N")
    page.wait_for_model(f"{DRAFT.text}\n^N")
    assert page.posts() == []


@pytest.mark.parametrize("scene", [X, FACEBOOK, SHOP, IN_A_CLOSED_ROOT], ids=lambda scene: scene.id, indirect=True)
def test_button_pressed_by_keyboard_is_held_too(page: ReplyPage) -> None:
    page.type_bad_reply(DRAFT)
    page.heard()
    page.button.focus()
    page.page.keyboard.press("Enter")
    page.held.wait_for()
    assert page.posts() == []
    assert page.heard() == []


def test_adjust_leads_to_the_words(page: ReplyPage) -> None:
    page.type_bad_reply(DRAFT)
    page.press_button()
    page.held.get_by_role("button", name="Aanpassen").click()
    page.card.wait_for()
    assert f"“{DRAFT.words}”" in page.card.inner_text()
    assert page.has_focus()


def test_hint_never_holds(page: ReplyPage) -> None:
    text = f"{DRAFT.good.removesuffix('Noor')}^N"
    page.type(text)
    page.wait_for_marks(["^N"])
    page.press_button()
    page.wait_for_posts([text])


@pytest.mark.parametrize("scene", [SHOP], ids=lambda scene: scene.id, indirect=True)
def test_very_long_reply_says_so_and_is_not_held(page: ReplyPage) -> None:
    page.field.fill("Wij kijken ernaar. " * 1_100)
    page.wait_for_badge("too-long")
    page.press_button()
    page.wait_for_posts(["Wij kijken ernaar. " * 1_100])
