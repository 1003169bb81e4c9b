"""Patterns over sentences, with exceptions. Precise, and able to point at the words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache

from meelezer.core.catalogue import Check, Family
from meelezer.core.conversation import Language
from meelezer.core.detectors import Case
from meelezer.core.report import Finding, Span

_NEAR = 25
"""Characters between two hits that are shown as one."""
_LAST_WORDS = 3
_NO_WORD = re.compile(r"\W*\Z")
_REST_OF_CLAUSE = re.compile(r"[^\n.,;:!?()]*")

Hit = tuple[str, float, int, int]
"""Family, confidence, start and end within the sentence."""


def detect(check: Check, case: Case, skip: Collection[str] = ()) -> Iterator[Finding]:
    """Yield at most one finding for each sentence in which a family of patterns matches."""
    sentences, skipped = case.draft.sentences, frozenset(skip)
    for index, sentence in enumerate(sentences):
        hit = _hit(_Key(check), case.language, sentence.text, skipped)
        if hit is None:
            continue
        if _conceded_at(check, case, index):
            continue
        levels = {family.id: family.level for family in check.families}
        family, confidence, start, end = hit
        yield Finding(
            check=check.id,
            level=levels[family] or check.level,
            span=Span(sentence.span.start + start, sentence.span.start + end),
            replaces=sentence.span,
            seen_by="pattern",
            confidence=confidence,
            family=family,
        )


class _Key:
    """Lets the memory of sentences know a check by identity: checks hold dictionaries and cannot be hashed."""

    __slots__ = ("check",)

    def __init__(self, check: Check) -> None:
        self.check = check

    def __hash__(self) -> int:
        return id(self.check)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and other.check is self.check


# While someone types, one sentence changes and the others stay: they are not matched again.
@lru_cache(maxsize=4096)
def _hit(key: _Key, language: Language, text: str, skip: frozenset[str]) -> Hit | None:
    check = key.check
    hits = [
        (family.id, family.confidence, span.start, span.end)
        for family in check.families
        if family.id not in skip
        for span in matches(check, family, language, text)
    ]
    return _merge(hits, text)


def matches(check: Check, family: Family, language: Language, text: str) -> list[Span]:
    """Return where the patterns of one family match in a sentence, exceptions left out, in reading order."""
    patterns = family.patterns.get(language, ())
    spans = {
        Span(*(match.span("mark") if "mark" in pattern.groupindex else match.span()))
        for pattern in patterns
        for match in pattern.finditer(text)
    }
    if not spans:
        return []
    excepted = [Span(*match.span()) for pattern in check.unless.get(language, ()) for match in pattern.finditer(text)]
    return sorted(
        (span for span in spans if span.start < span.end and not any(span.overlaps(other) for other in excepted)),
        key=lambda span: (span.start, span.end),
    )


def is_conceded(check: Check, case: Case, finding: Finding) -> bool:
    """Say whether the same or the next sentence concedes the point of `finding`, or does something about it."""
    return _conceded_at(check, case, case.draft.sentence_at(finding.replaces.start))


def _conceded_at(check: Check, case: Case, index: int) -> bool:
    return any(
        _is_conceded(_Key(check), case.language, sentence.text) for sentence in case.draft.sentences[index : index + 2]
    )


@lru_cache(maxsize=4096)
def _is_conceded(key: _Key, language: Language, text: str) -> bool:
    return any(pattern.search(text) for pattern in key.check.conceded.get(language, ()))


def _merge(hits: list[Hit], text: str) -> Hit | None:
    """Return one hit for the sentence: near ones are joined, of far ones the surest (then longest) stays.

    A rewrite takes the place of the sentence, so two findings on it would only say the same thing twice.
    """
    joined: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit[2], -hit[3])):
        if joined and hit[2] - joined[-1][3] <= _NEAR:
            family, confidence, start, end = joined[-1]
            if hit[1] > confidence:
                family, confidence = hit[:2]
            joined[-1] = (family, confidence, start, max(end, hit[3]))
        else:
            joined.append(hit)
    if not joined:
        return None
    family, confidence, start, end = max(joined, key=lambda hit: (hit[1], hit[3] - hit[2]))
    return family, confidence, start, _to_clause_end(text, end)


def _to_clause_end(text: str, end: int) -> int:
    """Take the last few words of the clause along: "caused by your late" alone reads as cut off."""
    rest = _REST_OF_CLAUSE.match(text, end)
    if rest is None or len(rest[0].split()) > _LAST_WORDS:
        return end
    trailing = _NO_WORD.search(rest[0])
    return end + len(rest[0]) - (len(trailing[0]) if trailing else 0)
