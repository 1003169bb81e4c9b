"""After the reply, and a database of the former version."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from tests.companion.reviews.asked import PLAIN, asked

from meelezer.reviews import database as opening
from meelezer.reviews import follow_up
from meelezer.reviews.database import Database
from meelezer.reviews.store import ReviewError, Reviews, Wanted


@pytest.fixture
def reviews(database: Database) -> Reviews:
    return Reviews(database)


def approved(reviews: Reviews, **changes) -> str:
    review, _ = reviews.ask(asked(**changes))
    reviews.decide(review.id, "Bob", "approved", 1)
    return review.id


def test_what_is_promised_becomes_a_reminder_once_it_is_public(reviews: Reviews) -> None:
    one = approved(reviews, text="Dag Karin 😊, wat vervelend. Ik bel u morgen vóór 12.00 uur.\nSanne")
    assert reviews.get(one).reminders == []
    for _ in range(2):  # pressed twice
        follow_up.place(reviews, one, "Sanne")
    kept = reviews.get(one)
    assert kept.placed_at is not None
    (reminder,) = kept.reminders
    assert (reminder.kind, reminder.words) == ("promise", "Ik bel u morgen vóór 12.00 uur.")
    here = reminder.due_at.astimezone()
    assert (here.hour, here.minute) == (12, 0)
    assert here.date() == (datetime.now(UTC).astimezone() + timedelta(days=1)).date()
    assert [event.what for event in kept.events] == ["asked", "approved", "placed"]


def went(text: str, minutes: int = 0) -> follow_up.Posted:
    return follow_up.Posted(text, datetime.now(UTC) - timedelta(minutes=minutes), ("sarcasm",))


def test_a_text_that_was_seen_going_out_is_placed_once(reviews: Reviews) -> None:
    one = approved(reviews, text="Dag Karin. Ik bel u binnen een uur.\nSanne")
    for words in ("Dag Karin. Ik bel u binnen een uur.\nSanne\n", "Iets heel anders."):  # told again, or later
        follow_up.place(reviews, one, "Sanne", went(words))
    kept = reviews.get(one)
    assert (follow_up.placed_as(kept), kept.state, len(kept.versions), len(kept.reminders)) == (
        "approved",
        "approved",
        1,
        1,
    )
    assert [event.what for event in kept.events] == ["asked", "approved", "placed"]


def test_what_was_changed_after_the_approval_is_kept_as_it_went_out(reviews: Reviews) -> None:
    one = approved(reviews, text="Dag Karin. Sanne")
    kept = follow_up.place(reviews, one, "Sanne", went("Dag Karin 😊, ik bel u binnen een uur. Sanne"))
    assert follow_up.placed_as(reviews.get(one)) == "changed"
    assert (kept.state, kept.decided_by) == ("approved", "Bob")
    assert [version.text for version in kept.versions] == [
        "Dag Karin. Sanne",
        "Dag Karin 😊, ik bel u binnen een uur. Sanne",
    ]
    assert (kept.latest.author, kept.latest.origin, kept.latest.checks) == ("Sanne", "writer", ["sarcasm"])
    assert [each.words for each in kept.reminders] == ["Dag Karin 😊, ik bel u binnen een uur."]
    assert (kept.events[-1].what, kept.events[-1].number) == ("placed", 2)


@pytest.mark.parametrize("text", [PLAIN.text, "Iets anders."])
def test_what_is_posted_while_it_waits_is_no_approval(reviews: Reviews, text: str) -> None:
    waits, _ = reviews.ask(asked(key="waits", severity=1))
    review, _ = reviews.ask(asked(severity=4))
    kept = follow_up.place(reviews, review.id, "Sanne", went(text))
    assert (follow_up.placed_as(kept), kept.state, kept.latest.text) == ("unapproved", "waiting", text)
    # What no customer can read yet presses more.
    assert [each.id for each in reviews.listed(Wanted(state="waiting")).reviews] == [waits.id, review.id]
    with pytest.raises(ReviewError, match="own-draft"):
        reviews.decide(review.id, "Sanne", "approved", kept.latest.number)
    assert reviews.decide(review.id, "Bob", "approved", kept.latest.number).state == "approved"
    assert follow_up.placed_as(reviews.get(review.id)) == "unapproved"


def test_a_browser_with_a_wrong_clock_posts_neither_before_it_asked_nor_tomorrow(reviews: Reviews) -> None:
    early, late = approved(reviews, key="early"), approved(reviews, key="late")
    assert (
        follow_up.place(reviews, early, "Sanne", went(PLAIN.text, 60 * 24)).placed_at == reviews.get(early).created_at
    )
    assert follow_up.place(reviews, late, "Sanne", went(PLAIN.text, -60 * 24)).placed_at <= datetime.now(UTC)


def test_nothing_is_public_before_it_is_approved(reviews: Reviews) -> None:
    review, _ = reviews.ask(PLAIN)
    with pytest.raises(ReviewError, match="not-approved"):
        follow_up.place(reviews, review.id, "Sanne")


def test_the_list_of_what_is_to_do_begins_with_the_first_due_and_empties_by_doing(reviews: Reviews) -> None:
    late = approved(reviews, key="late", text="Ik bel u overmorgen. Sanne")
    soon = approved(reviews, key="soon", text="Ik bel u binnen een uur. En overmorgen mail ik u. Sanne")
    approved(reviews, key="none", text="Dank u. Sanne")
    for one in (late, soon):
        follow_up.place(reviews, one, "Sanne")
    assert [each.id for each in reviews.listed(Wanted(to_do=True)).reviews] == [soon, late]
    first, second = reviews.get(soon).reminders
    follow_up.keep(reviews, soon, "Sanne", first.id)
    follow_up.keep(reviews, soon, "Sanne", first.id)
    assert follow_up.next_due(reviews.get(soon)).id == second.id
    follow_up.keep(reviews, soon, "Eva", second.id)
    assert [each.id for each in reviews.listed(Wanted(to_do=True)).reviews] == [late]
    kept = reviews.get(soon)
    assert [each.done_by for each in kept.reminders] == ["Sanne", "Eva"]
    assert [event.what for event in kept.events][-2:] == ["kept", "kept"]
    with pytest.raises(ReviewError, match="review-not-found"):
        follow_up.keep(reviews, late, "Eva", second.id)


@pytest.mark.parametrize(("outcome", "lines"), [("private", 0), ("lost", 0), ("solved", 1), ("turned-around", 1)])
def test_what_ended_well_asks_for_a_closing_line_in_public(reviews: Reviews, outcome, lines: int) -> None:
    one = approved(reviews)
    follow_up.conclude(reviews, one, "Sanne", "private")
    for _ in range(2):
        follow_up.conclude(reviews, one, "Sanne", outcome)
    kept = reviews.get(one)
    assert kept.outcome == outcome
    assert [each.kind for each in kept.reminders] == ["closing-line"] * lines
    told = [event.detail for event in kept.events if event.what == "outcome"]
    assert told == list(dict.fromkeys(["private", outcome]))


def test_a_private_message_needs_no_closing_line(reviews: Reviews) -> None:
    one = approved(reviews, channel="private")
    assert follow_up.conclude(reviews, one, "Sanne", "solved").reminders == []


def test_a_reminder_is_overdue_when_its_moment_has_passed(reviews: Reviews) -> None:
    one = approved(reviews, text="Ik bel u binnen een uur. Sanne")
    (reminder,) = follow_up.place(reviews, one, "Sanne").reminders
    now = datetime.now(UTC)
    assert not follow_up.is_overdue(reminder, now)
    assert follow_up.is_overdue(reminder, now + timedelta(hours=2))


def test_a_database_of_the_former_version_is_taken_along_with_what_is_in_it(database: Database, tmp_path: Path) -> None:
    if database.path is not None:
        database.path.parent.mkdir(parents=True)
    engine = database._open() if database.path else opening.create_engine(database._url)
    opening.migrate(engine, "0001")
    with engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO review (id, key, revision, state, language, channel, complaint, severity, writer, created_at, changed_at) "
                "VALUES ('old', 'k', 1, 'approved', 'nl', 'public', 'Drie weken!', 2, 'Sanne', '2026-11-20 12:00:00', '2026-11-20 12:00:00')"
            )
        )
        connection.execute(
            text(
                "INSERT INTO version (review_id, number, text, author, origin, at, checks) "
                "VALUES ('old', 1, 'Ik bel u morgen.', 'Sanne', 'writer', '2026-11-20 12:00:00', '[]')"
            )
        )
        connection.execute(
            text("INSERT INTO event (review_id, at, who, what) VALUES ('old', '2026-11-20 12:00:00', 'Sanne', 'asked')")
        )
    engine.dispose()
    reviews = Reviews(database)
    kept = reviews.get("old")
    assert (kept.complaint, kept.latest.text, kept.outcome, kept.reminders) == (
        "Drie weken!",
        "Ik bel u morgen.",
        None,
        [],
    )
    assert kept.events[0].detail is None
    assert len(follow_up.place(reviews, "old", "Sanne").reminders) == 1


def test_of_what_was_erased_before_there_was_a_list_of_unanswered_cases_nothing_is_left_to_do(
    database: Database,
) -> None:
    if database.path is not None:
        database.path.parent.mkdir(parents=True)
    engine = database._open() if database.path else opening.create_engine(database._url)
    opening.migrate(engine, "0004")
    when = "'2026-11-20 12:00:00'"
    with engine.begin() as connection:
        for one, erased in (("erased", when), ("open", "NULL")):
            connection.execute(
                text(
                    "INSERT INTO review (id, key, revision, state, language, channel, complaint, severity, writer, created_at, changed_at, erased_at) "
                    f"VALUES ('{one}', '{one}', 1, 'returned', 'nl', 'public', '', 2, 'Sanne', {when}, {when}, {erased})"
                )
            )
            connection.execute(
                text(
                    "INSERT INTO version (review_id, number, text, author, origin, at, checks) "
                    f"VALUES ('{one}', 1, '', 'Sanne', 'writer', {when}, '[]')"
                )
            )
            for done in ("NULL", when):
                connection.execute(
                    text(
                        "INSERT INTO reminder (review_id, kind, words, due_at, done_at) "
                        f"VALUES ('{one}', 'promise', '', {when}, {done})"
                    )
                )
    engine.dispose()
    reviews = Reviews(database)
    for wanted in (Wanted(to_do=True), Wanted(unanswered=True)):
        assert [each.id for each in reviews.listed(wanted).reviews] == ["open"]
    assert [len(reviews.get(one).reminders) for one in ("erased", "open")] == [1, 2]
    assert reviews.get("erased").closed_at == reviews.get("erased").erased_at
