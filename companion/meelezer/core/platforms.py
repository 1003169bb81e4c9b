"""What the engine knows of the sites where replies are posted: their limits and habits (shared/platforms)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

Counting = Literal["characters", "weighted", "bytes"]

_URL = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?", re.IGNORECASE)
_URL_WEIGHT = 23
# X's published ranges of weight 1; everything else weighs 2, and so does one emoji, however many code points it has.
_LIGHT = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))
_EMOJI = re.compile(
    "(?:[\U0001f1e6-\U0001f1ff]{2}"
    "|[\u203c-\u3299\U0001f000-\U0001faff][\ufe0f\U0001f3fb-\U0001f3ff]?(?:\u200d[\u2600-\u27bf\U0001f000-\U0001faff][\ufe0f\U0001f3fb-\U0001f3ff]?)*)"
)


@dataclass(frozen=True, slots=True)
class Platform:
    """One site, as far as an analysis needs it."""

    id: str
    name: str
    most: int | None = None
    """Longest reply, in what `counting` counts; None: no limit known."""
    counting: Counting = "characters"
    author_shown: bool = False
    """The site prints the employee's own name beside the reply."""


def count_length(text: str, counting: Counting) -> int:
    """Return the length of `text` as the platform counts it."""
    if counting == "bytes":
        return len(text.encode("utf-8"))
    if counting == "characters":
        return len(text)
    total = 0
    rest = _URL.sub("", text)
    total += _URL_WEIGHT * len(_URL.findall(text))
    total += 2 * len(_EMOJI.findall(rest))
    for character in _EMOJI.sub("", rest):
        total += 1 if any(low <= ord(character) <= high for low, high in _LIGHT) else 2
    return total


@cache
def load_platforms(directory: Path) -> Mapping[str, Platform]:
    """Read every platform file in `directory`."""
    platforms = {}
    for path in sorted(directory.glob("*.toml")):
        table = tomllib.loads(path.read_text("utf-8"))
        limit = table.get("limit", {})
        platforms[table["id"]] = Platform(
            id=table["id"],
            name=table.get("name", table["id"]),
            most=limit.get("most"),
            counting=limit.get("counting", "characters"),
            author_shown=table.get("author_shown", False),
        )
    return platforms
