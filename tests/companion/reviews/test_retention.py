"""What is not kept."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.companion.reviews.asked import PLAIN, asked

from meelezer.reviews import follow_up
from meelezer.reviews.database import Database, StorageError
from meelezer.reviews.retention import back_up, erase, sweep
from meelezer.reviews.store import ReviewError, Reviews, Wanted


def test_texts_go_some_days_after_the_decision_and_figures_stay(database: Database) -> None:
    reviews = Reviews(database)
    review, _ = reviews.ask(PLAIN)
    open_, _ = reviews.ask(asked(key="open"))
    reviews.comment(review.id, "Bob", "Leest als spot.", 1, None)
    reviews.decide(review.id, "Bob", "returned", 1, "Leest als spot.")
    now = datetime.now(UTC)
    assert sweep(database, 30, now + timedelta(days=29)) == 0
    assert sweep(database, 30, now + timedelta(days=31)) == 1
    assert sweep(database, 30, now + timedelta(days=32)) == 0
    kept = reviews.get(review.id)
    assert (kept.complaint, kept.complaint_author, kept.page, kept.reason, kept.latest.text) == (
        "",
        None,
        None,
        None,
        "",
    )
    assert kept.comments == []
    assert (kept.severity, kept.state, kept.latest.checks, kept.decided_by) == (2, "returned", ["sarcasm"], "Bob")
    assert kept.events[-1].what == "erased"
    assert reviews.get(open_.id).complaint == PLAIN.complaint
    for change in (
        lambda: reviews.edit(review.id, "Sanne", "Nieuw.", 1, ()),
        lambda: reviews.reopen(review.id, "Eva"),
        lambda: reviews.comment(review.id, "Eva", "?", 1, None),
    ):
        with pytest.raises(ReviewError, match="review-erased"):
            change()


def test_what_was_posted_without_a_decision_is_not_kept_for_ever(database: Database) -> None:
    reviews = Reviews(database)
    review, _ = reviews.ask(PLAIN)
    follow_up.place(reviews, review.id, "Sanne", follow_up.Posted("Dag Karin. Sanne", datetime.now(UTC)))
    now = datetime.now(UTC)
    assert sweep(database, 30, now + timedelta(days=29)) == 0
    assert sweep(database, 30, now + timedelta(days=31)) == 1
    kept = reviews.get(review.id)
    assert [version.text for version in kept.versions] == ["", ""]
    assert follow_up.placed_as(kept) == "unapproved"
    assert reviews.listed(Wanted(state="waiting")).total == 0
    assert reviews.listed(Wanted()).total == 1


def test_an_erased_case_has_nothing_left_to_do(database: Database) -> None:
    reviews = Reviews(database)
    review, _ = reviews.ask(asked(text="Ik bel u binnen een uur. En overmorgen mail ik u. Sanne"))
    still, _ = reviews.ask(asked(key="still", text="Ik bel u morgen. Sanne"))
    reviews.decide(review.id, "Bob", "approved", 1)
    first, _second = follow_up.place(reviews, review.id, "Sanne").reminders
    follow_up.keep(reviews, review.id, "Sanne", first.id)
    now = datetime.now(UTC)
    assert [each.id for each in reviews.listed(Wanted(to_do=True)).reviews] == [review.id]
    assert sweep(database, 30, now + timedelta(days=31)) == 1
    reviews.decide(still.id, "Bob", "approved", 1)
    follow_up.place(reviews, still.id, "Sanne")
    # The promise of another case is still one.
    assert [each.id for each in reviews.listed(Wanted(to_do=True)).reviews] == [still.id]
    kept = reviews.get(review.id)
    assert [(each.done_by, each.words) for each in kept.reminders] == [("Sanne", "")]
    assert follow_up.next_due(kept) is None
    assert not follow_up.is_open(kept)


def test_what_was_closed_goes_like_what_was_decided_and_its_reason_with_it(database: Database) -> None:
    reviews = Reviews(database)
    review, _ = reviews.ask(PLAIN)
    late, _ = reviews.ask(asked(key="late"))
    reviews.decide(late.id, "Bob", "returned", 1, "Te kort.")
    follow_up.close(reviews, review.id, "Bob", "Karin belde zelf al.")
    now = datetime.now(UTC)
    assert sweep(database, 30, now + timedelta(days=29)) == 0
    assert sweep(database, 30, now + timedelta(days=31)) == 2
    kept = reviews.get(review.id)
    assert (kept.complaint, kept.closed_at is not None) == ("", True)
    assert [(event.what, event.who, event.words) for event in kept.events if event.what == "closed"] == [
        ("closed", "Bob", None)
    ]
    # Of what was never answered the texts go too, but not the question why.
    assert [each.id for each in reviews.listed(Wanted(unanswered=True)).reviews] == [late.id]
    follow_up.close(reviews, late.id, "Eva", "Karin kocht elders.")
    assert sweep(database, 30, now + timedelta(days=29)) == 0
    assert reviews.get(late.id).events[-1].words == "Karin kocht elders."
    assert sweep(database, 30, now + timedelta(days=31)) == 0
    assert reviews.get(late.id).events[-1].words is None


def test_everything_about_one_case_can_be_erased(database: Database) -> None:
    reviews = Reviews(database)
    review, _ = reviews.ask(PLAIN)
    reviews.comment(review.id, "Bob", "Leest als spot.", 1, None)
    reviews.is_reading(review.id, "Bob")
    with pytest.raises(ReviewError, match="not-answered"):
        erase(database, review.id)
    follow_up.close(reviews, review.id, "Bob", "De klant vroeg om te wissen.")
    erase(database, review.id)
    assert reviews.listed(Wanted()).total == 0
    with database.reading() as session:
        for table in ("version", "comment", "event", "reader"):
            assert session.connection().exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() == 0
    with pytest.raises(ReviewError, match="review-not-found"):
        erase(database, review.id)


def test_a_copy_is_made_while_it_is_in_use(tmp_path: Path) -> None:
    database = Database(tmp_path / "data")
    reviews = Reviews(database)
    with pytest.raises(StorageError, match="empty"):
        back_up(database, tmp_path / "copy.sqlite3")
    reviews.ask(PLAIN)
    back_up(database, tmp_path / "copy.sqlite3")
    with sqlite3.connect(tmp_path / "copy.sqlite3") as copy:
        assert copy.execute("SELECT complaint FROM review").fetchall() == [(PLAIN.complaint,)]
    with pytest.raises(FileExistsError):
        back_up(database, tmp_path / "copy.sqlite3")


def test_a_server_is_backed_up_by_its_own_program(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="pg_dump"):
        back_up(Database(tmp_path, "postgresql://x/y"), tmp_path / "copy")
    assert not (tmp_path / "copy").exists()
