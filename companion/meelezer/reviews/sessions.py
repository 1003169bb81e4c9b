"""Who is logged in where. A session lives here, so that one that has ended lets nobody in, whatever a cookie says."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, select

from meelezer.reviews.database import Database
from meelezer.reviews.people import digest
from meelezer.reviews.people_tables import Person, TeamSession

LASTS = timedelta(hours=12)


class Sessions:
    """The sessions of one database."""

    def __init__(self, database: Database) -> None:
        """Use `database`."""
        self.database = database

    def begin(self, person: Person, now: datetime | None = None) -> str:
        """Return the secret of a new session; only its hash is kept. `person` as they were when they proved who they are."""
        token = secrets.token_urlsafe(32)
        with self.database.writing() as session:
            session.add(
                TeamSession(
                    token_hash=digest(token), person_id=person.id, version=person.session_version,
                    started_at=now or datetime.now(UTC),
                )
            )  # fmt: skip
        return token

    def of(self, token: str, now: datetime | None = None) -> Person | None:
        """Return whose session this is; None where it has ended: logged out, half a day old, another password, deactivated."""
        with self.database.reading() as session:
            return session.scalar(
                select(Person)
                .join(TeamSession, TeamSession.person_id == Person.id)
                .where(
                    TeamSession.token_hash == digest(token),
                    TeamSession.version == Person.session_version,
                    TeamSession.started_at > (now or datetime.now(UTC)) - LASTS,
                    Person.active,
                )
            )

    def end(self, token: str) -> None:
        """End a session; one that has ended already is fine."""
        with self.database.writing() as session:
            session.execute(delete(TeamSession).where(TeamSession.token_hash == digest(token)))
