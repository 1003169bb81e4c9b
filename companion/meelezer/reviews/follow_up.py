"""After the reply: what became of the case, what was promised and what was learned; or why there is no reply (seeds 000, 002, 003)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from meelezer.core.conversation import Language
from meelezer.reviews.promises import promises
from meelezer.reviews.store import ReviewError, Reviews, add_version
from meelezer.reviews.tables import PLACED_AS, Event, Outcome, PlacedAs, Reminder, Review

CLOSING_LINE_AFTER = timedelta(days=1)
"""When a case ended well in private, everyone who read the complaint should hear so."""
TAKEN_AWAY = "taken-away"
"""What the history says of a lesson that somebody took away again."""
_ENDED_WELL: tuple[Outcome, ...] = ("solved", "turned-around")


@dataclass(frozen=True, slots=True)
class Posted:
    """A text that somebody was seen posting on the site itself."""

    text: str
    at: datetime
    checks: tuple[str, ...] = ()
    """Which checks have something to say about it, where it is not the newest version."""


def place(reviews: Reviews, review_id: str, who: str, posted: Posted | None = None) -> Review:
    """Note that the reply is public now; its promises become reminders. Once is enough.

    Somebody says so of an approved text; or the text itself was `posted`, whatever was decided, and is kept as it went out.
    Of a case whose texts were erased only that it is public is noted. Raises ReviewError("not-approved").
    """
    with reviews.changing(review_id, also_erased=True) as (review, now):
        if review.placed_at is not None:
            return review
        if posted is None and review.state != "approved":
            raise ReviewError("not-approved")
        # The clock of a browser may be wrong; nothing is posted before it was asked about, nor after now.
        at = min(max(posted.at, review.created_at), now) if posted else now
        placed_as: PlacedAs = "approved" if review.state == "approved" else "unapproved"
        if posted and review.erased_at is None and not is_same_text(posted.text, review.latest.text):
            placed_as = "changed" if placed_as == "approved" else placed_as
            add_version(review, posted.text, who, "writer", posted.checks, at)
        review.placed_at, review.closed_at = at, None
        remember_promises(review, at)
        review.events.append(Event(at=now, who=who, what="placed", number=review.latest.number, detail=placed_as))
    return review


def placed_as(review: Review) -> PlacedAs | None:
    """Say how the public text relates to what a colleague approved; None while it is not public."""
    if review.placed_at is None:
        return None
    return placed_as_told(next((each.detail for each in review.events if each.what == "placed"), None))


def placed_as_told(detail: str | None) -> PlacedAs:
    """Read what the history says of a placement; before this was noted, only an approved text could be placed."""
    return next((each for each in PLACED_AS if each == detail), "approved")


def is_same_text(one: str, other: str) -> bool:
    """Say whether two texts are one; an editor ends a text with a line break or not."""
    return one.strip() == other.strip()


def remember_promises(review: Review, now: datetime) -> None:
    """Turn what the newest text promises into reminders, with moments in the zone of this device."""
    language: Language = "en" if review.language == "en" else "nl"
    text = review.latest.text
    for promise in promises(text, language, now.astimezone()):
        words = text[promise.span.start : promise.span.end].strip()
        review.reminders.append(Reminder(kind="promise", words=words, due_at=promise.due_at))


def close(reviews: Reviews, review_id: str, who: str, reason: str) -> Review:
    """Say why no reply is coming; only so does a case leave the list of unanswered ones without a reply. Raises ReviewError."""
    if not reason.strip():
        raise ReviewError("closing-reason-needed")
    with reviews.changing(review_id, also_erased=True) as (review, now):
        if review.placed_at is not None:
            raise ReviewError("already-answered")
        if review.closed_at is None:
            review.closed_at = now
            review.events.append(Event(at=now, who=who, what="closed", words=reason.strip()))
    return review


def conclude(reviews: Reviews, review_id: str, who: str, outcome: Outcome, learned: str | None = None) -> Review:
    """Say what became of it: one field, and what the team learns from it; None leaves that as it is, blank takes it away.

    What ended well asks for a closing line in public. Raises ReviewError.
    """
    with reviews.changing(review_id) as (review, now):
        if review.outcome != outcome:
            review.outcome = outcome
            review.events.append(Event(at=now, who=who, what="outcome", detail=outcome))
            has_line = any(each.kind == "closing-line" for each in review.reminders)
            if outcome in _ENDED_WELL and not has_line and review.channel == "public":
                review.reminders.append(Reminder(kind="closing-line", words="", due_at=now + CLOSING_LINE_AFTER))
        if learned is not None and learned.strip() != (review.learned or ""):
            review.learned = learned.strip() or None
            detail = None if review.learned else TAKEN_AWAY
            review.events.append(Event(at=now, who=who, what="learned", detail=detail))
    return review


def keep(reviews: Reviews, review_id: str, who: str, reminder_id: int) -> Review:
    """Tick a reminder off. Raises ReviewError("review-not-found") where there is none like it."""
    with reviews.changing(review_id) as (review, now):
        reminder = next((each for each in review.reminders if each.id == reminder_id), None)
        if reminder is None:
            raise ReviewError("review-not-found")
        if reminder.done_at is None:
            reminder.done_at, reminder.done_by = now, who
            review.events.append(Event(at=now, who=who, what="kept", detail=reminder.kind))
    return review


def is_open(review: Review) -> bool:
    """Say whether something is still to be done for it."""
    return any(each.done_at is None for each in review.reminders)


def next_due(review: Review) -> Reminder | None:
    """Return what has to be done first."""
    return next((each for each in review.reminders if each.done_at is None), None)


def is_overdue(reminder: Reminder, now: datetime | None = None) -> bool:
    """Say whether its moment has passed."""
    return reminder.done_at is None and reminder.due_at <= (now or datetime.now(UTC))
