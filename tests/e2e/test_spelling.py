"""Spelling and grammar by the real LanguageTool, beside the tone, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from companion_process import CompanionProcess
from playwright.sync_api import Playwright
from reply_page import OVERLAY, ReplyPage
from scenes import SCENES, Scene
from stage import Stage
from test_accessibility import problems

pytestmark = pytest.mark.e2e
BY_ID = {scene.id: scene for scene in SCENES}
# LanguageTool is warm before the first text; a text takes well under a second, on a busy machine more.
PATIENCE = 30_000
DRAFTS = {
    "nl": (
        "Wij hebbe uw jas onmiddelijk vervangen en u gisteren gebelt. Groet, Noor",
        ["hebbe", "onmiddelijk", "gebelt"],
    ),
    "en": ("We has replaced the jacket imediately and refundid you. Regards, Noor", ["has", "imediately", "refundid"]),
}
MENDED = {
    "nl": "Wij hebben uw jas onmiddellijk vervangen en u gisteren gebeld. Groet, Noor",
    "en": "We have replaced the jacket immediately and refunded you. Regards, Noor",
}


@pytest.fixture(scope="module")
def companion(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CompanionProcess]:
    process = CompanionProcess(tmp_path_factory.mktemp("companion"), languagetool="auto")
    process.wait_until_it_says("LanguageTool")
    yield process
    process.kill()


@pytest.fixture(scope="module")
def stage(
    playwright: Playwright, chromium: str, companion: CompanionProcess, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stage]:
    opened = Stage.paired(playwright, chromium, companion, tmp_path_factory.mktemp("browser"))
    yield opened
    opened.close()
    assert opened.strays == []


@pytest.fixture(params=["shop-textarea-nl", "shop-textarea-en", "x-status-nl"])
def scene(request: pytest.FixtureRequest) -> Scene:
    return BY_ID[request.param]


@pytest.fixture
def page(stage: Stage, scene: Scene) -> Iterator[ReplyPage]:
    stage.set(
        locale=scene.language,
        holds="warn",
        sites={"shop.example": True},
        writer={"name": "", "role": ""},
        dictionary=[],
        rulesOff={},
        proofreads=True,
    )
    opened = stage.open(scene)
    yield opened
    opened.close()


def wait_for_mistakes(page: ReplyPage, words: list[str]) -> None:
    page.page.wait_for_function(
        """(words) => {
            const marks = CSS.highlights.get("meelezer-spelling") ?? CSS.highlights.get("meelezer-spelling-dark") ?? [];
            return JSON.stringify([...marks].map(String)) === JSON.stringify(words);
        }""",
        arg=words,
        timeout=PATIENCE,
    )


def test_three_mistakes_are_corrected_by_clicks(page: ReplyPage, scene: Scene) -> None:
    text, wrong = DRAFTS[scene.language]
    page.type(text)
    wait_for_mistakes(page, wrong)
    assert page.page.locator(f"{OVERLAY} .badge .mistakes").inner_text() == "3"
    for number, words in enumerate(wrong):
        card = page.open_card(words)
        assert page.has_focus(), "opening a card must not take the focus from the editor"
        card.locator(".choice").first.click()
        wait_for_mistakes(page, wrong[number + 1 :])
    page.wait_for_model(MENDED[scene.language])
    assert page.has_focus()


def test_a_word_is_added_to_the_dictionary_and_listed_in_the_options(
    page: ReplyPage, scene: Scene, stage: Stage
) -> None:
    text = {"nl": "De flubberzwop komt morgen. Groet, Noor", "en": "The flubberbox comes tomorrow. Regards, Noor"}
    word = {"nl": "flubberzwop", "en": "flubberbox"}[scene.language]
    page.type(text[scene.language])
    wait_for_mistakes(page, [word])
    page.open_card(word).locator("footer button").click()
    wait_for_mistakes(page, [])
    assert stage.wait_for_stored("settings", lambda kept: kept.get("dictionary"))["dictionary"] == [word]
    options = stage.open_own("options")
    options.get_by_text(word, exact=True).wait_for()
    options.locator("ul.words button").click()
    stage.wait_for_stored("settings", lambda kept: kept["dictionary"] == [])
    options.close()


def test_a_rule_is_switched_off_and_listed_in_the_options(page: ReplyPage, scene: Scene, stage: Stage) -> None:
    text = {"nl": "Ik vindt dat jammer. Groet, Noor", "en": "We has looked at it. Regards, Noor"}[scene.language]
    words = {"nl": "vindt", "en": "has"}[scene.language]
    page.type(text)
    page.page.wait_for_function("() => CSS.highlights.get('meelezer-spelling')?.size > 0", timeout=PATIENCE)
    marked = page.page.evaluate("() => [...CSS.highlights.get('meelezer-spelling')].map(String)[0]")
    assert words in marked
    page.open_card(marked).locator("footer button").click()
    wait_for_mistakes(page, [])
    kept = stage.wait_for_stored("settings", lambda kept: kept.get("rulesOff"))["rulesOff"]
    assert len(kept) == 1
    options = stage.open_own("options")
    options.locator("ul.words button").click()
    stage.wait_for_stored("settings", lambda kept: kept["rulesOff"] == {})
    options.close()


def test_the_panel_counts_spelling_apart_from_the_tone(page: ReplyPage, scene: Scene, tmp_path: Path) -> None:
    bad = {
        "nl": "Dat had u onmiddelijk moeten lezen. Groet, Noor",
        "en": "You should have read that imediately. Regards, Noor",
    }
    page.type(bad[scene.language])
    wait_for_mistakes(page, ["onmiddelijk" if scene.language == "nl" else "imediately"])
    # The misspelt word lies within words about the tone: it opens its own card, the words beside it open theirs.
    wrong = "onmiddelijk" if scene.language == "nl" else "imediately"
    assert page.open_card(wrong).locator("blockquote").inner_text() == wrong
    page.page.keyboard.press("Escape")
    page.card.wait_for(state="detached")
    page.badge.click()
    page.panel.locator(".finding.spelling").wait_for()
    headings = page.panel.locator("h2").all_inner_texts()
    assert any(heading.endswith(": 1") for heading in headings), headings
    assert page.panel.locator(".finding:not(.spelling)").count() >= 1
    assert page.panel.locator(".finding.spelling").count() == 1
    page.page.screenshot(path=tmp_path / "panel.png")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_pictures_of_the_card(page: ReplyPage, scene: Scene, theme: str, tmp_path: Path) -> None:
    if theme == "dark":
        page.page.add_style_tag(content="body, body * { background: #15202b !important; color: #f7f9f9 !important; }")
    text, wrong = DRAFTS[scene.language]
    page.type(text)
    wait_for_mistakes(page, wrong)
    card = page.open_card("imediately" if scene.language == "en" else "onmiddelijk")
    assert card.locator(".choice").count() >= 1
    page.page.screenshot(path=tmp_path / "card.png")
    box = card.bounding_box()
    assert box
    assert box["width"] > 200
    # Not the whole overlay: the mirror behind a plain field has the field's words in no colour, which axe cannot decide about.
    assert problems(page.page, [OVERLAY, ".card"]) == []
    assert problems(page.page, [OVERLAY, ".badge"]) == []
