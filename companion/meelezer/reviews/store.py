"""The reviews: ask, read, comment, edit, decide, reopen. Every call is one transaction; every change is in the history."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, selectinload
from sqlalchemy.orm.exc import StaleDataError

from meelezer.core.conversation import Channel, Language
from meelezer.reviews.database import Database
from meelezer.reviews.tables import Comment, Event, Origin, Reader, Reminder, Review, State, Version, What

READS_FOR = timedelta(seconds=30)
"""How long after their last sign somebody counts as reading."""
_NOTED_AGAIN = timedelta(minutes=30)
"""Reading on is not written down anew before this has passed."""
MOST_ON_A_PAGE = 100


class ReviewError(Exception):
    """Something that cannot be done with a review. `kind` is the API's code for it; `by` who was first."""

    def __init__(self, kind: str, by: str | None = None) -> None:
        """Take the code: review-not-found, review-changed, review-decided, review-erased, own-draft, not-approved, not-answered, already-answered, reason-needed, closing-reason-needed, key-used or span-wrong."""
        super().__init__(kind)
        self.kind, self.by = kind, by


@dataclass(frozen=True, slots=True)
class Asked:
    """What a writer sends to a colleague. `key` is the sender's own: sent twice, it is one review."""

    key: str
    text: str
    writer: str
    writer_role: str | None
    complaint: str
    complaint_author: str | None
    posted_at: datetime | None
    rating: float | None
    platform: str | None
    page: str | None
    channel: Channel
    justified: bool | None
    language: Language
    severity: int
    checks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which reviews a list holds."""

    state: State | None = None
    writer: str | None = None
    platform: str | None = None
    severity: int | None = None
    """This and higher."""
    words: str | None = None
    """In the complaint or its author."""
    to_do: bool = False
    """Only what still has a reminder open."""
    unanswered: bool = False
    """Only what has no public reply, and no reason why none is coming."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of reviews, the most pressing first."""

    reviews: list[Review]
    total: int
    readers: Mapping[str, list[str]]


class Reviews:
    """All reviews of one database."""

    def __init__(self, database: Database) -> None:
        """Use `database`."""
        self.database = database

    def ask(self, asked: Asked, now: datetime | None = None) -> tuple[Review, bool]:
        """Store a draft for a colleague; say too whether it is new. Raises ReviewError("key-used") for another draft's key."""
        moment = now or datetime.now(UTC)
        try:
            with self.database.writing() as session:
                known = session.scalar(_whole().where(Review.key == asked.key))
                if known is not None:
                    return _same(known, asked), False
                review = Review(
                    id=secrets.token_urlsafe(12), key=asked.key, state="waiting", language=asked.language, platform=asked.platform,
                    page=asked.page, channel=asked.channel, justified=asked.justified, complaint=asked.complaint,
                    complaint_author=asked.complaint_author, posted_at=asked.posted_at, rating=asked.rating, severity=asked.severity,
                    writer=asked.writer, writer_role=asked.writer_role, created_at=moment, changed_at=moment,
                )  # fmt: skip
                add_version(review, asked.text, asked.writer, "writer", asked.checks, moment)
                _note(review, asked.writer, "asked", moment)
                session.add(review)
                session.flush()
                # Loaded now: whoever gets it reads it outside of this transaction.
                _ = (review.versions, review.comments, review.events, review.reminders)
            return review, True
        except IntegrityError:  # sent twice at the same moment
            with self.database.reading() as session:
                return _same(session.scalars(_whole().where(Review.key == asked.key)).one(), asked), False

    def get(self, review_id: str) -> Review:
        """Return a review with everything. Raises ReviewError("review-not-found")."""
        if not self.database.exists:
            raise ReviewError("review-not-found")
        with self.database.reading() as session:
            return _found(session, review_id)

    def listed(self, wanted: Wanted, page: int = 1, size: int = 50) -> Listed:
        """Return page `page` (1 and up) of what is `wanted`; nothing where nothing was ever stored."""
        if not self.database.exists:
            return Listed([], 0, {})
        size = min(size, MOST_ON_A_PAGE)
        chosen = _chosen(wanted)
        with self.database.reading() as session:
            total = session.scalar(select(func.count()).select_from(chosen.subquery())) or 0
            reviews = list(
                session.scalars(
                    chosen.order_by(*_order(wanted), Review.id)
                    .offset((page - 1) * size)
                    .limit(size)
                    .options(selectinload(Review.versions), selectinload(Review.reminders))
                )
            )
            readers = _readers(session, [each.id for each in reviews], datetime.now(UTC))
        return Listed(reviews, total, readers)

    def comment(
        self, review_id: str, who: str, text: str, number: int, span: tuple[int, int] | None, key: str | None = None
    ) -> Review:
        """Say something about version `number`, beside its code points `span` or about the whole. Raises ReviewError."""
        with self.changing(review_id) as (review, now):
            if key is not None and any(each.key == key for each in review.comments):
                return review
            version = next((each for each in review.versions if each.number == number), None)
            if version is None or (span is not None and not 0 <= span[0] < span[1] <= len(version.text)):
                raise ReviewError("span-wrong")
            start, end = span or (None, None)
            review.comments.append(Comment(key=key, number=number, start=start, end=end, text=text, author=who, at=now))
            _note(review, who, "commented", now, number)
        return review

    def edit(self, review_id: str, who: str, text: str, based_on: int, checks: tuple[str, ...]) -> Review:
        """Store a new version; it waits for eyes again. Raises ReviewError("review-changed") where somebody was first."""
        with self.changing(review_id) as (review, now):
            latest = review.latest
            if latest.text == text:
                return review
            if latest.number != based_on:
                raise ReviewError("review-changed", latest.author)
            origin: Origin = "writer" if is_same_person(who, review.writer) else "reviewer"
            add_version(review, text, who, origin, checks, now)
            _open_again(review)
            _note(review, who, "edited", now, review.latest.number)
        return review

    def decide(self, review_id: str, who: str, decision: State, number: int, reason: str | None = None) -> Review:
        """Approve or return version `number`. Of two who decide at once one wins; the other gets ReviewError("review-decided")."""
        if decision == "returned" and not (reason or "").strip():
            raise ReviewError("reason-needed")
        with self.changing(review_id) as (review, now):
            if is_same_person(who, review.writer):
                raise ReviewError("own-draft")
            if review.state != "waiting":
                if review.state == decision and review.decided_by == who:
                    return review  # the same answer, sent again
                raise ReviewError("review-decided", review.decided_by)
            if review.latest.number != number:
                raise ReviewError("review-changed", review.latest.author)
            review.state, review.decided_at, review.decided_by = decision, now, who
            review.reason = (reason or "").strip() or None
            _note(review, who, decision, now, number)  # type: ignore[arg-type]
        return review

    def reopen(self, review_id: str, who: str) -> Review:
        """Take a decision or a closing back; it waits again. Raises ReviewError."""
        with self.changing(review_id) as (review, now):
            if review.state != "waiting" or review.closed_at is not None:
                _open_again(review)
                _note(review, who, "reopened", now)
        return review

    def is_reading(self, review_id: str, who: str) -> list[str]:
        """Note that `who` has the review before them, and return who else does."""
        now = datetime.now(UTC)
        with self.database.writing() as session:
            review = _found(session, review_id)
            session.merge(Reader(review_id=review_id, who=who, seen_at=now))
            last = max((each.at for each in review.events if each.who == who), default=None)
            if last is None or now - last >= _NOTED_AGAIN:
                session.add(Event(review_id=review_id, at=now, who=who, what="read", number=review.latest.number))
            return [other for other in _readers(session, [review_id], now).get(review_id, []) if other != who]

    def readers(self, review_id: str) -> list[str]:
        """Return who has the review before them now."""
        with self.database.reading() as session:
            return _readers(session, [review_id], datetime.now(UTC)).get(review_id, [])

    @contextmanager
    def changing(self, review_id: str, *, also_erased: bool = False) -> Iterator[tuple[Review, datetime]]:
        """Yield a review to change. Raises ReviewError where it is not there, was erased, or changed meanwhile."""
        if not self.database.exists:
            raise ReviewError("review-not-found")
        try:
            with self.database.writing() as session:
                review = _found(session, review_id)
                if review.erased_at is not None and not also_erased:
                    raise ReviewError("review-erased")
                now, before = datetime.now(UTC), len(review.events)
                yield review, now
                if len(review.events) > before:
                    review.changed_at = now  # so that `revision` counts what only hangs on the review, too
        except (StaleDataError, IntegrityError):
            raise ReviewError("review-changed") from None


def is_same_person(one: str, other: str) -> bool:
    """Say whether two names are of one person."""
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def _whole() -> Select[Review]:
    return select(Review).options(
        selectinload(Review.versions),
        selectinload(Review.comments),
        selectinload(Review.events),
        selectinload(Review.reminders),
    )


def _found(session: Session, review_id: str) -> Review:
    review = session.scalar(_whole().where(Review.id == review_id))
    if review is None:
        raise ReviewError("review-not-found")
    return review


def _same(known: Review, asked: Asked) -> Review:
    if known.erased_at is None and known.versions[0].text != asked.text:
        raise ReviewError("key-used")
    return known


def _chosen(wanted: Wanted) -> Select[Review]:
    chosen = select(Review)
    if wanted.state:
        chosen = chosen.where(Review.state == wanted.state)
    if wanted.state == "waiting":
        # Posted without a decision and nothing left to decide about, or no reply is coming.
        chosen = chosen.where(Review.erased_at.is_(None), Review.closed_at.is_(None))
    if wanted.unanswered:
        chosen = chosen.where(Review.placed_at.is_(None), Review.closed_at.is_(None))
    if wanted.writer:
        chosen = chosen.where(func.lower(Review.writer) == wanted.writer.lower())
    if wanted.platform:
        chosen = chosen.where(Review.platform == wanted.platform)
    if wanted.severity:
        chosen = chosen.where(Review.severity >= wanted.severity)
    if wanted.to_do:
        chosen = chosen.where(Review.reminders.any(Reminder.done_at.is_(None)))
    if wanted.words:
        chosen = chosen.where(
            or_(
                Review.complaint.icontains(wanted.words, autoescape=True),
                Review.complaint_author.icontains(wanted.words, autoescape=True),
            )
        )
    return chosen


def _order(wanted: Wanted) -> list[ColumnElement[Any]]:
    """Return what a list is ordered by: what is due first, what changed last, or what presses most."""
    if wanted.to_do:
        due = select(func.min(Reminder.due_at)).where(Reminder.review_id == Review.id, Reminder.done_at.is_(None))
        return [due.scalar_subquery()]
    if wanted.state not in (None, "waiting"):
        return [Review.changed_at.desc()]
    # What waits comes first; of that what no customer can read yet, then the most serious, then the longest waiting.
    is_over = or_(Review.placed_at.is_not(None), Review.closed_at.is_not(None))
    return [Review.state != "waiting", is_over, Review.severity.desc(), Review.created_at.asc()]


def _readers(session: Session, ids: list[str], now: datetime) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    rows = session.scalars(
        select(Reader).where(Reader.review_id.in_(ids), Reader.seen_at >= now - READS_FOR).order_by(Reader.who)
    )
    for row in rows:
        found.setdefault(row.review_id, []).append(row.who)
    return found


def add_version(review: Review, text: str, who: str, origin: Origin, checks: tuple[str, ...], now: datetime) -> None:
    """Put a version behind those that are there."""
    review.versions.append(
        Version(
            number=len(review.versions) + 1, text=text, author=who, origin=origin, at=now, checks=sorted(set(checks))
        )
    )


def _open_again(review: Review) -> None:
    review.state, review.decided_at, review.decided_by, review.reason = "waiting", None, None, None
    review.closed_at = None


def _note(review: Review, who: str, what: What, now: datetime, number: int | None = None) -> None:
    review.events.append(Event(at=now, who=who, what=what, number=number))
