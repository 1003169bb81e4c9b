"""What a complaint says apart from its tone: the facts, for a writer who has to read it calmly (seed 000, 16).

Nothing is put into other words: what is left is the customer's own, without insults, shouting and curses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import regex

from meelezer.core.conversation import LANGUAGES
from meelezer.core.data_files import Patterns, compiled, read_toml
from meelezer.core.reading import Reading
from meelezer.core.report import Fact

_MOST = 8
_FEWEST_WORDS = 3
_SHOUTED = re.compile(r"\b[A-ZÀ-Þ]{4,}\b")
_EMOJI = regex.compile(r"[\p{Extended_Pictographic}\u200d\ufe0f]+")
_SIGNS = re.compile(r"\s*([!?.…,;:])(?:\s*[!?.…,;:])+")
_EXCLAMATION = re.compile(r"\s*!+")
_LOOSE = re.compile(
    r"\s*[,;:–-]\s*(?=[.?]|$)|^\s*(?:[,;:.–-]|(?:en|maar|want|dus|and|but|so|because)\b)\s*", re.IGNORECASE
)
_SPACES = re.compile(r"\s+")
_WORD = re.compile(r"[^\W\d_]{2,}|\d+")


def load_tone(path: Path) -> Patterns:
    """Read what anger adds. Raises CatalogueError."""
    table = read_toml(path)
    return {language: compiled(path, language, table[language], {}) for language in LANGUAGES}


def facts(reading: Reading, tone: Patterns) -> tuple[Fact, ...]:
    """Return the sentences that say something beside their tone, at most eight; positions are in the folded text."""
    return tuple(found for found, _ in zip(_facts(reading, tone), range(_MOST), strict=False))


def _facts(reading: Reading, tone: Patterns) -> Iterator[Fact]:
    for sentence in reading.sentences:
        text = sentence.text
        for pattern in tone[reading.language]:
            text = pattern.sub(" ", text)
        text = _EMOJI.sub(" ", text)
        text = _SHOUTED.sub(lambda match: match[0].lower(), text)
        text = _SIGNS.sub(lambda match: "?" if "?" in match[0] else ".", _EXCLAMATION.sub(".", text))
        text = _SPACES.sub(" ", text).strip()
        while (shorter := _LOOSE.sub("", text).strip()) != text:
            text = shorter
        if len(_WORD.findall(text)) >= _FEWEST_WORDS:
            yield Fact(sentence.span, text[0].upper() + text[1:])
