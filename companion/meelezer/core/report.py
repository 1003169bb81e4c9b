"""What comes out: findings on the draft. Positions are Python indices (code points), see `offsets` for the wire."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from meelezer.core.conversation import Language

Level = Literal["hold", "warn", "hint"]
LEVELS: tuple[Level, ...] = ("hold", "warn", "hint")
"""Most serious first; the order in which findings are shown."""

SeenBy = Literal["pattern", "classifier", "structure"]


Band = Literal["defensive", "balanced", "too-humble"]


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
class PresentComponent:
    """One element of a good reply: whether it is there, with its words, and whether this case needs it."""

    id: str
    title: str
    present: bool
    needed: bool
    span: Span | None = None
    hint: str | None = None
    """What to do, where it is needed and not there (or there by half)."""


@dataclass(frozen=True, slots=True)
class BalanceReason:
    """Words that pull to one side."""

    span: Span
    pulls: Literal["defensive", "vulnerable"]
    label: str


@dataclass(frozen=True, slots=True)
class Balance:
    """Where a draft stands between defensive (-1) and too humble (1)."""

    position: float
    band: Band
    reasons: tuple[BalanceReason, ...]


@dataclass(frozen=True, slots=True)
class AxisReason:
    """Words that carry an axis (`helps`) or hurt it."""

    span: Span
    helps: bool
    label: str


AxisState = Literal["carried", "mixed", "hurt", "open"]


@dataclass(frozen=True, slots=True)
class Axis:
    """How a reply comes across on one axis. mixed: something carries it, something hurts it. open: neither."""

    id: str
    title: str
    state: AxisState
    reasons: tuple[AxisReason, ...]
    note: str
    """What is missing; empty unless open."""


@dataclass(frozen=True, slots=True)
class Sign:
    """Something that a complaint shows, with the words; None where it is read from the whole."""

    id: str
    label: str
    span: Span | None


@dataclass(frozen=True, slots=True)
class Point:
    """Something that the customer asks, demands or states; `answered` is None where nobody can say."""

    span: Span
    answered: bool | None = None
    is_true: bool = False
    """The writer says so."""
    conceded: bool | None = None
    """Of a true one, whether the draft concedes it."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A sentence of a complaint, and what it says apart from its tone: the customer's own words, fewer of them."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Severity:
    """How severe a complaint is, 1 to 4, and the words that make it so."""

    level: int
    reasons: tuple[Sign, ...]


@dataclass(frozen=True, slots=True)
class Complainer:
    """Who may be complaining ("possibly"), and how to approach them."""

    id: str
    label: str
    span: Span
    approach: str


@dataclass(frozen=True, slots=True)
class ClockMark:
    """A moment by which the customer expects an answer."""

    minutes: int
    due_at: datetime
    state: Literal["ahead", "near", "passed"]


@dataclass(frozen=True, slots=True)
class Clock:
    """How long the customer has been waiting."""

    posted_at: datetime
    marks: tuple[ClockMark, ...]


@dataclass(frozen=True, slots=True)
class ComplaintReport:
    """A complaint as read. Positions are in the complaint's text."""

    language: Language
    kinds: tuple[Sign, ...]
    expectations: tuple[Sign, ...]
    points: tuple[Point, ...]
    facts: tuple[Fact, ...]
    severity: Severity
    complainer: Complainer | None
    house_rules: tuple[Sign, ...]
    advice: tuple[str, ...]
    clock: Clock | None


@dataclass(frozen=True, slots=True)
class BrokenRule:
    """Something in the draft that the site does not allow."""

    id: str
    label: Mapping[Language, str]
    advice: Mapping[Language, str]
    span: Span


@dataclass(frozen=True, slots=True)
class PlatformReport:
    """The draft as the site will take it."""

    id: str
    name: str
    length: int
    """In what the site counts."""
    broken: tuple[BrokenRule, ...] = ()


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
    components: tuple[PresentComponent, ...] = ()
    balance: Balance | None = None
    axes: tuple[Axis, ...] = ()
    """Three of them, where there is a draft."""
    complaint: ComplaintReport | None = None
    platform: PlatformReport | None = None
