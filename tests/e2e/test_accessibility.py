"""What axe finds in the overlay and in the extension's own pages: nothing, and nothing that it could not decide."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page
from reply_page import OVERLAY
from scenes import DRAFTS, SCENES
from stage import ROOT, Stage

pytestmark = pytest.mark.e2e
AXE = ROOT / "extension" / "node_modules" / "axe-core" / "axe.min.js"
# What axe cannot decide about a contrast: a single digit, and cards that lie over the page, which is what cards do.
_UNDECIDED = ["shortTextContent", "bgOverlap", "elmPartiallyObscured", "elmPartiallyObscuring"]
_RUN = """async ([include, undecided]) => {
    const { violations, incomplete } = await axe.run(include ? { include: [[include]] } : document);
    const isOpen = (node) => !node.any.some(({ data }) => undecided.includes(data?.messageKey));
    const say = ({ id, nodes }) => nodes.map((node) => `${id}: ${node.target} ${node.any[0]?.data?.messageKey} ${node.failureSummary ?? ""}`);
    return [...violations, ...incomplete.map((rule) => ({ ...rule, nodes: rule.nodes.filter(isOpen) }))].flatMap(say);
}"""


def problems(page: Page, include: str | list[str] | None = None) -> Any:
    """Return what axe has to say of `include`: a selector, or a path of selectors into a shadow."""
    page.evaluate(AXE.read_text("utf-8"))
    return page.evaluate(_RUN, [include, _UNDECIDED])


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_overlay_has_no_barriers(stage: Stage, language: str, scheme: str) -> None:
    stage.set(locale=language)
    draft = DRAFTS[language]
    page = stage.open(next(scene for scene in SCENES if scene.language == language))
    page.page.emulate_media(color_scheme=scheme)
    page.type(draft.text)
    page.wait_for_marks([draft.words])
    page.press_button()
    page.wait_until_armed()
    assert problems(page.page, OVERLAY) == []
    page.held.locator("footer button").click()
    page.card.wait_for()
    assert problems(page.page, OVERLAY) == []
    page.card.locator("footer button").nth(1).click()
    page.card.locator("form").wait_for()
    assert problems(page.page, OVERLAY) == []
    page.page.keyboard.press("Escape")
    page.page.keyboard.press("Alt+m")
    page.panel.wait_for()
    assert problems(page.page, OVERLAY) == []
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["options", "popup"])
def test_own_pages_have_no_barriers(stage: Stage, name: str, scheme: str) -> None:
    page = stage.open_own(name)
    page.emulate_media(color_scheme=scheme)
    page.locator(".state[data-state=ready]").wait_for()
    assert problems(page) == []
    page.close()
