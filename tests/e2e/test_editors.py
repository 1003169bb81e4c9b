"""One list of scenarios, played in every editor: reading, following edits, replacing, undoing, and never damaging a text."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from editors import DRAFT, EDITORS, EditorScene
from reply_page import ReplyPage
from stage import Stage

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.parametrize("scene", EDITORS, ids=lambda scene: scene.kind, indirect=True),
]


@pytest.fixture
def page(stage: Stage, scene: EditorScene) -> Iterator[ReplyPage]:
    """The shop with this editor."""
    stage.set(locale="nl", holds="warn", sites={"shop.example": True}, writer={"name": "", "role": ""})
    opened = stage.open(scene)
    yield opened
    opened.close()


def test_reads_marks_and_follows_edits(page: ReplyPage) -> None:
    page.type_bad_reply(DRAFT)
    assert page.model() == DRAFT.text
    page.press("Control+Home")
    page.page.keyboard.type("Goedemorgen! ")
    page.wait_for_model(f"Goedemorgen! {DRAFT.text}")
    page.wait_for_marks([DRAFT.words])
    assert page.complaint() == page.scene.complaint


def test_rewrite_changes_the_words_and_nothing_else(page: ReplyPage) -> None:
    page.type_bad_reply(DRAFT)
    card = page.open_card(DRAFT.words)
    better = page.better(card)
    card.locator(".choice").first.click()
    page.wait_for_model(DRAFT.text.replace(f"{DRAFT.words}.", better))
    page.wait_for_marks([])
    assert page.has_focus()


def test_undo_brings_the_words_back(page: ReplyPage, scene: EditorScene) -> None:
    page.type_bad_reply(DRAFT)
    card = page.open_card(DRAFT.words)
    better = page.better(card)
    card.locator(".choice").first.click()
    page.wait_for_model(DRAFT.text.replace(f"{DRAFT.words}.", better))
    page.page.keyboard.press("Control+z")
    if scene.undoes_all:
        page.wait_until_model_lacks(better)
    else:
        page.wait_for_model(DRAFT.text)


def test_words_over_two_paragraphs_are_marked_apart(page: ReplyPage) -> None:
    first = "Dag Lisa, dat is vervelend. U had beter moeten opletten."
    second = "U had de voorwaarden moeten lezen. Groet, Noor"
    page.type(f"{first}\n{second}")
    page.wait_for_marks(["U had beter moeten opletten", "U had de voorwaarden moeten lezen"])
    assert page.model() == f"{first}\n{second}"
    card = page.open_card("U had de voorwaarden moeten lezen")
    better = page.better(card)
    card.locator(".choice").first.click()
    page.wait_for_model(f"{first}\n{better} Groet, Noor")


def test_words_over_several_nodes(page: ReplyPage, scene: EditorScene) -> None:
    """Bold words, as many as an editor has them, cut a sentence into several nodes."""
    if scene.kind not in ("contenteditable", "quill", "lexical", "shadow", "closed-shadow"):
        pytest.skip("this editor was made without bold")
    page.type("Dag Lisa, U had de ")
    page.press("Control+b")
    page.page.keyboard.type("voorwaarden")
    page.press("Control+b")
    page.page.keyboard.type(" moeten lezen. Groet, Noor")
    page.wait_for_marks(["U had de ", "voorwaarden", " moeten lezen"])
    card = page.open_card("voorwaarden")
    better = page.better(card)
    card.locator(".choice").first.click()
    page.wait_for_model(f"Dag Lisa, {better} Groet, Noor")


def test_a_whole_reply(page: ReplyPage) -> None:
    page.type_bad_reply(DRAFT)
    page.badge.click()
    page.panel.locator("button", has_text="Maak een voorzet").click()
    page.panel.locator(".suggestion").wait_for()
    page.panel.locator("button", has_text="Zet in mijn tekst").click()
    page.wait_until_model_lacks(DRAFT.words)
    page.wait_for_news("Je tekst is vervangen")
    text = page.model()
    assert text.startswith("Dag Lisa")
    assert "Noor" in text


def test_held_once_sent_once_with_exactly_the_text(page: ReplyPage) -> None:
    page.type_bad_reply(DRAFT)
    page.heard()
    page.press_button()
    page.held.wait_for()
    assert page.posts() == []
    page.wait_until_armed()
    page.press_button()
    page.wait_for_posts([DRAFT.text])


def test_pasted_text_is_read_at_once(page: ReplyPage) -> None:
    page.field.click()
    page.paste(DRAFT.text)
    page.wait_for_model(DRAFT.text)
    page.wait_for_marks([DRAFT.words])


def test_composition_is_left_alone(page: ReplyPage) -> None:
    """Somebody types é with a dead key, or Japanese: nothing is done to the text meanwhile."""
    page.type("Dag Lisa, ")
    page.compose("に", "日本")
    page.page.keyboard.type(" U had de voorwaarden moeten lezen.")
    page.wait_for_marks([DRAFT.words])
    assert page.model() == "Dag Lisa, 日本 U had de voorwaarden moeten lezen."


def test_a_very_long_text(page: ReplyPage) -> None:
    page.field.click()
    text = "Wij zoeken het vandaag uit en laten het u weten. " * 120 + DRAFT.text
    page.paste(text)
    page.wait_for_model(text)
    page.wait_for_marks([DRAFT.words])


def test_editor_that_is_taken_away_while_it_is_read(page: ReplyPage, stage: Stage) -> None:
    errors: list[str] = []
    page.page.on("pageerror", lambda error: errors.append(str(error)))
    with stage.answers_withheld():
        page.type(DRAFT.text)
        page.wait_for_badge("reading")
        page.page.evaluate("document.querySelector('.composer').remove()")
    page.wait_until_overlay_is_empty()
    assert errors == []
