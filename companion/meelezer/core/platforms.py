"""What the engine knows of the sites where replies are posted: their limits and habits (shared/platforms)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import regex

from meelezer.core.conversation import Language

Counting = Literal["characters", "weighted", "bytes", "graphemes"]

# Possessive, and never begun within a word: "a.a.a.…" would otherwise cost the square of its length.
_DOMAIN = re.compile(r"(?<![\w.@-])(?:https?://)?[\w-]++(?:\.([\w-]++))++(?:[/?#](?:\S*[^\s.,;:!?)])?)?", re.IGNORECASE)
_GRAPHEME = regex.compile(r"\X")
_URL_WEIGHT = 23
# X's published ranges of weight 1; everything else weighs 2, and so does one emoji, however many code points it has.
_HEAVY = re.compile("[^\u0000-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037]")
_EMOJI = re.compile(
    "(?:[\U0001f1e6-\U0001f1ff]{2}"
    "|[\u203c-\u3299\U0001f000-\U0001faff][\ufe0f\U0001f3fb-\U0001f3ff]?(?:\u200d[\u2600-\u27bf\U0001f000-\U0001faff][\ufe0f\U0001f3fb-\U0001f3ff]?)*)"
)


@dataclass(frozen=True, slots=True)
class Platform:
    """One site, as far as an analysis needs it."""

    id: str
    name: str
    """In Dutch, where it has a name for each language."""
    english: str | None = None
    """Its name in English, where that is another one."""
    most: int | None = None
    """Longest reply, in what `counting` counts; None: no limit known."""
    counting: Counting = "characters"
    soft: bool = False
    """The number has no good source: over it is a hint, not a hold."""
    links: frozenset[str] = frozenset()
    """Top-level domains that make a link also without https."""
    rules: tuple[str, ...] = ()
    """What it allows in no reply: ids of shared/platform-rules.toml."""
    author_shown: bool = False
    """The site prints the employee's own name beside the reply."""

    def name_in(self, language: Language) -> str:
        """Return what the site is called by a reader of `language`."""
        return self.english if language == "en" and self.english else self.name


def count_length(text: str, platform: Platform) -> int:
    """Return the length of `text` as the platform counts it."""
    if platform.counting == "bytes":
        return len(text.encode("utf-8"))
    if platform.counting == "characters":
        return len(text)
    if platform.counting == "graphemes":
        return len(_GRAPHEME.findall(text))
    rest, kept, links = [], 0, 0
    for match in _DOMAIN.finditer(text):
        if match[0].lower().startswith("http") or match[1].lower() in platform.links:
            rest.append(text[kept : match.start()])
            kept, links = match.end(), links + 1
    plain, emoji = _EMOJI.subn("", "".join([*rest, text[kept:]]))
    return _URL_WEIGHT * links + 2 * emoji + len(plain) + len(_HEAVY.findall(plain))


def longest_fit(text: str, platform: Platform) -> int:
    """Return how many code points of `text`, from its start, the platform takes."""
    if platform.most is None:
        return len(text)
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if count_length(text[:middle], platform) <= platform.most:
            low = middle
        else:
            high = middle - 1
    return low


@cache
def load_platforms(directory: Path) -> Mapping[str, Platform]:
    """Read every platform file in `directory`."""
    platforms = {}
    for path in sorted(directory.glob("*.toml")):
        table = tomllib.loads(path.read_text("utf-8"))
        limit, name = table.get("limit", {}), table.get("name", table["id"])
        names = name if isinstance(name, dict) else {"nl": name}
        platforms[table["id"]] = Platform(
            id=table["id"],
            name=names["nl"],
            english=names.get("en"),
            most=limit.get("most"),
            counting=limit.get("counting", "characters"),
            soft=limit.get("soft", False),
            links=frozenset(limit.get("links", [])),
            rules=tuple(table.get("rules", ())),
            author_shown=table.get("author_shown", False),
        )
    return platforms
