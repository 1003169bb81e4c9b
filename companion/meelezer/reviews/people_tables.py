"""What is stored of a team: its people, their invitations and tokens, and who came in. Beside the reviews, in the same database."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, get_args

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from meelezer.reviews.tables import Base

Role = Literal["writer", "reviewer", "admin"]
Entry = Literal[
    "login", "login-failed", "login-locked", "login-organisation", "organisation-refused", "invited", "withdrawn", "accepted", "deactivated",
    "password-changed", "token-made", "token-revoked", "role-refused", "erased",
]  # fmt: skip
ROLES: tuple[Role, ...] = get_args(Role)
"""Each may do what the ones before it may."""


class Person(Base):
    """Somebody who may come in. Nobody is deleted: what they did keeps their name."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(String(100), unique=True)
    """Casefolded."""
    name: Mapped[str] = mapped_column(String(200), unique=True)
    """What stands in the history of reviews; so there is one person to a name."""
    role: Mapped[str] = mapped_column(String(16))
    email: Mapped[str | None] = mapped_column(String(254), index=True, unique=True)
    """By which the organisation's login knows them; an admin gave it, or the organisation itself."""
    organisation_id: Mapped[str | None] = mapped_column(String(64), index=True, unique=True)
    """Hash of issuer and subject, from the first login through the organisation on: an address may go to somebody else, these never do."""
    password_hash: Mapped[str | None] = mapped_column(String(200))
    """None: only through the organisation."""
    active: Mapped[bool] = mapped_column()
    created_at: Mapped[datetime] = mapped_column()
    failed_logins: Mapped[int] = mapped_column()
    """Tries since the last right one, or since the last lock."""
    locked_until: Mapped[datetime | None] = mapped_column()
    session_version: Mapped[int] = mapped_column()
    """Sessions of another version have ended."""


class TeamSession(Base):
    """A browser in which somebody is logged in. Gone when they log out."""

    __tablename__ = "team_session"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    version: Mapped[int] = mapped_column()
    """The person's `session_version` when who they are was proven."""
    started_at: Mapped[datetime] = mapped_column()


class Invitation(Base):
    """A link that makes one person, or gives one that is there a new password."""

    __tablename__ = "invitation"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(16))
    email: Mapped[str | None] = mapped_column(String(254))
    """Whoever has this address may use it through the organisation, without the link."""
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    """Whose new password it is for; None: somebody new."""
    created_by: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column()
    expires_at: Mapped[datetime] = mapped_column()
    used_at: Mapped[datetime | None] = mapped_column()


class ApiToken(Base):
    """What a person's extension or program shows instead of a password."""

    __tablename__ = "api_token"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    label: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column()


class AccessLog(Base):
    """Who came in or was refused, and what was done with people; what was done with a review stands in its history."""

    __tablename__ = "access_log"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    who: Mapped[str] = mapped_column(String(200))
    """Empty for a login that nobody has: people type passwords in the wrong field."""
    what: Mapped[str] = mapped_column(String(32))
    place: Mapped[str] = mapped_column(String(200))
    """Which page or call, or the command line."""
    about: Mapped[str | None] = mapped_column(String(200))
    """Whom or what it was done with."""
