"""What the seeds ask of the time after the reply: kept with the case, on SQLite and on PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from meelezer.reviews import follow_up
from meelezer.reviews.database import Database
from meelezer.reviews.figures import Wished, figures
from meelezer.reviews.store import Reviews, Wanted
from meelezer.reviews.tables import OUTCOMES, Review
from tests.companion.reviews.asked import asked


@pytest.fixture
def reviews(database: Database) -> Reviews:
    """An empty store."""
    return Reviews(database)


def approved(reviews: Reviews, text: str, language: str = "nl") -> str:
    """Return the id of a case whose reply was approved."""
    review, _ = reviews.ask(asked(text=text, language=language))
    return reviews.decide(review.id, "Bob", "approved", 1).id


def test_001_7_one_status_field_not_two():
    assert [column for column in Review.__table__.columns.keys() if "outcome" in column] == ["outcome"]  # noqa: SIM118


def test_000_13_what_became_of_a_case_is_kept_and_counted(reviews: Reviews):
    ends = ["turned-around", "turned-around", "solved", "private", "lost", None]
    for number, outcome in enumerate(ends):
        review, _ = reviews.ask(asked(key=f"k-{number}"))
        if outcome:
            follow_up.conclude(reviews, review.id, "Sanne", outcome)
    found, periods = figures(reviews.database, Wished())
    assert found.outcomes == {each: ends.count(each) for each in OUTCOMES}
    # The counts add up, all together and by period.
    assert sum(found.outcomes.values()) + found.without_outcome == found.asked == len(ends)
    assert sum(each.asked for each in periods) == found.asked


def test_003_26_from_negative_to_positive_is_one_status(reviews: Reviews):
    one = approved(reviews, "Dag Karin, dank voor je bericht. Sanne")
    for outcome in (*OUTCOMES, "turned-around"):
        assert follow_up.conclude(reviews, one, "Sanne", outcome).outcome == outcome
    assert reviews.get(one).outcome == "turned-around"


def test_003_21_a_solved_case_without_its_closing_line_stays_in_the_list(reviews: Reviews):
    one = approved(reviews, "Dag Karin, dank voor je bericht. Sanne")
    follow_up.conclude(reviews, one, "Sanne", "solved")
    assert [each.id for each in reviews.listed(Wanted(to_do=True)).reviews] == [one]
    (line,) = reviews.get(one).reminders
    follow_up.keep(reviews, one, "Sanne", line.id)
    assert reviews.listed(Wanted(to_do=True)).reviews == []


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("Dag Karin, wat vervelend. Ik bel je morgen vóór 12.00 uur terug. Sanne", "nl", "Ik bel je morgen vóór 12.00 uur terug."),
        ("Hi Karin, how annoying. I will call you back tomorrow by noon. Sanne", "en", "I will call you back tomorrow by noon."),
    ],
)  # fmt: skip
def test_003_27_a_promise_to_call_back_becomes_a_reminder_with_its_date(
    reviews: Reviews, text: str, language: str, words: str
):
    one = approved(reviews, text, language)
    (reminder,) = follow_up.place(reviews, one, "Sanne").reminders
    due = reminder.due_at.astimezone()
    assert (reminder.words, due.hour) == (words, 12)
    assert (due.date() - datetime.now(UTC).astimezone().date()).days == 1
