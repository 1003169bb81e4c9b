"""Positions in text, in one place: Python code points, UTF-16 code units (the wire), and folded text (for matching)."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate

from meelezer.core.report import Span

# One character each, so that positions stay equal: typographic signs that mean the same to a pattern.
_SAME_LENGTH = str.maketrans({
    "’": "'", "‘": "'", "‛": "'", "`": "'", "´": "'",
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‟": '"',
    "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\t": " ",
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-",
})  # fmt: skip
# Signs without width that editors leave behind; between two letters they would hide a word from every pattern.
_INVISIBLE = frozenset(
    "\u00ad\u200b\u200c\u2060\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)


@dataclass(frozen=True, slots=True)
class Folded:
    """Text made uniform for matching: composed (NFC), plain quotes and dashes, nothing invisible.

    `origin[i]` is the position in the user's own text of folded character i; `origin[-1]` is its length. None: equal.
    """

    text: str
    origin: tuple[int, ...] | None = None

    def to_original(self, span: Span) -> Span:
        """Map a range of the folded text to the user's own text."""
        if self.origin is None:
            return span
        end = span.end
        # Two folded characters may stem from one cluster of the original; never end inside it.
        while end < len(self.text) and end > span.start and self.origin[end] == self.origin[end - 1]:
            end += 1
        return Span(self.origin[span.start], self.origin[end])

    def to_folded(self, span: Span) -> Span:
        """Map a range of the user's own text to the folded text."""
        if self.origin is None:
            return span
        return Span(max(0, bisect_right(self.origin, span.start) - 1), max(0, bisect_right(self.origin, span.end - 1)))


def fold(text: str) -> Folded:
    """Make `text` uniform for matching. Linear in its length."""
    plain = text.translate(_SAME_LENGTH)
    if plain.isascii() or (unicodedata.is_normalized("NFC", plain) and _INVISIBLE.isdisjoint(plain)):
        return Folded(plain)
    characters: list[str] = []
    origin: list[int] = []
    start = 0
    while start < len(plain):
        end = start + 1
        while end < len(plain) and unicodedata.combining(plain[end]):
            end += 1
        if plain[start] not in _INVISIBLE:
            for character in unicodedata.normalize("NFC", plain[start:end]):
                characters.append(character)
                origin.append(start)
        start = end
    return Folded("".join(characters), (*origin, len(plain)))


class Utf16:
    """Turns positions in code points into UTF-16 code units, as JavaScript counts."""

    def __init__(self, text: str) -> None:
        """Remember where the text holds characters outside the Basic Multilingual Plane."""
        self._units: tuple[int, ...] | None = None
        if any(character > "\uffff" for character in text):
            self._units = tuple(accumulate((2 if character > "\uffff" else 1 for character in text), initial=0))

    def units(self, position: int) -> int:
        """Return the number of code units before `position`."""
        return position if self._units is None else self._units[position]

    def points(self, unit: int) -> int:
        """Return the code point that holds code unit `unit`."""
        return unit if self._units is None else bisect_right(self._units, unit) - 1
