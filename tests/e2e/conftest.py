"""One real companion for all browser tests, one browser a test module."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from companion_process import CompanionProcess
from playwright.sync_api import Playwright, sync_playwright
from reply_page import ReplyPage
from scenes import Scene, X
from stage import BUILT, Stage

# Playwright looks into open shadow roots only; the test page hands out its closed one.
_CLOSED = """{
    query: (_, selector) => window.closedRoot?.querySelector(selector) ?? null,
    queryAll: (_, selector) => [...(window.closedRoot?.querySelectorAll(selector) ?? [])],
}"""
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where Chromium is."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)
    if not found:
        pytest.fail("no Chromium found: install it, or name it in the environment variable CHROMIUM")
    if not (BUILT / "manifest.json").is_file():
        pytest.fail(f"the extension is not built: run `npm run build` in {BUILT.parents[1]}")
    return found


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Playwright itself."""
    with sync_playwright() as running:
        running.selectors.register("closed", _CLOSED)
        yield running


@pytest.fixture(scope="session")
def companion(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CompanionProcess]:
    """One companion for the whole run."""
    process = CompanionProcess(tmp_path_factory.mktemp("companion"))
    yield process
    process.kill()


@pytest.fixture(scope="module")
def stage(
    playwright: Playwright, chromium: str, companion: CompanionProcess, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stage]:
    """A browser with the extension, paired with the companion, reading along on the shop too."""
    opened = Stage.paired(playwright, chromium, companion, tmp_path_factory.mktemp("browser"))
    yield opened
    opened.close()
    assert opened.strays == [], "something tried to leave the machine"


@pytest.fixture
def scene(request: pytest.FixtureRequest) -> Scene:
    """X in Dutch, unless the test says otherwise."""
    return getattr(request, "param", X)


@pytest.fixture
def page(stage: Stage, scene: Scene) -> Iterator[ReplyPage]:
    """The page of the scene, in its language, with the settings as they are on the first day."""
    stage.set(locale=scene.language, holds="warn", sites={"shop.example": True}, writer={"name": "", "role": ""})
    opened = stage.open(scene)
    yield opened
    opened.close()
