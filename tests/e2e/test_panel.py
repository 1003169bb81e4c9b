"""The panel beside the editor: the complaint as read, what the reply needs, and a whole reply to start from."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from reply_page import ReplyPage
from scenes import DRAFTS, SCENES, Draft, Scene

pytestmark = pytest.mark.e2e
TEXTS = {
    "nl": {"expects": "Wat verwacht de klant?", "needs": "Wat dit antwoord nodig heeft", "balance": "Balans", "ask": "Maak een voorzet", "take": "Zet in mijn tekst", "ready": "Dit ging bij ons fout", "signature": "Ondertekening", "insert": "Zet eronder: ", "caret": "Bij de cursor: ", "mistake": "Deze klacht klopt niet (dat bepaal jij)", "true": "klopt (dat bepaal jij)", "not_conceded": "nog niet toegegeven"},
    "en": {"expects": "What does the customer expect?", "needs": "What this reply needs", "balance": "Balance", "ask": "Write a draft", "take": "Put in my text", "ready": "We got this wrong", "signature": "Signature", "insert": "Put below: ", "caret": "At the cursor: ", "mistake": "This complaint is a mistake (you decide)", "true": "is true (you decide)", "not_conceded": "not conceded yet"},
}  # fmt: skip


@pytest.fixture(params=SCENES, ids=lambda scene: scene.id)
def scene(request: pytest.FixtureRequest) -> Scene:
    """Each page in turn."""
    return request.param


@pytest.fixture
def draft(scene: Scene) -> Draft:
    """What is typed there."""
    return DRAFTS[scene.language]


@pytest.fixture
def words(scene: Scene) -> dict[str, str]:
    """What the panel calls its parts."""
    return TEXTS[scene.language]


def test_the_complaint_is_read_before_the_first_word(page: ReplyPage, words: dict[str, str]) -> None:
    page.field.click()
    page.badge.click()
    page.panel.get_by_role("heading", name=words["expects"]).wait_for()
    assert page.panel.get_by_role("heading", name=words["needs"]).count() == 0
    assert page.model() == ""


def test_what_the_reply_needs_is_a_checklist(page: ReplyPage, draft: Draft, words: dict[str, str]) -> None:
    page.type_bad_reply(draft)
    page.badge.click()
    page.panel.get_by_role("heading", name=words["needs"]).wait_for()
    page.panel.get_by_role("heading", name=words["balance"]).wait_for()
    assert page.panel.locator(".checklist [data-state=open]").count() >= 1
    assert page.model() == draft.text


def test_a_reply_to_start_from_goes_in_only_when_asked_and_undo_brings_the_own_text_back(
    page: ReplyPage, draft: Draft, words: dict[str, str]
) -> None:
    page.type_bad_reply(draft)
    page.badge.click()
    page.panel.get_by_role("button", name=words["ask"]).click()
    take = page.panel.get_by_role("button", name=words["take"])
    take.wait_for()
    assert page.model() == draft.text
    take.click()
    page.page.wait_for_function("(before) => window.model() !== before", arg=draft.text)
    suggested = page.model()
    assert draft.words not in suggested
    assert re.search(r"\[[^\]]+\]", suggested), "there are gaps for what only the writer knows"
    page.field.focus()
    page.page.keyboard.press("Control+z")
    page.wait_for_model(draft.text)
    assert page.posts() == []


def test_the_writer_says_whether_the_complaint_is_a_mistake(
    page: ReplyPage, draft: Draft, words: dict[str, str]
) -> None:
    page.type_bad_reply(draft)
    page.badge.click()
    needed = page.panel.locator("section", has=page.page.get_by_role("heading", name=words["needs"])).locator(
        "> .checklist"
    )
    page.wait_until_read()
    needed.wait_for()
    before = needed.inner_text()
    page.panel.get_by_label(words["mistake"]).check()
    expect(needed).not_to_have_text(before)
    page.panel.get_by_label(words["mistake"]).uncheck()
    expect(needed).to_have_text(re.compile(r"\s+".join(map(re.escape, before.split()))), use_inner_text=True)


def test_a_standard_reply_goes_below_what_stands_there(page: ReplyPage, draft: Draft, words: dict[str, str]) -> None:
    page.type_bad_reply(draft)
    page.badge.click()
    page.panel.get_by_text(words["ready"], exact=True).click()
    page.panel.get_by_role("button", name=words["insert"] + words["ready"]).click()
    page.page.wait_for_function("(before) => window.model() !== before", arg=draft.text)
    text = page.model()
    assert text.startswith(draft.text.rstrip())
    added = text[len(draft.text.rstrip()) :].strip()
    assert re.match(r"(Beste|Dear) \S", added)
    assert re.search(r"\[[^\]]+\]", added), "what only the writer knows is a gap"
    assert "{" not in added
    page.field.focus()
    page.page.keyboard.press("Control+z")
    page.wait_for_model(draft.text)
    assert page.posts() == []


def test_a_standard_reply_goes_where_the_caret_was(page: ReplyPage, draft: Draft, words: dict[str, str]) -> None:
    page.type_bad_reply(draft)
    page.field.focus()
    page.page.keyboard.press("Control+Home")
    # A letter of its own shows that the editor has taken the caret there.
    page.page.keyboard.type("X")
    page.wait_for_model(f"X{draft.text}")
    page.badge.click()
    page.panel.get_by_text(words["signature"], exact=True).click()
    page.panel.get_by_role("button", name=words["caret"] + words["signature"]).click()
    page.page.wait_for_function("(before) => window.model() !== before", arg=f"X{draft.text}")
    text = page.model()
    assert re.match(r"X (Met vriendelijke groet|Kind regards),\n", text)
    assert text.endswith(draft.text)
    page.field.focus()
    page.page.keyboard.press("Control+z")
    page.wait_for_model(f"X{draft.text}")
    assert page.posts() == []


def test_the_signature_of_the_playbook_begins_an_empty_reply(page: ReplyPage, words: dict[str, str]) -> None:
    page.field.click()
    page.badge.click()
    page.panel.get_by_text(words["signature"], exact=True).click()
    page.panel.get_by_role("button", name=words["insert"] + words["signature"]).click()
    page.page.wait_for_function("() => window.model() !== ''")
    assert re.match(r"(Met vriendelijke groet|Kind regards),\n", page.model())
    assert page.posts() == []


def test_how_it_comes_across_is_said_on_three_axes_with_words(
    page: ReplyPage, draft: Draft, words: dict[str, str]
) -> None:
    page.type_bad_reply(draft)
    page.badge.click()
    axes = page.panel.locator(".axes li")
    expect(axes).to_have_count(3)
    expect(page.panel.locator(".axes")).to_contain_text(draft.words[:30])


def test_what_the_writer_calls_true_is_asked_to_be_conceded(
    page: ReplyPage, draft: Draft, words: dict[str, str]
) -> None:
    page.type_bad_reply(draft)
    page.badge.click()
    point = page.panel.get_by_label(words["true"]).first
    point.check()
    expect(page.panel.get_by_text(words["not_conceded"], exact=True).first).to_be_visible()
    assert page.model() == draft.text
    point.uncheck()
    expect(page.panel.get_by_text(words["not_conceded"], exact=True)).to_have_count(0)
