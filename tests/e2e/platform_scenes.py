"""Every site's test page as a scene, made from the site's own file in shared/platforms."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from scenes import PAGES, Scene

_PLATFORMS = Path(__file__).resolve().parents[2] / "shared" / "platforms"
_SENDS = '[data-send], #publish, #composer [data-testid^="tweetButton"], [type="submit"]:not([aria-label="×"])'


@dataclass(frozen=True)
class PlatformScene(Scene):
    """One site's page; where the field already holds something, a reply is added to it."""

    platform: str = ""
    file: str = ""
    asks: str | None = None
    """The host that the user must switch on."""

    @property
    def html(self) -> str:
        """The page itself."""
        return (PAGES / self.file).read_text("utf-8")


def _scenes() -> list[PlatformScene]:
    found = []
    for number, path in enumerate(sorted(_PLATFORMS.glob("*.toml"))):
        table = tomllib.loads(path.read_text("utf-8"))
        pages = [page for page in table.get("page", ()) if page["editors"]]
        if not pages or table["id"] in ("generic", "x", "facebook"):  # these play the whole story elsewhere
            continue
        page = pages[number % 2]  # Dutch and English by turns
        is_asked = table.get("generic", False) or "matches" not in table
        selectors = table.get("editor", {}).get("selectors") or ["textarea"]
        found.append(
            PlatformScene(
                id=page["file"].removesuffix(".html"),
                url=page["url"],
                field=", ".join(selectors),
                button=_SENDS,
                button_label=page["submit"],
                language=page["file"].removesuffix(".html").rsplit("-", 1)[1],
                author=page.get("author", ""),
                complaint=page["complaint"],
                platform=table["id"],
                file=page["file"],
                asks=page["url"].split("/")[2] if is_asked else None,
            )
        )
    return found


PLATFORM_SCENES = _scenes()
