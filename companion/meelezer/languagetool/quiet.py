"""What LanguageTool reports but a public reply does not need to hear: rules and words of `shared/proofreading`.

All of it is decided here and never by the server, whose parameters stay the same (see `client`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from itertools import takewhile
from typing import Literal

from meelezer.core.conversation import LANGUAGES, Language
from meelezer.core.data_files import CatalogueError, read_valid, shared_directory
from meelezer.languagetool.client import RawMatch

Severity = Literal["mistake", "hint"]
_EDGES = re.compile(r"^[^\w^@#/&-]+|[^\w]+$")
_SENTENCE_ENDS = ".!?…:;\n\r"
_OPENERS = " \t\u00a0\"'(["
_LONGEST_WHOLE = 60
"""Letters looked at on each side of a word: a text may have no spaces at all."""
_DOUBLED = re.compile(r"(.)\1+")
_SIGNATURE_WORDS = 4
_FEWEST_LETTERS = 7
_SHORTEST_PART = 4
# What joins two Dutch words: verkeer-s-boete, hond-en-hok.
_LINKS = ("", "s", "e", "en", "n", "-")


@dataclass(frozen=True, slots=True)
class QuietRules:
    """What stays unsaid in one language."""

    dropped: tuple[str, ...]
    """Rule ids, `*` for any letters."""
    dropped_categories: frozenset[str]
    hints: tuple[str, ...]
    hint_categories: frozenset[str]
    words: frozenset[str]
    patterns: tuple[re.Pattern[str], ...]
    compounds: frozenset[str] | None
    """Short words that compounds are made with ("pas": spoedpas); None: the language writes no closed compounds."""

    def severity(self, match: RawMatch, text: str, accepted: frozenset[str]) -> Severity | None:
        """Return how `match` is shown, None where it is not. `accepted`: the user's own words, folded to lower case."""
        if _is_one_of(match.rule, self.dropped) or match.category in self.dropped_categories:
            return None
        if is_spelling(match) and self._is_word(match, text, accepted):
            return None
        return "hint" if _is_one_of(match.rule, self.hints) or match.category in self.hint_categories else "mistake"

    def _is_word(self, match: RawMatch, text: str, accepted: frozenset[str]) -> bool:
        word = text[match.start : match.end]
        whole = _whole(text, match.start, match.end)
        if {word.lower(), whole.lower()} & (accepted | self.words):
            return True
        if any(pattern.fullmatch(each) for pattern in self.patterns for each in {word, whole}):
            return True
        return _is_name(word, text, match.start, match.replacements)

    def splits(self, word: str, offered: Collection[str]) -> list[tuple[str, str]]:
        """Return the pairs of words that `word` may be a compound of; no dictionary has all of them.

        Whether they are words is for LanguageTool to say. Parts under four letters only from the list: with any three
        letters, half of all typing mistakes are two words. Nor is it one where a word that is `offered` differs in doubled
        letters only (bestteling, verschrikelijk): that is how Dutch is misspelt most.
        """
        if self.compounds is None or not word.isalpha() or len(word) < _FEWEST_LETTERS or not word[1:].islower():
            return []
        if any(_undoubled(each) == _undoubled(word) for each in offered):
            return []
        found = []
        for cut in range(2, len(word) - 1):
            second = word[cut:]
            for link in _LINKS:
                first = word[:cut].removesuffix(link) if link else word[:cut]
                if (link and first == word[:cut]) or not all(map(self._may_be_part, (first.lower(), second))):
                    continue
                found.append((first, second))
        return found

    def _may_be_part(self, part: str) -> bool:
        return len(part) >= _SHORTEST_PART or part in (self.compounds or ())


def _undoubled(word: str) -> str:
    return _DOUBLED.sub(r"\1", word.lower())


def _is_one_of(rule: str, patterns: Collection[str]) -> bool:
    return any(fnmatchcase(rule, pattern) for pattern in patterns)


def is_spelling(match: RawMatch) -> bool:
    """Say whether a match is about the letters of a word that is in no dictionary."""
    return match.issue == "misspelling" and ("MORFOLOGIK" in match.rule or match.category == "TYPOS")


def _whole(text: str, start: int, end: int) -> str:
    """Return everything between the spaces around a word: "HT-220914" where only "HT" was reported."""
    first, last = max(0, start - _LONGEST_WHOLE), min(len(text), end + _LONGEST_WHOLE)
    while start > first and not text[start - 1].isspace():
        start -= 1
    while end < last and not text[end].isspace():
        end += 1
    return _EDGES.sub("", text[start:end])


def _is_name(word: str, text: str, start: int, offered: Collection[str]) -> bool:
    """A capital inside a sentence, or in the signature, or first in a sentence and like no known word: people, streets, products."""
    if not word[:1].isupper():
        return False
    before = text[:start].rstrip(_OPENERS)
    if before and before[-1] not in _SENTENCE_ENDS:
        return True
    line_end = text.find("\n", start)
    rest = text[start : line_end if line_end >= 0 else len(text)][:_LONGEST_WHOLE].strip()
    if not any(_one_slip(word.lower(), each.lower()) for each in offered):
        return True  # "Niamh rang you": a typing mistake is one slip away from what was meant ("Onmiddelijk")
    # "Morgen om negen uur ben ik bij u. Marloes, planning": what stands after the last full stop and has none itself.
    return before != "" and len(rest.split()) <= _SIGNATURE_WORDS and not rest.endswith((".", "!", "?"))


def _shared(one: str, other: str) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _one_slip(one: str, other: str) -> bool:
    """Say whether one letter too many, too few, another, or two that changed places make `other` of `one`."""
    start = _shared(one, other)
    one, other = one[start:], other[start:]
    end = _shared(one[::-1], other[::-1])
    one, other = one[: len(one) - end], other[: len(other) - end]
    return (len(one) <= 1 and len(other) <= 1) or (one == other[::-1] and len(one) == 2)


@cache
def quiet_rules(language: Language) -> QuietRules:
    """Return the rules of `shared/proofreading/<language>.toml`. Raises CatalogueError."""
    path = shared_directory() / "proofreading" / f"{language}.toml"
    table: Mapping[str, Mapping[str, list[str]]] = read_valid(path, "proofreading")
    try:
        patterns = tuple(re.compile(each) for each in table["words"]["patterns"])
    except re.error as error:
        raise CatalogueError(path, "words.patterns", str(error)) from None
    return QuietRules(
        dropped=tuple(table["dropped"]["rules"]),
        dropped_categories=frozenset(table["dropped"]["categories"]),
        hints=tuple(table["hints"]["rules"]),
        hint_categories=frozenset(table["hints"]["categories"]),
        words=frozenset(word.lower() for word in table["words"]["accepted"]),
        patterns=patterns,
        compounds=frozenset(short) if (short := table["words"].get("short_parts")) is not None else None,
    )


def all_quiet_rules() -> dict[Language, QuietRules]:
    """Return the rules of every language. Raises CatalogueError."""
    return {language: quiet_rules(language) for language in LANGUAGES}
