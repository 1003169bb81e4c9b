"""What remains when the texts are gone: how soon a colleague looked, what came back, how soon it was public, how it ended.

About cases, never about one person. A case counts in the period in which it was asked about.
"""

from __future__ import annotations

import math
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from sqlalchemy import Select, select

from meelezer.reviews.database import Database
from meelezer.reviews.follow_up import TAKEN_AWAY, placed_as_told
from meelezer.reviews.store import is_same_person
from meelezer.reviews.tables import OUTCOMES, PLACED_AS, Event, Outcome, PlacedAs, Review, Version

Per = Literal["week", "month"]
MARKS = (timedelta(minutes=30), timedelta(minutes=60))
"""Within which customers expect an answer (seed 000)."""
MOST_LESSONS = 100
_DECISIONS = ("approved", "returned")
_READ = ("read", "commented", "edited", *_DECISIONS)


@dataclass(frozen=True, slots=True)
class Wished:
    """Which cases, and how they are put together."""

    since: date | None = None
    until: date | None = None
    """Both days count, in the zone of this device."""
    platform: str | None = None
    per: Per = "week"


@dataclass(frozen=True, slots=True)
class Lengths:
    """How long something took: for how many cases that is known, the middle one, and what nine of ten stay within."""

    count: int
    median: timedelta | None
    p90: timedelta | None


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one period, or of all."""

    begins: date | None
    """First day of the week or month; None for all together."""
    asked: int
    outcomes: Mapping[Outcome, int]
    without_outcome: int
    first_read: Lengths
    """From asking until somebody else looked."""
    decision: Lengths
    """From asking until the first decision."""
    approved: int
    returned: int
    """Cases that came back at least once."""
    returns: int
    """How often, all together."""
    returned_for: Mapping[str, int]
    """Check -> returned versions about which it had something to say; the most frequent first."""
    placed: Mapping[PlacedAs, int]
    closed: int
    """Without a reply, with a reason."""
    unanswered: int
    """Neither."""
    learned: int
    """Of which somebody wrote down what the team learns from it."""
    timed: int
    """Placed, and known when the complaint was posted."""
    within_promise: int | None
    """None where nothing is promised."""
    within: tuple[int, ...]
    """For each of MARKS."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """What the team learns from a case."""

    review_id: str
    day: date
    """On which was asked."""
    words: str


@dataclass(slots=True)
class _Case:
    asked_at: datetime
    day: date
    writer: str
    state: str
    posted_at: datetime | None
    placed_at: datetime | None
    outcome: str | None
    closed_at: datetime | None
    learns: bool = False
    read_at: datetime | None = None
    decided_at: datetime | None = None
    placed_as: PlacedAs = "approved"
    returns: int = 0
    returned_for: tuple[str, ...] = ()


def figures(database: Database, wished: Wished, promise: timedelta | None = None) -> tuple[Figures, list[Figures]]:
    """Return the figures of all cases wished for, and those of each period in which there are any, the newest first."""
    cases = list(_cases(database, wished)) if database.exists else []
    by_period: dict[date, list[_Case]] = defaultdict(list)
    for case in cases:
        by_period[_beginning(case.day, wished.per)].append(case)
    periods = [_figures(day, by_period[day], promise) for day in sorted(by_period, reverse=True)]
    return _figures(None, cases, promise), periods


def lessons(database: Database, wished: Wished, most: int = MOST_LESSONS) -> list[Lesson]:
    """Return what was learned from the cases wished for, the newest case first; erased with the texts of its case."""
    if not database.exists:
        return []
    found = select(Review.id, Review.created_at, Review.learned).where(
        Review.learned.is_not(None), Review.id.in_(_chosen(wished))
    )
    with database.reading() as session:
        rows = session.execute(found.order_by(Review.created_at.desc(), Review.id).limit(most)).all()
    return [Lesson(review_id, asked_at.astimezone().date(), words or "") for review_id, asked_at, words in rows]


def _beginning(day: date, per: Per) -> date:
    return day.replace(day=1) if per == "month" else day - timedelta(days=day.weekday())


def _chosen(wished: Wished) -> Select[str]:
    chosen = select(Review.id)
    if wished.platform:
        chosen = chosen.where(Review.platform == wished.platform)
    if wished.since:
        chosen = chosen.where(Review.created_at >= datetime.combine(wished.since, time.min).astimezone())
    if wished.until:
        chosen = chosen.where(
            Review.created_at < datetime.combine(wished.until + timedelta(days=1), time.min).astimezone()
        )
    return chosen


def _cases(database: Database, wished: Wished) -> Iterable[_Case]:
    """Read columns, not texts: there may be many cases."""
    ids = _chosen(wished)
    columns = (
        Review.created_at, Review.writer, Review.state, Review.posted_at, Review.placed_at, Review.outcome, Review.closed_at,
    )  # fmt: skip
    with database.reading() as session:
        cases = {
            row[0]: _Case(row[1], row[1].astimezone().date(), *row[2:])
            for row in session.execute(select(Review.id, *columns).where(Review.id.in_(ids)))
        }
        found = (Version.review_id, Version.number, Version.checks)
        checks = {
            (review_id, number): found
            for review_id, number, found in session.execute(select(*found).where(Version.review_id.in_(ids)))
        }
        happened = (Event.review_id, Event.at, Event.who, Event.what, Event.number, Event.detail)
        rows = session.execute(select(*happened).where(Event.review_id.in_(ids)).order_by(Event.id)).all()
    for review_id, at, who, what, number, detail in rows:
        case = cases.get(review_id)  # one that came in between the two questions is for next time
        if case is None:
            continue
        if what in _READ and case.read_at is None and not is_same_person(who, case.writer):
            case.read_at = at
        if what in _DECISIONS and case.decided_at is None:
            case.decided_at = at
        if what == "returned":
            case.returns += 1
            case.returned_for += tuple(checks.get((review_id, number or 0), ()))
        if what == "placed":
            case.placed_as = placed_as_told(detail)
        if what == "learned":
            case.learns = detail != TAKEN_AWAY
    return cases.values()


def _figures(begins: date | None, cases: list[_Case], promise: timedelta | None) -> Figures:
    outcomes = Counter(case.outcome for case in cases)
    placed = Counter(case.placed_as for case in cases if case.placed_at)
    took = [case.placed_at - case.posted_at for case in cases if case.placed_at and case.posted_at]
    reasons = Counter(check for case in cases for check in case.returned_for)
    return Figures(
        begins=begins,
        asked=len(cases),
        outcomes={outcome: outcomes[outcome] for outcome in OUTCOMES},
        without_outcome=outcomes[None],
        first_read=_lengths(case.read_at - case.asked_at for case in cases if case.read_at),
        decision=_lengths(case.decided_at - case.asked_at for case in cases if case.decided_at),
        approved=sum(case.state == "approved" for case in cases),
        returned=sum(case.returns > 0 for case in cases),
        returns=sum(case.returns for case in cases),
        returned_for=dict(sorted(reasons.items(), key=lambda each: (-each[1], each[0]))),
        placed={how: placed[how] for how in PLACED_AS},
        closed=sum(case.closed_at is not None for case in cases),
        unanswered=sum(case.closed_at is None and case.placed_at is None for case in cases),
        learned=sum(case.learns for case in cases),
        timed=len(took),
        within_promise=None if promise is None else sum(each <= promise for each in took),
        within=tuple(sum(each <= mark for each in took) for mark in MARKS),
    )


def _lengths(found: Iterable[timedelta]) -> Lengths:
    known = sorted(found)
    if not known:
        return Lengths(0, None, None)
    return Lengths(
        len(known),
        timedelta(seconds=statistics.median(each.total_seconds() for each in known)),
        known[math.ceil(0.9 * len(known)) - 1],
    )
