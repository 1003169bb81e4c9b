"""What a review says on its pages: how long somebody waits, what changed between two versions, where the marks are."""

from __future__ import annotations

import difflib
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from meelezer.core.conversation import Language
from meelezer.core.report import Finding
from meelezer.messages import messages
from meelezer.reviews.tables import Comment, Review

EXPECTED_WITHIN = timedelta(minutes=60)
"""Within which customers expect an answer (seed 000), where the team has promised nothing."""
_MANY_WORDS = 1_500
"""From which on common words may be skipped over when two texts are compared, so that it stays quick."""
_HAS_WORD = re.compile(r"\w")
_WORD = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of text that is in both versions, only in the older, or only in the newer."""

    kind: Literal["same", "gone", "new"]
    text: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the draft, with the findings and comments that lie on it."""

    text: str
    findings: tuple[Finding, ...]
    comments: tuple[int, ...]
    """Ids."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """How long the customer has been waiting, in words, and whether that is too long."""

    words: str
    is_late: bool


def waiting(review: Review, promise: timedelta | None, now: datetime, language: Language) -> Waiting:
    """Return "42 min, voor 20.05 uur": since the complaint was posted, or since a colleague was asked where that is not known."""
    text = messages(language)
    since = review.posted_at or review.created_at
    waited = now - since
    due = since + (promise or EXPECTED_WITHIN)
    key = "reviews.was_due" if now >= due else "reviews.due"
    return Waiting(text(key, waited=in_words(waited, language), due=moment(due, now, language)), now >= due)


def in_words(length: timedelta, language: Language) -> str:
    """Return a length of time as a person says it: 42 min, 3 hours, 2 days."""
    text = messages(language)
    minutes = max(0, int(length.total_seconds() // 60))
    if minutes < 60:
        return text("reviews.minutes", count=minutes)
    unit, count = ("hour", minutes // 60) if minutes < 48 * 60 else ("day", minutes // (24 * 60))
    return text(f"reviews.{unit}" if count == 1 else f"reviews.{unit}s", count=count)


def moment(at: datetime, now: datetime, language: Language) -> str:
    """Return a time of today, or the day with it, in the zone of this device."""
    here, today = at.astimezone(), now.astimezone()
    clock = f"{here.hour}.{here.minute:02} uur" if language == "nl" else f"{here.hour}:{here.minute:02}"
    if here.date() == today.date():
        return clock
    month = messages(language)("reviews.months").split()[here.month - 1]
    day = f"{here.day} {month}" + (f" {here.year}" if here.year != today.year else "")
    return f"{day}, {clock}"


def changes(older: str, newer: str) -> list[Change]:
    """Compare two texts word by word."""
    before, after = _WORD.findall(older), _WORD.findall(newer)
    is_long = max(len(before), len(after)) > _MANY_WORDS
    found: list[Change] = []
    gone = new = ""
    steps = difflib.SequenceMatcher(None, before, after, autojunk=is_long).get_opcodes()
    for number, (tag, i, j, k, m) in enumerate(steps):
        same = "".join(before[i:j])
        # A space or comma that both happen to have between two changes would only cut them to shreds.
        if tag != "equal" or (0 < number < len(steps) - 1 and "\n" not in same and not _HAS_WORD.search(same)):
            gone, new = gone + same, new + "".join(after[k:m])
            continue
        found += _changed(gone, new)
        found.append(Change("same", same))
        gone = new = ""
    return [*found, *_changed(gone, new)]


def _changed(gone: str, new: str) -> list[Change]:
    return [Change(kind, text) for kind, text in (("gone", gone), ("new", new)) if text]  # type: ignore[arg-type]


def stretches(text: str, findings: Sequence[Finding], comments: Sequence[Comment]) -> list[Stretch]:
    """Cut the draft at the borders of findings and comments, so that each piece can be marked."""
    about = [each for each in comments if each.start is not None and each.end is not None]
    edges = {0, len(text)}
    edges |= {edge for found in findings for edge in (found.span.start, found.span.end)}
    edges |= {edge for each in about for edge in (each.start or 0, each.end or 0)}
    return [
        Stretch(
            text[start:end],
            tuple(found for found in findings if found.span.start <= start and end <= found.span.end),
            tuple(each.id for each in about if (each.start or 0) <= start and end <= (each.end or 0)),
        )
        for start, end in itertools.pairwise(sorted(edges))
    ]
