"""How the pictures of docs/screenshots are taken. `MEELEZER_SCREENSHOTS=1 pytest tests/e2e/test_screenshots*.py` writes them all."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "screenshots"
_HEIGHT, _AROUND = 720, 20
BESIDE_A_SITE = {"wide": 1100, "narrow": 360}
OWN_PAGES = {"wide": 1200, "narrow": 380}

pictured = [
    pytest.mark.e2e,
    pytest.mark.skipif(
        not os.environ.get("MEELEZER_SCREENSHOTS"), reason="set MEELEZER_SCREENSHOTS=1 to make the pictures anew"
    ),
]
"""What every module with pictures is marked with."""


class Look:
    """Language, scheme and size of a picture, and its file."""

    def __init__(self, language: str, scheme: str, size: str, widths: dict[str, int] = BESIDE_A_SITE) -> None:
        self.language, self.scheme, self.size = language, scheme, size
        self.width = widths[size]

    def __str__(self) -> str:
        """Return what the file's name ends with."""
        return f"{self.language}-{self.scheme}-{self.size}"

    def prepare(self, page: Page, height: int = _HEIGHT) -> None:
        """Set the page to this look."""
        page.set_viewport_size({"width": self.width, "height": height})
        page.emulate_media(color_scheme=self.scheme, reduced_motion="reduce")

    def take(self, page: Page, state: str, *, whole: bool = False) -> None:
        """Write the picture of what is seen, or of the `whole` page: then the window is as high, or what sticks to its edge lies amidst."""
        if whole:
            height = page.evaluate("document.documentElement.scrollHeight")
            page.set_viewport_size({"width": self.width, "height": max(height, _HEIGHT)})
        page.screenshot(path=self._file(state))

    def take_of(self, piece: Locator, state: str) -> None:
        """Write the picture of one piece."""
        piece.screenshot(path=self._file(state))

    def take_around(self, page: Page, pieces: Iterable[Locator], state: str) -> None:
        """Write the picture of some pieces and what is close to them."""
        boxes = [box for piece in pieces if (box := piece.bounding_box())]
        left, top = (max(min(box[side] for box in boxes) - _AROUND, 0) for side in ("x", "y"))
        right = max(box["x"] + box["width"] for box in boxes) + _AROUND
        bottom = max(box["y"] + box["height"] for box in boxes) + 3 * _AROUND
        clip = {"x": left, "y": top, "width": min(right, self.width) - left, "height": bottom - top}
        page.screenshot(path=self._file(state), clip=clip)

    def _file(self, state: str) -> Path:
        PICTURES.mkdir(parents=True, exist_ok=True)
        return PICTURES / f"{state}-{self}.png"


def each(*names: str, widths: dict[str, int] = BESIDE_A_SITE) -> Iterable[object]:
    """Return looks as parameters by their names, as "nl-dark-narrow"."""
    return [pytest.param(Look(*name.split("-"), widths), id=name) for name in names]


DAY_AND_NIGHT = ("nl-light-wide", "nl-dark-narrow", "en-light-wide", "en-dark-narrow")
"""Both languages at a desk by day and in a narrow window by night."""
TURNS = ("nl-light-wide", "en-dark-narrow")
"""For a state whose layout other pictures show in the other language."""
