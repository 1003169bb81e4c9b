"""On every site: the complaint is read, a reply with something in it is held once, and what is sent is exactly what was typed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from platform_scenes import PLATFORM_SCENES, PlatformScene
from reply_page import ReplyPage
from scenes import DRAFTS
from stage import Stage

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.parametrize("scene", PLATFORM_SCENES, ids=lambda scene: scene.id, indirect=True),
]


@pytest.fixture
def page(stage: Stage, scene: PlatformScene) -> Iterator[ReplyPage]:
    """The site's page, with Meelezer switched on there."""
    if scene.asks:
        stage.read_always(scene.asks)
    stage.set(locale=scene.language, holds="warn", writer={"name": "", "role": ""})
    opened = stage.open(scene)
    yield opened
    opened.close()


def test_held_once_sent_once_text_exact(page: ReplyPage, scene: PlatformScene) -> None:
    draft = DRAFTS[scene.language]
    page.field.click()
    page.press("Control+End")
    before = page.model()
    page.page.keyboard.type(draft.text)
    page.wait_for_marks([draft.words])
    page.badge.click()
    assert page.panel.locator("textarea.complaint").input_value() == scene.complaint
    page.panel.locator("header button").click()
    page.press_button()
    page.held.wait_for()
    assert scene.button_label in page.held.inner_text()
    assert page.posts() == []
    page.wait_until_armed()
    page.press_button()
    page.wait_for_posts([before + draft.text])
