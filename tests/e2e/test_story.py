"""The story of the product, on every site and in both languages: bad words are seen, mended, held, and posted as typed."""

from __future__ import annotations

import pytest
from reply_page import ReplyPage
from scenes import DRAFTS, SCENES, Draft, Scene

pytestmark = pytest.mark.e2e
WITH_KEY = tuple(scene for scene in SCENES if scene.key)


@pytest.fixture(params=SCENES, ids=lambda scene: scene.id)
def scene(request: pytest.FixtureRequest) -> Scene:
    """Each page in turn."""
    return request.param


@pytest.fixture
def draft(scene: Scene) -> Draft:
    """What is typed there."""
    return DRAFTS[scene.language]


def test_complaint_and_author_are_read_from_the_page(page: ReplyPage, scene: Scene) -> None:
    page.field.click()
    page.badge.click()
    assert page.panel.locator("textarea").input_value() == scene.complaint
    assert page.panel.locator("input[type=text]").input_value() == scene.author


def test_exactly_the_right_words_are_underlined(page: ReplyPage, draft: Draft) -> None:
    page.type_bad_reply(draft)
    assert page.model() == draft.text


def test_card_says_what_why_and_better(page: ReplyPage, draft: Draft) -> None:
    page.type_bad_reply(draft)
    card = page.open_card(draft.words)
    assert card.get_by_role("heading", name=draft.check_title).is_visible()
    assert f"“{draft.words}”" in card.inner_text()
    assert card.locator(".choice").count() >= 1
    assert page.has_focus(), "opening a card must not take the focus from the editor"


def test_rewrite_goes_into_the_editor_and_undo_takes_it_back(page: ReplyPage, draft: Draft) -> None:
    page.type_bad_reply(draft)
    card = page.open_card(draft.words)
    better = page.better(card)
    card.locator(".choice").first.click()
    expected = draft.text.replace(f"{draft.words}.", better)
    page.wait_for_model(expected)
    page.wait_for_marks([])
    assert page.has_focus()
    page.page.keyboard.press("Control+z")
    page.wait_for_model(draft.text)
    page.wait_for_marks([draft.words])


def test_typing_goes_on_after_a_rewrite(page: ReplyPage, draft: Draft) -> None:
    page.type_bad_reply(draft)
    card = page.open_card(draft.words)
    better = page.better(card)
    card.locator(".choice").first.click()
    page.wait_for_model(draft.text.replace(f"{draft.words}.", better))
    page.page.keyboard.type(" Sorry!")
    page.wait_for_model(draft.text.replace(f"{draft.words}.", f"{better} Sorry!"))


def test_post_is_held_once_and_goes_out_as_typed(page: ReplyPage, scene: Scene, draft: Draft) -> None:
    page.type_bad_reply(draft)
    page.heard()
    page.press_button()
    page.held.wait_for()
    assert page.posts() == []
    assert page.heard() == [], "the page must not hear of a press that is held"
    assert f"“{scene.button_label}”" in page.held.inner_text()
    assert draft.words in page.held.inner_text()
    assert page.has_focus()
    page.wait_until_armed()
    page.press_button()
    page.wait_for_posts([draft.text])
    page.held.wait_for(state="detached")


def test_double_press_does_not_slip_through(page: ReplyPage, draft: Draft) -> None:
    page.type_bad_reply(draft)
    page.button.dblclick()
    page.held.wait_for()
    assert page.posts() == []


def test_any_edit_arms_the_guard_again(page: ReplyPage, draft: Draft) -> None:
    page.type_bad_reply(draft)
    page.press_button()
    page.wait_until_armed()
    page.page.keyboard.type("!")
    page.held.wait_for(state="detached")
    page.wait_until_read()
    page.press_button()
    page.held.wait_for()
    assert page.posts() == []


def test_good_reply_is_never_held(page: ReplyPage, draft: Draft) -> None:
    page.type(draft.good)
    page.wait_until_read()
    assert page.marked() == []
    page.press_button()
    page.wait_for_posts([draft.good])


@pytest.mark.parametrize("scene", WITH_KEY, ids=lambda scene: scene.id, indirect=True)
def test_key_that_posts_is_held_too(page: ReplyPage, scene: Scene, draft: Draft) -> None:
    page.type_bad_reply(draft)
    page.heard()
    page.page.keyboard.press(scene.key or "")
    page.held.wait_for()
    assert page.posts() == []
    assert page.heard() == []
    assert scene.key_label in page.held.inner_text()
    page.wait_until_armed()
    page.page.keyboard.press(scene.key or "")
    page.wait_for_posts([draft.text])


def test_name_is_added_and_the_gap_is_ready_to_be_filled(page: ReplyPage, scene: Scene, draft: Draft) -> None:
    unsigned = draft.good.rsplit(".", 1)[0] + "."
    page.type(unsigned)
    page.wait_until_read()
    page.badge.click()
    page.panel.locator(".finding").first.click()
    page.card.locator(".choice").first.click()
    gap = {"nl": "[je voornaam]", "en": "[your first name]"}[scene.language]
    page.page.wait_for_function("(gap) => window.model().includes(gap)", arg=gap)
    page.wait_for_selection(gap)
    page.page.keyboard.type("Noor")
    page.page.wait_for_function("() => window.model().includes('Noor')")
    assert page.model().startswith(unsigned)
    assert "Noor" in page.model().splitlines()[-1]


def test_several_lines_keep_their_lines(page: ReplyPage, draft: Draft) -> None:
    text = draft.text.replace(". ", ".\n\n", 1)
    page.type(text)
    page.wait_for_marks([draft.words])
    card = page.open_card(draft.words)
    better = page.better(card)
    card.locator(".choice").first.click()
    page.wait_for_model(text.replace(f"{draft.words}.", better))
