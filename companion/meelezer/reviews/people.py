"""The people of a team: invite, accept, log in, change the password, deactivate, list. What they did is in the access log."""

from __future__ import annotations

import hashlib
import re
import secrets
import unicodedata
from datetime import UTC, datetime, timedelta

from sqlalchemy import Select, delete, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from meelezer.reviews import passwords
from meelezer.reviews.database import Database
from meelezer.reviews.people_tables import AccessLog, ApiToken, Entry, Invitation, Person, Role
from meelezer.reviews.store import is_same_person

INVITED_FOR = timedelta(days=7)
MOST_WRONG = 5
LOCKED_FOR = timedelta(minutes=5)
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
_LONGEST_EMAIL = 254
LOGIN_PAGE, INVITATION_PAGE, OWN_PAGE, PEOPLE_PAGE = "/login", "/invitation", "/people/me", "/people"


class PeopleError(Exception):
    """Something that cannot be done with people. `kind` says what, and is the key of its text."""

    def __init__(self, kind: str) -> None:
        """Take the kind: invitation_gone, login_wrong, login_odd, login_taken, name_odd, name_taken, email_odd, email_taken, password_length, person_gone, last_admin, label_odd, not_invited or organisation_other."""
        super().__init__(kind)
        self.kind = kind


class People:
    """Everybody of one database."""

    def __init__(self, database: Database) -> None:
        """Use `database`."""
        self.database = database

    def invite(
        self, name: str, role: Role, by: str, place: str, *, email: str = "", again: bool = False,
        now: datetime | None = None,
    ) -> str:  # fmt: skip
        """Return the secret of a link that makes one person, or with `again` gives the one of that name a new password.

        Whoever has the address `email` needs no link: the organisation's login is enough. Raises PeopleError.
        """
        moment, name = now or datetime.now(UTC), as_name(name)
        address = as_email(email) if email.strip() else None
        token = secrets.token_urlsafe(32)
        with self.database.writing() as session:
            known = named(session, name)
            if known is None and again:
                raise PeopleError("person_gone")
            if known is not None and not again:
                raise PeopleError("name_taken")
            if address and _is_of_somebody_else(session, address, known):
                raise PeopleError("email_taken")
            session.add(
                Invitation(
                    token_hash=digest(token), name=known.name if known else name, role=role, created_by=by, created_at=moment,
                    email=address or (known.email if known else None), person_id=known.id if known else None,
                    expires_at=moment + INVITED_FOR,
                )
            )  # fmt: skip
            note(session, by, "invited", place, moment, f"{name} ({role})")
        return token

    def invitation(self, token: str, now: datetime | None = None) -> tuple[Invitation, str | None]:
        """Return an invitation that can be used, with the login it is for where that is known. Raises PeopleError("invitation_gone")."""
        if not self.database.exists:
            raise PeopleError("invitation_gone")
        with self.database.reading() as session:
            found = session.scalar(_usable(digest(token), now or datetime.now(UTC)))
            if found is None:
                raise PeopleError("invitation_gone")
            person = session.get(Person, found.person_id) if found.person_id else None
            return found, person.login if person else None

    def accept(self, token: str, login: str, password: str, now: datetime | None = None) -> Person:
        """Use an invitation, once, and return the person. Raises PeopleError."""
        moment = now or datetime.now(UTC)
        _, known_login = self.invitation(token, moment)  # nobody without one makes us reckon
        login = known_login or as_login(login)
        stored = _hashed(password)
        try:
            with self.database.writing() as session:
                used = session.scalar(_usable(digest(token), moment).with_for_update())
                if used is None:
                    raise PeopleError("invitation_gone")
                return use(session, used, login, stored, moment, INVITATION_PAGE)
        except IntegrityError:
            raise PeopleError("login_taken") from None

    def log_in(self, login: str, password: str, now: datetime | None = None) -> Person:
        """Return who this is. Raises PeopleError("login_wrong"), also for a lock: it must not tell who exists."""
        person = self._proven(_loose(login), password, LOGIN_PAGE, now or datetime.now(UTC))
        with self.database.writing() as session:
            note(session, person.name, "login", LOGIN_PAGE, now or datetime.now(UTC))
        return person

    def change_password(self, person: Person, old: str, new: str, now: datetime | None = None) -> Person:
        """Store another password and end every session. Raises PeopleError."""
        moment = now or datetime.now(UTC)
        if not passwords.is_long_enough(new):
            raise PeopleError("password_length")
        proven = self._proven(person.login, old, OWN_PAGE, moment)
        stored = _hashed(new)
        with self.database.writing() as session:
            found = session.get_one(Person, proven.id)
            found.password_hash = stored
            found.session_version += 1
            note(session, found.name, "password-changed", OWN_PAGE, moment)
        return found

    def _proven(self, login: str, password: str, place: str, moment: datetime) -> Person:
        stored: str | None = None
        with self.database.writing() as session:
            person = session.scalar(select(Person).where(Person.login == login).with_for_update())
            is_locked = person is not None and person.active and _is_locked(person, moment)
            if person is not None and person.active and not is_locked:
                stored = person.password_hash
                # Counted before it is read: who tries many at once has no more tries.
                person.failed_logins += 1
                if person.failed_logins >= MOST_WRONG:
                    person.failed_logins, person.locked_until = 0, moment + LOCKED_FOR
        is_right = passwords.matches(stored, password)
        renewed = _hashed(password) if is_right and stored and passwords.is_outdated(stored) else stored
        with self.database.writing() as session:
            person = session.get(Person, person.id) if person is not None else None
            if is_right and person is not None and person.active and person.password_hash == stored:
                person.password_hash, person.failed_logins, person.locked_until = renewed, 0, None
                return person
            note(session, person.name if person else "", "login-locked" if is_locked else "login-failed", place, moment)
        raise PeopleError("login_wrong")

    def deactivate(self, login: str, by: str, place: str, now: datetime | None = None) -> Person:
        """Let somebody in no more: sessions, tokens and the invitations they made end. Raises PeopleError."""
        moment = now or datetime.now(UTC)
        if not self.database.exists:
            raise PeopleError("person_gone")
        with self.database.writing() as session:
            admins = _admins(session)
            person = session.scalar(select(Person).where(Person.login == _loose(login), Person.active))
            if person is None:
                raise PeopleError("person_gone")
            if [each.id for each in admins] == [person.id]:
                raise PeopleError("last_admin")
            person.active = False
            person.session_version += 1
            session.execute(delete(ApiToken).where(ApiToken.person_id == person.id))
            of_them = or_(Invitation.created_by == person.name, Invitation.person_id == person.id)
            session.execute(delete(Invitation).where(Invitation.used_at.is_(None), of_them))
            note(session, by, "deactivated", place, moment, person.name)
        return person

    def withdraw(self, token_hash: str, by: str, place: str) -> None:
        """Make an open invitation useless; one that is gone already is fine."""
        with self.database.writing() as session:
            gone = session.scalar(
                delete(Invitation)
                .where(Invitation.token_hash == token_hash, Invitation.used_at.is_(None))
                .returning(Invitation.name)
            )
            if gone is not None:
                note(session, by, "withdrawn", place, datetime.now(UTC), gone)

    def listed(self) -> list[Person]:
        """Return everybody, by name; nobody where nothing was ever stored."""
        if not self.database.exists:
            return []
        with self.database.reading() as session:
            return sorted(session.scalars(select(Person)), key=lambda each: (not each.active, each.name.casefold()))

    def open_invitations(self, now: datetime | None = None) -> list[Invitation]:
        """Return the invitations that can still be used, the newest first."""
        with self.database.reading() as session:
            return list(
                session.scalars(
                    select(Invitation)
                    .where(Invitation.used_at.is_(None), Invitation.expires_at > (now or datetime.now(UTC)))
                    .order_by(Invitation.created_at.desc())
                )
            )


def as_name(name: str) -> str:
    """Return a name as it is stored. Raises PeopleError("name_odd")."""
    name = " ".join(unicodedata.normalize("NFC", name).split())
    if not name.isprintable() or not 1 <= len(name) <= 200:
        raise PeopleError("name_odd")
    return name


def as_login(login: str) -> str:
    """Return a login as it is stored. Raises PeopleError("login_odd")."""
    login = _loose(login)
    if not login.isprintable() or " " in login or not 2 <= len(login) <= 100:
        raise PeopleError("login_odd")
    return login


def as_email(email: str) -> str:
    """Return an address as it is stored: ASCII in small letters, the rest as it is, for letters that only look alike are others. Raises PeopleError("email_odd")."""
    email = email.strip().encode("utf-8", "replace").lower().decode()
    if not _EMAIL.fullmatch(email) or not email.isprintable() or len(email) > _LONGEST_EMAIL:
        raise PeopleError("email_odd")
    return email


def digest(token: str) -> str:
    """Return what is stored of a secret that we made ourselves; it is too long to guess."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def note(session: Session, who: str, what: Entry, place: str, at: datetime, about: str | None = None) -> None:
    """Write a line into the access log."""
    session.add(AccessLog(at=at, who=who[:200], what=what, place=place[:200], about=about[:200] if about else None))


def named(session: Session, name: str) -> Person | None:
    """Return who has this name, in whichever way it is written."""
    return next((each for each in session.scalars(select(Person)) if is_same_person(each.name, name)), None)


def use(session: Session, used: Invitation, login: str, stored: str | None, moment: datetime, place: str) -> Person:
    """Use an invitation that is good, with the hash of a password or without one. Whatever let this person in before does so no more. Raises PeopleError."""
    person = session.get(Person, used.person_id) if used.person_id else None
    if used.email and _is_of_somebody_else(session, used.email, person):
        raise PeopleError("email_taken")
    if person is None:
        if named(session, used.name):
            raise PeopleError("name_taken")
        person = Person(login=login, name=used.name, created_at=moment, session_version=0)
        session.add(person)
    else:
        if used.role != "admin" and [each.id for each in _admins(session)] == [person.id]:
            raise PeopleError("last_admin")
        session.execute(delete(ApiToken).where(ApiToken.person_id == person.id))
    used.used_at = moment
    person.role, person.active, person.email, person.organisation_id = used.role, True, used.email, None
    person.password_hash, person.failed_logins, person.locked_until = stored, 0, None
    person.session_version += 1
    note(session, person.name, "accepted", place, moment, used.role)
    session.flush()
    return person


def _loose(login: str) -> str:
    # NUL is no text for PostgreSQL; no login has it.
    plain = login.encode("utf-8", "replace").decode().replace("\0", "?")
    return unicodedata.normalize("NFKC", plain).strip().casefold()[:101]


def _hashed(password: str) -> str:
    if not passwords.is_long_enough(password):
        raise PeopleError("password_length")
    return passwords.hashed(password)


def _admins(session: Session) -> list[Person]:
    # Locked together: of two admins who deactivate each other, one stays.
    chosen = select(Person).where(Person.role == "admin", Person.active).order_by(Person.id)
    return list(session.scalars(chosen.with_for_update()))


def _is_locked(person: Person, moment: datetime) -> bool:
    return person.locked_until is not None and person.locked_until > moment


def _usable(token_hash: str, moment: datetime) -> Select[Invitation]:
    return select(Invitation).where(
        Invitation.token_hash == token_hash, Invitation.used_at.is_(None), Invitation.expires_at > moment
    )


def _is_of_somebody_else(session: Session, email: str, person: Person | None) -> bool:
    found = session.scalar(select(Person).where(Person.email == email))
    return found is not None and (person is None or found.id != person.id)
