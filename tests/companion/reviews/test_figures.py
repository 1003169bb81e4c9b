"""What remains when the texts are gone, counted."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import update
from tests.companion.reviews.asked import asked

from meelezer.reviews import follow_up
from meelezer.reviews.database import Database
from meelezer.reviews.figures import Figures, Lengths, Wished, figures
from meelezer.reviews.retention import sweep
from meelezer.reviews.store import Reviews
from meelezer.reviews.tables import Event, Outcome, Review

MONDAY = datetime(2026, 11, 16, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def reviews(database: Database) -> Reviews:
    return Reviews(database)


def case(reviews: Reviews, at: datetime = MONDAY, *, posted_before: timedelta | None = None, **changes) -> str:
    """Ask at a moment of the past; whatever is done afterwards is put there by `happened`."""
    posted_at = None if posted_before is None else at - posted_before
    key = f"k-{at.timestamp()}-{changes}"[:64]
    review, _ = reviews.ask(asked(key=key, posted_at=posted_at, **changes), at)
    return review.id


def happened(reviews: Reviews, review_id: str, what: str, after: timedelta, placed: bool = False) -> None:
    """Put the newest event of this kind at a moment after the asking."""
    with reviews.database.writing() as session:
        review = session.get_one(Review, review_id)
        event = [each for each in review.events if each.what == what][-1]
        session.execute(update(Event).where(Event.id == event.id).values(at=review.created_at + after))
        if placed:
            session.execute(update(Review).where(Review.id == review_id).values(placed_at=review.created_at + after))


def total(reviews: Reviews, wished: Wished | None = None, promise: timedelta | None = None) -> Figures:
    return figures(reviews.database, wished or Wished(), promise)[0]


def test_where_nothing_was_asked_nothing_is_counted_and_no_database_is_made(reviews: Reviews) -> None:
    found, periods = figures(reviews.database, Wished(), MINUTE)
    assert (found.asked, found.without_outcome, found.first_read, periods) == (0, 0, Lengths(0, None, None), [])
    assert found.within_promise == 0
    if reviews.database.path:
        assert not reviews.database.exists


def test_how_soon_a_colleague_looked_and_decided(reviews: Reviews) -> None:
    for minutes in range(1, 12):
        one = case(reviews, MONDAY + timedelta(seconds=minutes))
        reviews.is_reading(one, "Sanne")  # the writer's own look is none
        reviews.is_reading(one, "Bob")
        happened(reviews, one, "read", minutes * MINUTE)
        if minutes > 8:
            reviews.decide(one, "Bob", "returned", 1, "Te kort.")
            happened(reviews, one, "returned", 2 * minutes * MINUTE)
            reviews.edit(one, "Sanne", "Nieuw.", 1, ())
            reviews.decide(one, "Bob", "approved", 2)  # later: not the first decision
    found = total(reviews)
    assert found.first_read == Lengths(11, 6 * MINUTE, 10 * MINUTE)
    assert found.decision == Lengths(3, 20 * MINUTE, 22 * MINUTE)
    assert (found.asked, found.approved, found.returned, found.returns) == (11, 3, 3, 3)


def test_what_the_checks_said_of_what_came_back(reviews: Reviews) -> None:
    one = case(reviews, checks=("sarcasm", "finger-pointing"))
    reviews.decide(one, "Bob", "returned", 1, "Leest als spot.")
    reviews.edit(one, "Sanne", "Nieuw.", 1, ("sarcasm",))
    reviews.decide(one, "Bob", "returned", 2, "Nog steeds.")
    case(reviews, MONDAY + MINUTE, checks=("anonymous",))
    found = total(reviews)
    assert (found.returned, found.returns) == (1, 2)
    assert list(found.returned_for.items()) == [("sarcasm", 2), ("finger-pointing", 1)]


def test_how_soon_it_was_public(reviews: Reviews) -> None:
    for number, (posted_before, after, is_approved) in enumerate(
        [(10, 20, True), (10, 21, True), (0, 60, False), (0, 61, True), (None, 5, True)]
    ):
        before = None if posted_before is None else posted_before * MINUTE
        one = case(reviews, MONDAY + timedelta(seconds=number), posted_before=before)
        if is_approved:
            reviews.decide(one, "Bob", "approved", 1)
        text = "Toch anders." if number == 0 else asked().text
        follow_up.place(reviews, one, "Sanne", follow_up.Posted(text, datetime.now(UTC)))
        happened(reviews, one, "placed", after * MINUTE, placed=True)
    case(reviews, MONDAY - MINUTE, posted_before=MINUTE)  # not public
    found = total(reviews, promise=120 * MINUTE)
    assert found.placed == {"approved": 3, "changed": 1, "unapproved": 1}
    assert (found.timed, found.within, found.within_promise) == (4, (1, 3), 4)
    assert total(reviews).within_promise is None


def test_how_cases_ended_adds_up_and_stays_when_the_texts_go(reviews: Reviews) -> None:
    ends: list[Outcome | None] = ["solved", "solved", "turned-around", "lost", "private", None]
    for number, outcome in enumerate(ends):
        one = case(reviews, MONDAY + timedelta(seconds=number))
        reviews.decide(one, "Bob", "approved", 1)
        if outcome:
            follow_up.conclude(reviews, one, "Sanne", outcome)
    before = figures(reviews.database, Wished(), MINUTE)
    assert before[0].outcomes == {"private": 1, "solved": 2, "turned-around": 1, "lost": 1}
    assert sum(before[0].outcomes.values()) + before[0].without_outcome == before[0].asked == len(ends)
    assert sweep(reviews.database, 30, datetime.now(UTC) + timedelta(days=31)) == len(ends)
    assert figures(reviews.database, Wished(), MINUTE) == before


def test_by_week_month_day_and_platform(reviews: Reviews) -> None:
    for day in (0, 6, 7, 20):
        case(reviews, MONDAY + timedelta(days=day), platform="x" if day == 7 else "trustpilot")
    _, weeks = figures(reviews.database, Wished())
    assert [(each.begins, each.asked) for each in weeks] == [
        (date(2026, 11, 30), 1),
        (date(2026, 11, 23), 1),
        (date(2026, 11, 16), 2),
    ]
    _, months = figures(reviews.database, Wished(per="month"))
    assert [(each.begins, each.asked) for each in months] == [(date(2026, 12, 1), 1), (date(2026, 11, 1), 3)]
    assert total(reviews, Wished(since=date(2026, 11, 22), until=date(2026, 11, 23))).asked == 2
    assert total(reviews, Wished(platform="x")).asked == 1
    assert total(reviews, Wished(platform="x", until=date(2026, 11, 22))).asked == 0


def test_what_a_former_version_wrote_is_read_as_approved(reviews: Reviews) -> None:
    one = case(reviews)
    reviews.decide(one, "Bob", "approved", 1)
    follow_up.place(reviews, one, "Sanne")
    with reviews.database.writing() as session:
        session.execute(update(Event).where(Event.what == "placed").values(detail=None))
    assert total(reviews).placed == {"approved": 1, "changed": 0, "unapproved": 0}
