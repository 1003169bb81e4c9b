"""What is stored of a review. The shape on disk is made by `migrations`; a test compares the two."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Literal, get_args

from sqlalchemy import JSON, DateTime, Dialect, Float, ForeignKey, Index, String, Text, TypeDecorator, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

State = Literal["waiting", "returned", "approved"]
Origin = Literal["writer", "reviewer"]
Outcome = Literal["private", "solved", "turned-around", "lost"]
ReminderKind = Literal["promise", "closing-line"]
PlacedAs = Literal["approved", "changed", "unapproved"]
"""changed: after the approval. unapproved: nobody had said yes."""
What = Literal[
    "asked", "edited", "commented", "returned", "approved", "reopened", "read", "erased", "placed", "outcome", "kept",
    "closed", "learned",
]  # fmt: skip
STATES: tuple[State, ...] = get_args(State)
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
PLACED_AS: tuple[PlacedAs, ...] = get_args(PlacedAs)


class Moment(TypeDecorator[datetime]):
    """A point in time with its zone; SQLite has no such type, so UTC is what lies on disk."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Write as UTC. Raises ValueError for a time without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone")
        return value.astimezone(UTC).replace(tzinfo=None) if dialect.name == "sqlite" else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Read as UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """All tables."""

    type_annotation_map = {datetime: Moment, dict[str, Any]: JSON, list[str]: JSON}  # noqa: RUF012


class Review(Base):
    """One draft for which a colleague's eyes were asked. Times are UTC; texts are empty once erased, figures stay."""

    __tablename__ = "review"

    id: Mapped[str] = mapped_column(String(24), primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    """The sender's own key: the same request twice is one review."""
    revision: Mapped[int] = mapped_column()
    """Counts every change; whoever writes on an older one is told (SQLAlchemy's version_id_col)."""
    state: Mapped[str] = mapped_column(String(16))
    language: Mapped[str] = mapped_column(String(8))
    platform: Mapped[str | None] = mapped_column(String(64))
    page: Mapped[str | None] = mapped_column(Text)
    """Address of the page on which the reply will stand."""
    channel: Mapped[str] = mapped_column(String(16))
    justified: Mapped[bool | None] = mapped_column()
    complaint: Mapped[str] = mapped_column(Text)
    complaint_author: Mapped[str | None] = mapped_column(String(200))
    posted_at: Mapped[datetime | None] = mapped_column()
    rating: Mapped[float | None] = mapped_column(Float)
    severity: Mapped[int] = mapped_column()
    """1 to 4; 0 where there is no complaint."""
    writer: Mapped[str] = mapped_column(String(200))
    writer_role: Mapped[str | None] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column()
    changed_at: Mapped[datetime] = mapped_column()
    decided_at: Mapped[datetime | None] = mapped_column()
    decided_by: Mapped[str | None] = mapped_column(String(200))
    reason: Mapped[str | None] = mapped_column(Text)
    """Why it was returned, or what was said with the approval."""
    erased_at: Mapped[datetime | None] = mapped_column()
    placed_at: Mapped[datetime | None] = mapped_column()
    """When the reply was made public."""
    outcome: Mapped[str | None] = mapped_column(String(16))
    """What became of it: in private contact, solved, turned around or lost."""
    closed_at: Mapped[datetime | None] = mapped_column()
    """When somebody said why no reply is coming; the reason stands in the history."""
    learned: Mapped[str | None] = mapped_column(Text)
    """What the team learns from it."""

    versions: Mapped[list[Version]] = relationship(
        order_by="Version.number", cascade="all, delete-orphan", back_populates="review"
    )
    comments: Mapped[list[Comment]] = relationship(order_by="Comment.id", cascade="all, delete-orphan")
    reminders: Mapped[list[Reminder]] = relationship(order_by="Reminder.due_at", cascade="all, delete-orphan")
    events: Mapped[list[Event]] = relationship(order_by="Event.id", cascade="all, delete-orphan")

    __mapper_args__ = {"version_id_col": revision}  # noqa: RUF012
    __table_args__ = (Index("review_work_list", "state", "severity", "created_at"),)

    @property
    def latest(self) -> Version:
        """The text as it is now."""
        return self.versions[-1]

    @property
    def is_unanswered(self) -> bool:
        """No reply is public, and nobody said why none is coming."""
        return self.placed_at is None and self.closed_at is None


class Version(Base):
    """The draft as somebody left it."""

    __tablename__ = "version"

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[str] = mapped_column(ForeignKey("review.id", ondelete="CASCADE"))
    number: Mapped[int] = mapped_column()
    """1 and up."""
    text: Mapped[str] = mapped_column(Text)
    author: Mapped[str] = mapped_column(String(200))
    origin: Mapped[str] = mapped_column(String(16))
    at: Mapped[datetime] = mapped_column()
    checks: Mapped[list[str]] = mapped_column(JSON)
    """Which checks had something to say: a figure that outlives the text."""

    review: Mapped[Review] = relationship(back_populates="versions")

    __table_args__ = (UniqueConstraint("review_id", "number", name="version_number"),)


class Comment(Base):
    """What somebody said, beside the words it is about or about the whole."""

    __tablename__ = "comment"

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[str] = mapped_column(ForeignKey("review.id", ondelete="CASCADE"))
    key: Mapped[str | None] = mapped_column(String(64))
    number: Mapped[int] = mapped_column()
    """The version it is about."""
    start: Mapped[int | None] = mapped_column()
    end: Mapped[int | None] = mapped_column()
    """Code points of that version; both None: about the whole."""
    text: Mapped[str] = mapped_column(Text)
    author: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column()

    __table_args__ = (UniqueConstraint("review_id", "key", name="comment_key"),)


class Event(Base):
    """Who did what, and when: the history that nobody can change."""

    __tablename__ = "event"

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[str] = mapped_column(ForeignKey("review.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column()
    who: Mapped[str] = mapped_column(String(200))
    what: Mapped[str] = mapped_column(String(16))
    number: Mapped[int | None] = mapped_column()
    """The version it concerns."""
    detail: Mapped[str | None] = mapped_column(String(32))
    """Which outcome, which kind of reminder, how the text was placed, or that a lesson was taken away."""
    words: Mapped[str | None] = mapped_column(Text)
    """Why it was closed; erased as texts are."""


class Reminder(Base):
    """Something to do after the reply: keep a promise, or say in public how it ended."""

    __tablename__ = "reminder"

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[str] = mapped_column(ForeignKey("review.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    words: Mapped[str] = mapped_column(Text)
    """The sentence that promises; empty for a closing line."""
    due_at: Mapped[datetime] = mapped_column()
    done_at: Mapped[datetime | None] = mapped_column()
    done_by: Mapped[str | None] = mapped_column(String(200))

    __table_args__ = (Index("reminder_open", "done_at", "due_at"),)


class Reader(Base):
    """Who has a review before them at this moment."""

    __tablename__ = "reader"

    review_id: Mapped[str] = mapped_column(ForeignKey("review.id", ondelete="CASCADE"), primary_key=True)
    who: Mapped[str] = mapped_column(String(200), primary_key=True)
    seen_at: Mapped[datetime] = mapped_column()
