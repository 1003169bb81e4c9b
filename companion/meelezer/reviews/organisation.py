"""Somebody comes in through the organisation: known, invited by address, or a newcomer where those are welcome."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from meelezer.reviews.database import Database
from meelezer.reviews.people import LOGIN_PAGE, PeopleError, as_email, as_login, as_name, digest, named, note, use
from meelezer.reviews.people_tables import Invitation, Person


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is, as the organisation proved; `email` is an address that it verified."""

    issuer: str
    subject: str
    email: str
    name: str = ""

    @property
    def key(self) -> str:
        """What stays the same when somebody gets another address."""
        return digest(f"{len(self.issuer)}\n{self.issuer}\n{self.subject}")


def come_in(database: Database, identity: Identity, *, newcomers: bool, now: datetime | None = None) -> Person:
    """Return the person this is; an open invitation to their address is used. Raises PeopleError, and notes that too."""
    moment = now or datetime.now(UTC)
    try:
        with database.writing() as session:
            person = _found(session, identity, as_email(identity.email), moment, newcomers=newcomers)
            note(session, person.name, "login-organisation", LOGIN_PAGE, moment)
            return person
    except IntegrityError:
        refused = PeopleError("organisation_other")
    except PeopleError as error:
        refused = error
    with database.writing() as session:
        note(session, "", "organisation-refused", LOGIN_PAGE, moment, identity.email)
    raise refused


def _found(session: Session, identity: Identity, email: str, moment: datetime, *, newcomers: bool) -> Person:
    person = session.scalar(select(Person).where(Person.organisation_id == identity.key).with_for_update())
    invitation = session.scalar(_invitations(email, moment))
    if invitation is not None and (person is None or person.id == invitation.person_id):
        person = use(session, invitation, as_login(email), None, moment, LOGIN_PAGE)
        person.organisation_id = identity.key
        return person
    if person is None:
        person = session.scalar(select(Person).where(Person.email == email).with_for_update())
        if person is not None and person.organisation_id is not None:
            raise PeopleError("organisation_other")
        if person is not None and person.active:
            person.organisation_id = identity.key
    if person is None and newcomers:
        return _newcomer(session, identity, email, moment)
    if person is None or not person.active:
        raise PeopleError("not_invited")
    return person


def _invitations(email: str, moment: datetime) -> Select[Invitation]:
    is_open = (Invitation.email == email, Invitation.used_at.is_(None), Invitation.expires_at > moment)
    return select(Invitation).where(*is_open).order_by(Invitation.created_at.desc()).limit(1).with_for_update()


def _newcomer(session: Session, identity: Identity, email: str, moment: datetime) -> Person:
    try:
        name = as_name(identity.name)
    except PeopleError:
        name = email
    if known := named(session, name):
        if not known.active:  # who was let in no more does not come back by another door
            raise PeopleError("not_invited")
        # Two people may be called the same; the history must tell them apart.
        name = as_name(f"{name[:100]} ({email[:95]})")
    person = Person(
        login=as_login(email), name=name, role="writer", email=email, organisation_id=identity.key, password_hash=None,
        active=True, created_at=moment, failed_logins=0, locked_until=None, session_version=1,
    )  # fmt: skip
    session.add(person)
    note(session, name, "accepted", LOGIN_PAGE, moment, "writer")
    session.flush()
    return person
