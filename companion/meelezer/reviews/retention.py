"""What is not kept: texts some days after the decision, and everything about one case when somebody asks (AVG, GDPR)."""

from __future__ import annotations

import logging
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

from sqlalchemy import delete, func, select
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
    """Erase the texts of what was decided, or placed without that, more than `days` days ago; figures stay. Return of how many."""
    if not database.exists:
        return 0
    moment = now or datetime.now(UTC)
    with database.writing() as session:
        done_at = func.coalesce(Review.decided_at, Review.placed_at)
        due = select(Review).where(Review.erased_at.is_(None), done_at < moment - timedelta(days=days))
        reviews = list(
            session.scalars(
                due.options(
                    selectinload(Review.versions), selectinload(Review.comments), selectinload(Review.reminders)
                )
            )
        )
        for review in reviews:
            review.complaint, review.complaint_author, review.page, review.reason = "", None, None, None
            review.erased_at = moment
            for version in review.versions:
                version.text = ""
            review.comments.clear()
            for reminder in review.reminders:
                reminder.words = ""
            session.add(Happened(review_id=review.id, at=moment, who="Meelezer", what="erased"))
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
    """Delete everything about one review. Raises ReviewError("review-not-found")."""
    if not database.exists:
        raise ReviewError("review-not-found")
    with database.writing() as session:
        # What hangs on it goes along (ON DELETE CASCADE).
        gone = session.execute(delete(Review).where(Review.id == review_id).returning(Review.id)).first()
        if gone is None:
            raise ReviewError("review-not-found")


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
