"""What comes out: findings on the draft. Positions are Python indices (code points), see `offsets` for the wire."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from meelezer.core.conversation import Language

Level = Literal["hold", "warn", "hint"]
LEVELS: tuple[Level, ...] = ("hold", "warn", "hint")
"""Most serious first; the order in which findings are shown."""

SeenBy = Literal["pattern", "classifier", "structure"]


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of code points of one text."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Say whether the two share at least one character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Finding:
    """One hit of one check.

    `span` are the words that light up; `replaces` is the part of the draft (mostly the sentence) that a rewrite takes the
    place of, empty at the end of the draft when the rewrite is to be added. `confidence` is the estimated probability
    (0 to 1) that a careful reader agrees.
    """

    check: str
    level: Level
    span: Span
    replaces: Span
    seen_by: SeenBy
    confidence: float
    family: str | None = None
    title: str = ""
    message: str = ""
    rewrites: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """A check that could not run, and why. Never silent: an empty list of findings means "looked, found nothing"."""

    check: str
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """The answer of the engine to one conversation."""

    language: Language
    findings: tuple[Finding, ...] = ()
    skipped: tuple[Skipped, ...] = ()
