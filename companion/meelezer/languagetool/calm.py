"""Makes a text fit for LanguageTool: in pieces, and without what it chokes on and nobody spells: runs without a space, of emoji, brackets, code, tracking links.

Some of them keep it busy for a minute, during which nobody else's text is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

LONGEST_RUN = 60
"""Characters without a space. The longest words of Dutch replies have about 40."""
_BORDERS = ("\n", ". ", "! ", "? ", " ")
_RUN = re.compile(rf"\S{{{LONGEST_RUN},}}")


def calmed(text: str) -> str:
    """Return `text` with such runs blanked, every other character at its place."""
    return _RUN.sub(lambda run: " " * len(run[0]), text)


def is_blanked(text: str, calm: str, start: int, end: int) -> bool:
    """Say whether what was found from `start` to `end` lies at something that was blanked."""
    first, last = max(0, start - 1), end + 1
    return text[first:last] != calm[first:last]


def pieces(text: str, most: int) -> Iterator[tuple[int, str]]:
    """Yield `text` in pieces of at most `most` characters with where each starts; cut after a line, else a sentence, else a word."""
    start = 0
    while len(text) - start > most:
        cut = next(
            (
                at + len(border)
                for border in _BORDERS
                if (at := text.rfind(border, start + most // 2, start + most - 1)) > 0
            ),
            start + most,
        )
        yield start, text[start:cut]
        start = cut
    yield start, text[start:]
