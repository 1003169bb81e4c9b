"""Personal tokens, for a person's extension and programs, and the log of who came in."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime

from sqlalchemy import delete, select

from meelezer.reviews.database import Database
from meelezer.reviews.people import OWN_PAGE, PeopleError, as_name, digest, note
from meelezer.reviews.people_tables import AccessLog, ApiToken, Entry, Person

MOST_TOKENS = 20
SHOWN = 200


class Access:
    """The tokens and the log of one database."""

    def __init__(self, database: Database) -> None:
        """Use `database`."""
        self.database = database

    def make_token(self, person: Person, label: str) -> str:
        """Return a new token; only its hash is kept. Raises PeopleError("label_odd") or, of too many, PeopleError("many_tokens")."""
        try:
            label = as_name(label)
        except PeopleError:
            raise PeopleError("label_odd") from None
        token, now = secrets.token_urlsafe(32), datetime.now(UTC)
        with self.database.writing() as session:
            if len(session.scalars(select(ApiToken.id).where(ApiToken.person_id == person.id)).all()) >= MOST_TOKENS:
                raise PeopleError("many_tokens")
            session.add(ApiToken(person_id=person.id, token_hash=digest(token), label=label, created_at=now))
            note(session, person.name, "token-made", OWN_PAGE, now, label)
        return token

    def revoke_token(self, person: Person, token_id: int) -> None:
        """Make one of a person's own tokens useless; one that is gone already is fine."""
        with self.database.writing() as session:
            gone = session.scalar(
                delete(ApiToken)
                .where(ApiToken.id == token_id, ApiToken.person_id == person.id)
                .returning(ApiToken.label)
            )
            if gone is not None:
                note(session, person.name, "token-revoked", OWN_PAGE, datetime.now(UTC), gone)

    def tokens(self, person: Person) -> list[ApiToken]:
        """Return a person's tokens, the oldest first."""
        with self.database.reading() as session:
            return list(session.scalars(select(ApiToken).where(ApiToken.person_id == person.id).order_by(ApiToken.id)))

    def of_token(self, token: str) -> Person | None:
        """Return whose token this is; None where nobody who may come in has it."""
        with self.database.reading() as session:
            return session.scalar(
                select(Person)
                .join(ApiToken, ApiToken.person_id == Person.id)
                .where(ApiToken.token_hash == digest(token), Person.active)
            )

    def write(self, who: str, what: Entry, place: str, about: str | None = None) -> None:
        """Write a line into the log."""
        with self.database.writing() as session:
            note(session, who, what, place, datetime.now(UTC), about)

    def log(self) -> list[AccessLog]:
        """Return the newest lines of the log, the newest first."""
        with self.database.reading() as session:
            return list(session.scalars(select(AccessLog).order_by(AccessLog.id.desc()).limit(SHOWN)))
