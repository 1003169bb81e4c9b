"""What is not kept: texts some days after the decision, and everything about one case when somebody asks (AVG, GDPR)."""

from __future__ import annotations

import logging
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import selectinload

from meelezer.reviews.database import Database, StorageError
from meelezer.reviews.people_tables import AccessLog, TeamSession
from meelezer.reviews.sessions import LASTS
from meelezer.reviews.store import ReviewError
from meelezer.reviews.tables import Event as Happened
from meelezer.reviews.tables import Review

logger = logging.getLogger(__name__)

KEPT_DAYS = 30
LOG_KEPT_DAYS = 365
"""How long it is known who came in."""
_A_DAY = 24 * 3600.0


def sweep(database: Database, days: int = KEPT_DAYS, now: datetime | None = None) -> int:
    """Erase the texts of what was decided, or placed or closed without that, more than `days` days ago; figures stay. Return of how many."""
    if not database.exists:
        return 0
    moment = now or datetime.now(UTC)
    long_ago = moment - timedelta(days=days)
    with database.writing() as session:
        done_at = func.coalesce(Review.decided_at, Review.placed_at, Review.closed_at)
        due = select(Review).where(Review.erased_at.is_(None), done_at < long_ago)
        reviews = list(
            session.scalars(
                due.options(
                    selectinload(Review.versions), selectinload(Review.comments), selectinload(Review.reminders)
                )
            )
        )
        for review in reviews:
            review.complaint, review.complaint_author, review.page, review.reason = "", None, None, None
            review.learned = None
            review.erased_at = moment
            for version in review.versions:
                version.text = ""
            review.comments.clear()
            # Nobody can keep a promise that nobody can read any more.
            review.reminders[:] = [each for each in review.reminders if each.done_at is not None]
            for reminder in review.reminders:
                reminder.words = ""
            session.add(Happened(review_id=review.id, at=moment, who="Meelezer", what="erased"))
        session.flush()
        # Why a case was closed may have been said after its texts were erased.
        erased = select(Review.id).where(Review.erased_at.is_not(None))
        reasons = update(Happened).where(
            Happened.words.is_not(None), Happened.at < long_ago, Happened.review_id.in_(erased)
        )
        session.execute(reasons.values(words=None).execution_options(synchronize_session=False))
        session.execute(delete(AccessLog).where(AccessLog.at < moment - timedelta(days=LOG_KEPT_DAYS)))
        session.execute(delete(TeamSession).where(TeamSession.started_at < moment - LASTS))
    return len(reviews)


def keep_swept(database: Database, days: int, over: Event) -> None:
    """Sweep now and once a day until `over`; a database that cannot be used now may be usable tomorrow."""
    while True:
        try:
            sweep(database, days)
        except StorageError as error:
            logger.error("texts of old reviews are not erased: %s", error.kind)
        if over.wait(_A_DAY):
            return


def erase(database: Database, review_id: str) -> None:
    """Delete everything about one review. Raises ReviewError: review-not-found, or not-answered where it has neither reply nor reason."""
    if not database.exists:
        raise ReviewError("review-not-found")
    with database.writing() as session:
        review = session.get(Review, review_id)
        if review is None:
            raise ReviewError("review-not-found")
        if review.is_unanswered:
            raise ReviewError("not-answered")
        # What hangs on it goes along (ON DELETE CASCADE).
        session.execute(delete(Review).where(Review.id == review_id))


def back_up(database: Database, target: Path) -> None:
    """Write a copy of an SQLite database to `target` while it is in use. Raises StorageError, OSError, FileExistsError."""
    if database.path is None:
        raise StorageError("server", "pg_dump")
    if not database.path.is_file():
        raise StorageError("empty", str(database.path))
    target.touch(0o600, exist_ok=False)
    try:
        with closing(sqlite3.connect(database.path)) as source, closing(sqlite3.connect(target)) as copy:
            source.backup(copy)
    except sqlite3.Error as error:
        target.unlink(missing_ok=True)
        raise StorageError("unusable", f"{target}: {type(error).__name__}") from None
